"""What lies on a strip of receipt paper: lines of glyphs, pictures and blank paper, measured in dots of 1/203 inch."""

from __future__ import annotations

from dataclasses import dataclass, field

DOTS_PER_MM = 8
CELL = 12  # dots: one column of font A; a Hangul syllable is two columns wide and two cells high


@dataclass(frozen=True)
class Glyph:
    char: str
    width: int  # dots, before magnification
    height: int
    wide: int = 1
    high: int = 1
    bold: bool = False
    underline: int = 0  # dots
    reverse: bool = False

    @property
    def dots_wide(self) -> int:
        return self.width * self.wide

    @property
    def dots_high(self) -> int:
        return self.height * self.high


@dataclass(frozen=True)
class Picture:
    """One bit a dot, rows padded to bytes, the highest bit leftmost, 1 is black."""

    dots_wide: int
    dots_high: int
    rows: bytes
    says: str = ""  # what a person with a scanner would read

    @property
    def char(self) -> str:
        return ""


@dataclass(frozen=True)
class Line:
    """One row of paper: what stands in it from the left, and how far the paper moved for it."""

    marks: tuple[Glyph | Picture, ...]
    align: int  # 0 left, 1 centre, 2 right
    feed: int  # dots

    @property
    def dots_wide(self) -> int:
        return sum(mark.dots_wide for mark in self.marks)

    def indent(self, dots: int) -> int:
        """Where the first mark begins on paper of so many printable dots."""
        return (0, (dots - self.dots_wide) // 2, dots - self.dots_wide)[self.align]

    def text(self, dots: int) -> str:
        """As a person would copy it into a text file of fixed columns."""
        said = "".join(mark.char for mark in self.marks)
        signs = [mark for mark in self.marks if isinstance(mark, Picture)]
        if signs and not said:
            said = signs[0].says or f"[picture {signs[0].dots_wide}x{signs[0].dots_high}]"
            return " " * max(0, self.indent(dots) // CELL) + said
        return (" " * (self.indent(dots) // CELL) + said).rstrip()


@dataclass
class Strip:
    """The paper between two cuts, and the bytes that were obeyed for it."""

    dots: int  # printable width
    lines: list[Line] = field(default_factory=list)
    data: bytearray = field(default_factory=bytearray)

    @property
    def is_blank(self) -> bool:
        return not any(line.marks for line in self.lines)

    @property
    def text(self) -> str:
        return "\n".join(line.text(self.dots) for line in self.lines)

    def ink_within(self, dots: int) -> bool:
        """Whether something is printed in the last `dots` of the strip."""
        for line in reversed(self.lines):
            if dots <= 0:
                return False
            if line.marks:
                return True
            dots -= line.feed
        return False
