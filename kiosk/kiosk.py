"""One kiosk without a window: every event of screen, devices, clerk and journal comes through `take`, in one order.

Not responsible for pixels (`app`) or for what a state looks like (`view`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from drivers.base import OFFLINE, Finished, Progress, Status, StatusChanged, Verdict
from drivers.clock import Clock
from kiosk import answers
from kiosk.clerk import messages as said
from kiosk.clerk.desk import ClerkLost, ClerkSaid
from kiosk.debts import Debts
from kiosk.face import ASKS_A_PERSON, SILENT_SECONDS, Face, Patience
from kiosk.flow import events as on
from kiosk.flow import intents as tap
from kiosk.flow.effects import EndVisit, Report, Write
from kiosk.flow.session import At, Pay, Session
from kiosk.journal.journal import Committed, Journal, JournalFailed, JournalOpened
from kiosk.journal.owed import Owed
from kiosk.number import NumberEntry
from kiosk.perform import Asked, Performer
from kiosk.runtime import Runtime
from kiosk.service import Conditions, nothing_to_sell, obstacle
from kiosk.shop import Shop
from kiosk.visit import new_visit_id

log = logging.getLogger(__name__)


class Kiosk:
    def __init__(
        self,
        clock: Clock,
        journal: Journal,
        performer: Performer,
        shop: Shop,
        roles: tuple[str, ...],
        warning_seconds: float,
        on_reports: Callable[[], None] = lambda: None,
        on_status: Callable[[str, Status], None] = lambda role, status: None,
    ) -> None:
        self.clock, self.shop, self.roles = clock, shop, roles
        self.runtime = Runtime(journal, performer.perform)
        self.performer = performer
        performer.runtime = self.runtime
        self.face, self.entry = Face(shop.language), NumberEntry()
        self.patience = Patience(warning_seconds, clock.monotonic())
        self.debts = Debts(clock, journal, performer.reverse, performer.desk.errand, shop.config.settings)
        self.statuses: dict[str, Status] = {}
        self._on_reports, self._on_status = on_reports, on_status

    @property
    def session(self) -> Session:
        return self.runtime.session

    @property
    def conditions(self) -> Conditions:
        return Conditions(dict(self.statuses), self.debts.settler.open, bool(self.runtime.journal_failed))

    def seconds(self, of_screen: float | None) -> float | None:
        """Until this state ends by itself: the screen's own time, or the longest a device may be silent."""
        was_left_changed = not self.session.visit and self.face != Face(self.shop.language)
        if was_left_changed or self.session.payment.at is Pay.DECLINED:  # a person is asked, no device is at work
            return self.shop.config.settings.screen.idle_seconds
        return SILENT_SECONDS.get(self.session.at, of_screen)

    def deadline(self, of_screen: float | None) -> float | None:
        """When `tick` wants to be called next, on the monotonic clock."""
        due = (self.patience.due(self.session.at, self.seconds(of_screen), self.face), *self.debts.due)
        return min((each for each in due if each is not None), default=None)

    # -- what happens -----------------------------------------------------------------------

    def touched(self) -> None:
        """Whoever touches the glass is still there."""
        if self.face.warned_at is None:
            self.patience.restart(self.clock.monotonic())

    def touch(self, intent: object) -> None:
        """Something was chosen."""
        self.face.warned_at = None
        self.patience.restart(self.clock.monotonic())
        if self.face.take(intent):
            return
        match intent:
            case tap.Digit() | tap.Erased() | tap.ErasedAll() | tap.Submitted():
                self._type(intent)
            case tap.Started():
                self._flow(tap.Started(new_visit_id()))
            case tap.ChoseDocument(document):
                self._flow(tap.ChoseDocument(document, self.why_not(document)))
            case tap.Confirmed():
                self._flow(tap.Confirmed(self._obstacle_now()))
            case _:
                self._flow(intent)

    def take(self, event: object) -> None:
        """Anything from the inbox."""
        match event:
            case StatusChanged(role, status):
                self._status(role, status)
            case Progress() | Finished():
                self._device(event)
            case ClerkSaid() | ClerkLost():
                self._clerk(event)
            case Committed():
                self._committed(event)
            case JournalOpened():
                self.debts.ask()
                self._on_reports()
            case JournalFailed():
                self._journal_failed(event)
            case Owed():
                self.debts.add(event)
            case _:
                self._flow(event)
        self._serve()

    def tick(self, of_screen: float | None) -> None:
        """Whatever is due by the clock."""
        now = self.clock.monotonic()
        due = self.patience.due(self.session.at, self.seconds(of_screen), self.face)
        if due is not None and due <= now:
            self._impatient(now)
        self.debts.tick()

    # -- inside -----------------------------------------------------------------------------

    def _flow(self, event: object) -> None:
        before = self.session.at
        if self.runtime.take(event) and before not in ASKS_A_PERSON:
            self.patience.restart(self.clock.monotonic())  # a sheet came out, a finger was seen: somebody is at work
        if self.session.at is not before:
            self.face.turn()
            self.entry.reset()
            self.patience.restart(self.clock.monotonic())
            if not self.session.visit:
                self.face = Face(self.shop.language)
            self._serve()

    def _type(self, intent: object) -> None:
        visit = self.runtime.visit
        if self.session.at is At.RRN and visit:
            event = self.entry.take(intent, visit.rrn, self.clock.now().date())
            if event:
                self._flow(event)

    def _device(self, event: Progress | Finished) -> None:
        told, asked = answers.of_device(event, self.performer.asked, self.runtime.visit)
        if asked and isinstance(event, Finished):
            self._ended(asked, event)
        self._flow(told)

    def _ended(self, asked: Asked, event: Finished) -> None:
        """What follows from an answer whatever the flow makes of it."""
        match asked.what:
            case "back":
                self.write(self.debts.settler.ended(asked.about, event.verdict))
            case "paper":
                self.performer.forget_pages(asked.about)
            case "money" if self.runtime.journal_failed and event.verdict is not Verdict.NOT_DONE:
                self._give_back(asked.about)  # asked for before the journal failed; nobody could store the answer
            case "money" if self.session.card_in:
                self.performer.await_card(asked.visit)
            case "card" if event.result == "timeout":
                facts = (("device", "card"), ("alarm", "card-left"), ("severity", "warning"))
                self.write((Report("alarm-raised", facts),))

    def _clerk(self, event: ClerkSaid | ClerkLost) -> None:
        message = event.message if isinstance(event, ClerkSaid) else None
        if isinstance(message, said.Told | said.NotTold):
            self.write(self.debts.told(message))
            return
        self._flow(answers.of_clerk(event, self.runtime.visit, self.shop.fee))

    def write(self, writes: tuple[Write, ...]) -> None:
        """Make something durable that belongs to no step of a visit."""
        if writes:
            self.runtime.commit(writes)

    def _committed(self, committed: Committed) -> None:
        self.runtime.committed(committed)
        if committed.reports:
            self._on_reports()
        if committed.outcomes or committed.reversals:
            self.debts.ask()

    def _journal_failed(self, failure: JournalFailed) -> None:
        """No device moves any more.  Money that may have been taken goes back while this process still knows of it."""
        given_up = self.runtime.failed(failure)
        self.debts.are_known = True
        for visit in (self.session.visit, *(act.visit for act in given_up if isinstance(act, EndVisit))):
            self.performer.abandon(visit)
        if self.session.visit:
            if self.session.payment.at in (Pay.APPROVED, Pay.REVERSING):
                self._give_back(self.session.payment.order)
            self.runtime.forget()

    def _give_back(self, order: str) -> None:
        """All but what is on paper for the journal too: after the next start it would say the same."""
        done = [item.won for item in self.runtime.durable.items if item.verdict is Verdict.DONE]
        self.debts.settler.add(self.performer.to_give_back(order, sum(done)))

    def _status(self, role: str, status: Status) -> None:
        self.statuses[role] = status
        self._on_status(role, status)
        if role == "payment_host" and status.health <= 1:
            self.debts.settler.hurry()

    def _serve(self) -> None:
        """Open or close, when nobody is here and every device has answered or is known away."""
        ready = self.debts.are_known and all(role in self.statuses for role in self.roles)
        if ready and self.session.at in (At.STARTING, At.ATTRACT, At.OUT_OF_SERVICE):
            reasons = ("hours",) if self.shop.is_closed() else nothing_to_sell(self.conditions, self.shop.fees())
            self.runtime.take(on.Closed(reasons) if reasons else on.Opened())

    def look_at_the_clock(self) -> None:
        """Opening hours and maintenance windows begin and end without an event."""
        self._serve()

    def why_not(self, document: str) -> str:
        """Why a document cannot be issued now, or ""."""
        return self.shop.why_not(document) or obstacle(self.conditions, self.shop.base_fee(document))

    def _obstacle_now(self) -> str:
        """The last look before money: what the kiosk already knows it cannot print, it does not sell."""
        return obstacle(self.conditions, self.session.amount)

    def _impatient(self, now: float) -> None:
        at, session = self.session.at, self.session
        if at in ASKS_A_PERSON and self.face.warned_at is None:
            self.face.warned_at = now
            return
        self.patience.restart(now)
        self.face.warned_at = None
        if at is At.STARTING:
            self.statuses = {**dict.fromkeys(self.roles, OFFLINE), **self.statuses}
            self._serve()
        elif not session.visit:
            self.face = Face(self.shop.language)
        elif at is At.PRINTING:
            job = next(item.job for item in session.items if item.verdict is None)
            log.error("the page printer's driver fell silent")
            self._flow(on.PrintEnded(session.visit, job, Verdict.UNKNOWN, "silent"))
        else:
            self._flow(on.TimedOut())
