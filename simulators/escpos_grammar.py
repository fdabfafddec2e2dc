"""Where one ESC/POS command ends and the next begins, as the Epson command reference spells them.

Lengths only: what a command does to paper is the typesetter's business.
"""

from __future__ import annotations

from collections.abc import Callable

ESC, FS, GS, DLE, NUL = 0x1B, 0x1C, 0x1D, 0x10, 0x00
MORE = 1_000_000  # "until a NUL comes"
Length = int | Callable[[bytes], int]


def word(data: bytes, at: int) -> int:
    """A two-byte number, low byte first, as far as it has come."""
    return int.from_bytes(data[at : at + 2], "little")


def once(head: int, total: Callable[[bytes], int]) -> Callable[[bytes], int]:
    """`head` bytes tell how long the whole is."""
    return lambda data: head if len(data) < head else total(data)


def until_nul(start: int) -> Callable[[bytes], int]:
    def length(data: bytes) -> int:
        end = data.find(NUL, start)
        return end + 1 if end >= 0 else MORE

    return length


def columns(data: bytes) -> int:
    """ESC * m nL nH: eight or twenty-four dots a column."""
    return 5 + word(data, 3) * (3 if data[2] in (32, 33) else 1)


def barcode(data: bytes) -> int:
    """GS k: m 0-6 ends with NUL, m 65-78 says its length."""
    if data[2] <= 6:
        return until_nul(3)(data)
    return 4 if len(data) < 4 else 4 + data[3]


def real_time(data: bytes) -> int:
    """They were obeyed on arrival; what is left of them in the buffer is stepped over."""
    return {0x04: 3, 0x05: 3}.get(data[1], 2) if data[1] != 0x14 else once(3, lambda d: 10 if d[2] == 8 else 5)(data)


ESC_COMMANDS: dict[str, Length] = {
    **dict.fromkeys("@2im", 2),
    **dict.fromkeys("tRaE!-dJ3MVG{=r ", 3),
    **dict.fromkeys("$\\c", 4),
    "p": 5,
    "*": once(5, columns),
    "D": until_nul(2),
}
FS_COMMANDS: dict[str, Length] = {**dict.fromkeys("&.", 2), **dict.fromkeys("!-W", 3), "S": 4}
GS_COMMANDS: dict[str, Length] = {
    **dict.fromkeys("!arhwHfBbI", 3),
    **dict.fromkeys("LWP$", 4),
    "V": once(3, lambda data: 4 if data[2] in (65, 66, 97, 98) else 3),
    "v": once(8, lambda data: 8 + word(data, 4) * word(data, 6)),
    "(": once(5, lambda data: 5 + word(data, 3)),
    "8": once(7, lambda data: 7 + int.from_bytes(data[3:7], "little")),
    "k": once(3, barcode),
}
FAMILIES = {ESC: ("ESC", ESC_COMMANDS), FS: ("FS", FS_COMMANDS), GS: ("GS", GS_COMMANDS)}


def length_of(data: bytes, double_byte: bool) -> int:
    """How many bytes the order that begins `data` has, as far as can be told; more than len(data): wait for them."""
    first = data[0]
    if first in FAMILIES or first == DLE:
        if len(data) < 2:
            return 2
        if first == DLE:
            return real_time(data)
        length = FAMILIES[first][1].get(chr(data[1]), 2)
        if callable(length):
            length = length(data)
            return len(data) + 1 if length == MORE else length
        return length
    return 2 if double_byte and first >= 0x81 else 1


def name_of(order: bytes) -> str:
    """ "GS V", "ESC @", "text", "LF"; "" for what the reference does not know."""
    first = order[0]
    if first in FAMILIES:
        family, known = FAMILIES[first]
        letter = chr(order[1])
        if letter not in known:
            return ""
        return f"{family} ( {chr(order[2])}" if (family, letter) == ("GS", "(") else f"{family} {letter}"
    if first >= 0x20 and first != 0x7F:
        return "text"
    return {0x0A: "LF", 0x0D: "CR", 0x09: "HT", NUL: "NUL", DLE: "DLE"}.get(first, "")
