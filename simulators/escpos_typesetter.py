"""Obeys ESC/POS orders one at a time: keeps the modes, fills the print buffer, lays lines on the strip.

Written from the Epson ESC/POS reference, and as strict: what is out of range or out of place is not obeyed and
becomes a complaint.  Not responsible for the motor's time, sensors or answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from simulators import escpos_symbols as symbols
from simulators.escpos_strip import DOTS_PER_MM, Glyph, Line, Picture, Strip

CODE_PAGES = {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 16: "cp1252", 17: "cp866", 18: "cp852"}
KOREA = 13
LINE_DOTS = 30  # 3.75 mm
CUTTER_MM = 13  # from the heating elements to the knife
FONTS = {0: (12, 24), 1: (9, 17), 48: (12, 24), 49: (9, 17)}


@dataclass(frozen=True)
class Modes:
    """What ESC @ sets back."""

    double_byte: bool = False  # strict: until FS & every byte is a single one
    code_page: str = "cp437"
    country: int = 0
    align: int = 0
    font: tuple[int, int] = (12, 24)
    bold: bool = False
    underline: int = 0
    reverse: bool = False
    spacing: int = LINE_DOTS
    wide: int = 1
    high: int = 1
    hangul_wide: int = 1
    hangul_high: int = 1
    bar_high: int = 162
    bar_module: int = 3
    bar_text: int = 0
    qr_module: int = 3
    qr_level: int = 48


@dataclass
class Typesetter:
    dots: int = 576
    rom: str = "cp949"  # "ksx1001": 2,350 syllables; the others come out as boxes
    modes: Modes = Modes()
    lines: int = 0
    complaints: list[str] = field(default_factory=list)
    on_line: Callable[[int], None] = lambda number: None

    def __post_init__(self) -> None:
        self.strip = Strip(self.dots)
        self._marks: list[Glyph | Picture] = []
        self._stored = b""  # GS ( k 80
        self._graphics: Picture | None = None  # GS ( L 112

    # -- for the printer ----------------------------------------------------------------------

    def reset(self) -> None:
        self.modes = Modes()
        self.clear()

    def clear(self) -> None:
        """Forget what is not on paper yet."""
        self._marks.clear()
        self._stored, self._graphics = b"", None

    def complain(self, what: str) -> None:
        if len(self.complaints) < 100:
            self.complaints.append(what)

    def take_strip(self) -> Strip:
        strip, self.strip = self.strip, Strip(self.dots)
        return strip

    # -- text -----------------------------------------------------------------------------------

    def text(self, order: bytes) -> int:
        modes = self.modes
        if len(order) == 2:
            glyph = Glyph(self._hangul(order), 24, 24, modes.hangul_wide, modes.hangul_high)
        else:
            glyph = Glyph(self._single(order), *modes.font, modes.wide, modes.high)
        return self._put(replace(glyph, bold=modes.bold, underline=modes.underline, reverse=modes.reverse))

    def _hangul(self, pair: bytes) -> str:
        try:
            char = pair.decode("cp949")
            known = self.rom == "cp949" or len(char.encode("euc_kr", "replace")) == 2
        except UnicodeDecodeError:
            self.complain(f"no character {pair.hex(' ')}")
            return "□"
        return char if known else "□"

    def _single(self, byte: bytes) -> str:
        if byte == b"\\" and self.modes.country == KOREA:
            return "₩"
        return byte.decode(self.modes.code_page, "replace")

    def _put(self, mark: Glyph | Picture) -> int:
        """Into the print buffer; a full one is printed first.  Returns the dots the paper moved."""
        moved = 0
        if self.marks_wide + mark.dots_wide > self.dots:
            moved = self.feed_line()
        self._marks.append(mark)
        return moved

    @property
    def marks_wide(self) -> int:
        return sum(mark.dots_wide for mark in self._marks)

    def tab(self) -> int:
        """Default stops: every eight columns."""
        gap = 96 - self.marks_wide % 96
        for _ in range(gap // 12):
            self._put(Glyph(" ", 12, 24))
        return 0

    # -- paper ----------------------------------------------------------------------------------

    def feed_line(self, dots: int | None = None) -> int:
        """Print the buffer and move on by a line, or by `dots`; returns the dots the paper moved."""
        tallest = max((mark.dots_high for mark in self._marks), default=0)
        feed = max(self.modes.spacing if dots is None else dots, tallest)
        self.strip.lines.append(Line(tuple(self._marks), self.modes.align, feed))
        self._marks.clear()
        self.lines += 1
        self.on_line(len(self.strip.lines))
        return feed

    def feed_lines(self, count: int) -> int:
        return sum(self.feed_line() for _ in range(count))

    def print_picture(self, picture: Picture | None) -> int:
        """Pictures and symbols stand alone on their rows."""
        if picture is None:
            self.complain("nothing stored to print")
            return 0
        if self._marks:
            self.complain("picture in the middle of a line")
            return 0
        if picture.dots_wide > self.dots:
            self.complain(f"picture of {picture.dots_wide} dots is wider than the paper")
            return 0
        self._marks.append(picture)
        return self.feed_line(dots=picture.dots_high)

    def feed_to_knife(self, dots: int) -> int:
        self.strip.lines.append(Line((), 0, CUTTER_MM * DOTS_PER_MM + dots))
        return CUTTER_MM * DOTS_PER_MM + dots

    def can_cut(self) -> bool:
        if self._marks:
            self.complain("cut in the middle of a line")
        elif self.strip.ink_within(CUTTER_MM * DOTS_PER_MM):
            self.complain("cut through the print: feed to the knife first")
        return not self._marks

    # -- pictures and symbols ---------------------------------------------------------------------

    def put_columns(self, order: bytes) -> int:
        if order[2] not in (0, 1, 32, 33):
            self.complain(f"ESC * mode {order[2]}")
            return 0
        return self._put(symbols.column_image(order[5:], order[2]))

    def print_raster(self, order: bytes) -> int:
        if order[2] != 0x30 or order[3] not in (0, 1, 2, 3, 48, 49, 50, 51):
            self.complain(f"GS v {order[2:4].hex(' ')}")
            return 0
        wide, mode = int.from_bytes(order[4:6], "little"), order[3] & 3
        return self.print_picture(symbols.raster(order[8:], wide, 1 + (mode & 1), 1 + (mode >> 1)))

    def graphics(self, body: bytes) -> int:
        """GS ( L and GS 8 L: 112 stores a raster in the print buffer, 2 or 50 prints it."""
        match body[1]:
            case 112 if body[2] == 48:
                wide = int.from_bytes(body[6:8], "little")
                self._graphics = symbols.raster(body[10:], (wide + 7) // 8, body[3], body[4])
            case 2 | 50:
                moved = self.print_picture(self._graphics)
                self._graphics = None
                return moved
            case function:
                self.complain(f"GS ( L function {function}")
        return 0

    def two_dimensional(self, body: bytes) -> int:
        """GS ( k, QR code only."""
        kind, function, *rest = body
        match function, rest:
            case 65, [49 | 50, 0] if kind == 49:
                pass
            case 67, [module] if kind == 49 and 1 <= module <= 16:
                self.modes = replace(self.modes, qr_module=module)
            case 69, [level] if kind == 49 and level in symbols.LEVELS:
                self.modes = replace(self.modes, qr_level=level)
            case 80, [48, *data] if kind == 49 and data:
                self._stored = bytes(data)
            case 81, [48] if kind == 49 and self._stored:
                return self.print_picture(symbols.qr(self._stored, self.modes.qr_module, self.modes.qr_level))
            case _:
                self.complain(f"GS ( k {body.hex(' ')}")
        return 0

    def barcode(self, order: bytes) -> int:
        data = order[4:]
        if order[2] != symbols.CODE128 or data[:2] not in (b"{A", b"{B"):
            self.complain(f"GS k {order[2:4].hex(' ')}: this model prints CODE128, set A or B")
            return 0
        moved = self.print_picture(symbols.code128(data, self.modes.bar_module, self.modes.bar_high))
        if moved and self.modes.bar_text in (2, 3, 50, 51):
            for char in data[2:].decode("ascii", "replace"):
                self._put(Glyph(char, 12, 24))
            moved += self.feed_line()
        return moved
