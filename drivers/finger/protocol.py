"""ZFM packets: bytes in, values out.  No port, no clock.

Packet (big-endian): EF 01, address 4, kind 1, length 2 (body + 2), body, sum 2 over kind, length and body.
Templates pass through here, so whatever holds bytes can be wiped and nothing is copied without need.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

START = b"\xef\x01"
ADDRESS = b"\xff\xff\xff\xff"
HEAD_BYTES = 9
SUM_BYTES = 2
LONGEST_BODY = 256
HELD_BYTES = 4096


class Kind(enum.IntEnum):
    COMMAND = 0x01
    DATA = 0x02
    ACK = 0x07
    END_OF_DATA = 0x08


class Command(enum.IntEnum):
    GEN_IMAGE = 0x01
    IMAGE_TO_TEMPLATE = 0x02
    UPLOAD_TEMPLATE = 0x08
    DOWNLOAD_TEMPLATE = 0x09
    READ_PARAMETERS = 0x0F
    VERIFY_PASSWORD = 0x13
    CHECK_SENSOR = 0x36
    LED_ON = 0x50
    LED_OFF = 0x51


class Code(enum.IntEnum):
    """Confirmation codes; those this driver does not tell apart are `OTHER`."""

    OK = 0x00
    PACKET_ERROR = 0x01
    NO_FINGER = 0x02
    IMAGE_FAILED = 0x03
    TOO_DRY = 0x04
    TOO_WET = 0x05
    TOO_MESSY = 0x06
    TOO_FEW_POINTS = 0x07
    WRONG_PASSWORD = 0x13
    NO_PRIMARY_IMAGE = 0x15
    RESIDUAL_PRINT = 0x17
    PASSWORD_NEEDED = 0x21
    SENSOR_FAULT = 0x29
    UNSUPPORTED = 0xFC
    HARDWARE_FAULT = 0xFD
    OTHER = 0xFF

    @classmethod
    def _missing_(cls, value: object) -> Code:
        return cls.OTHER


@dataclass(frozen=True)
class Packet:
    kind: int
    body: bytearray  # the receiver wipes it when it may hold a template


@dataclass(frozen=True)
class Parameters:
    """ReadSysPara: what kind of module this is."""

    capacity: int
    packet_bytes: int


def packet(kind: Kind, body: bytes) -> bytes:
    counted = bytes([kind]) + (len(body) + SUM_BYTES).to_bytes(2, "big") + body
    return START + ADDRESS + counted + (sum(counted) & 0xFFFF).to_bytes(2, "big")


def command(name: Command, parameters: bytes = b"") -> bytes:
    return packet(Kind.COMMAND, bytes([name]) + parameters)


def data_packets(data: bytes, packet_bytes: int) -> bytes:
    """`data` cut to the module's packet size, the last piece marked as the last."""
    pieces = [data[i : i + packet_bytes] for i in range(0, len(data), packet_bytes)]
    kinds = [Kind.DATA] * (len(pieces) - 1) + [Kind.END_OF_DATA]
    return b"".join(packet(kind, piece) for kind, piece in zip(kinds, pieces, strict=True))


def read_parameters(body: bytes | bytearray) -> Parameters:
    """The 16 bytes behind the code; ValueError if they cannot be."""
    if len(body) < 16 or body[13] > 3:
        raise ValueError("not the parameters of a ZFM module")
    return Parameters(capacity=int.from_bytes(body[4:6], "big"), packet_bytes=32 << body[13])


class Unframer:
    """Finds whole packets in what came over the line, and its feet again after garbage.

    One buffer of fixed size, so that no template lies about in memory that was given back.
    """

    def __init__(self) -> None:
        self._buffer = bytearray(HELD_BYTES)
        self._start = self._end = 0

    def space(self) -> memoryview:
        """Where the next bytes go; say with `took` how many came.  Never empty."""
        self._compact()
        if self._end == HELD_BYTES:  # a babbling line: nothing in there became a packet
            self.wipe()
        return memoryview(self._buffer)[self._end :]

    def took(self, count: int) -> None:
        self._end += count

    def feed(self, data: bytes) -> None:
        """`data` of at most what `space` offers."""
        self.space()[: len(data)] = data
        self.took(len(data))

    def next(self) -> Packet | None:
        while self._find_start() and self._end - self._start >= HEAD_BYTES:
            begin = self._start
            body_end = begin + HEAD_BYTES + self._body_bytes(begin)
            end = body_end + SUM_BYTES
            if not self._is_plausible(begin):
                self._start += len(START)  # the start was part of the garbage: look again behind it
            elif end > self._end:
                return None
            elif self._sum(begin, body_end) == int.from_bytes(self._buffer[body_end:end], "big"):
                self._start = end
                return Packet(self._buffer[begin + 6], self._buffer[begin + HEAD_BYTES : body_end])
            else:
                self._start += len(START)
        return None

    def wipe(self) -> None:
        """Forget everything, also packets already handed out."""
        self._buffer[:] = bytes(HELD_BYTES)
        self._start = self._end = 0

    def _body_bytes(self, begin: int) -> int:
        return int.from_bytes(self._buffer[begin + 7 : begin + 9], "big") - SUM_BYTES

    def _is_plausible(self, begin: int) -> bool:
        is_ours = self._buffer[begin + 2 : begin + 6] == ADDRESS
        return is_ours and 1 <= self._body_bytes(begin) <= LONGEST_BODY

    def _sum(self, begin: int, body_end: int) -> int:
        return sum(memoryview(self._buffer)[begin + 6 : body_end]) & 0xFFFF

    def _find_start(self) -> bool:
        place = self._buffer.find(START, self._start, self._end)
        if place >= 0:
            self._start = place
            return True
        half = self._end > self._start and self._buffer[self._end - 1] == START[0]
        self._start = self._end - 1 if half else self._end
        return False

    def _compact(self) -> None:
        held = self._end - self._start
        self._buffer[:held] = self._buffer[self._start : self._end]
        self._buffer[held : self._end] = bytes(self._end - held)
        self._start, self._end = 0, held
