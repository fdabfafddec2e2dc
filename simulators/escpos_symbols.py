"""QR codes, barcodes and bit images as the printer's own firmware would draw them.

The symbols are real ones: what comes out here can be scanned.
"""

from __future__ import annotations

from typing import Any, cast

import zxingcpp

from simulators.escpos_strip import Picture

LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
CODE128 = 73


def pack(rows: list[list[bool]], scale: int = 1, high: int = 0, says: str = "") -> Picture:
    """Dots from truth values, each `scale` dots wide and `high` (else as much) dots high."""
    data = bytearray()
    for row in rows:
        dots = [dot for dot in row for _ in range(scale)]
        padded = dots + [False] * (-len(dots) % 8)
        value = int("".join("1" if dot else "0" for dot in padded), 2)
        data += value.to_bytes(len(padded) // 8, "big") * (high or scale)
    return Picture(len(rows[0]) * scale, len(rows) * (high or scale), bytes(data), says)


def modules(symbol: zxingcpp.Barcode) -> list[list[bool]]:
    image: Any = memoryview(cast(Any, zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False)))
    wide, flat = image.shape[1], bytes(image)
    return [[dot == 0 for dot in flat[at : at + wide]] for at in range(0, len(flat), wide)]


def qr(data: bytes, module: int, level: int) -> Picture:
    try:
        content: str | bytes = data.decode("ascii")
    except UnicodeDecodeError:
        content = data
    symbol = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVELS[level])
    return pack(modules(symbol), module, says=f"[QR {data.decode('ascii', 'replace')}]")


def code128(data: bytes, module: int, high: int) -> Picture:
    """`data` begins with its code set, "{B"; a doubled brace is a brace."""
    text = data.decode("ascii", "replace")
    for mark in ("{A", "{B"):
        text = text.replace(mark, "")
    text = text.replace("{{", "{")
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    return pack(modules(symbol)[:1], module, high, says=f"[CODE128 {text}]")


def raster(data: bytes, wide_bytes: int, across: int, down: int) -> Picture:
    """GS v 0 and GS ( L: rows of bytes; `across` and `down` are 1 or 2."""
    rows = [data[at : at + wide_bytes] for at in range(0, len(data), wide_bytes)]
    if across == 1 and down == 1:
        return Picture(wide_bytes * 8, len(rows), data)
    bits = [[bool(byte >> (7 - bit) & 1) for byte in row for bit in range(8)] for row in rows]
    return pack(bits, across, down)


def column_image(data: bytes, mode: int) -> Picture:
    """ESC *: columns from left to right, the highest bit on top."""
    tall = 3 if mode in (32, 33) else 1
    columns = [int.from_bytes(data[at : at + tall], "big") for at in range(0, len(data), tall)]
    rows = [[bool(column >> (tall * 8 - 1 - y) & 1) for column in columns] for y in range(tall * 8)]
    return pack(rows, 1 if mode in (1, 33) else 2, 24 // len(rows))
