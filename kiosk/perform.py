"""Carries out the acts of the flow: one act, one question to a device or to the clerk.

Remembers which ticket belongs to which question, so that `answers` can tell what an answer means.  Holds the last
check before paper moves: visit, subject, document and job must agree.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from drivers.base import Verdict
from drivers.card.driver import Authorise, AwaitRemoval
from drivers.card.host_driver import Reverse
from drivers.card.order import Order
from drivers.driver import Driver
from drivers.finger.driver import Capture
from drivers.page_printer.driver import PrintPages
from drivers.printer.driver import PrintReceipt
from drivers.secret import Secret
from kiosk.clerk.desk import Desk
from kiosk.clerk.sealing import Sealer, Unsealable
from kiosk.flow import effects as do
from kiosk.flow.events import FingerFailed, PrintEnded, SlipEnded
from kiosk.flow.session import Session
from kiosk.journal.journal import Committed
from kiosk.journal.orders import StoredOrder
from kiosk.runtime import Runtime
from kiosk.shop import Shop
from kiosk.slips import Slips

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What a ticket was for: the act's word, and the job or order it was about."""

    what: str  # finger, money, card, back, paper, slip
    visit: str
    about: str = ""


@dataclass(frozen=True)
class Waits:
    """How long devices are given; all settings."""

    finger: float
    card: float
    card_left: float
    paper: float
    slip: float


