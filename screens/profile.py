"""The two machines' glass: size, pixels a millimetre, and where things lie, all in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from screens.facts import PageSizes

HANGUL_MM = 12.0  # the smallest glyph that may be shown
INK = 0.84  # of an em: the height of 민 in Pretendard GOV
LINE = 1.2  # of an em


@dataclass(frozen=True)
class Profile:
    name: str
    width: int
    height: int
    px_per_mm: float
    bottom_mm: float  # of the glass, above the floor
    margin_mm: float
    gap_mm: float
    header_mm: float
    hero_mm: float
    welcome_mm: float
    nav_mm: float
    tools_mm: float
    title_mm: float  # glyph heights
    label_mm: float
    big_mm: float
    side_by_side: bool
    tiles_across: int
    sizes: PageSizes

    def px(self, mm: float) -> int:
        return round(mm * self.px_per_mm)

    def em(self, glyph_mm: float) -> int:
        """The font size whose Hangul is at least that high."""
        return math.ceil(max(glyph_mm, HANGUL_MM) / INK * self.px_per_mm)


PORTRAIT = Profile(
    name="portrait",
    width=1080,
    height=1920,
    px_per_mm=3.21,
    bottom_mm=780,
    margin_mm=12.5,
    gap_mm=7,
    header_mm=40,
    hero_mm=70,
    welcome_mm=235,
    nav_mm=48,
    tools_mm=66,
    title_mm=19,
    label_mm=13.5,
    big_mm=24,
    side_by_side=False,
    tiles_across=2,
    sizes=PageSizes(categories=8, documents=5, options=4, rows=8),
)

LANDSCAPE = Profile(
    name="landscape",
    width=1280,
    height=1024,
    px_per_mm=3.40,
    bottom_mm=850,
    margin_mm=9.5,
    gap_mm=4.5,
    header_mm=35.5,
    hero_mm=38.5,
    welcome_mm=44,
    nav_mm=31,
    tools_mm=40,
    title_mm=13.5,
    label_mm=12.5,
    big_mm=20,
    side_by_side=True,
    tiles_across=2,
    sizes=PageSizes(categories=6, documents=3, options=3, rows=4),
)

PROFILES = {profile.name: profile for profile in (PORTRAIT, LANDSCAPE)}


def profile_for(width: int, height: int) -> Profile:
    """The profile of a window of that size: the only two that are built so far."""
    for profile in PROFILES.values():
        if (profile.width, profile.height) == (width, height):
            return profile
    raise ValueError(f"no profile for a screen of {width}x{height}")
