"""The glass: who has put a thumb on it, and what a capture of it gives.

Not responsible for packets.  Thumbs are made of numbers, of invented residents; no image of a real finger exists.
"""

from __future__ import annotations

import hashlib
import random

from simulators.residents import RESIDENTS, thumb
from simulators.zfm_wire import Ok

CONDITIONS = {
    "dry": Ok.TOO_DRY,
    "wet": Ok.TOO_WET,
    "messy": Ok.TOO_MESSY,
    "partial": Ok.TOO_FEW_POINTS,
}
RESIDUAL = "residual"
STRANGER = "other"  # a thumb that no register holds
FINGERS = (*RESIDENTS, STRANGER)
TEMPLATE_BYTES = 512
HEAD_BYTES = 2  # 03 03, the same in every template
NOISY_BYTES = 20  # of one capture against the next: below 5 %
IMAGE_BYTES = 36_864  # 256 x 288 at 4 bits
SAME_FINGER = 0.80


def likeness(one: bytes, other: bytes) -> float:
    """The share of equal bytes."""
    return sum(a == b for a, b in zip(one, other, strict=False)) / max(len(one), len(other), 1)


class Sensor:
    def __init__(self) -> None:
        self.finger = ""  # "" for none
        self.condition = ""
        self.is_broken = False
        self._dice = random.SystemRandom()

    def place(self, finger: str, condition: str) -> None:
        self.finger, self.condition = finger, condition

    def lift(self) -> None:
        self.finger = self.condition = ""

    def look(self) -> Ok:
        """What GenImg says."""
        if self.is_broken:
            return Ok.SENSOR_FAULT
        if self.condition == RESIDUAL:
            return Ok.RESIDUAL_PRINT
        return Ok.OK if self.finger else Ok.NO_FINGER

    def image(self) -> bytes:
        return hashlib.shake_256(b"image:" + self.finger.encode()).digest(IMAGE_BYTES)

    def template(self) -> bytes:
        """One capture: the resident's thumb, never twice quite the same."""
        capture = bytearray(thumb(self.finger))
        for place in self._dice.sample(range(HEAD_BYTES, TEMPLATE_BYTES), NOISY_BYTES):
            capture[place] = self._dice.randrange(256)
        return bytes(capture)
