"""What this machine owes: money to give back, outcomes to tell.  The journal holds it; this carries it out in time."""

from __future__ import annotations

from collections.abc import Callable

from config.schema import Settings
from drivers.clock import Clock
from kiosk.clerk import messages as said
from kiosk.errands import Errands
from kiosk.flow.effects import Write
from kiosk.journal.journal import Journal
from kiosk.journal.orders import StoredOrder
from kiosk.journal.owed import Owed, owed
from kiosk.settle import Settler


class Debts:
    def __init__(
        self,
        clock: Clock,
        journal: Journal,
        reverse: Callable[[StoredOrder, int], bool],
        tell: Callable[[str, str], None],
        settings: Settings,
    ) -> None:
        payment = settings.payment
        self.settler = Settler(clock, reverse, payment.reversal_first_seconds, payment.reversal_most_seconds)
        self.errands = Errands(clock, tell, settings.agency.outcome_retry_seconds)
        self.are_known = False  # the journal was read since the start
        self._journal = journal

    @property
    def due(self) -> tuple[float | None, ...]:
        """When `tick` wants to be called next, on the monotonic clock."""
        return self.settler.due, self.errands.due

    def tick(self) -> None:
        self.settler.tick()
        self.errands.tick()

    def ask(self) -> None:
        """What the journal holds now; the answer, `Owed`, comes by the inbox."""
        self._journal.tell(owed)

    def add(self, found: Owed) -> None:
        self.settler.add(found.orders)
        self.errands.add(found.untold)
        self.are_known = True

    def told(self, message: said.Told | said.NotTold) -> tuple[Write, ...]:
        """The agency answered an errand, or did not; returns what is to be made durable."""
        match message:
            case said.Told(number=number):
                return self.errands.told(number)
            case said.NotTold(number=number, reason="conflict" | "unknown-number"):
                return self.errands.refused(number)
        self.errands.failed()
        return ()
