"""The seal as a QR code: text, module matrix, and its drawing as one vector path.

Not responsible for what the seal says.  EC Q and 4 dots of 300 dpi per module are what office scanners read back.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

import zxingcpp

QUIET = 4  # white modules on each side
DOTS = 4  # of 300 dpi a module: 0.3387 mm
MAX_MM = 48.0


class CodeTooBig(Exception):
    """The seal holds more than the paper's corner can show readably."""


@dataclass(frozen=True)
class Code:
    svg: str
    modules: int  # on a side, the quiet zone included


def seal_text(seal: bytes, host: str) -> str:
    """The data stands behind `#`, so that it never reaches the server; base32 fits QR's alphanumeric mode."""
    return f"https://{host}/#" + base64.b32encode(seal).decode().rstrip("=")


def draw(text: str) -> Code:
    """Raises CodeTooBig above 48 mm."""
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    except ValueError:  # more than any QR code holds; the message would quote the text
        raise CodeTooBig from None
    image = memoryview(barcode.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    flat, width = image.tobytes(), math.isqrt(image.nbytes)
    rows = [flat[at : at + width] for at in range(0, len(flat), width)]
    side = len(rows) + 2 * QUIET
    if side * DOTS * 25.4 / 300 > MAX_MM:
        raise CodeTooBig
    path = "".join(_row_path(row, y + QUIET) for y, row in enumerate(rows))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
    return Code(f'{head}<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>', side)


def _row_path(row: bytes, y: int) -> str:
    """One rectangle for each run of dark modules; a run is never drawn in pieces, so no hairline can split it."""
    parts, x = [], 0
    while x < len(row):
        if row[x]:
            x += 1
            continue
        start = x
        while x < len(row) and not row[x]:
            x += 1
        parts.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
    return "".join(parts)
