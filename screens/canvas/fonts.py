"""The three weights of the one font: widths for the layout, rendered lines for the painter."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pygame

from screens.canvas.cache import SurfaceCache
from screens.theme import Colour

WIDTHS = 4_000
TEXT_BYTES = 12_000_000


class Fonts:
    """Satisfies the layout's `Metrics`.  `renders` counts what was really rendered; a warm screen needs none."""

    def __init__(self, folder: Path) -> None:
        pygame.font.init()
        self._folder = folder
        self._fonts: dict[tuple[int, str], pygame.font.Font] = {}
        self._widths: dict[tuple[str, int, str], int] = {}
        self._lines = SurfaceCache(TEXT_BYTES)
        self.renders = 0

    def font(self, em: int, weight: str) -> pygame.font.Font:
        found = self._fonts.get((em, weight))
        if found is None:
            found = self._fonts[em, weight] = pygame.font.Font(self._folder / f"PretendardGOV-{weight}.otf", em)
        return found

    def width(self, text: str, em: int, weight: str) -> int:
        found = self._widths.get((text, em, weight))
        if found is None:
            if len(self._widths) >= WIDTHS:
                self._widths.clear()
            found = self.font(em, weight).size(unicodedata.normalize("NFC", text))[0]
            self._widths[text, em, weight] = found
        return found

    def line(self, text: str, em: int, weight: str, fg: Colour, personal: bool = False) -> pygame.Surface:
        """One rendered line; a personal one is made anew each time and kept nowhere."""
        if personal:
            return self._render(text, em, weight, fg)
        return self._lines.get((text, em, weight, fg), lambda: self._render(text, em, weight, fg))

    def _render(self, text: str, em: int, weight: str, fg: Colour) -> pygame.Surface:
        self.renders += 1
        return self.font(em, weight).render(unicodedata.normalize("NFC", text), True, fg)
