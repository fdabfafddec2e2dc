"""A figure: its samples' median, least and most, and the goal it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    median: float
    least: float
    most: float
    samples: int
    unit: str
    goal: float | None = None  # the median is to be at most this

    @property
    def is_met(self) -> bool:
        return self.goal is None or self.median <= self.goal


def figure(name: str, samples: Sequence[float], unit: str, goal: float | None = None) -> Figure:
    values = [round(value, 2) for value in samples]
    return Figure(name, round(statistics.median(values), 2), min(values), max(values), len(values), unit, goal)


def table(figures: Sequence[Figure]) -> str:
    rows = [("", "median", "min – max", "n", "goal")]
    for each in figures:
        goal = "" if each.goal is None else f"≤ {each.goal:g} {'met' if each.is_met else 'NOT MET'}"
        row = (each.name, f"{each.median:g} {each.unit}", f"{each.least:g} – {each.most:g}", str(each.samples), goal)
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
