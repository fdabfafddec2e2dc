"""Boxes to pixels on a software surface.  Knows no events and no screens; everything it draws is in the scene."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

import pygame

from screens.boxes import Box, Rect, Scene
from screens.canvas import shapes
from screens.canvas.cache import SurfaceCache
from screens.canvas.fonts import Fonts
from screens.canvas.icons import Icons

SHAPE_BYTES = 24_000_000
SOFT_ROLES = {"card", "button", "toggle", "bar", "dot"}


class Painter:
    def __init__(self, fonts: Fonts, icons: Icons) -> None:
        self.fonts, self.icons = fonts, icons
        self._shapes = SurfaceCache(SHAPE_BYTES)

    def paint(
        self, target: pygame.Surface, scene: Scene, clip: Rect | None = None, pressed: int = 0, focus: int = 0
    ) -> None:
        """The whole scene, or the part inside `clip`."""
        area = clip or Rect(0, 0, *scene.size)
        target.set_clip(tuple_of(area))
        target.fill(scene.page)
        for box, parts in groups(scene.boxes):
            if reach_of(box).meets(area):
                self._box(target, box, parts, box.owner == pressed and bool(pressed))
        for box in scene.targets:
            if box.focus == focus and focus:
                self._ring(target, box, scene)
        target.set_clip(None)

    def _box(self, target: pygame.Surface, box: Box, parts: tuple[Box, ...], pressed: bool) -> None:
        if box.shadow and not pressed:
            self._shadow(target, box)
        if box.action is not None:
            key = (box, parts, pressed)
            self._rounded(target, box, key, lambda: self._button(box, parts, pressed))
        else:
            self._plain(target, box)

    def _shadow(self, target: pygame.Surface, box: Box) -> None:
        """Only the frame that shows is kept: the whole would be most of the cache, and hidden under the box."""
        size = (box.rect.w, box.rect.h)
        x, y = box.rect.x - shapes.REACH, box.rect.y - shapes.REACH
        frame = [part for part in shapes.strips(size) if part[3]]
        self._pieces(target, (x, y), frame, ("shadow", size, box.radius), lambda: shapes.shadow(size, box.radius))

    def _button(self, box: Box, parts: Iterable[Box], pressed: bool) -> pygame.Surface:
        """A button with everything on it, as one surface."""
        fill = box.pressed if pressed and box.pressed else box.bg
        out = shapes.rounded((box.rect.w, box.rect.h), box.radius, fill, box.border, box.line_px)
        for part in parts:
            self._plain(out, part, box.rect.x, box.rect.y)
        return out

    def _plain(self, target: pygame.Surface, box: Box, dx: int = 0, dy: int = 0) -> None:
        at = (box.rect.x - dx, box.rect.y - dy)
        size = (box.rect.w, box.rect.h)
        if box.role == "text":
            line = self.fonts.line(box.text, box.em, box.weight, box.fg, box.pii)
            target.blit(line, (at[0], at[1] + (size[1] - line.get_height()) // 2))
        elif box.role in ("icon", "picture"):
            drawn = (box.icon, size, box.fg, box.bg)
            target.blit(self._shapes.get(drawn, lambda: self.icons.load(box.icon, size[0], box.fg, box.bg)), at)
        elif box.role == "area":
            target.fill(box.bg, (*at, *size))
        elif box.role == "hero":
            ground = ("hero", size, box.bg, box.fg)
            target.blit(self._shapes.get(ground, lambda: shapes.gradient(size, box.bg, box.fg)), at)
        elif box.role in SOFT_ROLES:
            shape = (size, box.radius, box.bg, box.border, box.line_px)
            moved = replace(box, rect=Rect(*at, *size))
            self._rounded(
                target, moved, shape, lambda: shapes.rounded(size, box.radius or 1, box.bg, box.border, box.line_px)
            )

    def _rounded(self, target: pygame.Surface, box: Box, key: Hashable, make: Callable[[], pygame.Surface]) -> None:
        """Blend only the strips that hold round corners; between them the box is opaque and copied, which is faster."""
        x, y, width, height = tuple_of(box.rect)
        strip = min(box.radius + 1, height // 2)
        ends = [(0, 0, width, strip), (0, height - strip, width, strip)]
        self._pieces(target, (x, y), ends, key, make)
        if height <= 2 * strip:
            return
        if box.action is None:
            self._sides(target, Rect(x, y + strip, width, height - 2 * strip), box)
        else:
            middle = (0, strip, width, height - 2 * strip)
            self._pieces(target, (x, y), [middle], key, lambda: make().convert(target))

    def _sides(self, target: pygame.Surface, rect: Rect, box: Box) -> None:
        """The middle of a box on which nothing stands needs no memory."""
        line = 0
        if box.border:
            line = box.line_px
            target.fill(box.border, tuple_of(rect))
        target.fill(box.bg, (rect.x + line, rect.y, rect.w - 2 * line, rect.h))

    def _pieces(
        self,
        target: pygame.Surface,
        at: tuple[int, int],
        parts: Iterable[tuple[int, int, int, int]],
        key: Hashable,
        make: Callable[[], pygame.Surface],
    ) -> None:
        """Draw parts of a surface; only they are kept, never the whole beside them."""
        drawn: pygame.Surface | None = None
        for part in parts:
            piece = self._shapes.find((key, part))
            if piece is None:
                drawn = drawn or make()
                piece = self._shapes.put((key, part), drawn.subsurface(part).copy())
            target.blit(piece, (at[0] + part[0], at[1] + part[1]))

    def _ring(self, target: pygame.Surface, box: Box, scene: Scene) -> None:
        rect = ring_of(box, scene)
        key = ("ring", rect.w, rect.h, box.radius, scene.focus_ring, scene.focus_gap)
        size, radius = (rect.w, rect.h), box.radius + scene.ring_px
        made = self._shapes.get(
            key, lambda: shapes.ring(size, radius, scene.focus_ring, scene.focus_gap, scene.ring_px)
        )
        target.blit(made, (rect.x, rect.y))


def groups(boxes: Iterable[Box]) -> Iterator[tuple[Box, tuple[Box, ...]]]:
    """Each box, a button with all that stands on it."""
    held: Box | None = None
    parts: list[Box] = []
    for box in boxes:
        if held is not None and box.owner == held.owner:
            parts.append(box)
            continue
        if held is not None:
            yield held, tuple(parts)
        held, parts = (box, []) if box.action is not None else (None, [])
        if held is None:
            yield box, ()
    if held is not None:
        yield held, tuple(parts)


def reach_of(box: Box) -> Rect:
    """All the pixels a box can touch: its shadow, or a focus ring around it."""
    return box.rect.grown(shapes.REACH) if box.shadow or box.action is not None else box.rect


def ring_of(box: Box, scene: Scene) -> Rect:
    return box.rect.grown(scene.ring_px)


def tuple_of(rect: Rect) -> tuple[int, int, int, int]:
    return rect.x, rect.y, rect.w, rect.h