class Performer:
    def __init__(
        self,
        drivers: dict[str, Driver],  # type: ignore[type-arg]  # each speaks through a link of its own type
        desk: Desk,
        sealer: Sealer,
        shop: Shop,
        slips: Slips,
        waits: Waits,
        later: Callable[[object], None],
    ) -> None:
        """`later` posts an event to the inbox: an act never advances the tables from inside."""
        self.drivers, self.desk = drivers, desk
        self._sealer, self._shop, self._slips, self._waits, self._later = sealer, shop, slips, waits, later
        self.asked: dict[tuple[str, int], Asked] = {}
        self._orders: dict[str, StoredOrder] = {}  # of this visit
        self._in_clear: dict[str, Secret] = {}  # job -> pages that are at the printer
        self.runtime: Runtime | None = None  # set by the composition root; the two know each other

    @property
    def session(self) -> Session:
        assert self.runtime
        return self.runtime.session

    def perform(self, act: do.Act, committed: Committed) -> None:
        assert self.runtime
        visit = self.runtime.visit
        match act:
            case do.EndVisit():
                self._end_visit(act.visit)
            case do.PrintPaper():
                self._print(act, committed)
            case do.PrintReceipt() | do.PrintClaim():
                self._print_slip(act)
            case do.AuthorisePayment():
                order = self._orders[act.order] = committed.orders[act.order]
                self._cancel("card", act.visit)  # no longer waited for: the card of the try before
                command = Authorise(act.visit, as_order(order), self._waits.card)
                self._submit("card", command, Asked("money", act.visit, act.order))
            case do.StopFinger():
                self._cancel("finger", act.visit)
            case do.StopPayment():
                self._cancel("card", act.visit)
            case _ if visit is None or visit.id != act.visit:  # type: ignore[attr-defined]
                log.warning("%s came too late for its visit", type(act).__name__)
            case do.OpenVisit():
                self.desk.open(act.visit)
            case do.WipeNumber():
                visit.rrn.wipe()
            case do.CaptureFinger():
                visit.template.wipe()
                if not self._submit("finger", Capture(act.visit, self._waits.finger), Asked("finger", act.visit)):
                    self._later(FingerFailed(act.visit, "offline"))
            case do.AskIdentity():
                self.desk.identify(act.visit, Secret(visit.rrn.reveal()), visit.template)
            case do.FetchDocument():
                options = dict(self._shop.asked(act.document, dict(act.options)))
                won, waived = self._shop.base_fee(act.document), self._shop.waived_for(act.document)
                self.desk.fetch(act.visit, act.document, options, {}, won, waived)
            case _:
                raise TypeError(f"nobody performs {type(act).__name__}")

    def await_card(self, visit: str) -> None:
        """A card that was used is in the reader: see it taken, or tell that it was left."""
        self._submit("card", AwaitRemoval(visit, self._waits.card_left), Asked("card", visit))

    def reverse(self, order: StoredOrder, attempt: int) -> bool:
        """For the settler: one reversal to the payment host."""
        command = Reverse(order.visit, as_order(order), order.kept_won, attempt)
        return self._submit("payment_host", command, Asked("back", order.visit, order.order_id))

    def to_give_back(self, order_id: str, kept_won: int) -> list[StoredOrder]:
        """The order as it was stored, to give back what it is not to keep; none if it was never asked for."""
        order = self._orders.get(order_id)
        return [replace(order, kept_won=kept_won)] if order and kept_won < order.won else []

    def _print(self, act: do.PrintPaper, committed: Committed) -> None:
        pages = self._pages(act, committed.payloads.get(act.job))
        if pages is None:
            log.error("job %s does not belong to this visit: not printed", act.job)
            self._later(PrintEnded(act.visit, act.job, Verdict.NOT_DONE, "binding"))
            return
        paper = self.session.paper
        assert paper
        self._in_clear[act.job] = pages
        command = PrintPages(act.visit, act.job, pages.reveal(), paper.pages, self._waits.paper)
        self._submit("page_printer", command, Asked("paper", act.visit, act.job))

    def _pages(self, act: do.PrintPaper, sealed: bytes | None) -> Secret | None:
        """The pages, if visit, subject, document and job agree and the bytes are those that were composed."""
        session = self.session
        bound = act.visit == session.visit and session.subject and any(i.job == act.job for i in session.items)
        if not (bound and session.paper and sealed):
            return None
        try:
            pages = self._sealer.unseal(session.paper.number, sealed)
        except Unsealable:
            return None
        if sha256(pages.reveal()).hexdigest() == session.paper.sha256:
            return pages
        pages.wipe()
        return None

    def forget_pages(self, job: str) -> None:
        """The printer's driver is through with them."""
        if pages := self._in_clear.pop(job, None):
            pages.wipe()

    def _print_slip(self, act: do.PrintReceipt | do.PrintClaim) -> None:
        assert self.runtime
        visit = self.runtime.visit
        data = (
            self._slips.receipt(self.session, visit)
            if isinstance(act, do.PrintReceipt)
            else self._slips.claim(self.session)
        )
        tag = sha256(f"{act.visit}{self.session.serial}{type(act).__name__}".encode()).hexdigest()[:4].upper().encode()
        command = PrintReceipt(act.visit, f"{act.visit}-slip", data, tag, self._waits.slip)
        if not self._submit("printer", command, Asked("slip", act.visit)):
            self._later(SlipEnded(act.visit, Verdict.NOT_DONE))

    def _end_visit(self, visit_id: str) -> None:
        self._orders.clear()
        self.abandon(visit_id)

    def abandon(self, visit_id: str) -> None:
        """Late answers die with the clerk; a finger or a card is no longer waited for."""
        self.desk.end(visit_id)
        for (role, ticket), asked in self.asked.items():
            if asked.visit == visit_id and asked.what in ("finger", "money"):
                self.drivers[role].cancel(ticket)

    def _submit(self, role: str, command: object, asked: Asked) -> bool:
        driver = self.drivers.get(role)
        if driver is None:
            return False
        self.asked[(role, driver.submit(command))] = asked  # type: ignore[arg-type]
        return True

    def _cancel(self, role: str, visit: str) -> None:
        for (device, ticket), asked in self.asked.items():
            if device == role and asked.visit == visit:
                self.drivers[role].cancel(ticket)


def as_order(stored: StoredOrder) -> Order:
    return Order(
        order_id=stored.order_id,
        stan=stored.stan,
        at=datetime.fromisoformat(stored.at),
        won=stored.won,
        terminal_id=stored.terminal_id,
        merchant_no=stored.merchant_no,
    )
