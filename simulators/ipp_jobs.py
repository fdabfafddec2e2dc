"""A print job as the simulated page printer keeps it.  What it looks like from outside: `Engine.state_of`."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class JobState(enum.IntEnum):
    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass
class Sheet:
    page: int  # of the document
    seconds: float  # of the printer's own up-time, when it came out


@dataclass
class Job:
    id: int
    name: str
    user: str
    created_at: float
    copies: int = 1
    document: bytes = b""
    pages: int = 0  # 0 with a complete document: not readable
    is_complete: bool = False  # all of the document has arrived
    started_at: float | None = None
    ended_at: float | None = None
    ending: JobState | None = None  # what it will be once the sheet under way is out
    end_reason: str = ""
    final: JobState | None = None
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def impressions(self) -> int:
        return len(self.sheets)
