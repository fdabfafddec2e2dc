"""Puts a card model into a vpcd slot: connected is inserted, closed is removed.

Wire (vsmartcard's vpicc): both ways a 2-byte big-endian length and a payload.  One byte from vpcd is a control: 0 off,
1 on, 2 reset (no answer), 4 asks for the ATR.  Anything longer is a C-APDU and gets its R-APDU.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from typing import Protocol

OFF, ON, RESET, ASK_ATR = 0, 1, 2, 4


class Card(Protocol):
    def power(self, is_on: bool) -> None:
        """Contacts got or lost their current; also a reset."""
        ...

    def atr(self) -> bytes:
        """The answer to reset; vpcd takes an empty one for no card."""
        ...

    def answer(self, command: bytes) -> bytes | None:
        """The R-APDU; None for a card that stays mute.  Raises Pulled when somebody takes the card just now."""
        ...


class Pulled(Exception):
    """The card leaves the slot in the middle of a command."""


class Slot(threading.Thread):
    """One card in one slot, until `remove` or until the reader dies."""

    def __init__(self, card: Card, port: int, on_noticed: Callable[[float], None] = lambda seconds: None) -> None:
        """Raises OSError when nobody listens on `port`; `on_noticed` hears how long the reader took to see the card."""
        super().__init__(name="sim-card", daemon=True)
        self._card = card
        self._inserted_at, self._on_noticed = time.monotonic(), on_noticed
        self._line = socket.create_connection(("127.0.0.1", port), 5)
        self._line.settimeout(None)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.start()

    def remove(self) -> None:
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        if self is not threading.current_thread():
            self.join()

    def run(self) -> None:
        with self._line, contextlib.suppress(OSError, Pulled):
            request = self._read(int.from_bytes(self._read(2), "big"))
            self._on_noticed(time.monotonic() - self._inserted_at)
            self._serve(request)
            while True:
                self._serve(self._read(int.from_bytes(self._read(2), "big")))

    def _serve(self, payload: bytes) -> None:
        answer: bytes | None
        if len(payload) > 1:
            answer = self._card.answer(payload)
        elif payload[0] == ASK_ATR:
            answer = self._card.atr()
        else:
            self._card.power(payload[0] != OFF)
            return
        if answer is not None:
            self._line.sendall(len(answer).to_bytes(2, "big") + answer)

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            # vpcd sends length and body apart; without a quick ACK each waits 40 ms for the other.
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = self._line.recv(count - len(data))
            if not piece:
                raise ConnectionError("the reader is gone")
            data += piece
        return data
