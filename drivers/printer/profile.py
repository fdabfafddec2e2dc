"""What a model of receipt printer can do; facts, chosen by the machine's configuration.

Not responsible for the printer's present state (`protocol`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from pathlib import Path


class Fence(enum.Enum):
    """How the printer says that all it got so far is on paper."""

    PROCESS_ID = "process-id"  # GS ( H 48 echoes our own tag
    PAPER_STATUS = "paper-status"  # GS r 1 answers one byte that names nobody: second best


class Rom(enum.Enum):
    """Which Hangul the printer's memory holds; the rest is drawn."""

    KS_X_1001 = "ks-x-1001"  # 2,350 syllables
    CP949 = "cp949"  # all 11,172


class Source(enum.Enum):
    DOCUMENTED = "documented"  # by the maker's command reference
    PROBED = "probed"  # seen on a machine by a technician


@dataclass(frozen=True)
class Profile:
    columns: int = 48  # of font A; a syllable takes two
    dots: int = 576  # printable width, 203 dots an inch
    fence: Fence = Fence.PROCESS_ID
    rom: Rom = Rom.KS_X_1001
    source: Source = Source.DOCUMENTED
    font: Path | None = None  # draws what the ROM lacks; without it a 〓 stands there


EPSON_80 = Profile()
NARROW_80 = Profile(columns=42, dots=504)  # many Korean 80 mm models
NARROW_58 = Profile(columns=32, dots=384)
