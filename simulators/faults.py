"""The fault words that every serial device understands, and how they bend what travels on the line.

Not responsible for the device's own words ("finger place hong") nor for when bytes are due.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulators.base import Refused

NOISE_SEED = 20210302


def switch(word: str) -> bool:
    if word not in ("on", "off", "1", "0"):
        raise Refused(f"{word!r} is no switch; say on or off")
    return word in ("on", "1")


def number(low: float, high: float) -> Callable[[str], float]:
    """A parser for `set` tables: a number from `low` to `high`."""

    def parse(word: str) -> float:
        try:
            value = float(word)
        except ValueError:
            raise Refused(f"{word!r} is no number") from None
        if not low <= value <= high:
            raise Refused(f"{word} is out of range; {low:g} to {high:g} would do")
        return value

    return parse


def whole(low: int, high: int) -> Callable[[str], int]:
    """A parser for `set` tables: a whole number."""
    return lambda word: int(number(low, high)(word))


def hexadecimal(words: list[str]) -> bytes:
    try:
        return bytes.fromhex("".join(words))
    except ValueError:
        raise Refused(f"{' '.join(words)!r} is no hex; like: say 37 22 4a") from None


def set_value(device: object, settings: Mapping[str, Callable[[str], Any]], words: list[str]) -> dict[str, Any]:
    """`set NAME VALUE` on what the device declares as settable."""
    if len(words) != 2 or words[0] not in settings:
        raise Refused(f"set what? set NAME VALUE, with one of: {', '.join(sorted(settings))}")
    name, value = words[0], settings[words[0]](words[1])
    setattr(device, name, value)
    return {name: value}


@dataclass
class Faults:
    """What is wrong with the line at present."""

    mute: bool = False
    noise: bool = False
    split: bool = False
    delay_seconds: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(NOISE_SEED))

    def bend(self, said: bytes) -> bytes:
        """What of `said` reaches the line."""
        if self.mute:
            return b""
        return self._disturb(said) if self.noise and said else said

    def _disturb(self, said: bytes) -> bytes:
        """Alter about one byte in eight and put strays between; the same every run."""
        bent = bytearray()
        for byte in said:
            roll = self.dice.random()
            if roll < 0.06:
                bent.append(self.dice.randrange(256))
            bent.append(byte ^ self.dice.randrange(1, 256) if 0.06 <= roll < 0.18 else byte)
        bent.insert(0, self.dice.randrange(256))
        return bytes(bent)
