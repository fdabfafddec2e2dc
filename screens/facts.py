"""The plain values that screens are told: what can be chosen, what it costs, how long to wait.  No behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from screens.model import Phrase, Words


@dataclass(frozen=True)
class Timeouts:
    """Seconds until TimedOut; the time a device takes is the device's own and not here."""

    idle: float = 60.0
    fetching: float = 30.0
    take: float = 30.0
    receipt: float = 30.0
    receipt_printing: float = 30.0
    more: float = 30.0
    sorry: float = 30.0
    assist: float = 120.0
    staff: float = 60.0


@dataclass(frozen=True)
class PageSizes:
    """How many of each fit on one page of this kiosk's screen; comes from its profile."""

    categories: int = 8
    documents: int = 5
    options: int = 5
    rows: int = 7


@dataclass(frozen=True)
class CategoryFact:
    id: str
    name: Words
    note: Phrase | None = None


@dataclass(frozen=True)
class DocumentFact:
    id: str
    name: Words
    won: int | None  # None: not known before the agency answers
    needs_finger: bool = True
    why_not: Phrase | None = None  # why it cannot be issued now


@dataclass(frozen=True)
class OptionFact:
    id: str
    name: Words
    values: tuple[tuple[str, Words], ...]
    chosen: str


@dataclass(frozen=True)
class PaperFact:
    """What is about to be paid, printed or taken."""

    name: Words
    copies: int
    pages: int  # of one copy
    won: int  # in all
    waiver: str = ""  # the reason of 0 won, as the agency or the fee rule gave it
    options: tuple[tuple[Words, Words], ...] = ()


@dataclass(frozen=True)
class ClaimFact:
    """What the slip says, so that it can be told from the screen when the slip printer is down too."""

    site: Words
    at: str
    transaction: str
    won: int
    code: str
    phone: str
    slip: str = ""  # "" not yet known | "printed" | "failed"
    returned_won: int = 0  # given back already: nobody is to pay it out again


@dataclass(frozen=True)
class NearestSite:
    name: Words
    hours: str
    phone: str
