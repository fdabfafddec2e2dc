"""The ESC/POS commands that only change a mode: what each may be set to, after the Epson reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulators.escpos_typesetter import CODE_PAGES, FONTS, LINE_DOTS, Modes

Setter = Callable[[Modes, int], Modes | None]


def changed(modes: Modes, name: str, value: Any) -> Modes:
    return replace(modes, **{name: value})


def one_of(name: str, values: dict[int, Any]) -> Setter:
    return lambda modes, n: changed(modes, name, values[n]) if n in values else None


def lowest_bit(name: str) -> Setter:
    return lambda modes, n: changed(modes, name, bool(n & 1))


def between(name: str, low: int, high: int) -> Setter:
    return lambda modes, n: changed(modes, name, n) if low <= n <= high else None


def print_mode(modes: Modes, n: int) -> Modes:
    """ESC !: single-byte characters only."""
    return replace(
        modes,
        font=FONTS[n & 1],
        bold=bool(n & 0x08),
        high=2 if n & 0x10 else 1,
        wide=2 if n & 0x20 else 1,
        underline=1 if n & 0x80 else 0,
    )


def size(modes: Modes, n: int) -> Modes | None:
    """GS !: single- and double-byte characters, 1 to 8 times each way."""
    wide, high = (n >> 4) + 1, (n & 0x0F) + 1
    if wide > 8 or high > 8:
        return None
    return replace(modes, wide=wide, high=high, hangul_wide=wide, hangul_high=high)


def hangul_mode(modes: Modes, n: int) -> Modes:
    return replace(modes, hangul_wide=2 if n & 4 else 1, hangul_high=2 if n & 8 else 1, underline=n >> 7)


def same(modes: Modes, n: int) -> Modes:
    """Known, and of no consequence on this paper."""
    return modes


ALIGN = {0: 0, 1: 1, 2: 2, 48: 0, 49: 1, 50: 2}
SETTERS: dict[str, Setter] = {
    "ESC 2": lambda modes, n: replace(modes, spacing=LINE_DOTS),
    "ESC 3": between("spacing", 0, 255),
    "ESC t": one_of("code_page", CODE_PAGES),
    "ESC R": one_of("country", {0: 0, 13: 13}),
    "ESC a": one_of("align", ALIGN),
    "ESC E": lowest_bit("bold"),
    "ESC G": lowest_bit("bold"),
    "ESC !": print_mode,
    "ESC -": one_of("underline", {0: 0, 1: 1, 2: 2, 48: 0, 49: 1, 50: 2}),
    "ESC M": one_of("font", FONTS),
    "ESC =": lambda modes, n: modes if n & 1 else None,
    "ESC  ": lambda modes, n: modes if n == 0 else None,
    "ESC V": lambda modes, n: modes if n in (0, 48) else None,
    "ESC {": lambda modes, n: modes if not n & 1 else None,
    "FS &": lambda modes, n: replace(modes, double_byte=True),
    "FS .": lambda modes, n: replace(modes, double_byte=False),
    "FS !": hangul_mode,
    "FS -": one_of("underline", {0: 0, 1: 1, 2: 2, 48: 0, 49: 1, 50: 2}),
    "FS W": lambda modes, n: replace(modes, hangul_wide=1 + (n & 1), hangul_high=1 + (n & 1)),
    "GS !": size,
    "GS B": lowest_bit("reverse"),
    "GS H": one_of("bar_text", {n: n for n in (0, 1, 2, 3, 48, 49, 50, 51)}),
    "GS b": same,
    "GS f": same,
    "GS h": between("bar_high", 1, 255),
    "GS w": between("bar_module", 2, 6),
}
