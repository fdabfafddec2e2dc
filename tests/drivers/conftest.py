"""What every driver test stands on: an inbox that can be waited for, and a watch on threads left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from drivers.base import DeviceEvent, Finished, Health, Progress, StatusChanged

PATIENCE_SECONDS = 15.0  # a test that waits so long has failed
Kind = TypeVar("Kind", StatusChanged, Progress, Finished)


class TestInbox:
    """Everything the drivers said, in order; `wait_for` sees also what came before the question."""

    __test__ = False

    def __init__(self) -> None:
        self.events: list[DeviceEvent] = []
        self._came = threading.Condition()

    def __call__(self, event: DeviceEvent) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def wait_for(self, kind: type[Kind], fits: Callable[[Kind], bool] = lambda event: True, after: int = 0) -> Kind:
        """The first event of that kind that fits, from number `after` on."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        with self._came:
            while True:
                for event in self.events[after:]:
                    if isinstance(event, kind) and fits(event):
                        return event
                left = give_up - time.monotonic()
                assert left > 0, f"no such {kind.__name__} among {self.events}"
                self._came.wait(left)

    def finished(self, ticket: int) -> Finished:
        return self.wait_for(Finished, lambda event: event.ticket == ticket)

    def health(self, health: Health, after: int = 0) -> StatusChanged:
        return self.wait_for(StatusChanged, lambda event: event.status.health == health, after)

    def condition(self, code: str, after: int = 0) -> StatusChanged:
        return self.wait_for(StatusChanged, lambda event: code in event.status.codes, after)

    def words(self, ticket: int) -> list[str]:
        return [e.word for e in self.events if isinstance(e, Progress) and e.ticket == ticket]


@pytest.fixture
def inbox() -> TestInbox:
    return TestInbox()


@pytest.fixture(autouse=True)
def nobody_is_left_behind() -> Iterator[None]:
    """A driver or simulator thread that outlives its test would disturb the next one."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.name.startswith(("driver-", "sim-"))]
    for thread in left:
        thread.join(2)
    assert not [t.name for t in left if t.is_alive()]
