"""Tells the agencies what became of each document they issued, until they acknowledge; first in, first told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from drivers.clock import Clock
from kiosk.flow.effects import ListForStaff, OutcomeAcknowledged, Write
from kiosk.journal.owed import Untold

FIRST_SECONDS, SLOWEST_SECONDS = 10.0, 300.0


class Errands:
    """In order, one at a time: an earlier outcome must be on record before a visit as a whole is voided."""

    def __init__(self, clock: Clock, send: Callable[[str, str], None], first_seconds: float = FIRST_SECONDS) -> None:
        self._clock, self._send, self._first = clock, send, first_seconds
        self._untold: dict[int, Untold] = {}
        self._due = 0.0
        self._failures = 0
        self._out: Untold | None = None

    def add(self, untold: Iterable[Untold]) -> None:
        for item in untold:
            self._untold.setdefault(item.id, item)

    @property
    def open(self) -> int:
        return len(self._untold)

    @property
    def due(self) -> float | None:
        return None if self._out or not self._untold else self._due

    def tick(self) -> None:
        if self.due is not None and self.due <= self._clock.monotonic():
            self._out = self._untold[min(self._untold)]
            self._send(self._out.number, self._out.outcome)

    def told(self, number: str) -> tuple[Write, ...]:
        if self._out is None or self._out.number != number:
            return ()
        del self._untold[self._out.id]
        self._out, self._failures, self._due = None, 0, self._clock.monotonic()
        return (OutcomeAcknowledged(number),)

    def refused(self, number: str) -> tuple[Write, ...]:
        """The agency holds another outcome, or no such document: only people can find out, and the rest goes on."""
        told = self.told(number)
        return (*told, ListForStaff("", "", 0, f"outcome-refused {number}")) if told else ()

    def failed(self) -> None:
        """Nobody answered: the same one again, later."""
        self._out = None
        self._due = self._clock.monotonic() + min(self._first * 2**self._failures, SLOWEST_SECONDS)
        self._failures += 1
