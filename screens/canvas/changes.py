"""Which parts of the glass differ between two scenes."""

from __future__ import annotations

from screens.boxes import Rect, Scene
from screens.canvas.painter import reach_of

MOST = 3  # more rectangles cost more than one flip of everything
MOST_AREA = 0.5


def changed(before: Scene | None, after: Scene) -> list[Rect] | None:
    """Up to three rectangles that hold every difference; None when everything is to be drawn."""
    if before is None or (before.size, before.page, before.name) != (after.size, after.page, after.name):
        return None
    differing = set(before.boxes) ^ set(after.boxes)
    glass = Rect(0, 0, *after.size)
    parts: list[Rect] = []
    for box in differing:
        parts = merged(parts, inside(reach_of(box), glass))
        if len(parts) > 4 * MOST:
            return None
    area = sum(part.w * part.h for part in parts)
    return parts if len(parts) <= MOST and area <= MOST_AREA * glass.w * glass.h else None


def merged(parts: list[Rect], new: Rect) -> list[Rect]:
    """`parts` with `new`; what overlaps becomes one."""
    rest = []
    for part in parts:
        if part.meets(new):
            new = union(part, new)
        else:
            rest.append(part)
    return merged(rest, new) if len(rest) < len(parts) else [*rest, new]


def union(one: Rect, other: Rect) -> Rect:
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, max(one.right, other.right) - x, max(one.bottom, other.bottom) - y)


def inside(rect: Rect, of: Rect) -> Rect:
    x, y = max(rect.x, of.x), max(rect.y, of.y)
    return Rect(x, y, max(0, min(rect.right, of.right) - x), max(0, min(rect.bottom, of.bottom) - y))
