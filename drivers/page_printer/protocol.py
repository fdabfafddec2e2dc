"""IPP messages (RFC 8010): values to request bytes, answer bytes to values.  Pure; nothing here waits or connects.

Own code, not PyPI's pyipp: its parser checks no lengths (cut text passes, a short integer eats its neighbour), fails
with five kinds of exception, and importing it brings in aiohttp.  Here every malformed answer is one `Malformed`.
"""

from __future__ import annotations

import enum
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

VERSION = (2, 0)
HEADER = struct.Struct(">BBHI")
FIRST_VALUE_TAG = 0x10
DEEPEST = 8  # collections within collections; real ones have three levels
Value = int | str | bytes | tuple[int, ...]  # booleans are ints, as in Python


class Malformed(Exception):
    """These bytes are no IPP answer.  The text says what is wrong with them, never what they hold."""


class Group(enum.IntEnum):
    OPERATION = 1
    JOB = 2
    END = 3
    PRINTER = 4
    UNSUPPORTED = 5


class Tag(enum.IntEnum):
    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER_NAME = 0x4A


LAYOUTS: Mapping[int, struct.Struct] = MappingProxyType(
    {
        Tag.INTEGER: struct.Struct(">i"),
        Tag.ENUM: struct.Struct(">i"),
        Tag.RANGE: struct.Struct(">ii"),
        Tag.RESOLUTION: struct.Struct(">iib"),
    }
)
DATE_TIME_BYTES = 11


class Attribute(NamedTuple):
    """One of a request; a sequence of values becomes a 1setOf."""

    name: str
    tag: Tag
    values: tuple[int | str, ...]


@dataclass(frozen=True)
class Attributes:
    """A group of an answer.  Out-of-band values (no-value, unknown) and collections are left out."""

    group: int
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        return next((value for value in self.values.get(name, ()) if isinstance(value, int)), None)

    def word(self, name: str) -> str:
        return next(iter(self.words(name)), "")

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in self.values.get(name, ()) if isinstance(value, str))


@dataclass(frozen=True)
class Answer:
    status: int
    request_id: int
    groups: tuple[Attributes, ...]

    @property
    def is_ok(self) -> bool:
        return self.status < 0x0100

    def all_of(self, group: Group) -> tuple[Attributes, ...]:
        return tuple(found for found in self.groups if found.group == group)

    def first(self, group: Group) -> Attributes:
        return next(iter(self.all_of(group)), Attributes(group))


def encode(operation: int, request_id: int, head: Iterable[Attribute], job: Iterable[Attribute] = ()) -> bytes:
    """A request up to its end-of-attributes tag; the document, if there is one, follows as it is."""
    out = bytearray(HEADER.pack(*VERSION, operation, request_id))
    for group, attributes in ((Group.OPERATION, tuple(head)), (Group.JOB, tuple(job))):
        if attributes:
            out.append(group)
        for name, tag, values in attributes:
            for i, value in enumerate(values):
                out += bytes([tag]) + _sized(b"" if i else name.encode("ascii")) + _sized(_raw(tag, value))
    out.append(Group.END)
    return bytes(out)


def _sized(raw: bytes) -> bytes:
    return len(raw).to_bytes(2) + raw


def _raw(tag: Tag, value: int | str) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8")
    return bytes([value]) if tag is Tag.BOOLEAN else LAYOUTS[tag].pack(value)


def decode(data: bytes) -> Answer:
    """Raises Malformed; nothing else."""
    reader = _Reader(data)
    major, _, status, request_id = HEADER.unpack(reader.take(HEADER.size))
    if major not in (1, 2):
        raise Malformed(f"IPP version {major}")
    groups = tuple(reader.groups())
    if not groups or groups[0].group != Group.OPERATION:
        raise Malformed("no operation attributes")
    if reader.left:
        raise Malformed(f"{reader.left} bytes behind the end")
    return Answer(status, request_id, groups)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        if count > self.left:
            raise Malformed(f"cut off: {count - self.left} bytes are missing")
        self._at += count
        return self._data[self._at - count : self._at]

    def sized(self) -> bytes:
        return self.take(int.from_bytes(self.take(2)))

    def groups(self) -> list[Attributes]:
        found: list[tuple[int, dict[str, list[Value]]]] = []
        name = ""
        while (tag := self.take(1)[0]) != Group.END:
            if tag < FIRST_VALUE_TAG:
                found.append((tag, {}))
                name = ""
                continue
            name = _text(self.sized()) or name
            raw = self.sized()
            if not found or not name:
                raise Malformed("a value that belongs to nothing")
            values = found[-1][1].setdefault(name, [])
            if tag == Tag.BEGIN_COLLECTION:
                self._skip_collection()
            elif (value := _value(tag, raw)) is not None:
                values.append(value)
        return [Attributes(tag, {name: tuple(values) for name, values in group.items()}) for tag, group in found]

    def _skip_collection(self) -> None:
        """No answer that the driver needs is a collection; its end must be found all the same."""
        depth = 1
        while depth:
            tag = self.take(1)[0]
            if tag < FIRST_VALUE_TAG or depth > DEEPEST:
                raise Malformed("a collection that does not end")
            if self.sized():
                raise Malformed("a named value within a collection")
            self.sized()
            depth += (tag == Tag.BEGIN_COLLECTION) - (tag == Tag.END_COLLECTION)


def _value(tag: int, raw: bytes) -> Value | None:
    """None: out of band."""
    if tag < Tag.INTEGER:
        return None
    if layout := LAYOUTS.get(tag):
        if len(raw) != layout.size:
            raise Malformed(f"{len(raw)} bytes where tag {tag:#x} has {layout.size}")
        numbers: tuple[int, ...] = layout.unpack(raw)
        return numbers if len(numbers) > 1 else numbers[0]
    if tag == Tag.BOOLEAN:
        if raw not in (b"\0", b"\1"):
            raise Malformed("a boolean that is neither")
        return raw == b"\1"
    if tag in (Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE):
        return _with_language(raw)
    if tag == Tag.DATE_TIME and len(raw) != DATE_TIME_BYTES:
        raise Malformed("a date of the wrong length")
    return _text(raw) if Tag.TEXT <= tag < 0x60 else raw


def _with_language(raw: bytes) -> str:
    inner = _Reader(raw)
    inner.sized()
    text = _text(inner.sized())
    if inner.left:
        raise Malformed("text and language do not fill their value")
    return text


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("text that is not UTF-8") from None
