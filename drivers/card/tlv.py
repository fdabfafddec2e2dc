"""BER-TLV as chips speak it: elements, and lists of what a chip wants to be told (DOL).

Pure; looks at the buffer it is given and copies nothing, so that the buffer's owner can wipe it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

DEEPEST = 6
LONGEST_TAG = 3
# Format n: filled and cut on the left; everything else on the right (EMV book 3, 5.4).
NUMERIC = frozenset({0x9F02, 0x9F03, 0x9F1A, 0x5F2A, 0x9A, 0x9C, 0x9F21, 0x9F35})


class BadTlv(Exception):
    """What the chip said cannot be read; the text holds no data."""


def elements(data: memoryview, depth: int = 0) -> Iterator[tuple[int, memoryview]]:
    """Every element, those inside others after the one that holds them.  Raises BadTlv."""
    if depth > DEEPEST:
        raise BadTlv("nested too deep")
    at = 0
    while at < len(data):
        if data[at] in (0x00, 0xFF):  # padding between elements
            at += 1
            continue
        is_constructed = bool(data[at] & 0x20)
        tag, at = _tag(data, at)
        length, at = _length(data, at)
        if at + length > len(data):
            raise BadTlv("an element runs over the end")
        value, at = data[at : at + length], at + length
        yield tag, value
        if is_constructed:
            yield from elements(value, depth + 1)


def is_constructed(tag: int) -> bool:
    while tag > 0xFF:
        tag >>= 8
    return bool(tag & 0x20)


def dol(data: memoryview) -> list[tuple[int, int]]:
    """Tags and the lengths in which the chip wants them.  Raises BadTlv."""
    entries, at = [], 0
    while at < len(data):
        tag, at = _tag(data, at)
        if at >= len(data):
            raise BadTlv("a list ends within an entry")
        entries.append((tag, data[at]))
        at += 1
    return entries


def fill(wanted: list[tuple[int, int]], values: Mapping[int, bytes]) -> bytes:
    """What the chip wants to be told, one after the other; unknown values are zeros.  Raises BadTlv."""
    told = b""
    for tag, length in wanted:
        value = values.get(tag, b"")
        padded = value.rjust(length, b"\0") if tag in NUMERIC else value.ljust(length, b"\0")
        told += padded[len(padded) - length :] if tag in NUMERIC else padded[:length]
    if len(told) > 0xFF:
        raise BadTlv("the chip wants more than one command holds")
    return told


def element(tag: int, value: bytes | memoryview) -> bytes:
    """Up to 127 bytes of value."""
    if len(value) > 0x7F:
        raise BadTlv("value too long")
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + bytes([len(value)]) + value


def _tag(data: memoryview, at: int) -> tuple[int, int]:
    end = at + 1
    if data[at] & 0x1F == 0x1F:
        while end < len(data) and data[end] & 0x80:
            end += 1
        end += 1
    if end > len(data) or end - at > LONGEST_TAG:
        raise BadTlv("a tag does not end")
    return int.from_bytes(data[at:end], "big"), end


def _length(data: memoryview, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise BadTlv("an element has no length")
    first, at = data[at], at + 1
    if first < 0x80:
        return first, at
    count = first & 0x7F
    if count not in (1, 2) or at + count > len(data):
        raise BadTlv("a length that no chip uses")
    return int.from_bytes(data[at : at + count], "big"), at + count
