"""ISO 8583 (1987) as our invented VAN writes it: ASCII fields, hexadecimal bitmaps, binary chip data, EUC-KR texts.

Strict both ways; what does not fit raises Malformed.  Written from the standard, apart from the product's library.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# field: (digits of its length prefix, most or exact length, kind)
FIELDS: dict[int, tuple[int, int, str]] = {
    2: (2, 19, "n"),
    3: (0, 6, "n"),
    4: (0, 12, "n"),
    7: (0, 10, "n"),
    11: (0, 6, "n"),
    12: (0, 6, "n"),
    13: (0, 4, "n"),
    22: (0, 3, "n"),
    23: (0, 3, "n"),
    25: (0, 2, "n"),
    35: (2, 37, "z"),
    37: (0, 12, "an"),
    38: (0, 6, "an"),
    39: (0, 2, "an"),
    41: (0, 8, "ans"),
    42: (0, 15, "ans"),
    49: (0, 3, "n"),
    55: (3, 255, "b"),
    63: (3, 200, "k"),
    70: (0, 3, "n"),
    90: (0, 42, "n"),
    95: (0, 42, "ans"),
}


class Malformed(Exception):
    pass


@dataclass
class Message:
    mti: str
    fields: dict[int, str] = field(default_factory=dict)  # 55 as hex

    def __getitem__(self, number: int) -> str:
        return self.fields.get(number, "")


def parse(frame: bytes) -> Message:
    """One message without its length header."""
    mti, at = _text(frame, 0, 4), 4
    bits, at = _bitmap(frame, at)
    message = Message(mti)
    for number in bits:
        prefix, length, kind = _known(number)
        if prefix:
            said, at = _text(frame, at, prefix), at + prefix
            if not said.isdigit() or int(said) > length:
                raise Malformed(f"length of field {number}")
            length = int(said)
        data, at = frame[at : at + length], at + length
        if at > len(frame):
            raise Malformed(f"ends within field {number}")
        message.fields[number] = _decoded(number, kind, data)
    if at != len(frame):
        raise Malformed("bytes behind the last field")
    return message


def build(message: Message) -> bytes:
    numbers = sorted(message.fields)
    bits = sum(1 << (128 - number) for number in numbers)
    bitmap = f"{bits | 1 << 127:032X}" if numbers[-1] > 64 else f"{bits >> 64:016X}"
    body = b"".join(_encoded(number, message.fields[number]) for number in numbers)
    return message.mti.encode() + bitmap.encode() + body


def _bitmap(frame: bytes, at: int) -> tuple[list[int], int]:
    try:
        bits = int(_text(frame, at, 16), 16)
        if bits >> 63:
            bits = bits << 64 | int(_text(frame, at + 16, 16), 16)
            return [n for n in range(2, 129) if bits >> (128 - n) & 1], at + 32
    except ValueError:
        raise Malformed("bitmap") from None
    return [n for n in range(2, 65) if bits >> (64 - n) & 1], at + 16


def _known(number: int) -> tuple[int, int, str]:
    if number not in FIELDS:
        raise Malformed(f"field {number} is not agreed")
    return FIELDS[number]


def _text(frame: bytes, at: int, length: int) -> str:
    piece = frame[at : at + length]
    if len(piece) != length or not piece.isascii():
        raise Malformed(f"text at {at}")
    return piece.decode("ascii")


def _decoded(number: int, kind: str, data: bytes) -> str:
    if kind == "b":
        return data.hex().upper()
    try:
        text = data.decode("cp949" if kind == "k" else "ascii")
    except UnicodeDecodeError:
        raise Malformed(f"field {number} is no {kind}") from None
    right = {"n": text.isdigit(), "an": text.isalnum(), "z": all(c in "0123456789D=" for c in text)}
    if not right.get(kind, True):
        raise Malformed(f"field {number} is no {kind}")
    return text


def _encoded(number: int, value: str) -> bytes:
    prefix, length, kind = _known(number)
    data = bytes.fromhex(value) if kind == "b" else value.encode("cp949" if kind == "k" else "ascii")
    assert len(data) <= length, f"field {number}"
    assert prefix or len(data) == length, f"field {number}"
    return (f"{len(data):0{prefix}d}".encode() if prefix else b"") + data
