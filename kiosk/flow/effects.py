"""What the flow wants done, as values.  `Write` goes into the journal's transaction, `Act` is performed after it.

Nothing here holds personal data: effects refer to the visit, whose memory holds the values.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.base import Verdict


class Write:
    """Becomes durable in the same transaction as the state that caused it."""


class Act:
    """Moves something in the world; performed once, after the commit, and never again after a start."""


# -- writes ------------------------------------------------------------------------------


@dataclass(frozen=True)
class NoteDocument(Write):
    """The agency issued it: from now on it ends as done, void or unknown, and the agency is told which."""

    visit: str
    number: str
    document: str


@dataclass(frozen=True)
class TellOutcome(Write):
    number: str
    outcome: str  # done, void, unknown


@dataclass(frozen=True)
class VoidVisit(Write):
    """Whatever the agency issued in this visit without an outcome is void: its answer never reached us."""

    visit: str


@dataclass(frozen=True)
class OpenOrder(Write):
    visit: str
    order: str
    won: int


@dataclass(frozen=True)
class StoreApproval(Write):
    order: str
    approval_no: str


@dataclass(frozen=True)
class CloseOrder(Write):
    """Nothing was charged."""

    order: str


@dataclass(frozen=True)
class KeepMoney(Write):
    order: str


@dataclass(frozen=True)
class StartReversal(Write):
    """Give back all but `kept_won`; stays in the durable queue until the host agrees."""

    order: str
    kept_won: int


@dataclass(frozen=True)
class EndReversal(Write):
    """The host agreed: the money went back."""

    order: str


@dataclass(frozen=True)
class CountReversal(Write):
    """One more try without an answer; the next goes out as 0421."""

    order: str


@dataclass(frozen=True)
class OutcomeAcknowledged(Write):
    """The agency has it on record."""

    number: str


@dataclass(frozen=True)
class AddJob(Write):
    visit: str
    job: str
    document: str
    number: str
    subject: str
    sha256: str
    pages: int
    won: int
    order: str
    claimed: bool  # True: the printer is free, so that one flush stands before the first byte


@dataclass(frozen=True)
class ClaimJob(Write):
    job: str


@dataclass(frozen=True)
class EndJob(Write):
    job: str
    verdict: Verdict  # NOT_DONE is void


@dataclass(frozen=True)
class ListForStaff(Write):
    visit: str
    order: str
    won: int
    reason: str


@dataclass(frozen=True)
class Report(Write):
    """An event for headquarters: type and flat facts, counts and codes only."""

    type: str
    facts: tuple[tuple[str, str | int], ...] = ()


# -- acts --------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenVisit(Act):
    visit: str


@dataclass(frozen=True)
class EndVisit(Act):
    visit: str


@dataclass(frozen=True)
class WipeNumber(Act):
    """The resident went back from the number: forget what was typed."""

    visit: str


@dataclass(frozen=True)
class CaptureFinger(Act):
    visit: str


@dataclass(frozen=True)
class StopFinger(Act):
    visit: str


@dataclass(frozen=True)
class AskIdentity(Act):
    visit: str


@dataclass(frozen=True)
class FetchDocument(Act):
    visit: str
    document: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AuthorisePayment(Act):
    visit: str
    order: str


@dataclass(frozen=True)
class StopPayment(Act):
    visit: str


@dataclass(frozen=True)
class PrintPaper(Act):
    visit: str
    job: str


@dataclass(frozen=True)
class PrintReceipt(Act):
    visit: str


@dataclass(frozen=True)
class PrintClaim(Act):
    visit: str


Effect = Write | Act
