"""Lines of a receipt into ESC/POS bytes.

Text travels as the printer's own Hangul (two bytes a syllable, fifty times less than a picture); python-escpos
writes the symbols.  Not responsible for what is said, nor for sending it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from drivers.printer import raster
from drivers.printer.columns import columns_of, lacks, plain, wrap
from drivers.printer.paper import Align, Barcode, Cut, Feed, Line, Pair, Qr, Rule, Text
from drivers.printer.profile import Fence, Profile
from drivers.printer.protocol import REPORT_CHANGES, RESET, fence

# Code page 0, double-byte characters on, Korean character set.  ESC @ may end the reports a driver relies on.
OPENING = RESET + b"\x1bt\x00\x1c&\x1bR\x0d" + REPORT_CHANGES
HARMLESS_BYTES = 3072  # so much may wait in a stopped printer (4 kB) and still leave room for a purge
CHECKPOINT_BYTES = 1024
QUIET = b"\x1bJ\x10"  # blank dots that a scanner needs around a symbol
ALIGN: dict[Align, int] = {"left": 0, "center": 1, "right": 2}


@lru_cache(maxsize=64)
def phrase(method: str, *args: object, **options: object) -> bytes:
    """What python-escpos writes for one call; a third of a second when it is first loaded."""
    from escpos.printer import Dummy  # type: ignore[import-untyped]

    printer: Any = Dummy()
    getattr(printer, method)(*args, **options)
    return bytes(printer.output)


def prepare() -> None:
    """Load what the first receipt would otherwise wait for."""
    for align in ALIGN:
        phrase("set", align=align)
    for bold in (True, False):
        phrase("set", bold=bold)
    phrase("cut", feed=False)


class Pen:
    """Writes pieces of at most a few hundred bytes, and changes modes only where they change."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.pieces: list[bytes] = [OPENING]
        self._align: Align = "left"
        self._bold = self._double = False

    def mode(self, align: Align = "left", bold: bool = False, double: bool = False) -> bytes:
        out = b""
        if align != self._align:
            out += phrase("set", align=align)
        if bold != self._bold:
            out += phrase("set", bold=bold)
        if double != self._double:
            out += b"\x1d!\x11" if double else b"\x1d!\x00"
        self._align, self._bold, self._double = align, bold, double
        return out

    def text(self, text: str, align: Align = "left", bold: bool = False, double: bool = False) -> None:
        columns = self.profile.columns // (2 if double else 1)
        for row in wrap(plain(text), columns):
            self.row(row, align, bold, double)

    def row(self, row: str, align: Align, bold: bool, double: bool) -> None:
        """One row of paper, drawn if the ROM lacks a glyph of it."""
        if lacks(row, self.profile.rom) and self.profile.font:
            widths = [columns_of(char) for char in row]
            drawn = raster.line(row, widths, self.profile.font, bold, 2 if double else 1)
            self.pieces.append(self.mode(align) + drawn)
            return
        if lacks(row, self.profile.rom):
            row = "".join("〓" if lacks(char, self.profile.rom) else char for char in row)
        self.pieces.append(self.mode(align, bold, double) + row.replace("₩", "\\").encode("cp949") + b"\n")

    def pair(self, pair: Pair) -> None:
        """On one row if both fit, else the value right-aligned on rows of its own."""
        left, right = plain(pair.left), plain(pair.right)
        gap = self.profile.columns - columns_of(left) - columns_of(right)
        if gap >= 1 and "\n" not in left + right:
            self.row(left + " " * gap + right, "left", pair.bold, False)
        else:
            self.text(left, "left", pair.bold)
            self.text(right, "right", pair.bold)

    def write(self, line: Line) -> None:
        match line:
            case Text(text, align, bold, double):
                self.text(text, align, bold, double)
            case Pair():
                self.pair(line)
            case Rule():
                self.row("-" * self.profile.columns, "left", False, False)
            case Qr(data):
                symbol = phrase("qr", data, native=True, size=5, ec=1)
                self.pieces.append(self.mode("center") + QUIET + symbol + QUIET)
            case Barcode(data):
                options = {"function_type": "B", "height": 64, "width": 2, "pos": "BELOW", "align_ct": False}
                self.pieces.append(self.mode("center") + phrase("barcode", "{B" + data, "CODE128", **options))
            case Feed(lines):
                self.pieces.append(self.mode() + bytes((0x1B, 0x64, lines)))
            case Cut():
                self.pieces.append(self.mode() + phrase("cut", feed=False))


def checkpoints(pieces: Sequence[bytes]) -> Iterator[bytes]:
    """Fences along the way, for a driver that lets only so much wait in the printer."""
    since, number = 0, 0
    for piece in pieces:
        yield piece
        since += len(piece)
        if since >= CHECKPOINT_BYTES:
            yield fence(b"~%03d" % (number % 1000))
            since, number = 0, number + 1


def encode(lines: Sequence[Line], profile: Profile) -> bytes:
    """A whole document; what is one document ends with `Cut`."""
    pen = Pen(profile)
    for line in lines:
        pen.write(line)
    long = sum(map(len, pen.pieces)) > HARMLESS_BYTES and profile.fence is Fence.PROCESS_ID
    return b"".join(checkpoints(pen.pieces) if long else pen.pieces)
