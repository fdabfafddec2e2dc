"""What can stand on a receipt, said in words and columns.

Not responsible for bytes (`receipt`), nor for what a receipt has to say (the kiosk's documents).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Text:
    """A paragraph; it wraps, it is never cut short."""

    text: str
    align: Align = "left"
    bold: bool = False
    double: bool = False  # twice as wide and as high


@dataclass(frozen=True)
class Pair:
    """A name at the left edge, its value at the right one."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Qr:
    data: str  # ASCII


@dataclass(frozen=True)
class Barcode:
    """CODE128."""

    data: str  # ASCII


@dataclass(frozen=True)
class Feed:
    lines: int = 1


@dataclass(frozen=True)
class Cut:
    """The end of one receipt; paper is fed to the knife first."""


Line = Text | Pair | Rule | Qr | Barcode | Feed | Cut
