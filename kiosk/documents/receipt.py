"""What the receipt printer says: the card receipt, and the claim slip for what stayed unresolved.

Not responsible for bytes or paper width (`drivers/printer`), nor for the decision which slip a resident gets.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drivers.printer.paper import Cut, Feed, Line, Pair, Rule, Text


@dataclass(frozen=True)
class Issuer:
    """The office whose machine it is, from the catalogue."""

    name: str
    business_no: str
    address: str
    phone: str
    refund_contact: str


@dataclass(frozen=True)
class PaidItem:
    document: str  # its Korean name
    copies: int
    won: int  # for all copies
    waiver: str = ""  # why nothing is charged


@dataclass(frozen=True)
class CardFacts:
    """What may be said of a card: nothing that could be used again."""

    name: str
    masked_pan: str
    approval_no: str
    acquirer: str
    merchant_no: str


@dataclass(frozen=True)
class ReceiptFacts:
    issuer: Issuer
    site: str
    terminal_id: str
    at: datetime
    transaction: str
    items: tuple[PaidItem, ...]
    card: CardFacts | None = None  # None: nothing was paid
    cancelled: bool = False
    sample: bool = True

    @property
    def won(self) -> int:
        return sum(item.won for item in self.items)


@dataclass(frozen=True)
class ClaimFacts:
    issuer: Issuer
    site: str
    terminal_id: str
    at: datetime
    transaction: str
    won: int  # still to be given back
    returned_won: int  # given back already
    reason_code: str
    reason: str  # a sentence for the resident
    sample: bool = True


def receipt(facts: ReceiptFacts) -> tuple[Line, ...]:
    """At most 40 lines, even for a visit with several documents."""
    return (
        *_head("영 수 증", facts.issuer, facts.sample),
        *_machine(facts.site, facts.terminal_id, facts.at, facts.transaction),
        *_items(facts.items),
        Rule(),
        *_sum(facts),
        *_card(facts),
        Rule(),
        Text(f"환불 문의: {facts.issuer.refund_contact}"),
        *((Text("견본 - 실제 거래가 아닙니다", align="center", bold=True),) if facts.sample else ()),
        Feed(3),
        Cut(),
    )


def claim_slip(facts: ClaimFacts) -> tuple[Line, ...]:
    """What to bring to the counter when the machine could not settle it by itself."""
    return (
        *_head("미처리 확인증", facts.issuer, facts.sample),
        *_machine(facts.site, facts.terminal_id, facts.at, facts.transaction),
        Pair("취소한 금액" if facts.returned_won else "확인할 금액", _won(facts.returned_won or facts.won), bold=True),
        Pair("사유", facts.reason_code),
        Rule(),
        Text(facts.reason),
        Text("이 확인증을 가지고 아래로 문의해 주십시오."),
        Text(_about_money(facts)),
        Rule(),
        Text(f"문의: {facts.issuer.refund_contact}", bold=True),
        *((Text("견본 - 실제 거래가 아닙니다", align="center", bold=True),) if facts.sample else ()),
        Feed(3),
        Cut(),
    )


def _about_money(facts: ClaimFacts) -> str:
    """Said so that nobody is paid back twice, and nobody waits for what has come."""
    if facts.returned_won:
        return f"결제한 금액 {_won(facts.returned_won)}은 이미 취소했습니다."
    return "확인이 끝나면 결제한 금액을 돌려 드립니다." if facts.won else "결제된 금액은 없습니다."


def _head(title: str, issuer: Issuer, sample: bool) -> tuple[Line, ...]:
    return (
        Text(f"{title} (견본)" if sample else title, align="center", bold=True, double=True),
        Feed(1),
        Pair("기관명", issuer.name),
        Pair("사업자등록번호", issuer.business_no),
        Text(issuer.address),
        Pair("전화", issuer.phone),
        Rule(),
    )


def _machine(site: str, terminal_id: str, at: datetime, transaction: str) -> tuple[Line, ...]:
    return (
        Pair("발급 장소", site),
        Pair("단말기번호", terminal_id),
        Pair("거래일시", at.strftime("%Y-%m-%d %H:%M:%S")),
        Pair("거래번호", transaction),
        Rule(),
    )


SHOWN_ITEMS = 5  # a slip stays one glance long; the rest is summed up


def _items(items: tuple[PaidItem, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for item in items[:SHOWN_ITEMS]:
        lines.append(Pair(f"{item.document} {item.copies}부", _won(item.won)))
        if item.waiver:
            lines.append(Text(f"  감면 사유: {item.waiver}"))
    if rest := items[SHOWN_ITEMS:]:
        lines.append(Pair(f"그 밖의 문서 {sum(item.copies for item in rest)}부", _won(sum(item.won for item in rest))))
    return tuple(lines)


def _sum(facts: ReceiptFacts) -> tuple[Line, ...]:
    sign = "-" if facts.cancelled else ""
    return (
        Pair("거래 구분", "취소" if facts.cancelled else "승인" if facts.card else "무료 발급"),
        Pair("금액", sign + _won(facts.won), bold=True),
        Pair("부가세", "0원"),
    )


def _card(facts: ReceiptFacts) -> tuple[Line, ...]:
    if not (card := facts.card):
        return ()
    return (
        Pair("카드종류", card.name),
        Pair("카드번호", card.masked_pan),
        Pair("할부", "일시불"),
        Pair("승인번호", card.approval_no),
        Pair("매입사", card.acquirer),
        Pair("가맹점번호", card.merchant_no),
    )


def _won(won: int) -> str:
    return f"{won:,}원"
