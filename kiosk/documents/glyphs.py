"""Which characters a font file can draw, read from its `cmap` table.

A form with a character that no font holds is refused before it is set: a box (tofu) on a certificate is a wrong
name.  Not responsible for shaping, nor for choosing the font.
"""

from __future__ import annotations

import bisect
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}
Range = tuple[int, int]


@dataclass(frozen=True)
class Coverage:
    """Sorted, disjoint ranges of code points."""

    ranges: tuple[Range, ...]

    def holds(self, character: str) -> bool:
        at = bisect.bisect_right(self.ranges, (ord(character), 0x110000)) - 1
        return at >= 0 and self.ranges[at][0] <= ord(character) <= self.ranges[at][1]

    def lacks(self, text: Iterable[str]) -> bool:
        return any(not self.holds(character) for character in text)


def coverage(font: Path) -> Coverage:
    """What one OpenType file can draw; raises ValueError if it holds no Unicode map."""
    data = font.read_bytes()
    cmap = _table(data, b"cmap")
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    best: tuple[Range, ...] = ()
    for i in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)
        if (platform, encoding) in UNICODE:
            best = max(best, _ranges(data, cmap + offset), key=lambda ranges: sum(b - a + 1 for a, b in ranges))
    if not best:
        raise ValueError(f"{font.name} holds no Unicode character map")
    return Coverage(best)


def union(all_coverage: Iterable[Coverage]) -> Coverage:
    merged: list[Range] = []
    for first, last in sorted(span for one in all_coverage for span in one.ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return Coverage(tuple(merged))


def _table(data: bytes, tag: bytes) -> int:
    for i in range(struct.unpack_from(">H", data, 4)[0]):
        name, _sum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        if name == tag:
            return int(offset)
    raise ValueError("not an OpenType font")


def _ranges(data: bytes, at: int) -> tuple[Range, ...]:
    kind = struct.unpack_from(">H", data, at)[0]
    if kind == 12:
        groups = struct.unpack_from(">I", data, at + 12)[0]
        return tuple(sorted(struct.unpack_from(">II", data, at + 16 + 12 * i) for i in range(groups)))
    if kind == 4:
        return _segments(data, at)
    return ()


def _segments(data: bytes, at: int) -> tuple[Range, ...]:
    """Format 4: segments of 16-bit code points; the last one, 0xFFFF, maps to nothing."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    return tuple((a, b) for a, b in zip(starts, ends, strict=True) if a <= b and a != 0xFFFF)
