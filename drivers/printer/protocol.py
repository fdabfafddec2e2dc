"""The bytes of an ESC/POS receipt printer.  No I/O here.

Source: Epson ESC/POS reference, commands DLE EOT, GS a, GS r, GS ( H function 48, DLE DC4 function 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from drivers.base import Condition, Health, Status

COVER_OPEN = Condition("cover-open", Health.STOPPED)
MEDIA_EMPTY = Condition("media-empty", Health.STOPPED)
MEDIA_LOW = Condition("media-low", Health.ATTENTION)
HEAD_HOT = Condition("head-hot", Health.STOPPED)  # heals by itself when it has cooled
PAUSED = Condition("paused", Health.STOPPED)  # off line, and it does not say why: the feed button, for one
CUTTER_STUCK = Condition("cutter-stuck", Health.FAULT)
BROKEN = Condition("broken", Health.FAULT)

Bits = tuple[tuple[int, Condition], ...]
ANSWER_BITS: dict[int, Bits] = {
    1: ((0x08, PAUSED),),
    2: ((0x04, COVER_OPEN), (0x20, MEDIA_EMPTY)),
    3: ((0x08, CUTTER_STUCK), (0x20, BROKEN), (0x40, HEAD_HOT)),
    4: ((0x0C, MEDIA_LOW), (0x60, MEDIA_EMPTY)),
}
REPORT_BITS: tuple[Bits, ...] = (
    ((0x08, PAUSED), (0x20, COVER_OPEN)),
    ((0x08, CUTTER_STUCK), (0x20, BROKEN), (0x40, HEAD_HOT)),
    ((0x03, MEDIA_LOW), (0x0C, MEDIA_EMPTY)),
    (),
)

RESET = b"\x1b@"
REPORT_CHANGES = b"\x1da\x0e"  # on-line, error and paper status, whenever they change; ESC @ may end it
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))  # receive and print buffers, in real time
PAPER_STATUS = b"\x1dr\x01"
FENCE = b"\x1d(H\x06\x00\x30\x30"
TAG_BYTES = 4


def ask(kind: int) -> bytes:
    """Status in real time, 1 to 4; its answer does not say to which question."""
    return bytes((0x10, 0x04, kind))


def fence(tag: bytes) -> bytes:
    """Have the printer echo these four characters once all before them is on paper."""
    return FENCE + tag


def is_tag(tag: bytes) -> bool:
    return len(tag) == TAG_BYTES and all(0x20 <= byte <= 0x7E for byte in tag)


def conditions(value: int, bits: Bits) -> frozenset[Condition]:
    return frozenset(condition for mask, condition in bits if value & mask == mask)


def status_of(found: Iterable[frozenset[Condition]]) -> Status:
    """The causes; "paused" only where there is no other one."""
    all_found = frozenset[Condition]().union(*found)
    if any(c.health > Health.ATTENTION for c in all_found - {PAUSED}):
        all_found -= {PAUSED}
    if MEDIA_EMPTY in all_found:
        all_found -= {MEDIA_LOW}
    return Status(all_found)


# -- what the printer says; one shape each, so that strays and noise can be told apart --------


@dataclass(frozen=True)
class Answer:
    value: int  # to DLE EOT


@dataclass(frozen=True)
class Report:
    status: Status  # unasked, after REPORT_CHANGES


@dataclass(frozen=True)
class Echo:
    tag: bytes  # the fence was reached


@dataclass(frozen=True)
class PaperStatus:
    value: int  # to GS r 1


@dataclass(frozen=True)
class Cleared:
    pass


@dataclass(frozen=True)
class Garbled:
    """Bytes that no answer has; something else was said, perhaps."""


Reply = Answer | Report | Echo | PaperStatus | Cleared | Garbled


def _report(data: bytes) -> tuple[Reply, int]:
    if any(byte & 0x90 for byte in data[1:4]):
        return Garbled(), 1
    if len(data) < 4:
        return Garbled(), 0
    return Report(status_of(conditions(*pair) for pair in zip(data[:4], REPORT_BITS, strict=True))), 4


def _block(data: bytes) -> tuple[Reply, int]:
    """37 22 and a tag, or 37 25; both end with 00."""
    match data[1:2]:
        case b"":
            return Garbled(), 0
        case b"\x22" if all(0x20 <= byte <= 0x7E for byte in data[2:6]) and data[6:7] in (b"", b"\x00"):
            return Echo(data[2:6]), 7 if len(data) >= 7 else 0
        case b"\x25" if data[2:3] in (b"", b"\x00"):
            return Cleared(), 3 if len(data) >= 3 else 0
    return Garbled(), 1


def parse_one(data: bytes, paper_status_due: bool = False) -> tuple[Reply, int]:
    """The reply at the start of `data` and its length; length 0 asks for more bytes."""
    first = data[0]
    if first & 0x93 == 0x12:
        return Answer(first), 1
    if first & 0x93 == 0x10:
        return _report(data)
    if first == 0x37:
        return _block(data)
    if paper_status_due and first & 0x90 == 0:
        return PaperStatus(first), 1
    return Garbled(), 1


class Replies:
    """Cuts a stream into replies, and finds back into step after noise."""

    def __init__(self) -> None:
        self._buffer = b""
        self.paper_status_due = False  # set while a GS r 1 is out; its answer has no shape of its own

    def feed(self, data: bytes) -> Iterator[Reply]:
        self._buffer += data
        while self._buffer:
            reply, length = parse_one(self._buffer, self.paper_status_due)
            if not length:
                return
            self._buffer = self._buffer[length:]
            yield reply
