"""What the kiosk and the clerk say to each other, and its spelling: four bytes of length, then msgpack.

Not responsible for processes or sockets' lives.  A `__repr__` here never shows what a person typed or is.
"""

from __future__ import annotations

import struct
from typing import Any

import msgspec

MAX_MESSAGE = 32 * 1024 * 1024
HEAD = struct.Struct(">I")


class BadMessage(Exception):
    """The other side sent what is no message of ours."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


# -- kiosk to clerk ------------------------------------------------------------------------


class Begin(Message, frozen=True, tag="begin"):
    """First words after the spawn; nothing of it is on a command line or in the environment."""

    key: bytes
    url: str
    ca: str
    seal_keys: str
    sample: bool
    soft_seconds: float
    hard_seconds: float
    warm: bool  # an errand needs no typesetting


class Open(Message, frozen=True, tag="open"):
    visit: str


class Identify(Message, frozen=True, tag="identify"):
    """Views, so that no copy is left behind in the kiosk."""

    rrn: memoryview
    template: memoryview
    format: str


class Fetch(Message, frozen=True, tag="fetch"):
    document: str
    options: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...] = ()
    won: int | None = None  # the fee to print on the form; None prints none
    waived_for: tuple[str, ...] = ()  # groups for which this document is free


class Tell(Message, frozen=True, tag="tell"):
    number: str
    outcome: str  # done, void, unknown


class Probe(Message, frozen=True, tag="probe"):
    """Is the agency there?  Asked without a visit."""


# -- clerk to kiosk ------------------------------------------------------------------------


class Ready(Message, frozen=True, tag="ready"):
    pass


class Identified(Message, frozen=True, tag="identified"):
    subject_hash: str
    live: bool


class NotIdentified(Message, frozen=True, tag="not-identified"):
    reason: str  # no-match, not-live, not-registered
    tries_left: int

    def __repr__(self) -> str:
        return f"NotIdentified({self.reason}, {self.tries_left})"


class Fetched(Message, frozen=True, tag="fetched"):
    """A composed paper: plain facts, and the pages sealed for `number`."""

    number: str
    document: str
    pages: int
    sheets: int
    exempt: tuple[str, ...]
    subject_hash: str
    sha256: str
    sealed: bytes


class Refused(Message, frozen=True, tag="refused"):
    """Nothing to print.  `number` is set when the agency issued a document of ours that now must be void."""

    reason: str
    number: str = ""

    def __repr__(self) -> str:
        return f"Refused({self.reason})"


class Told(Message, frozen=True, tag="told"):
    number: str
    outcome: str


class NotTold(Message, frozen=True, tag="not-told"):
    number: str
    outcome: str
    reason: str  # agency-away, agency-slow, maintenance, conflict, unknown-number, bad-answer, clerk-lost


class Probed(Message, frozen=True, tag="probed"):
    ok: bool


ToClerk = Begin | Open | Identify | Fetch | Tell | Probe
FromClerk = Ready | Identified | NotIdentified | Fetched | Refused | Told | NotTold | Probed

_ENCODER = msgspec.msgpack.Encoder()
TO_CLERK: msgspec.msgpack.Decoder[ToClerk] = msgspec.msgpack.Decoder(ToClerk)
FROM_CLERK: msgspec.msgpack.Decoder[FromClerk] = msgspec.msgpack.Decoder(FromClerk)


def spell(message: ToClerk | FromClerk, room: int = 4096) -> bytearray:
    """The message on the wire.  `room` is taken at once, so that a secret is not left in a buffer grown out of."""
    wire = bytearray(room)
    _ENCODER.encode_into(message, wire, HEAD.size)
    HEAD.pack_into(wire, 0, len(wire) - HEAD.size)
    return wire


class Reader:
    """Takes bytes as they come, gives whole messages."""

    def __init__(self, decoder: msgspec.msgpack.Decoder[Any]) -> None:
        self._decoder = decoder
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """Raises BadMessage."""
        self._buffer += data
        messages = []
        while len(self._buffer) >= HEAD.size:
            length = HEAD.unpack_from(self._buffer)[0]
            if length > MAX_MESSAGE:
                raise BadMessage
            if len(self._buffer) < HEAD.size + length:
                break
            body = bytes(self._buffer[HEAD.size : HEAD.size + length])
            del self._buffer[: HEAD.size + length]
            try:
                messages.append(self._decoder.decode(body))
            except msgspec.DecodeError:
                raise BadMessage from None
        return messages
