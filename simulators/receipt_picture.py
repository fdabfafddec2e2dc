"""A photograph of a thermal receipt: glyphs burnt onto the 12x24 dot grid, 203 dots an inch, a torn edge.

Only looks: what stands where was decided by the typesetter.  One pixel is one dot.
"""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from simulators.escpos_strip import DOTS_PER_MM, Glyph, Line, Picture, Strip

FONT = Path(__file__).parent.parent / "config" / "fonts" / "PretendardGOV-Regular.otf"
PAPER_DOTS = 80 * DOTS_PER_MM
DESK = 36  # of background around the paper
TOP = 28  # of blank paper above the first line
PAPER, INK, DESKTOP = (252, 251, 247), (38, 37, 46), (214, 217, 221)
TOOTH = 6


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


@lru_cache(maxsize=2048)
def cell(char: str, wide: int, high: int, bold: bool) -> Image.Image:
    """One glyph burnt into its cell; a glyph that is too wide is condensed, as in a printer's ROM."""
    hangul = wide >= high * 0.9
    face = font(round(high * (0.96 if hangul else 0.92)))
    ascent = round(high * 0.835)
    left, _, right, _ = face.getbbox(char, anchor="ls")
    ink_wide = max(1, right - left)
    room = wide - (2 if bold else 1)
    glyph = Image.new("L", (int(ink_wide), high), 0)
    ImageDraw.Draw(glyph).text((-left, ascent), char, font=face, fill=255, anchor="ls")
    if ink_wide > room:
        glyph = glyph.resize((room, high), Image.Resampling.LANCZOS)
    image = Image.new("L", (wide, high), 0)
    image.paste(glyph, ((wide - glyph.width) // 2, 0))
    if bold:
        image = ImageChops.lighter(image, ImageChops.offset(image, 1, 0))
    return image


def burn_glyph(ink: Image.Image, glyph: Glyph, x: int, bottom: int) -> None:
    wide, high = glyph.dots_wide, glyph.dots_high
    image = cell(glyph.char, glyph.width, glyph.height, glyph.bold) if glyph.char.strip() else None
    if image and (wide, high) != image.size:
        image = magnified(glyph)
    top = bottom - high
    if glyph.reverse:
        black = Image.new("L", (wide, high), 255)
        image = ImageChops.subtract(black, image) if image else black
    if image:
        ink.paste(image, (x, top))
    if glyph.underline:
        ImageDraw.Draw(ink).rectangle((x, bottom - glyph.underline, x + wide - 1, bottom - 1), fill=255)


def magnified(glyph: Glyph) -> Image.Image:
    """Large type from the outline where it grows evenly: printers smooth it, too."""
    if glyph.wide == glyph.high:
        return cell(glyph.char, glyph.dots_wide, glyph.dots_high, glyph.bold)
    image = cell(glyph.char, glyph.width, glyph.height, glyph.bold)
    return image.resize((glyph.dots_wide, glyph.dots_high), Image.Resampling.LANCZOS)


def burn_line(ink: Image.Image, line: Line, dots: int, y: int) -> None:
    x = (PAPER_DOTS - dots) // 2 + max(0, line.indent(dots))
    tallest = max((mark.dots_high for mark in line.marks), default=0)
    for mark in line.marks:
        if isinstance(mark, Picture):
            wide = len(mark.rows) // mark.dots_high * 8
            bits = Image.frombytes("1", (wide, mark.dots_high), mark.rows).convert("L")
            ink.paste(bits.crop((0, 0, mark.dots_wide, mark.dots_high)), (x, y))
        else:
            burn_glyph(ink, mark, x, y + tallest)
        x += mark.dots_wide


def torn(edge: random.Random, y: int, direction: int) -> list[tuple[int, int]]:
    """The saw teeth of a tear bar, from left to right."""
    points = []
    for x in range(0, PAPER_DOTS + 1, TOOTH):
        depth = TOOTH * (x // TOOTH % 2) + edge.randrange(3)
        points.append((x, y + direction * depth))
    return points


def sheet(high: int) -> Image.Image:
    """The outline of the paper as a mask."""
    edge = random.Random(high)
    mask = Image.new("L", (PAPER_DOTS + 2 * DESK, high + 2 * DESK), 0)
    outline = torn(edge, 0, 1) + torn(edge, high, -1)[::-1]
    ImageDraw.Draw(mask).polygon([(x + DESK, y + DESK) for x, y in outline], fill=255)
    return mask


def draw(strip: Strip) -> Image.Image:
    high = TOP + sum(line.feed for line in strip.lines)
    ink = Image.new("L", (PAPER_DOTS, high), 0)
    y = TOP
    for line in strip.lines:
        burn_line(ink, line, strip.dots, y)
        y += line.feed
    mask = sheet(high)
    picture = Image.new("RGB", mask.size, DESKTOP)
    shadow = ImageChops.offset(mask, 3, 6).filter(ImageFilter.GaussianBlur(7)).point(lambda value: value * 0.38)
    picture.paste((0, 0, 0), (0, 0), shadow)
    picture.paste(PAPER, (0, 0), mask)
    picture.paste(INK, (DESK, DESK), ink)
    return picture
