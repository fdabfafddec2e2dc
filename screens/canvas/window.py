"""The kiosk's one window: shows scenes, waits without polling, and says what was chosen.

The only owner of SDL; `wake` may be called from any thread, all else from the main one.  Not responsible for what a
choice means.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# SDL would push the surface through OpenGL, which without a GPU costs 8 ms a frame and 100 MB.
os.environ["SDL_FRAMEBUFFER_ACCELERATION"] = "0"
os.environ["SDL_TOUCH_MOUSE_EVENTS"] = "0"
os.environ["SDL_MOUSE_TOUCH_EVENTS"] = "0"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from screens.boxes import Box, Rect, Scene
from screens.canvas.changes import changed
from screens.canvas.fonts import Fonts
from screens.canvas.icons import Icons
from screens.canvas.keys import Keys
from screens.canvas.painter import Painter, ring_of, tuple_of
from screens.canvas.touch import Touch

LONGEST_WAIT_MS = 2**31 - 1


@dataclass(frozen=True)
class Chosen:
    """A choice was made; `action` is the intent its screen gave it."""

    action: object


@dataclass(frozen=True)
class Touched:
    """Somebody is there, though nothing was chosen."""


@dataclass(frozen=True)
class Quit:
    """The window was closed; only a windowed one can be."""


Input = Chosen | Touched | Quit


class NoScreen(Exception):
    """There is nothing to show a window on."""


class Window:
    def __init__(
        self,
        size: tuple[int, int],
        fonts: Path,
        icons: Path,
        *,
        fullscreen: bool = False,
        title: str = "kiosk",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        try:
            pygame.display.init()
        except pygame.error as error:
            raise NoScreen(str(error)) from None
        pygame.display.set_icon(pygame.Surface((1, 1)))  # else set_mode imports packages to find its own
        pygame.display.set_caption(title)
        self.surface = pygame.display.set_mode(size, pygame.FULLSCREEN if fullscreen else 0)
        pygame.mouse.set_visible(not fullscreen)
        self.fonts = Fonts(fonts)
        self.painter = Painter(self.fonts, Icons(icons))
        self.scene: Scene | None = None
        self.focus = 0
        self._now, self._touch, self._keys = now, Touch(), Keys()
        self._block = blocking_wait()
        self._woken, self._was_woken = pygame.event.custom_type(), False

    # -- showing ------------------------------------------------------------------------

    @property
    def renders(self) -> int:
        """Lines of text rendered so far; a screen shown before needs no new one."""
        return self.fonts.renders

    def show(self, scene: Scene) -> None:
        """Draw what differs from the scene before: up to three rectangles, else all of it."""
        before, self.scene = self.scene, scene
        self._touch.turned(scene)
        if before is None or before.name != scene.name:
            self.focus = 0
        self.focus = min(self.focus, len(scene.targets))
        parts = changed(before, scene)
        if parts is None:
            self.painter.paint(self.surface, scene, None, self._pressed, self.focus)
            pygame.display.flip()
        elif parts:
            self._repaint(parts)

    @property
    def _pressed(self) -> int:
        return self._touch.pressed.owner if self._touch.pressed else 0

    def _repaint(self, parts: list[Rect]) -> None:
        assert self.scene
        for part in parts:
            self.painter.paint(self.surface, self.scene, part, self._pressed, self.focus)
        pygame.display.update([tuple_of(part) for part in parts])

    def _repaint_boxes(self, *boxes: Box | None) -> None:
        assert self.scene
        there = [ring_of(box, self.scene) for box in boxes if box is not None]
        if there:
            self._repaint(there)

    # -- waiting ------------------------------------------------------------------------

    def wait(self, seconds: float | None = None) -> list[Input]:
        """Sleep until an input, a `wake`, or the time is up (None: no limit); what people did meanwhile."""
        inputs = self._drain()
        if inputs or self._was_woken:  # a wake that came before the sleep must not be slept through
            self._was_woken = False
            return inputs
        milliseconds = LONGEST_WAIT_MS if seconds is None else max(0, min(round(seconds * 1000), LONGEST_WAIT_MS))
        self._block(milliseconds)
        inputs, self._was_woken = self._drain(), False
        return inputs

    def wake(self) -> None:
        """End a `wait`, from any thread."""
        pygame.event.post(pygame.event.Event(self._woken))

    def close(self) -> None:
        pygame.display.quit()

    def _drain(self) -> list[Input]:
        return [found for event in pygame.event.get() for found in self._input(event)]

    def _input(self, event: pygame.event.Event) -> list[Input]:
        match event.type:
            case pygame.QUIT:
                return [Quit()]
            case self._woken:
                self._was_woken = True
                return []
            case pygame.WINDOWEXPOSED:
                pygame.display.flip()
                return []
            case pygame.KEYDOWN:
                return self._key(event)
            case pygame.FINGERDOWN | pygame.FINGERMOTION | pygame.FINGERUP:
                x, y = int(event.x * self.surface.get_width()), int(event.y * self.surface.get_height())
                kind = {pygame.FINGERDOWN: "down", pygame.FINGERMOTION: "move", pygame.FINGERUP: "up"}[event.type]
                return self._finger(kind, event.finger_id, x, y)
            case pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP if event.button == 1 and not event.touch:
                kind = "down" if event.type == pygame.MOUSEBUTTONDOWN else "up"
                return self._finger(kind, "mouse", *event.pos)
            case pygame.MOUSEMOTION if event.buttons[0] and not event.touch:
                return self._finger("move", "mouse", *event.pos)
        return []

    def _finger(self, kind: str, finger: object, x: int, y: int) -> list[Input]:
        before, found, now = self._touch.pressed, None, self._now()
        if kind == "down":
            self._touch.down(finger, x, y, now)
        elif kind == "move":
            self._touch.move(finger, x, y)
        else:
            found = self._touch.up(finger, x, y, now)
        if before is not self._touch.pressed:
            self._repaint_boxes(before, self._touch.pressed)
        if found is not None:
            return [Chosen(found.action)]
        return [Touched()] if kind == "down" else []

    def _key(self, event: pygame.event.Event) -> list[Input]:
        if self.scene is None:
            return []
        before = self.focus
        self.focus, found = self._keys.press(event.key, event.mod, self.scene, before)
        if self.focus != before:
            self._repaint_boxes(*(box for box in self.scene.targets if box.focus in (before, self.focus)))
        if found is None or self._touch.is_tremor(found, self._now()):
            return [Touched()]
        self._touch.done(found, self._now())
        return [Chosen(found.action)]


def blocking_wait() -> Callable[[int], object]:
    """SDL_WaitEventTimeout of the SDL that pygame loaded: pygame's own wait wakes up a thousand times a second."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        library = next(line.split()[-1] for line in maps if "libSDL2-2" in line)
    wait = ctypes.CDLL(library).SDL_WaitEventTimeout
    return lambda milliseconds: wait(None, milliseconds)
