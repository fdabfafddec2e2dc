"""What comes back to a visit from the kiosk itself, its devices, its clerk and its payment.

An answer carries the visit it belongs to; the flow refuses it before the table is consulted when that visit is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.base import Verdict

# -- the kiosk itself --------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """Recovery ended, each device answered or is known away, and at least one document can be issued."""


@dataclass(frozen=True)
class Closed:
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class TimedOut:
    """The screen said after how many seconds."""


@dataclass(frozen=True)
class RrnEntered:
    """The number is in the visit's memory, never here."""


# -- answers -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """A device asks for something or goes on: present-subject, media-presented, page 2 of 3 …"""

    visit: str
    device: str
    word: str
    part: int = 0
    whole: int = 0


@dataclass(frozen=True)
class FingerCaptured:
    visit: str


@dataclass(frozen=True)
class FingerFailed:
    visit: str
    reason: str


@dataclass(frozen=True)
class Identified:
    visit: str
    subject: str  # keyed hash


@dataclass(frozen=True)
class NotIdentified:
    visit: str
    reason: str
    tries_left: int = 0


@dataclass(frozen=True)
class Fetched:
    visit: str
    document: str
    number: str
    subject: str
    pages: int
    sha256: str
    won: int  # of one copy
    waiver: str = ""


@dataclass(frozen=True)
class Refused:
    visit: str
    reason: str


@dataclass(frozen=True)
class AuthoriseEnded:
    visit: str
    order: str
    verdict: Verdict
    reason: str = ""
    approval_no: str = ""


@dataclass(frozen=True)
class ReversalEnded:
    visit: str
    order: str
    verdict: Verdict


@dataclass(frozen=True)
class PrintEnded:
    visit: str
    job: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class SlipEnded:
    """The receipt or the claim slip."""

    visit: str
    verdict: Verdict


@dataclass(frozen=True)
class CardTaken:
    visit: str


# -- how the payment's own table ended; only the flow makes these ------------------------


@dataclass(frozen=True)
class Paid: ...


@dataclass(frozen=True)
class Unpaid: ...


@dataclass(frozen=True)
class GivingBack: ...


@dataclass(frozen=True)
class GaveBack: ...


@dataclass(frozen=True)
class CouldNotGiveBack: ...


Event = object
