"""Physical keys: the tactile keypad and, on a desk, a keyboard.  They move the focus or press a choice."""

from __future__ import annotations

import pygame

from screens.boxes import Box, Scene
from screens.focus import moved

STEPS = {pygame.K_DOWN: 1, pygame.K_RIGHT: 1, pygame.K_UP: -1, pygame.K_LEFT: -1}
ENTER = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}
NAMED = {pygame.K_BACKSPACE: "back", pygame.K_DELETE: "clear", pygame.K_ESCAPE: "cancel"}
DIGITS = {getattr(pygame, f"K_{n}"): str(n) for n in range(10)} | {
    getattr(pygame, f"K_KP{n}"): str(n) for n in range(10)
}


class Keys:
    def press(self, key: int, mod: int, scene: Scene, focus: int) -> tuple[int, Box | None]:
        """The focus afterwards, and what was pressed by it."""
        if key == pygame.K_TAB:
            return moved(focus, -1 if mod & pygame.KMOD_SHIFT else 1, len(scene.targets)), None
        if key in STEPS:
            return moved(focus, STEPS[key], len(scene.targets)), None
        if key in ENTER and focus:
            return focus, scene.targets[focus - 1]
        name = "enter" if key in ENTER else NAMED.get(key) or DIGITS.get(key, "")
        return focus, next((box for box in scene.targets if name and box.key == name), None)
