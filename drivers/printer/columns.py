"""How wide a text stands in a fixed-width print, and where it wraps.

A character is as many columns wide as it has bytes in cp949: that is how these printers' ROMs are made.
"""

from __future__ import annotations

from collections.abc import Iterator

from drivers.printer.profile import Rom

WIDE = 2


def plain(text: str) -> str:
    """Control characters could be commands; a backslash prints as ₩ in the Korean set."""
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text).replace("\\", "＼")


def columns_of(text: str) -> int:
    text = text.replace("₩", "\\")
    try:
        return len(text.encode("cp949"))
    except UnicodeEncodeError:
        return sum(_columns_of_one(char) for char in text)


def _columns_of_one(char: str) -> int:
    try:
        return len(char.encode("cp949"))
    except UnicodeEncodeError:
        return WIDE


def lacks(text: str, rom: Rom) -> bool:
    """Whether the printer's memory is without one of these characters."""
    text = text.replace("₩", "\\")
    try:
        data = text.encode("cp949")
    except UnicodeEncodeError:
        return True
    # euc_kr writes a syllable outside the 2,350 as eight bytes of jamo, without an error: longer, then.
    return rom is Rom.KS_X_1001 and len(text.encode("euc_kr", "replace")) != len(data)


def wrap(text: str, columns: int) -> Iterator[str]:
    """Rows of at most `columns`; breaks at spaces, within a word only where it is too long for a row."""
    for paragraph in text.split("\n"):
        if columns_of(paragraph) <= columns:
            yield paragraph
        else:
            yield from _wrap_paragraph(paragraph, columns)


def _wrap_paragraph(text: str, columns: int) -> Iterator[str]:
    row = ""
    for word in text.split(" "):
        joined = f"{row} {word}" if row else word
        if columns_of(joined) <= columns:
            row = joined
            continue
        if row:
            yield row
        *full, row = _pieces(word, columns)
        yield from full
    yield row


def _pieces(word: str, columns: int) -> list[str]:
    pieces, width = [""], 0
    for char in word:
        if width + columns_of(char) > columns:
            pieces.append("")
            width = 0
        pieces[-1] += char
        width += columns_of(char)
    return pieces
