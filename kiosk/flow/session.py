"""What the flow remembers of a visit: states, choices, verdicts.  No personal data; that is in `kiosk.visit`."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from drivers.base import Verdict


class At(enum.Enum):
    """Where a visit stands; one state, one screen."""

    STARTING = "starting"
    OUT_OF_SERVICE = "out-of-service"
    ATTRACT = "attract"
    CATEGORY = "category"
    DOCUMENT = "document"
    NOTICE = "notice"
    RRN = "rrn"
    FINGER = "finger"
    IDENTIFYING = "identifying"
    OPTIONS = "options"
    COPIES = "copies"
    FETCHING = "fetching"
    CONFIRM = "confirm"
    PAY = "pay"
    PRINTING = "printing"
    REVERSING = "reversing"
    TAKE = "take"
    RECEIPT = "receipt"
    RECEIPT_PRINTING = "receipt-printing"
    MORE = "more"
    SORRY = "sorry"
    ASSIST = "assist"


class Pay(enum.Enum):
    """The payment's own small table, run inside PAY and REVERSING."""

    NONE = "none"
    AUTHORISING = "authorising"  # card and host are at it
    CANCELLING = "cancelling"  # the resident gave up; the driver has not answered yet
    DECLINED = "declined"  # nothing charged; another card or leave
    APPROVED = "approved"
    REVERSING = "reversing"
    REVERSED = "reversed"
    UNSETTLED = "unsettled"  # the reversal stays in the durable queue
    CLOSED = "closed"  # nothing was charged


@dataclass(frozen=True)
class Item:
    """One sheet-set for one payment line: a copy of a document, with a verdict of its own."""

    job: str
    won: int
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Paper:
    """A document the agency has issued and the clerk has composed."""

    number: str
    document: str
    pages: int
    sha256: str
    won: int
    waiver: str = ""


@dataclass(frozen=True)
class Payment:
    at: Pay = Pay.NONE
    order: str = ""
    won: int = 0
    kept_won: int = 0
    reason: str = ""


MAX_TRIES = 3


@dataclass(frozen=True)
class Session:
    at: At = At.STARTING
    visit: str = ""
    category: str = ""
    document: str = ""
    options: tuple[tuple[str, str], ...] = ()
    copies: int = 1
    tries: int = 0
    subject: str = ""
    paper: Paper | None = None
    items: tuple[Item, ...] = ()
    payment: Payment = Payment()
    serial: int = 0  # orders and jobs of this visit so far; makes their ids
    word: str = ""  # what the device at work said last
    part: int = 0
    whole: int = 0
    reason: str = ""  # why SORRY, ASSIST or OUT_OF_SERVICE; or why the last finger failed
    card_in: bool = False

    @property
    def amount(self) -> int:
        return self.paper.won * self.copies if self.paper else 0

    @property
    def printed(self) -> int:
        return sum(item.verdict is Verdict.DONE for item in self.items)

    @property
    def returned_won(self) -> int:
        """What surely went back."""
        return self.payment.won - self.payment.kept_won if self.payment.at is Pay.REVERSED else 0

    @property
    def owed_won(self) -> int:
        """What is to go back and has not, as far as anybody knows."""
        return self.payment.won - self.payment.kept_won if self.payment.at is Pay.UNSETTLED else 0

    def job_id(self, copy: int) -> str:
        return f"{self.visit}-{self.serial}-{copy}"

    def order_id(self) -> str:
        """12 characters A–Z 0–9 (ISO 8583 DE37), unique as the visit is."""
        return f"{self.visit[:10]}{self.serial:02d}"
