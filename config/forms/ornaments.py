"""Draws the guilloche of the forms once, as SVG paths in millimetres: `python -m config.forms.ornaments`.

The drawings are committed beside this file, so that a kiosk only reads them; a test holds both together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
Point = tuple[float, float]
Curve = Callable[[float], Point]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="{x} {y} {w} {h}">'
PATH = '<path fill="none" stroke="{colour}" stroke-width="{thick}" d="{d}"/></svg>\n'


def smooth(curve: Curve, pieces: int) -> str:
    """A closed curve as cubic Béziers, tangents by central difference."""
    step = math.tau / pieces
    near = 1e-5

    def slope(t: float) -> Point:
        (x0, y0), (x1, y1) = curve(t - near), curve(t + near)
        return (x1 - x0) / (2 * near) * step / 3, (y1 - y0) / (2 * near) * step / 3

    x, y = curve(0)
    parts = [f"M{x:.2f} {y:.2f}"]
    for i in range(pieces):
        (x0, y0), (dx0, dy0) = curve(i * step), slope(i * step)
        (x1, y1), (dx1, dy1) = curve((i + 1) * step), slope((i + 1) * step)
        parts.append(f"C{x0 + dx0:.2f} {y0 + dy0:.2f} {x1 - dx1:.2f} {y1 - dy1:.2f} {x1:.2f} {y1:.2f}")
    return "".join(parts) + "Z"


def wave(middle: float, swing: float, waves: int, phase: float, flat: float = 1.0) -> Curve:
    """A ring of `waves` petals; `flat` < 1 squeezes it into an ellipse."""

    def curve(t: float) -> Point:
        r = middle + swing * math.sin(waves * t + phase) + swing / 4 * math.sin(2 * waves * t - phase)
        return r * math.cos(t), flat * r * math.sin(t)

    return curve


def ring() -> str:
    """The rosette in the middle of the sheet, 96 mm across."""
    strands = (wave(39, 6.6, 20, math.tau * k / 8) for k in range(8))
    return drawing(strands, 160, 48, 48, "#a9bde0", 0.10)


def band() -> str:
    """The oval band around the title, 176 mm by 27 mm."""

    def strand(phase: float) -> Curve:
        def curve(t: float) -> Point:
            swing = math.sin(16 * t + phase)
            return (78 + 9 * swing) * math.cos(t), (11 + 2.3 * swing) * math.sin(t)

        return curve

    return drawing((strand(math.tau * k / 8) for k in range(7)), 112, 88, 13.5, "#93add8", 0.09)


def drawing(strands: Iterator[Curve], pieces: int, half_w: float, half_h: float, colour: str, thick: float) -> str:
    head = SVG.format(x=-half_w, y=-half_h, w=2 * half_w, h=2 * half_h)
    return head + PATH.format(colour=colour, thick=thick, d="".join(smooth(curve, pieces) for curve in strands))


DRAWINGS = {"ring.svg": ring, "band.svg": band}

if __name__ == "__main__":
    for name, draw in DRAWINGS.items():
        (HERE / name).write_text(draw(), encoding="utf-8")
