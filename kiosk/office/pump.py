"""Which reports go out next: in order, a few at a time, again from the first unacknowledged one if nobody answers.

Pure: seconds come in, numbers go out.  A report leaves the outbox only by headquarters' own acknowledgement.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

NEVER = float("inf")


class OutboxRow(Protocol):
    @property
    def seq(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def at(self) -> str:
        """RFC 3339: when it happened."""
        ...

    @property
    def body(self) -> bytes:
        """A flat JSON object."""
        ...


class OutboxPort(Protocol):
    """The durable outbox; every call may wait for its thread and may raise."""

    @property
    def epoch(self) -> str: ...
    def unsent(self, after: int, limit: int) -> Sequence[OutboxRow]: ...
    def release(self, upto: int) -> None: ...
    def bounds(self) -> tuple[int, int]:
        """(first unacknowledged seq, next seq to be given)."""
        ...


@dataclass
class Pump:
    window: int
    first_seconds: float
    most_seconds: float
    flowing: bool = False  # the line stands and headquarters listen
    _after: int = 0  # everything up to here was sent or released
    _under_way: deque[int] = field(default_factory=deque)
    _due: float = NEVER
    _tries: int = 0
    _maybe_more: bool = True
    _known: int = 0  # the highest number that was ever given out, as far as we know

    @property
    def due(self) -> float:
        """When `expire` wants to be called."""
        return self._due

    def know(self, following: int) -> None:
        self._known = max(self._known, following - 1)

    def kick(self) -> None:
        self._maybe_more = True

    def resume(self) -> None:
        """Headquarters listen (again): begin with the first unacknowledged report."""
        self.flowing, self._tries = True, 0
        self._go_back()

    def pause(self) -> None:
        self.flowing, self._due = False, NEVER

    def fill(self, room: int, rows_after: Callable[[int, int], Sequence[OutboxRow]], now: float) -> Sequence[OutboxRow]:
        """The reports to be sent now."""
        limit = min(room, self.window - len(self._under_way))
        if not self.flowing or not self._maybe_more or limit <= 0:
            return ()
        rows = rows_after(self._after, limit)
        self._maybe_more = len(rows) == limit
        for row in rows:
            self._under_way.append(row.seq)
            self._after = row.seq
            self.know(row.seq + 1)
        if rows and self._due == NEVER:
            self._due = now + self._patience()
        return rows

    def acknowledged(self, upto: int, now: float) -> bool:
        """Whether it releases anything; a number that was never given out is nobody's to acknowledge."""
        if upto > self._known:
            return False
        before = len(self._under_way)
        while self._under_way and self._under_way[0] <= upto:
            self._under_way.popleft()
        fresh = before > len(self._under_way) or upto > self._after
        self._after = max(self._after, upto)
        if fresh:
            self._tries, self._maybe_more = 0, True
            self._due = now + self._patience() if self._under_way else NEVER
        return fresh

    def expire(self, now: float) -> None:
        """Nobody acknowledged in time: go back, and be more patient."""
        if now >= self._due:
            self._tries += 1
            self._go_back()

    def _go_back(self) -> None:
        if self._under_way:
            self._after = self._under_way[0] - 1
            self._under_way.clear()
        self._maybe_more, self._due = True, NEVER

    def _patience(self) -> float:
        return min(self.first_seconds * 2.0**self._tries, self.most_seconds)
