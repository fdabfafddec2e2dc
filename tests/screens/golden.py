"""Golden images of the Korean portrait screens, made small.  `python -m tests.screens.golden` draws them anew.

Look at what changed before committing them.
"""

from pathlib import Path

import pygame
from PIL import Image

from screens.canvas.window import Window
from tests.screens.glass import NAMES, scene, window

GOLDEN = Path(__file__).parent.parent / "golden"


def drawn(name: str, on: Window) -> pygame.Surface:
    on.show(scene(name, "portrait", "light", "ko", False))
    width, height = on.surface.get_size()
    return pygame.transform.smoothscale(on.surface, (width // 3, height // 3))


def differing(one: pygame.Surface, other: pygame.Surface, tolerance: int = 24) -> float:
    """The share of pixels in which a channel differs by more than `tolerance`."""
    mask = pygame.mask.from_threshold(one, (0, 0, 0), (tolerance, tolerance, tolerance, 255), other)
    return 1 - mask.count() / (one.get_width() * one.get_height())


if __name__ == "__main__":
    opened = window()
    for old in GOLDEN.glob("*.png"):
        old.unlink()
    for each in NAMES:
        picture = drawn(each, opened)
        image = Image.frombytes("RGB", picture.get_size(), pygame.image.tobytes(picture, "RGB"))
        image.save(GOLDEN / f"{each}.png", optimize=True)
