"""Antialiased rounded boxes, their shadows, and the title's gradient; pygame's own round corners have stairs."""

from __future__ import annotations

import io
import math
from functools import lru_cache

import pygame

from screens.boxes import Rect
from screens.theme import Colour

SHADE = (16, 24, 40)
SHADOWS = ((5.5, 30, 4), (1.5, 24, 1))  # sigma px, alpha, how far it falls
REACH = 18  # px outside the box that a shadow can darken


@lru_cache(maxsize=64)
def corner(radius: int, colour: Colour) -> pygame.Surface:
    """The upper left quarter of a disc: coverage in alpha only, so that no dark fringe appears."""
    tile = pygame.Surface((radius, radius), pygame.SRCALPHA)
    tile.fill((*colour, 0))
    for y in range(radius):
        for x in range(radius):
            distance = math.hypot(radius - x - 0.5, radius - y - 0.5) - radius
            coverage = min(1.0, max(0.0, 0.5 - distance))
            tile.set_at((x, y), (*colour, round(255 * coverage)))
    return tile


def filled(size: tuple[int, int], radius: int, colour: Colour) -> pygame.Surface:
    width, height = size
    radius = max(1, min(radius, width // 2, height // 2))
    out = pygame.Surface(size, pygame.SRCALPHA)
    out.fill((*colour, 255))
    tile = corner(radius, colour)
    places = ((0, 0), (width - radius, 0), (0, height - radius), (width - radius, height - radius))
    for n, place in enumerate(places):
        out.fill((*colour, 0), (*place, radius, radius))
        out.blit(pygame.transform.flip(tile, bool(n & 1), bool(n & 2)), place, special_flags=pygame.BLEND_RGBA_MAX)
    return out


def rounded(
    size: tuple[int, int], radius: int, colour: Colour, border: Colour | None = None, line_px: int = 0
) -> pygame.Surface:
    if not border or not line_px:
        return filled(size, radius, colour)
    out = filled(size, radius, border)
    inner = (max(1, size[0] - 2 * line_px), max(1, size[1] - 2 * line_px))
    out.blit(filled(inner, max(1, radius - line_px), colour), (line_px, line_px))
    return out


def ring(size: tuple[int, int], radius: int, colour: Colour, gap: Colour, thick: int) -> pygame.Surface:
    """A focus ring with a gap inside it; the middle is clear."""
    out = filled(size, radius, colour)
    for inset, fill in ((thick, (*gap, 255)), (thick + thick // 2, (0, 0, 0, 0))):
        inner = (size[0] - 2 * inset, size[1] - 2 * inset)
        hole = filled(inner, max(1, radius - inset), gap)
        if fill[3]:
            out.blit(hole, (inset, inset))
        else:
            hole.fill((255, 255, 255, 255), special_flags=pygame.BLEND_RGBA_MAX)
            out.blit(
                filled(inner, max(1, radius - inset), (255, 255, 255)),
                (inset, inset),
                special_flags=pygame.BLEND_RGBA_SUB,
            )
    return out


def shadow(size: tuple[int, int], radius: int) -> pygame.Surface:
    """What a box of that size darkens around itself, `REACH` px to each side; nothing under the box."""
    rect = Rect(REACH, REACH, *size)
    out = pygame.Surface((size[0] + 2 * REACH, size[1] + 2 * REACH), pygame.SRCALPHA)
    out.fill((*SHADE, 0))
    for sigma, alpha, falls in SHADOWS:
        layer = pygame.Surface(out.get_size(), pygame.SRCALPHA)
        tile = _shadow_tile(radius, sigma, alpha)
        cut = tile.get_width() // 2
        _nine(layer, tile, cut, rect.grown(cut - radius).moved(0, falls))
        out.blit(layer, (0, 0))
    return out


def strips(size: tuple[int, int]) -> tuple[tuple[int, int, int, int], ...]:
    """The parts of a shadow that show: a frame around the box, and a little under its round corners."""
    width, height, under = size[0] + 2 * REACH, size[1] + 2 * REACH, REACH + 8
    tall = max(0, height - 2 * under)
    return (
        (0, 0, width, under),
        (0, height - under, width, under),
        (0, under, under, tall),
        (width - under, under, under, tall),
    )


@lru_cache(maxsize=16)
def _shadow_tile(radius: int, sigma: float, alpha: int) -> pygame.Surface:
    """A small box's shadow to be cut in nine: it fades with the distance from the round outline."""
    reach = math.ceil(2.5 * sigma)
    cut = radius + reach
    side = 2 * cut + 1
    tile = pygame.Surface((side, side), pygame.SRCALPHA)
    for y in range(side):
        for x in range(side):
            dx, dy = max(0, abs(x - cut)), max(0, abs(y - cut))
            distance = math.hypot(dx, dy) - radius
            shade = 0.5 - 0.5 * math.erf(distance / (math.sqrt(2) * sigma))
            tile.set_at((x, y), (*SHADE, round(alpha * shade)))
    return tile


def _nine(target: pygame.Surface, tile: pygame.Surface, cut: int, rect: Rect) -> None:
    side = tile.get_width()
    last = side - cut
    columns = ((0, cut, rect.x, cut), (cut, 1, rect.x + cut, rect.w - 2 * cut), (last, cut, rect.right - cut, cut))
    rows = ((0, cut, rect.y, cut), (cut, 1, rect.y + cut, rect.h - 2 * cut), (last, cut, rect.bottom - cut, cut))
    for from_x, wide, x, to_wide in columns:
        for from_y, tall, y, to_tall in rows:
            if to_wide <= 0 or to_tall <= 0:
                continue
            part = tile.subsurface((from_x, from_y, wide, tall))
            if (wide, tall) != (to_wide, to_tall):
                part = pygame.transform.scale(part, (to_wide, to_tall))
            target.blit(part, (x, y))


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> pygame.Surface:
    """The title's ground, with three faint discs when it is coloured."""
    width, height = size
    discs = ((width - 90, 60, 260, 0.055), (width - 20, height, 190, 0.063), (width - 330, height + 70, 170, 0.04))
    circles = "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="#fff" fill-opacity="{a}"/>' for x, y, r, a in discs)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><defs>'
        f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="{height}">'
        f'<stop offset="0" stop-color="{hexed(top)}"/><stop offset="1" stop-color="{hexed(bottom)}"/></linearGradient>'
        f'</defs><rect width="{width}" height="{height}" fill="url(#g)"/>{circles if top != bottom else ""}</svg>'
    )
    return pygame.image.load(io.BytesIO(svg.encode()), "ground.svg").convert()


def hexed(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
