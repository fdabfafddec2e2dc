"""Presses as people make them: shown at once, done on release, given up by sliding off, a tremor counted once.

Pure: positions and times come in, a target and what to show go out.  One finger at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

from screens.boxes import Box, Scene

TREMOR_SECONDS = 0.5


@dataclass
class Touch:
    scene: Scene | None = None
    pressed: Box | None = None  # shown as pressed now
    _held: Box | None = None  # where the finger went down
    _finger: object = None
    _last: Box | None = None
    _last_at: float = float("-inf")

    def turned(self, scene: Scene) -> None:
        """Another scene: a press that began on the old one is only kept if its target is still there."""
        self.scene = scene
        if self._held is not None:
            self._held = next((box for box in scene.targets if same_key(box, self._held)), None)
            self.pressed = self._held if self.pressed else None

    def down(self, finger: object, x: int, y: int, now: float) -> None:
        if self._held is not None or self.scene is None:
            return
        box = target_at(self.scene, x, y)
        if box is None or self.is_tremor(box, now):
            return
        self._finger, self._held, self.pressed = finger, box, box

    def move(self, finger: object, x: int, y: int) -> None:
        if self._held is not None and finger == self._finger:
            self.pressed = self._held if self._held.rect.holds(x, y) else None

    def up(self, finger: object, x: int, y: int, now: float) -> Box | None:
        """The target to act on, if the finger left it inside."""
        if self._held is None or finger != self._finger:
            return None
        held, self._held, self.pressed = self._held, None, None
        if not held.rect.holds(x, y):
            return None
        self.done(held, now)
        return held

    def is_tremor(self, box: Box, now: float) -> bool:
        """The same key again within half a second, also if the screen behind it has changed meanwhile."""
        return self._last is not None and now - self._last_at < TREMOR_SECONDS and same_place(box, self._last)

    def done(self, box: Box, now: float) -> None:
        self._last, self._last_at = box, now


def target_at(scene: Scene, x: int, y: int) -> Box | None:
    return next((box for box in reversed(scene.targets) if box.rect.holds(x, y)), None)


def same_key(one: Box, other: Box) -> bool:
    return one.rect == other.rect and one.action == other.action


def same_place(one: Box, other: Box) -> bool:
    middle_x, middle_y = other.rect.x + other.rect.w // 2, other.rect.y + other.rect.h // 2
    return one.rect.holds(middle_x, middle_y)
