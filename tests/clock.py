"""A clock that stands still until a test feeds it.

Threads that wait through it still wake for real descriptors; only time is fed.  While time is fed, threads are
woken one by one in the order of their deadlines, and the next one only when all others sleep again.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

SETTLE_SECONDS = 20.0  # real time; longer means a thread is stuck outside of `wait`
FOREVER = float("inf")


@dataclass
class Waiter:
    thread: threading.Thread
    masks: dict[int, int]
    deadline: float
    order: int
    passes: bool  # it was due when it came: it only looks at its descriptors
    wake_fd: int = field(default_factory=lambda: os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC))

    def poll(self, milliseconds: int | None) -> set[int]:
        poll = select.poll()
        for fd, mask in self.masks.items():
            poll.register(fd, mask)
        poll.register(self.wake_fd, select.POLLIN)
        return {fd for fd, _ in poll.poll(milliseconds)}


class FedClock:
    """Fulfils drivers.clock.Clock and simulators.port_host.Time."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start or datetime(2021, 3, 2, 10, 0, tzinfo=UTC)
        self._seconds = 0.0
        self._changed = threading.Condition()
        self._waiters: dict[threading.Thread, Waiter] = {}
        self._known: set[threading.Thread] = set()
        self._orders = itertools.count()

    def monotonic(self) -> float:
        return self._seconds

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._seconds)

    def wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]:
        masks = dict.fromkeys(readable, select.POLLIN)
        for fd in writable:
            masks[fd] = masks.get(fd, 0) | select.POLLOUT
        thread = threading.current_thread()
        with self._changed:
            deadline = FOREVER if seconds is None else self._seconds + max(0.0, seconds)
            waiter = Waiter(thread, masks, deadline, next(self._orders), passes=deadline <= self._seconds)
            self._known.add(thread)
            self._waiters[thread] = waiter
            self._changed.notify_all()
        try:
            return waiter.poll(0 if waiter.passes else None) - {waiter.wake_fd}
        finally:
            with self._changed:
                del self._waiters[thread]
                os.close(waiter.wake_fd)
                self._changed.notify_all()

    # -- for tests ----------------------------------------------------------------------------

    def run(self, *threads: threading.Thread) -> None:
        """Start threads and know them from the beginning: no time passes until each first lies down to sleep."""
        for thread in threads:
            thread.start()
            with self._changed:
                self._known.add(thread)

    def advance(self, seconds: float) -> None:
        """Let so much time pass; returns when every thread of the clock sleeps again."""
        self.advance_until(lambda: False, seconds)

    def advance_until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Let time pass from deadline to deadline until `is_so`, at most `seconds`; whether it became so."""
        until = self._seconds + seconds
        self.settle()
        while not is_so():
            with self._changed:
                due = [w for w in self._waiters.values() if w.deadline <= until and self._is_other(w.thread)]
                first = min(due, key=lambda w: (w.deadline, w.order), default=None)
                self._seconds = max(self._seconds, first.deadline if first else until)
                if first is None:
                    return is_so()
                os.eventfd_write(first.wake_fd, 1)
            self.settle()
        return True

    def settle(self) -> None:
        """Return when every thread that ever waited here sleeps with nothing to read, or has ended."""
        give_up = time.monotonic() + SETTLE_SECONDS
        with self._changed:
            while awake := [t.name for t in self._known if self._is_other(t) and not self._sleeps(t)]:
                assert time.monotonic() < give_up, f"not asleep: {', '.join(awake)}"
                self._changed.wait(0.001)

    def _is_other(self, thread: threading.Thread) -> bool:
        return thread is not threading.current_thread()

    def _sleeps(self, thread: threading.Thread) -> bool:
        if not thread.is_alive():
            return True
        waiter = self._waiters.get(thread)
        with contextlib.suppress(OSError, ValueError):
            # One that is due at the same moment as another sleeps until its turn to be woken.
            return waiter is not None and not waiter.passes and not waiter.poll(0)
        return False
