"""What a finger on the glass, or a key, means.  Screens put these into their choices; they hold no personal data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Started:
    visit: str = ""  # filled in by the runtime, so that the table stays pure


@dataclass(frozen=True)
class ChoseCategory:
    category: str


@dataclass(frozen=True)
class ChoseDocument:
    document: str
    obstacle: str = ""  # filled in by the runtime: why it cannot be issued now


@dataclass(frozen=True)
class Digit:
    digit: int

    def __repr__(self) -> str:
        return "Digit(*)"


@dataclass(frozen=True)
class Erased: ...


@dataclass(frozen=True)
class ErasedAll: ...


@dataclass(frozen=True)
class Submitted: ...


@dataclass(frozen=True)
class ChoseOption:
    option: str
    value: str


@dataclass(frozen=True)
class ToldOptions: ...


@dataclass(frozen=True)
class ChoseCopies:
    copies: int


@dataclass(frozen=True)
class Agreed: ...


@dataclass(frozen=True)
class Confirmed:
    obstacle: str = ""  # filled in by the runtime: what the kiosk already knows it cannot print


@dataclass(frozen=True)
class WantsReceipt:
    yes: bool


@dataclass(frozen=True)
class WantsMore: ...


@dataclass(frozen=True)
class TriesAgain: ...


@dataclass(frozen=True)
class Leaves: ...


@dataclass(frozen=True)
class Cancelled: ...


@dataclass(frozen=True)
class WentBack: ...


@dataclass(frozen=True)
class Extended: ...


@dataclass(frozen=True)
class TurnedPage:
    step: int


@dataclass(frozen=True)
class SwitchedLanguage:
    language: str


@dataclass(frozen=True)
class SwitchedContrast: ...


@dataclass(frozen=True)
class CalledStaff: ...


@dataclass(frozen=True)
class DismissedStaff: ...
