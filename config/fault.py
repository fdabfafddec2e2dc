"""What is wrong with a setting or a row of data, said so that the reader can mend it.

A fault names the file, the place in it, the value, what is expected and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

HOME = Path(__file__).resolve().parent
ROOT = f"{HOME.parent}/"
LONGEST_VALUE = 60


@dataclass(frozen=True)
class Fault:
    file: str
    where: str  # a key ("screen.idle_seconds"), a row ("row 14 (basic) hours"), or empty for the whole file
    problem: str  # "must be 10 to 600"
    remedy: str  # "take 60"
    value: str | None = None  # None: there is none

    def __str__(self) -> str:
        value = "" if self.value is None else f" = {brief(self.value)}"
        place = f"{self.where}{value}".strip()
        return f"{self.file}: {place}{': ' if place else ''}{self.problem}; {self.remedy}"


class ConfigError(Exception):
    """Everything that is wrong, one line each; nothing was loaded."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def brief(value: str) -> str:
    line = " ".join(value.split()) or '""'
    return line if len(line) <= LONGEST_VALUE else f"{line[: LONGEST_VALUE - 1]}…"


def shown(path: Path) -> str:
    """The path as people say it: from the project's folder when it lies there."""
    absolute = str(path.absolute())
    return absolute.removeprefix(ROOT) if absolute.startswith(ROOT) else str(path)


def nearest(word: str, known: Iterable[str], otherwise: str = "remove it") -> str:
    """The remedy for a word that nobody knows."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else otherwise
