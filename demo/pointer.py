"""A finger on the glass: pointer events by XTEST into the kiosk's real window, and pictures of what it shows."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PIL import Image
from Xlib import XK, X, display
from Xlib.error import XError
from Xlib.ext import xtest
from Xlib.protocol import event

SAME_PLACE_SECONDS = 0.55  # a second press at the same place is a tremor before that, and ignored
Rect = tuple[int, int, int, int]  # x, y, width, height in pixels


class NoWindow(Exception):
    """No window of the kiosk on this display; or none that can be photographed."""


class Pointer:
    """All places are the window's own, wherever a desktop has put it."""

    def __init__(self, name: str, process: int) -> None:
        """The window of that process on the display of that name."""
        self._process = process
        self.paused = 0.0  # seconds this hand has waited to press the same place again
        self._last, self._last_at = (-1000, -1000), 0.0
        self._display = display.Display(name)
        self._root = self._display.screen().root
        self._window: Any = None

    def press(self, target: Rect) -> None:
        """Touch the middle of a target and let go."""
        self._wait_as_a_hand_does(target)
        x, y = middle(target)
        self._to(x, y)
        xtest.fake_input(self._display, X.ButtonPress, 1)
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()
        self._last, self._last_at = (x, y), time.monotonic()

    def saw_answer(self) -> None:
        """The last press has shown: from now on the same place may soon be pressed again."""
        self._last_at = time.monotonic()

    def slide(self, start: Rect, end: Rect) -> None:
        """Touch one target and let go over another."""
        self._to(*middle(start))
        xtest.fake_input(self._display, X.ButtonPress, 1)
        self._to(*middle(end))
        xtest.fake_input(self._display, X.ButtonRelease, 1)
        self._display.sync()

    def alt_f4(self) -> None:
        codes = [self._display.keysym_to_keycode(key) for key in (XK.XK_Alt_L, XK.XK_F4)]
        for kind, keys in ((X.KeyPress, codes), (X.KeyRelease, codes[::-1])):
            for code in keys:
                xtest.fake_input(self._display, kind, code)
        self._display.sync()

    def close_window(self) -> None:
        """As a window manager asks for it."""
        protocols, delete = (self._display.intern_atom(each) for each in ("WM_PROTOCOLS", "WM_DELETE_WINDOW"))
        said = event.ClientMessage(
            window=self.window, client_type=protocols, data=(32, [delete, X.CurrentTime, 0, 0, 0])
        )
        self.window.send_event(said)
        self._display.sync()

    def colour(self, x: int, y: int) -> tuple[int, int, int]:
        blue, green, red = self.window.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF).data[:3]
        return red, green, blue

    def picture(self, path: Path) -> None:
        """What the kiosk shows now, as PNG.  Nothing else of a desktop gets into it."""
        try:
            size = self.window.get_geometry()
            raw = self.window.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        except XError as error:
            self._window = None
            raise NoWindow(f"the window is not wholly on the screen ({type(error).__name__})") from error
        image = Image.frombytes("RGB", (size.width, size.height), raw.data, "raw", "BGRX")
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, compress_level=1)

    def close(self) -> None:
        self._display.close()

    @property
    def window(self) -> Any:
        """The kiosk's; a window manager may have put it into another one."""
        self._window = self._window or of_process(self._root, self._process, self._display.intern_atom("_NET_WM_PID"))
        if self._window is None:
            raise NoWindow(f"process {self._process} shows no window")
        return self._window

    def _to(self, x: int, y: int) -> None:
        at = self._root.translate_coords(self.window, x, y)
        xtest.fake_input(self._display, X.MotionNotify, x=at.x, y=at.y)

    def _wait_as_a_hand_does(self, target: Rect) -> None:
        left = SAME_PLACE_SECONDS - (time.monotonic() - self._last_at)
        x, y, width, height = target
        there = x <= self._last[0] < x + width and y <= self._last[1] < y + height
        if there and left > 0:
            time.sleep(left)
            self.paused += left


def size_of(name: str) -> tuple[int, int]:
    """Of a whole display."""
    opened = display.Display(name)
    geometry = opened.screen().root.get_geometry()
    opened.close()
    return geometry.width, geometry.height


def middle(target: Rect) -> tuple[int, int]:
    return target[0] + target[2] // 2, target[1] + target[3] // 2


def of_process(under: Any, process: int, pid: int) -> Any:
    """The first window of that process below another; None if there is none.  `pid` is the atom of the property."""
    for window in under.query_tree().children:
        try:
            said = window.get_full_property(pid, X.AnyPropertyType)
            found = window if said and list(said.value) == [process] else of_process(window, process, pid)
        except XError:
            continue  # gone meanwhile
        if found:
            return found
    return None
