"""Antialiased rounded boxes, their shadows, and the title's gradient; pygame's own round corners have stairs."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from screens.boxes import Rect
from screens.theme import Colour

SHADE = (16, 24, 40)
SHADOWS = ((9.0, 30, 5), (2.0, 24, 1))  # sigma px, alpha, how far it falls
REACH = 30  # px outside the box that a shadow can darken


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


@lru_cache(maxsize=16)
def _shadow_tile(radius: int, sigma: float, alpha: int) -> tuple[pygame.Surface, int]:
    """A small blurred box to be cut in nine; computed exactly along x, sampled along y."""
    reach = math.ceil(3 * sigma)
    half = radius + reach + 0.5
    side = 2 * (radius + 2 * reach) + 1
    tile = pygame.Surface((side, side), pygame.SRCALPHA)
    tile.fill((*SHADE, 0))
    for y in range(side // 2 + 1):
        for x in range(side // 2 + 1):
            value = round(alpha * _blurred(x + 0.5 - side / 2, y + 0.5 - side / 2, half, radius, sigma))
            for at_x in {x, side - 1 - x}:
                for at_y in {y, side - 1 - y}:
                    tile.set_at((at_x, at_y), (*SHADE, value))
    return tile, radius + 2 * reach


def _blurred(x: float, y: float, half: float, radius: float, sigma: float) -> float:
    total = weights = 0.0
    for step in range(-6, 7):
        offset = step * sigma / 2
        weight = math.exp(-offset * offset / (2 * sigma * sigma))
        weights += weight
        inside = abs(y + offset)
        if inside > half:
            continue
        bend = max(0.0, inside - (half - radius))
        wide = half - radius + math.sqrt(max(0.0, radius * radius - bend * bend))
        root = math.sqrt(2) * sigma
        total += weight * 0.5 * (math.erf((x + wide) / root) - math.erf((x - wide) / root))
    return total / weights


def cast_shadow(target: pygame.Surface, rect: Rect, radius: int) -> None:
    """Darken `target` around `rect`; what lies under the box itself is skipped, the box covers it."""
    for sigma, alpha, falls in SHADOWS:
        tile, cut = _shadow_tile(radius, sigma, alpha)
        reach = cut - radius - math.ceil(3 * sigma)
        _nine(target, tile, cut, rect.grown(reach).moved(0, falls))


def _nine(target: pygame.Surface, tile: pygame.Surface, cut: int, rect: Rect) -> None:
    side = tile.get_width()
    columns = (
        (0, cut, rect.x, cut),
        (cut, 1, rect.x + cut, rect.w - 2 * cut),
        (side - cut, cut, rect.right - cut, cut),
    )
    rows = ((0, cut, rect.y, cut), (cut, 1, rect.y + cut, rect.h - 2 * cut), (side - cut, cut, rect.bottom - cut, cut))
    for n, (from_x, wide, x, to_wide) in enumerate(columns):
        for m, (from_y, tall, y, to_tall) in enumerate(rows):
            if (n, m) == (1, 1) or to_wide <= 0 or to_tall <= 0:
                continue
            part = tile.subsurface((from_x, from_y, wide, tall))
            if (wide, tall) != (to_wide, to_tall):
                part = pygame.transform.scale(part, (to_wide, to_tall))
            target.blit(part, (x, y))


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> pygame.Surface:
    """The title's ground, with three faint discs when it is coloured."""
    strip = pygame.Surface((1, size[1]))
    for y in range(size[1]):
        part = y / max(1, size[1] - 1)
        strip.set_at((0, y), tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)))
    out = pygame.transform.scale(strip, size).convert()
    if top != bottom:
        width, height = size
        for x, y, radius, alpha in (
            (width - 90, 60, 260, 14),
            (width - 20, height, 190, 16),
            (width - 330, height + 70, 170, 10),
        ):
            disc = filled((2 * radius, 2 * radius), radius, (255, 255, 255))
            disc.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
            out.blit(disc, (x - radius, y - radius))
    return out
