"""What every simulated device is to the console: a role, an address, fault words, and a count of its own time.

A simulator is written from the device's manual and shares no code with the product.  It counts the seconds its
mechanism really took (`busy_ms`), so that the software's share of a visit can be told apart.
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Refused(Exception):
    """A console line that the device does not know; the text names the word and what would be right."""


class Simulator(abc.ABC):
    role: str
    busy_ms: float = 0.0

    def __init__(self, speed: float = 1.0) -> None:
        """`speed` N lets motors, baud rates and hosts run N times as fast."""
        self.speed = speed
        self.on_moment: Callable[[str], None] = lambda words: None
        """Called at nameable moments ("page 3", "line 20", "apdu 3") for the console's `at …: …` lines."""

    @abc.abstractmethod
    def start(self, directory: Path) -> Any:
        """Come up, with files below `directory`; returns the address the product takes (a JSON value)."""

    @abc.abstractmethod
    def stop(self) -> None:
        """Go away; only what this simulator started is ended."""

    @abc.abstractmethod
    def do(self, words: list[str]) -> dict[str, Any]:
        """Obey one console line, e.g. ["set", "paper_mm", "40"]; returns facts as JSON; raises Refused."""

    def state(self) -> dict[str, Any]:
        """What a tester may want to know; always holds busy_ms."""
        return {"role": self.role, "busy_ms": round(self.busy_ms, 1)}
