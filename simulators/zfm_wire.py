"""ZFM packets as the module sees them: what comes in is checked as strictly as the manual says, answers go out.

Not responsible for what a command does.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

START = b"\xef\x01"
COMMAND, DATA, ACK, END_OF_DATA = 0x01, 0x02, 0x07, 0x08
HEAD = 9  # start 2, address 4, packet kind 1, length 2
LONGEST_BODY = 256


class Ok(enum.IntEnum):
    """Confirmation codes that this module gives."""

    OK = 0x00
    PACKET_ERROR = 0x01
    NO_FINGER = 0x02
    IMAGE_FAILED = 0x03
    TOO_DRY = 0x04
    TOO_WET = 0x05
    TOO_MESSY = 0x06
    TOO_FEW_POINTS = 0x07
    NO_MATCH = 0x08
    NOT_FOUND = 0x09
    CANNOT_COMBINE = 0x0A
    BEYOND_LIBRARY = 0x0B
    TEMPLATE_UNREADABLE = 0x0C
    NO_TEMPLATE = 0x0D
    NO_IMAGE = 0x0F
    DELETE_FAILED = 0x10
    WRONG_PASSWORD = 0x13
    NO_PRIMARY_IMAGE = 0x15
    RESIDUAL_PRINT = 0x17
    INVALID_REGISTER = 0x1A
    WRONG_REGISTER_CONTENT = 0x1B
    WRONG_NOTEPAD_PAGE = 0x1C
    PASSWORD_NEEDED = 0x21
    SENSOR_FAULT = 0x29
    ECHO = 0x55
    UNSUPPORTED = 0xFC


@dataclass(frozen=True)
class Packet:
    kind: int
    body: bytes
    is_intact: bool


def packet(address: int, kind: int, body: bytes) -> bytes:
    counted = bytes([kind]) + (len(body) + 2).to_bytes(2, "big") + body
    return START + address.to_bytes(4, "big") + counted + (sum(counted) & 0xFFFF).to_bytes(2, "big")


def data_packets(address: int, data: bytes, size: int) -> bytes:
    """`data` cut to the module's packet size; the last piece says that it is the last."""
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    kinds = [DATA] * (len(pieces) - 1) + [END_OF_DATA]
    return b"".join(packet(address, kind, piece) for kind, piece in zip(kinds, pieces, strict=True))


class Receiver:
    """Collects bytes, however torn, into packets to this module's address."""

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def is_amid_packet(self) -> bool:
        return bool(self._held)

    def forget(self) -> None:
        """Give up a half packet."""
        self._held.clear()

    def take(self, data: bytes) -> None:
        self._held += data

    def next(self, address: int) -> Packet | None:
        """The next whole packet; a damaged one is returned as not intact, one for another address is passed over."""
        while self._find_start() and len(self._held) >= HEAD:
            length = int.from_bytes(self._held[7:9], "big")
            if not 3 <= length <= LONGEST_BODY + 2:
                kind = self._held[6]
                del self._held[:HEAD]
                return Packet(kind, b"", is_intact=False)
            if len(self._held) < HEAD + length:
                return None
            whole = bytes(self._held[: HEAD + length])
            del self._held[: HEAD + length]
            if int.from_bytes(whole[2:6], "big") == address:
                is_intact = (sum(whole[6:-2]) & 0xFFFF) == int.from_bytes(whole[-2:], "big")
                return Packet(whole[6], whole[HEAD:-2], is_intact)
        return None

    def _find_start(self) -> bool:
        place = self._held.find(START)
        if place < 0:
            keep = 1 if self._held.endswith(START[:1]) else 0
            del self._held[: len(self._held) - keep]
            return False
        del self._held[:place]
        return True
