"""Gives money back until the payment host agrees: the durable queue of reversals (망취소).

First a 0420, then 0421 after 10, 20, 40 … seconds; after six tries a person is told and the tries go on, slower.
Not responsible for when to give back; the tables decide that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from drivers.base import Verdict
from drivers.clock import Clock
from kiosk.flow.effects import CountReversal, EndReversal, ListForStaff, Report, Write
from kiosk.journal.orders import StoredOrder

FIRST_SECONDS, SLOWEST_SECONDS, PERSON_AFTER = 10.0, 300.0, 6


@dataclass
class Waiting:
    order: StoredOrder
    due: float
    attempts: int


class Settler:
    def __init__(
        self,
        clock: Clock,
        send: Callable[[StoredOrder, int], bool],
        first_seconds: float = FIRST_SECONDS,
        slowest_seconds: float = SLOWEST_SECONDS,
    ) -> None:
        """`send(order, attempt)` hands one reversal to the host's driver; False if it takes none now."""
        self._clock, self._send = clock, send
        self._first, self._slowest = first_seconds, slowest_seconds
        self._waiting: dict[str, Waiting] = {}
        self._out: str = ""  # one at a time, in the order they came

    def add(self, orders: Iterable[StoredOrder]) -> None:
        now = self._clock.monotonic()
        for order in orders:
            self._waiting.setdefault(order.order_id, Waiting(order, now, order.attempts))

    def hurry(self) -> None:
        """The host is back: the queue goes first."""
        for waiting in self._waiting.values():
            waiting.due = self._clock.monotonic()

    @property
    def open(self) -> int:
        return len(self._waiting)

    @property
    def due(self) -> float | None:
        """When `tick` wants to be called next, on the clock's monotonic scale."""
        return None if self._out or not self._waiting else min(w.due for w in self._waiting.values())

    def tick(self) -> None:
        due = self.due
        if due is None or due > self._clock.monotonic():
            return
        first = min(self._waiting.values(), key=lambda w: w.due)
        self._out = first.order.order_id
        if not self._send(first.order, first.attempts):
            self._later(first)

    def ended(self, order_id: str, verdict: Verdict, sent: bool = True) -> tuple[Write, ...]:
        """What the host's driver said of it; returns what is to be made durable."""
        self._out = ""
        waiting = self._waiting.get(order_id)
        if waiting is None:
            return ()
        if verdict is Verdict.DONE:
            del self._waiting[order_id]
            return (EndReversal(order_id),)
        return self._again(waiting)

    def _again(self, waiting: Waiting) -> tuple[Write, ...]:
        waiting.attempts += 1
        self._later(waiting)
        order = waiting.order
        if waiting.attempts != PERSON_AFTER:
            return (CountReversal(order.order_id),)
        won = order.won - order.kept_won
        told = Report("claim", (("order", order.order_id), ("won", won), ("reason", "unreversed")))
        return (CountReversal(order.order_id), ListForStaff(order.visit, order.order_id, won, "unreversed"), told)

    def _later(self, waiting: Waiting) -> None:
        self._out = ""
        wait = min(self._first * 2 ** max(0, waiting.attempts - 1), self._slowest)
        waiting.due = self._clock.monotonic() + wait
