"""The contract between the kiosk and its devices.

A driver is a thread that owns one device for the life of the program; links come and go under it.  Nobody calls
into a device: the kiosk submits a command, gets a ticket, and reads events from the inbox it handed over.  Every
ticket ends in exactly one `Finished`, and a `Finished` never claims more than the device said.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class Health(enum.IntEnum):
    """How a device is, best first; the worst condition decides."""

    READY = 0
    ATTENTION = 1  # works, but somebody should come: paper low, sensor dirty
    STOPPED = 2  # cannot work until somebody acts: paper out, cover open, jam
    FAULT = 3  # broken; only a technician can help
    OFFLINE = 4  # no answer; the driver keeps trying


class Verdict(enum.Enum):
    """What became of a command."""

    DONE = "done"  # the device confirmed it
    NOT_DONE = "not-done"  # certainly nothing happened; safe to repeat
    UNKNOWN = "unknown"  # it may have happened; never repeated without a person


class Condition(NamedTuple):
    code: str  # as IPP spells reasons: "media-empty", "cover-open", "offline"
    health: Health


@dataclass(frozen=True)
class Status:
    conditions: frozenset[Condition] = frozenset()

    @property
    def health(self) -> Health:
        return max((condition.health for condition in self.conditions), default=Health.READY)

    @property
    def codes(self) -> tuple[str, ...]:
        """Worst first."""
        return tuple(c.code for c in sorted(self.conditions, key=lambda c: (-c.health, c.code)))


OFFLINE = Status(frozenset({Condition("offline", Health.OFFLINE)}))


class Command(Protocol):
    """What is submitted: a frozen dataclass that carries the visit it belongs to ("" for housekeeping)."""

    @property
    def visit(self) -> str: ...


@dataclass(frozen=True)
class StatusChanged:
    device: str
    status: Status


@dataclass(frozen=True)
class Progress:
    device: str
    ticket: int
    visit: str
    word: str  # present-subject, subject-detected, remove-subject, media-presented, media-taken, page
    part: int = 0  # with "page": page `part` of `whole` is on paper
    whole: int = 0


@dataclass(frozen=True)
class Finished:
    device: str
    ticket: int
    visit: str
    verdict: Verdict
    result: Any = None  # DONE: what the command's docstring says; else a reason word such as "offline"


DeviceEvent = StatusChanged | Progress | Finished
Inbox = Callable[[DeviceEvent], None]


class LinkLost(Exception):
    """The device stopped answering or went away.  The text never holds personal data."""


class Link(Protocol):
    """A byte stream that works or raises `LinkLost`: PTY, TCP, or a socket pair in memory."""

    def fileno(self) -> int:
        """For `Clock.wait`."""
        ...

    def read(self) -> bytes:
        """What has arrived, without waiting; empty if nothing has."""
        ...

    def write(self, data: bytes) -> int:
        """Hand over what the port takes now, without waiting; returns how many bytes it took."""
        ...

    def close(self) -> None: ...


@dataclass
class Task:
    ticket: int
    command: Any
    touched: bool = False  # True once a byte of it reached the device; after that nothing is certain
    cancelled: bool = False
