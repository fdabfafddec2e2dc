"""A card under current, overheard for the technician: which command, how long an answer, which status; never the data.

Not responsible for what the conversation means.
"""

from __future__ import annotations

from collections.abc import Callable

from drivers.card.reader import Contact
from drivers.tape import Direction, Tape


class WatchedContact:
    """Fulfils reader.Contact."""

    def __init__(self, contact: Contact, tape: Tape, check: Callable[[], None]) -> None:
        """`check` is called before each command and raises when the conversation is to end."""
        self._contact, self._tape, self._check = contact, tape, check

    @property
    def is_block_oriented(self) -> bool:
        return self._contact.is_block_oriented

    def transmit(self, command: bytes) -> bytearray:
        self._check()
        self._tape.record(Direction.SENT, command[:5])
        answer = self._contact.transmit(command)
        self._tape.record(Direction.RECEIVED, bytes((len(answer) - 2, *answer[-2:])))
        return answer
