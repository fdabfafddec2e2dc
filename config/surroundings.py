"""What stands around the settings of a machine: the kinds of screen, and the notices of the attract screen."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated

from msgspec import Meta

from config.schema import Language, Options

LINE = Annotated[str, Meta(min_length=1)]
MM_PER_INCH = 25.4
REACH_MM = 1220  # controls above the floor in low position, at most


class Profile(Options, frozen=True):
    """A kind of screen; all geometry of the product is in millimetres."""

    width_px: Annotated[int, Meta(ge=640, le=7680)]
    height_px: Annotated[int, Meta(ge=480, le=7680)]
    diagonal_inch: Annotated[float, Meta(ge=10, le=65)]
    bottom_mm: Annotated[int, Meta(ge=300, le=1200)]

    @property
    def px_per_mm(self) -> float:
        return math.hypot(self.width_px, self.height_px) / (MM_PER_INCH * self.diagonal_inch)

    @property
    def top_limit_px(self) -> float:
        """In low position nothing to be touched lies above this line."""
        return max(0.0, self.height_px - (REACH_MM - self.bottom_mm) * self.px_per_mm)


class Words(Options, frozen=True):
    ko: LINE
    en: LINE

    def of(self, language: Language) -> str:
        return self.ko if language == "ko" else self.en


class Notice(Options, frozen=True):
    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="a short name like safe-inheritance")]
    title: Words
    text: Words
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until
