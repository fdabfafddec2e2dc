"""Opening hours and maintenance windows as pure values: `[weekday ]HH:MM-HH:MM`.

Not responsible for the calendar: whoever asks says whether the day is a public holiday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

SPAN = re.compile(r"(weekday )?([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")
WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
MINUTES_A_DAY = 24 * 60
SATURDAY = 5


def minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def clock_face(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True)
class Hours:
    """When a machine is open or a document can be had; never past midnight, 24:00 is the end of the day."""

    opens: int  # minutes after midnight
    closes: int  # the first minute that is closed again
    weekdays_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Raises ValueError."""
        match = SPAN.fullmatch(text)
        if not match:
            raise ValueError("must be hours like 08:00-22:00 or weekday 09:00-18:00")
        hour, minute, end_hour, end_minute = (int(part) for part in match.groups()[1:] if part is not None)
        opens, closes = hour * 60 + minute, end_hour * 60 + end_minute
        if opens >= closes:
            raise ValueError("must end after they begin, on the same day")
        return cls(opens, closes, bool(match[1]))

    def contains(self, moment: datetime, is_holiday: bool = False) -> bool:
        return self.open_on(moment, is_holiday) and self.opens <= minute_of(moment) < self.closes

    def open_on(self, day: datetime, is_holiday: bool = False) -> bool:
        """Saturday, Sunday and public holidays are no weekdays."""
        return not (self.weekdays_only and (is_holiday or day.weekday() >= SATURDAY))

    @property
    def all_day(self) -> bool:
        return (self.opens, self.closes) == (0, MINUTES_A_DAY)

    @property
    def opens_at(self) -> str:
        return clock_face(self.opens)

    @property
    def closes_at(self) -> str:
        return clock_face(self.closes)

    def __str__(self) -> str:
        return f"{'weekday ' if self.weekdays_only else ''}{self.opens_at}-{self.closes_at}"


@dataclass(frozen=True)
class Window:
    """When an agency is away for maintenance, every day; may pass midnight; empty when begin and end are equal."""

    begins: int = 0
    ends: int = 0

    @classmethod
    def parse(cls, text: str) -> Window:
        """Raises ValueError.  No text, no window."""
        if not text:
            return cls()
        match = WINDOW.fullmatch(text)
        if not match:
            raise ValueError("must be a window like 23:50-00:10, or empty")
        hour, minute, end_hour, end_minute = map(int, match.groups())
        return cls(hour * 60 + minute, end_hour * 60 + end_minute)

    def contains(self, moment: datetime) -> bool:
        now = minute_of(moment)
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends

    def over_at(self, moment: datetime) -> datetime:
        """When the window that contains `moment` ends."""
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = self.begins > self.ends and minute_of(moment) >= self.begins
        return midnight + timedelta(days=int(tomorrow), minutes=self.ends)

    def __str__(self) -> str:
        return f"{clock_face(self.begins)}-{clock_face(self.ends)}" if self.begins != self.ends else ""
