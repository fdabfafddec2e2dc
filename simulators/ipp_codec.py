"""IPP messages as a printer reads and writes them (RFC 8010): bytes to attributes and back.

Written apart from the product's codec on purpose.  Not responsible for what an attribute means.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any, NamedTuple

OPERATION, JOB, END, PRINTER, UNSUPPORTED = 1, 2, 3, 4, 5
FIRST_VALUE_TAG = 0x10
NO_VALUE, INTEGER, BOOLEAN, ENUM = 0x13, 0x21, 0x22, 0x23
DATE_TIME, RESOLUTION, RANGE, BEGIN_COLLECTION = 0x31, 0x32, 0x33, 0x34
TEXT_WITH_LANGUAGE, NAME_WITH_LANGUAGE, END_COLLECTION = 0x35, 0x36, 0x37
TEXT, NAME, KEYWORD, URI, URI_SCHEME = 0x41, 0x42, 0x44, 0x45, 0x46
CHARSET, LANGUAGE, MIME, MEMBER_NAME = 0x47, 0x48, 0x49, 0x4A
FIXED = {INTEGER: ">i", ENUM: ">i", BOOLEAN: ">?", RANGE: ">ii", RESOLUTION: ">iib"}
HEADER = struct.Struct(">BBHi")


class BadMessage(Exception):
    """These bytes are no IPP message."""


class Attribute(NamedTuple):
    name: str
    tag: int
    values: list[Any]


@dataclass
class Group:
    tag: int
    attributes: list[Attribute] = field(default_factory=list)

    def first(self, name: str, default: Any = None) -> Any:
        return next((a.values[0] for a in self.attributes if a.name == name and a.values), default)

    def add(self, name: str, tag: int, *values: Any) -> None:
        self.attributes.append(Attribute(name, tag, list(values)))


@dataclass
class Message:
    version: tuple[int, int]
    code: int  # the operation of a request, the status of an answer
    request_id: int
    groups: list[Group] = field(default_factory=list)
    document: bytes = b""

    def group(self, tag: int) -> Group:
        """The first such group; an empty one if there is none."""
        return next((group for group in self.groups if group.tag == tag), Group(tag))


class Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise BadMessage("the message ends too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def sized(self) -> bytes:
        return self.take(int.from_bytes(self.take(2)))


def decode(data: bytes) -> Message:
    reader = Reader(data)
    major, minor, code, request_id = HEADER.unpack(reader.take(HEADER.size))
    message = Message((major, minor), code, request_id)
    while (tag := reader.take(1)[0]) != END:
        if tag < FIRST_VALUE_TAG:
            message.groups.append(Group(tag))
        elif not message.groups:
            raise BadMessage("an attribute before the first group")
        else:
            _read_value(reader, tag, message.groups[-1])
    message.document = data[reader.at :]
    return message


def _read_value(reader: Reader, tag: int, group: Group) -> None:
    name, raw = reader.sized().decode("ascii", "replace"), reader.sized()
    value = None
    if tag == BEGIN_COLLECTION:
        _skip_collection(reader)
    else:
        value = _value(tag, raw)
    if name:
        group.add(name, tag, value)
    elif group.attributes:
        group.attributes[-1].values.append(value)
    else:
        raise BadMessage("a further value of nothing")


def _value(tag: int, raw: bytes) -> Any:
    if tag in FIXED:
        if len(raw) != struct.calcsize(FIXED[tag]):
            raise BadMessage(f"a value of {len(raw)} bytes with tag {tag:#x}")
        values = struct.unpack(FIXED[tag], raw)
        return values[0] if len(values) == 1 else values
    try:
        return raw if tag == DATE_TIME else raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadMessage("text that is not UTF-8") from None


def _skip_collection(reader: Reader) -> None:
    """This printer has no attribute that is set by a collection; it only has to find the end of one."""
    depth = 1
    while depth:
        tag = reader.take(1)[0]
        reader.sized()
        reader.sized()
        depth += {BEGIN_COLLECTION: 1, END_COLLECTION: -1}.get(tag, 0)


def encode(message: Message) -> bytes:
    out = bytearray(HEADER.pack(*message.version, message.code, message.request_id))
    for group in message.groups:
        out.append(group.tag)
        for name, tag, values in group.attributes:
            for i, value in enumerate(values):
                out += bytes([tag]) + _sized(b"" if i else name.encode()) + _sized(_raw(tag, value))
    out.append(END)
    return bytes(out) + message.document


def _sized(raw: bytes) -> bytes:
    return len(raw).to_bytes(2) + raw


def _raw(tag: int, value: Any) -> bytes:
    if tag in FIXED:
        return struct.pack(FIXED[tag], *(value if isinstance(value, tuple) else (value,)))
    if value is None:
        return b""
    return value if isinstance(value, bytes) else str(value).encode()
