"""What passes over the desk: where the agency is, what the kiosk orders, what comes back to its inbox.

Not responsible for any of it happening.
"""

from __future__ import annotations

import contextlib
import os
import queue
import weakref
from collections.abc import Callable
from dataclasses import dataclass

from drivers.secret import Secret
from kiosk.clerk import messages as say


@dataclass(frozen=True)
class Agency:
    """Where the agency is, and whom to believe; the paths are read by the clerk."""

    url: str
    ca: str
    seal_keys: str
    soft_seconds: float = 15.0
    hard_seconds: float = 30.0


@dataclass(frozen=True)
class ClerkSaid:
    visit: str  # "" for an errand
    message: say.FromClerk


@dataclass(frozen=True)
class ClerkLost:
    visit: str
    reason: str  # clerk-lost: it died; clerk-silent: it was killed for saying nothing


@dataclass(frozen=True)
class Order:
    visit: str
    message: say.ToClerk
    secrets: tuple[Secret, ...] = ()


Inbox = Callable[[ClerkSaid | ClerkLost], None]


class OrderPad:
    """Written by any thread, read by the desk's; wakes it, and leaves no secret unwiped."""

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self.wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self.wake_fd)

    def write(self, order: Order) -> None:
        self._orders.put(order)
        self.wake()

    def wake(self) -> None:
        os.eventfd_write(self.wake_fd, 1)

    def read_all(self, carry_out: Callable[[Order], None]) -> None:
        """Every order once; its secrets are wiped behind it, carried out or not."""
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self.wake_fd)
        while not self._orders.empty():
            order = self._orders.get_nowait()
            try:
                carry_out(order)
            finally:
                for secret in order.secrets:
                    secret.wipe()


def failed(errand: say.Tell | say.Probe) -> say.FromClerk:
    if isinstance(errand, say.Tell):
        return say.NotTold(errand.number, errand.outcome, "clerk-lost")
    return say.Probed(False)
