"""The order of the keys: top to bottom, left to right, over everything that can be pressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from screens.boxes import Box


def ordered(targets: Iterable[Box]) -> list[Box]:
    """Two targets are in one row when the middle of one lies within the height of the other."""
    rows: list[list[Box]] = []
    for box in sorted(targets, key=lambda box: (box.rect.y, box.rect.x)):
        middle = box.rect.y + box.rect.h // 2
        if rows and rows[-1][0].rect.y <= middle < rows[-1][0].rect.bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda box: box.rect.x)]


def numbered(boxes: Sequence[Box]) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The boxes with their focus numbers, and the targets in that order."""
    order = ordered(box for box in boxes if box.action is not None)
    numbers = {box.owner: n for n, box in enumerate(order, 1)}
    done = tuple(replace(box, focus=numbers[box.owner]) if box.action is not None else box for box in boxes)
    targets = sorted((box for box in done if box.focus), key=lambda box: box.focus)
    return done, tuple(targets)


def moved(focus: int, step: int, count: int) -> int:
    """The next focus; it goes round, so nobody is caught at an end."""
    if not count:
        return 0
    return (focus - 1 + step) % count + 1 if focus else (1 if step > 0 else count)
