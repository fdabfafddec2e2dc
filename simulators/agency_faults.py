"""What is wrong with the simulated agency at present, and the console words that say so.

A fault of an answer spoils the next one (`wrong-person 3`: the next three; `wrong-person always`: until `reset`).
Not responsible for the listening socket (`away`, `back`).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from simulators.base import Refused
from simulators.faults import number, whole

SPOILED = (
    "wrong-document",
    "wrong-person",
    "wrong-visit",
    "mixed-up",
    "bad-seal",
    "not-live",
    "garbage",
    "lost-answer",
)
ALWAYS = 1_000_000_000


@dataclass
class AgencyFaults:
    maintenance: bool = False
    slow_seconds: float = 0.0
    spoiled: dict[str, int] = field(default_factory=dict)
    interrupted: threading.Event = field(default_factory=threading.Event)  # set: whoever waits is let go
    hanging: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, word: str) -> bool:
        """Whether this answer is to be spoiled so; counts it."""
        with self._lock:
            left = self.spoiled.get(word, 0)
            if left:
                self.spoiled[word] = left - 1
            return left > 0

    def spoil(self, word: str, times: str = "1") -> dict[str, int]:
        with self._lock:
            self.spoiled[word] = ALWAYS if times == "always" else whole(0, 1000)(times)
            return {word: self.spoiled[word]}

    def slow(self, seconds: str) -> dict[str, float]:
        self.slow_seconds = number(0, 3600)(seconds)
        return {"slow": self.slow_seconds}

    def hang(self) -> None:
        self.hanging = True

    def recover(self) -> None:
        """Stop hanging and being slow; those who wait now are let go."""
        self.hanging, self.slow_seconds = False, 0.0
        ended, self.interrupted = self.interrupted, threading.Event()
        ended.set()

    def reset(self) -> None:
        self.recover()
        self.maintenance = False
        with self._lock:
            self.spoiled.clear()

    def facts(self) -> dict[str, object]:
        spoiled = {word: left for word, left in self.spoiled.items() if left}
        return {"maintenance": self.maintenance, "slow": self.slow_seconds, "hang": self.hanging, **spoiled}


def refuse(words: list[str]) -> Refused:
    known = f"away, back, slow S, hang, {', '.join(SPOILED)} [N|always], maintenance on|off, exempt on|off, reset"
    return Refused(f"the agency does not know {' '.join(words)!r}; it knows: {known}")
