"""The main loop: sleeps until a finger, a device or the clock wants something, and draws only what changed."""

from __future__ import annotations

import signal
import threading
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from drivers.clock import Clock
from kiosk.inspection import Inspection
from kiosk.kiosk import Kiosk
from kiosk.view import View
from kiosk.watch import Watch
from screens.boxes import Scene
from screens.canvas.window import Chosen, Input, Quit, Touched, Window
from screens.layout import compose
from screens.model import Frame, Screen
from screens.profile import Profile
from screens.theme import CONTRAST, LIGHT
from screens.words import Strings

STRINGS = Path(__file__).parent.parent / "config" / "strings"


class Inbox:
    """One total order of events; any thread may post, the main loop takes."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[object] = SimpleQueue()
        self.wake: Callable[[], None] = lambda: None

    def post(self, event: object) -> None:
        self._queue.put(event)
        self.wake()

    def take(self) -> object | None:
        try:
            return self._queue.get_nowait()
        except Empty:
            return None


class Ending(threading.Thread):
    """Waits for the machine's own word to stop.  Nothing a person can press ends a kiosk that fills the screen.

    The signal is taken by a thread of its own: the main one sleeps inside SDL, where Python's handlers do not run.
    """

    WORDS = (signal.SIGTERM, signal.SIGINT)

    def __init__(self) -> None:
        super().__init__(name="ending", daemon=True)
        self.wake: Callable[[], None] = lambda: None
        self.has_come = False
        signal.pthread_sigmask(signal.SIG_BLOCK, self.WORDS)  # before any other thread is started

    def run(self) -> None:
        signal.sigwait(self.WORDS)
        self.has_come = True
        self.wake()


class Stage:
    """Screens to scenes: the same tree in the same language and theme is laid out once."""

    def __init__(self, window: Window, profile: Profile) -> None:
        self._window, self._profile = window, profile
        self._strings = {language: load_strings(language) for language in ("ko", "en")}
        self._shown: tuple[Screen, Frame, str, bool] | None = None

    def show(self, screen: Screen, frame: Frame, language: str, contrast: bool) -> Scene | None:
        """Draw if anything differs from what is shown; the new scene, or None."""
        wanted = (screen, frame, language, contrast)
        if wanted == self._shown:
            return None
        self._shown = wanted
        theme = CONTRAST if contrast else LIGHT
        scene = compose(screen, frame, self._profile, theme, self._strings[language], self._window.fonts)
        self._window.show(scene)
        return scene


def load_strings(language: str) -> Strings:
    return Strings(language, tomllib.loads((STRINGS / f"{language}.toml").read_text(encoding="utf-8")))


@dataclass
class Loop:
    window: Window
    stage: Stage
    kiosk: Kiosk
    view: View
    inbox: Inbox
    clock: Clock
    watch: Watch
    ending: Ending
    beat: Callable[[], float | None]  # called each round; when it wants to be called next, on the monotonic clock
    on_round: Callable[[float], None]  # told how long each round worked, drawing apart
    may_be_closed: bool = False  # a window on a desk; a kiosk that fills the screen never
    inspection: Inspection | None = None

    def run(self) -> None:
        """Until the machine says stop, or somebody closes the window on a desk."""
        while not self.ending.has_come:
            seconds = self._draw()
            inputs = self.window.wait(self._sleep(seconds))
            begun = self.clock.monotonic()
            if self.may_be_closed and any(isinstance(each, Quit) for each in inputs):
                return
            for each in inputs:
                self._input(each)
            while (event := self.inbox.take()) is not None:
                self.kiosk.take(event)
            self.kiosk.tick(self.view.below().seconds)
            self.watch.alive()
            self.on_round(self.clock.monotonic() - begun)

    def _draw(self) -> float | None:
        """Show what the kiosk says now; returns how long this screen stays by itself."""
        screen, face = self.view.screen(), self.kiosk.face
        scene = self.stage.show(screen, self.view.frame(), face.language, face.contrast)
        if scene and self.inspection:
            self.inspection.scene = scene
        return self.view.below().seconds

    def _input(self, each: Input) -> None:
        match each:
            case Chosen(action):
                self.kiosk.touch(action)
            case Touched():
                self.kiosk.touched()

    def _sleep(self, seconds: float | None) -> float | None:
        now = self.clock.monotonic()
        due = [self.kiosk.deadline(seconds), self.beat()]
        left = [max(0.0, each - now) for each in due if each is not None]
        if self.watch.seconds:
            left.append(self.watch.seconds)
        if self.kiosk.face.warned_at is not None:
            left.append(1.0)  # the countdown
        return min(left, default=None)
