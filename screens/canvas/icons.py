"""Vector icons as surfaces of exactly the size and colours a box asks for."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pygame

from screens.canvas.shapes import hexed
from screens.theme import Colour, luminance


class Icons:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str, size: int, fg: Colour, bg: Colour) -> pygame.Surface:
        """`own/NAME` is one of our pictures, anything else a Phosphor icon."""
        path = self._folder / (f"{name}.svg" if name.startswith("own/") else f"phosphor/{name}.svg")
        svg = _coloured(_text(path), fg, bg)
        svg = svg.replace("<svg", f'<svg width="{size}" height="{size}"', 1)
        return pygame.image.load(io.BytesIO(svg.encode()), "icon.svg").convert_alpha()


@lru_cache(maxsize=128)
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _coloured(svg: str, fg: Colour, bg: Colour) -> str:
    white: Colour = (255, 255, 255)
    paper = white if luminance(bg) > 0.5 else mixed(white, bg, 0.14)
    tones = {
        "currentColor": fg,
        "#aaaaaa": mixed(fg, bg, 0.14),
        "#bbbbbb": mixed(fg, bg, 0.34),
        "#cccccc": paper,
        "#dddddd": bg,
    }
    for token, colour in tones.items():
        svg = svg.replace(token, hexed(colour))
    return svg


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    r, g, b = (round(a * share + c * (1 - share)) for a, c in zip(one, other, strict=True))
    return r, g, b
