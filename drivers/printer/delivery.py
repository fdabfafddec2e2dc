"""One document on its way: what may be sent now, and how much of it the printer has confirmed.

A printer that stops keeps what it was sent (about 4 kB) and then holds the line, so that not even a purge reaches
it.  Hence never more than `WINDOW_BYTES` stay unconfirmed: behind each checkpoint in the data the printer's echo is
awaited, in order.  Not responsible for time, nor for what follows from a failure.
"""

from __future__ import annotations

import re
from collections import deque

from drivers.printer import protocol
from drivers.printer.profile import Fence
from drivers.printer.protocol import Echo, PaperStatus, Reply

WINDOW_BYTES = 3072
PIECE_BYTES = 512
ECHOES = 3  # the last fence is put so often: each echo alone proves the paper, and noise may eat one
CHECKPOINT = re.compile(re.escape(protocol.FENCE) + rb"~\d{3}")


class Delivery:
    def __init__(self, data: bytes, tag: bytes, kind: Fence) -> None:
        self._kind = kind
        self._stretches = deque(self._split(data, tag))
        self._unsent = b""
        self._awaited: deque[tuple[bytes, int]] = deque()  # tags that went out, and how many bytes each confirms
        self.sent_bytes = 0

    def _split(self, data: bytes, tag: bytes) -> list[tuple[bytes, bytes]]:
        """Stretches of data with the tag that ends each."""
        stretches, start = [], 0
        for match in CHECKPOINT.finditer(data):
            stretches.append((data[start : match.end()], match[0][-protocol.TAG_BYTES :]))
            start = match.end()
        end = protocol.fence(tag) * ECHOES if self._kind is Fence.PROCESS_ID else protocol.PAPER_STATUS
        return [*stretches, (data[start:] + end, tag)]

    @property
    def piece(self) -> bytes:
        """What may be sent now; empty while the printer has to catch up."""
        if not self._unsent and self._stretches:
            data, tag = self._stretches[0]
            waiting = sum(count for _, count in self._awaited)
            if not waiting or waiting + len(data) <= WINDOW_BYTES:
                self._stretches.popleft()
                self._unsent = data
                self._awaited.append((tag, len(data)))
        return self._unsent[:PIECE_BYTES]

    def took(self, count: int) -> None:
        self._unsent = self._unsent[count:]
        self.sent_bytes += count

    @property
    def is_all_sent(self) -> bool:
        return not self._unsent and not self._stretches

    @property
    def is_confirmed(self) -> bool:
        """The printer said that the last byte is on paper."""
        return self.is_all_sent and not self._awaited

    def heed(self, reply: Reply) -> None:
        match reply, self._kind:
            case Echo(tag), Fence.PROCESS_ID if self._awaited and tag == self._awaited[0][0]:
                if not (self._unsent and len(self._awaited) == 1):
                    self._awaited.popleft()
            case PaperStatus(value), Fence.PAPER_STATUS if self.is_all_sent and not value & 0x0C:
                self._awaited.clear()
