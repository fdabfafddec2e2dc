"""Takes an event: advance the tables, make the step durable, then perform its acts.

The screen may already show the new state while the journal flushes; no device moves before the commit came back.
Not responsible for what an act means to a device (`perform`) nor for what a device's answer means (`answers`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.flow.effects import Act, EndVisit, OpenVisit, Write
from kiosk.flow.issue import advance
from kiosk.flow.session import Session
from kiosk.journal.journal import Committed, Journal, JournalFailed, Step
from kiosk.visit import Visit

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pending:
    """Acts that wait for their step to be on the disk."""

    acts: tuple[Act, ...]
    session: Session


class Runtime:
    def __init__(self, journal: Journal, perform: Callable[[Act, Committed], None]) -> None:
        self.session = Session()
        self.durable = Session()  # as of the last step that is on the disk
        self.visit: Visit | None = None
        self.journal_failed = ""
        self._journal, self._perform = journal, perform
        self._steps = 0
        self._pending: dict[int, Pending] = {}

    def take(self, event: object) -> bool:
        """Advance by one event; returns whether anything changed."""
        before = self.session
        after, effects = advance(before, event)
        if after == before and not effects:
            return False
        self.session = after
        if after.at is not before.at:
            log.info("%s: %s -> %s", before.visit or after.visit or "-", before.at.value, after.at.value)
        if effects:
            self._remember(effects)
            ends = next((effect.visit for effect in effects if isinstance(effect, EndVisit)), "")
            writes = tuple(effect for effect in effects if isinstance(effect, Write))
            acts = tuple(effect for effect in effects if isinstance(effect, Act))
            self.commit(writes, acts, ends_visit=ends)
        return True

    def commit(
        self,
        writes: tuple[Write, ...],
        acts: tuple[Act, ...] = (),
        ends_visit: str = "",
    ) -> None:
        """Make a step durable; its acts follow when it is."""
        self._steps += 1
        session = self.session
        self._pending[self._steps] = Pending(acts, session)
        sealed = self.visit.sealed if self.visit else b""
        self._journal.commit(Step(self._steps, session.visit, session.at.value, writes, sealed, ends_visit))

    def committed(self, committed: Committed) -> None:
        """The disk has it: now things may move."""
        pending = self._pending.pop(committed.step)
        self.durable = pending.session
        for act in pending.acts:
            self._perform(act, committed)

    def failed(self, failure: JournalFailed) -> tuple[Act, ...]:
        """The disk has it not, so nothing of that step moves.  Returns the acts that were given up."""
        self.journal_failed = failure.reason
        log.error("journal: %s", failure.reason)
        pending = self._pending.pop(failure.step, None)
        return pending.acts if pending else ()

    def forget(self) -> None:
        """The visit is over at once, because nothing of it can be made durable any more."""
        if self.visit:
            self.visit.wipe()
        self.session, self.visit = Session(), None

    def _remember(self, effects: tuple[object, ...]) -> None:
        """The visit's memory begins and ends with the visit at once, whatever the disk is doing."""
        for effect in effects:
            if isinstance(effect, (OpenVisit, EndVisit)) and self.visit:
                self.visit.wipe()
                self.visit = None
            if isinstance(effect, OpenVisit):
                self.visit = Visit(effect.visit)
