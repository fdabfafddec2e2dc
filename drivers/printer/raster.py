"""One line of text as a picture, for the glyphs a printer's ROM lacks.

Pillow is loaded when the first such line comes, not before: few names need it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

ROWS = 24
SPARE_ROWS = 6  # between two lines


@lru_cache(maxsize=4)
def _font(path: Path, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size)


def _draw(text: str, font: Any, high: int, cell: int, bold: bool, columns: list[int]) -> Any:
    """Glyph by glyph on the printer's own grid, so that it stands among text lines as if it were one."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (sum(columns) * cell, high), 0)
    pen = ImageDraw.Draw(image)
    x = 0
    for char, count in zip(text, columns, strict=True):
        left, _, right, _ = font.getbbox(char, anchor="ls")
        indent = max(0, (count * cell - (right - left)) // 2)
        pen.text((x + indent - left, high * 0.83), char, font=font, fill=255, anchor="ls", stroke_width=int(bold))
        x += count * cell
    return image


def line(text: str, columns: list[int], font: Path, bold: bool = False, scale: int = 1) -> bytes:
    """GS v 0 commands for `text` (each character so many `columns` wide), cropped to what is black.

    Cut into strips of one line's height: none is so long that the printer's buffer could not take a purge.
    """
    high, cell = ROWS * scale, 12 * scale
    image = _draw(text, _font(font, round(high * 0.92)), high, cell, bold, columns)
    right = (image.getbbox() or (0, 0, 8, 0))[2]
    bits = image.crop((0, 0, (right + 7) // 8 * 8, high)).point(lambda value: 255 * (value > 110)).convert("1")
    wide = bits.width // 8
    data = harmless(bits.tobytes())
    strips = [data[at : at + wide * ROWS] for at in range(0, len(data), wide * ROWS)]
    return b"".join(
        b"\x1dv0\x00" + wide.to_bytes(2, "little") + (len(strip) // wide).to_bytes(2, "little") + strip
        for strip in strips
    ) + bytes((0x1B, 0x4A, SPARE_ROWS))


def harmless(data: bytes) -> bytes:
    """Printers obey real-time commands even within a picture: one dot more, and it is none."""
    for second in (0x04, 0x05, 0x14):
        data = data.replace(bytes((0x10, second)), bytes((0x18, second)))
    return data
