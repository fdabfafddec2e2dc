"""The one place where the program learns the time or waits for it.

Every wait, every deadline and every time of day goes through a `Clock`, so that a test can feed it.
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds since some start; never goes back."""
        ...

    def now(self) -> datetime:
        """The time of day, with its offset."""
        ...

    def wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]:
        """Block until one of the file descriptors is ready or `seconds` went by (None: no limit).

        Returns the ready descriptors; a hung-up or broken one counts as ready.
        """
        ...


class SystemClock:
    """The machine's own time; `start` moves the calendar for a demo, never the waits."""

    def __init__(self, start: datetime | None = None) -> None:
        now = datetime.now(UTC).astimezone()
        self._zone = start.tzinfo if start else now.tzinfo
        self._shift = (start - now) if start else timedelta()

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._shift).astimezone(self._zone)

    def wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]:
        masks = dict.fromkeys(readable, select.POLLIN)
        for fd in writable:
            masks[fd] = masks.get(fd, 0) | select.POLLOUT
        poll = select.poll()
        for fd, mask in masks.items():
            poll.register(fd, mask)
        milliseconds = None if seconds is None else max(0, round(seconds * 1000))
        return {fd for fd, _ in poll.poll(milliseconds)}
