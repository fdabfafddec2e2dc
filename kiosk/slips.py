"""The receipt and the claim slip of a visit, as the bytes that the receipt printer takes."""

from __future__ import annotations

from datetime import datetime

from drivers.clock import Clock
from drivers.printer.profile import Profile
from drivers.printer.receipt import encode
from kiosk.documents.receipt import CardFacts, ClaimFacts, Issuer, PaidItem, ReceiptFacts, claim_slip, receipt
from kiosk.flow.session import Session
from kiosk.shop import Shop
from kiosk.visit import Visit

WAIVERS = {
    "basic_livelihood": "기초생활수급자",
    "national_merit": "국가유공자",
    "disaster_or_mayor_waiver": "재해 등 감면",
}
REASONS = {
    "print-unknown": "증명서가 모두 나왔는지 기계가 확인하지 못했습니다.",
    "payment-unclear": "결제 결과를 확인하지 못해 결제를 취소하고 있습니다.",
}


class Slips:
    def __init__(self, shop: Shop, clock: Clock, profile: Profile) -> None:
        self._shop, self._clock, self._profile = shop, clock, profile
        facts = shop.config.catalogue.issuer
        self._issuer = Issuer(
            facts["name_ko"], facts["business_no"], facts["address"], facts["phone"], facts["refund_contact"]
        )
        self._merchant_no = facts["merchant_no"]
        self._sample = shop.config.settings.issuing.sample_mark

    def receipt(self, session: Session, visit: Visit | None) -> bytes:
        paper, paid = session.paper, visit.paid if visit else None
        assert paper
        name = self._shop.document(paper.document).name_ko
        waiver = WAIVERS.get(paper.waiver, paper.waiver)
        item = PaidItem(name, session.printed, paper.won * session.printed, waiver)
        card = (
            CardFacts(paid.card_name, paid.masked_pan, paid.approval_no, paid.acquirer, self._merchant_no)
            if paid
            else None
        )
        at = datetime.fromisoformat(paid.approved_at) if paid else self._clock.now()
        site = self._shop.site
        facts = ReceiptFacts(
            self._issuer,
            site.name_ko,
            site.terminal_id,
            at,
            session.payment.order or session.visit,
            (item,),
            card,
            sample=self._sample,
        )
        return encode(receipt(facts), self._profile)

    def claim(self, session: Session) -> bytes:
        site = self._shop.site
        facts = ClaimFacts(
            self._issuer,
            site.name_ko,
            site.terminal_id,
            self._clock.now(),
            session.payment.order or session.visit,
            session.owed_won,
            session.returned_won,
            session.reason or "unsettled",
            REASONS.get(session.reason, "직원이 확인해야 합니다."),
            sample=self._sample,
        )
        return encode(claim_slip(facts), self._profile)
