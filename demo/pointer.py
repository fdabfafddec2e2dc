"""A finger on the glass: pointer events by XTEST into the real window, and pictures of what it shows."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from Xlib import X, display
from Xlib.ext import xtest


class Pointer:
    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._root = self._display.screen().root

    def press(self, x: int, y: int) -> None:
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()

    def picture(self, path: Path) -> None:
        """What the screen shows now, as PNG."""
        size = self._root.get_geometry()
        raw = self._root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        image = Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX")
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, compress_level=1)

    def close(self) -> None:
        self._display.close()
