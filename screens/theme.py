"""Colours by what they are for, light and high contrast.  Each pair that meets on a screen is checked by a test."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(text: str) -> Colour:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


@dataclass(frozen=True)
class Theme:
    name: str
    page: Colour
    surface: Colour
    hero_top: Colour
    hero_bottom: Colour
    on_hero: Colour
    on_hero_soft: Colour
    text: Colour
    soft: Colour  # second-rank text
    primary: Colour
    on_primary: Colour
    pressed_primary: Colour
    tint: Colour  # behind icons
    border: Colour  # between areas
    outline: Colour  # around what can be pressed
    icon: Colour
    pressed: Colour
    focus: Colour
    focus_gap: Colour
    danger: Colour
    danger_tint: Colour
    notice: Colour
    notice_tint: Colour
    ribbon: Colour
    on_ribbon: Colour
    shadow: bool
    line_px: int


LIGHT = Theme(
    name="light",
    page=colour("f4f5f6"),
    surface=colour("ffffff"),
    hero_top=colour("0b50d0"),
    hero_bottom=colour("083891"),
    on_hero=colour("ffffff"),
    on_hero_soft=colour("ecf2fe"),
    text=colour("1e2124"),
    soft=colour("464c53"),
    primary=colour("0b50d0"),
    on_primary=colour("ffffff"),
    pressed_primary=colour("083891"),
    tint=colour("ecf2fe"),
    border=colour("cdd1d5"),
    outline=colour("6d7882"),
    icon=colour("0b50d0"),
    pressed=colour("d8e5fd"),
    focus=colour("256ef4"),
    focus_gap=colour("ffffff"),
    danger=colour("bd2c0f"),
    danger_tint=colour("fdefec"),
    notice=colour("0b50d0"),
    notice_tint=colour("ecf2fe"),
    ribbon=colour("ffc95c"),
    on_ribbon=colour("1e2124"),
    shadow=True,
    line_px=2,
)

# Our own: the icons' yellow must never meet blue, so what lies behind them is a grey.
CONTRAST = Theme(
    name="contrast",
    page=colour("000000"),
    surface=colour("131416"),
    hero_top=colour("000000"),
    hero_bottom=colour("000000"),
    on_hero=colour("ffffff"),
    on_hero_soft=colour("f4f5f6"),
    text=colour("ffffff"),
    soft=colour("f4f5f6"),
    primary=colour("b1cefb"),
    on_primary=colour("000000"),
    pressed_primary=colour("ffffff"),
    tint=colour("1e2124"),
    border=colour("cdd1d5"),
    outline=colour("cdd1d5"),
    icon=colour("ffc95c"),
    pressed=colour("33363d"),
    focus=colour("ffc95c"),
    focus_gap=colour("000000"),
    danger=colour("ffb3a3"),
    danger_tint=colour("131416"),
    notice=colour("ffffff"),
    notice_tint=colour("131416"),
    ribbon=colour("ffc95c"),
    on_ribbon=colour("000000"),
    shadow=False,
    line_px=3,
)


def luminance(of: Colour) -> float:
    parts = [value / 255 for value in of]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's ratio, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
