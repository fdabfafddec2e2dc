"""A finger on the glass: pointer events by XTEST into the real window, and pictures of what it shows."""

from __future__ import annotations

import time
from pathlib import Path

from PIL import Image
from Xlib import X, display
from Xlib.ext import xtest

SAME_PLACE_SECONDS = 0.6  # a second press at the same place is a tremor before that, and ignored
Rect = tuple[int, int, int, int]  # x, y, width, height in pixels


class Pointer:
    def __init__(self, name: str) -> None:
        self.paused = 0.0  # seconds this hand has waited to press the same place again
        self._last, self._last_at = (-1000, -1000), 0.0
        self._display = display.Display(name)
        self._root = self._display.screen().root

    def press(self, target: Rect) -> None:
        """Touch the middle of a target and let go."""
        self._wait_as_a_hand_does(target)
        x, y = target[0] + target[2] // 2, target[1] + target[3] // 2
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()
        self._last, self._last_at = (x, y), time.monotonic()

    def _wait_as_a_hand_does(self, target: Rect) -> None:
        left = SAME_PLACE_SECONDS - (time.monotonic() - self._last_at)
        x, y, width, height = target
        there = x <= self._last[0] < x + width and y <= self._last[1] < y + height
        if there and left > 0:
            time.sleep(left)
            self.paused += left

    def picture(self, path: Path) -> None:
        """What the screen shows now, as PNG."""
        size = self._root.get_geometry()
        raw = self._root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        image = Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX")
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, compress_level=1)

    def close(self) -> None:
        self._display.close()
