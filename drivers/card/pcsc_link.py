"""One card reader behind PC/SC, watched and spoken to so that nothing here can hang or die with pcscd.

pyscard's monitors end for good when pcscd restarts, and SCardTransmit waits for ever on a mute card: hence an own
watcher on the bare calls, and a thread of its own for every card.  Not responsible for what is said to the card.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from smartcard import scard  # type: ignore[import-untyped]

from drivers.base import LinkLost
from drivers.card.reader import CardFault, CardGone, Contact, Slot
from drivers.clock import Clock

SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"
HOTPLUG = "\\\\?PnP?\\Notification"
PRESENT_SLICE_MS = 60_000  # changes end the call at once; the slice only bounds a lost SCardCancel
ABSENT_SECONDS = 0.5
GONE = (scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD)
AWAY = (
    scard.SCARD_E_NO_SERVICE,
    scard.SCARD_E_SERVICE_STOPPED,
    scard.SCARD_F_COMM_ERROR,
    scard.SCARD_E_INVALID_HANDLE,
    scard.SCARD_E_UNKNOWN_READER,
    scard.SCARD_E_READER_UNAVAILABLE,
)
SPARE_SECONDS = 1.0  # to stop a thread


@dataclass(frozen=True)
class ReaderAddress:
    reader: str  # how the reader's name begins
    socket: str = ""  # pcscd's; "" for the machine's own


_used_sockets: set[str] = set()


def use_socket(path: str) -> None:
    """libpcsclite reads this once and keeps it for the life of the process; what was inherited does not count."""
    if not path:
        return
    if _used_sockets - {path}:
        raise LinkLost("this process already speaks to another pcscd")
    _used_sockets.add(path)
    os.environ[SOCKET_VARIABLE] = path


class PcscReader:
    """Fulfils reader.Reader."""

    def __init__(self, address: ReaderAddress, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._name = ""  # as pcscd spells it; "" while away
        self._slot = Slot()
        self._counter = 0  # pcscd's own count of cards in and out
        self._context: int | None = None
        self._stopping = False
        self._changed_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._stop_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._watcher = threading.Thread(target=self._watch, name="driver-card-watch", daemon=True)

    def start(self) -> None:
        use_socket(self._address.socket)
        self._watcher.start()

    def stop(self) -> None:
        self._stopping = True
        os.eventfd_write(self._stop_fd, 1)
        while self._watcher.is_alive():
            if (context := self._context) is not None:
                scard.SCardCancel(context)  # is lost when the watcher is just about to wait: hence again
            self._watcher.join(SPARE_SECONDS / 10)

    def fileno(self) -> int:
        return self._changed_fd

    def drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._changed_fd)

    def look(self) -> Slot:
        if not self._name:
            raise LinkLost(f"no reader {self._address.reader!r}")
        return self._slot

    @contextlib.contextmanager
    def open_card(self, command_seconds: float) -> Iterator[Contact]:
        self.look()
        hand = _Hand(self._clock, command_seconds)
        try:
            hand.open(self._name)
            yield hand
        finally:
            hand.close()

    # -- the watcher's thread -----------------------------------------------------------

    def _watch(self) -> None:
        while not self._stopping:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if code == scard.SCARD_S_SUCCESS:
                self._context = context
                self._follow(context)
                self._context = None
                scard.SCardReleaseContext(context)
            self._tell("", Slot(insertion=self._slot.insertion))
            if not self._stopping:
                self._clock.wait((self._stop_fd,), ABSENT_SECONDS)

    def _follow(self, context: int) -> None:
        """Returns when the service or the reader is lost, or never was."""
        state = scard.SCARD_STATE_UNAWARE
        while not self._stopping:
            _, names = scard.SCardListReaders(context, [])
            name = min((n for n in names or () if n.startswith(self._address.reader)), default="")
            if not name:
                return
            asked = [(name, state), (HOTPLUG, 0)]
            wait = 0 if state == scard.SCARD_STATE_UNAWARE else PRESENT_SLICE_MS
            code, states = scard.SCardGetStatusChange(context, wait, asked)
            if code == scard.SCARD_S_SUCCESS:
                state = self._take(name, states[0][1])
            elif code != scard.SCARD_E_TIMEOUT:
                return

    def _take(self, name: str, event: int) -> int:
        """Keep what the reader says; returns the state to compare with next time."""
        old, now = self._slot, self._clock.monotonic()
        counter = event >> 16
        has_card = bool(event & scard.SCARD_STATE_PRESENT)
        is_new = has_card and (not old.has_card or counter != self._counter)
        self._counter = counter
        slot = Slot(has_card, bool(event & scard.SCARD_STATE_MUTE), old.insertion + is_new, old.since)
        if slot != old:
            # Found there when the reader came: nobody knows how long it has been in.
            slot = replace(slot, since=now if self._name else float("-inf"))
        self._tell(name, slot)
        return event & ~int(scard.SCARD_STATE_CHANGED)

    def _tell(self, name: str, slot: Slot) -> None:
        if (name, slot) != (self._name, self._slot):
            self._name, self._slot = name, slot
            os.eventfd_write(self._changed_fd, 1)


class _Hand(threading.Thread):
    """Holds one card; a mute one hangs this thread and nobody else, until the card is pulled."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__(name="card-hand", daemon=True)
        self._clock, self._seconds = clock, seconds
        self._calls: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._done_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._context = self._card = self._protocol = 0
        self._is_stuck = False
        self._has_failed = False
        self.start()

    @property
    def is_block_oriented(self) -> bool:
        return bool(self._protocol == scard.SCARD_PROTOCOL_T1)

    def open(self, name: str) -> None:
        code, self._context = self._do(lambda: scard.SCardEstablishContext(scard.SCARD_SCOPE_USER))
        _check(code)
        any_protocol = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, self._card, self._protocol = self._do(
            lambda: scard.SCardConnect(self._context, name, scard.SCARD_SHARE_EXCLUSIVE, any_protocol)
        )
        _check(code)

    def transmit(self, command: bytes) -> bytearray:
        code, answer = self._do(lambda: scard.SCardTransmit(self._card, self._protocol, list(command)))
        self._has_failed = code != scard.SCARD_S_SUCCESS or len(answer) < 2
        _check(code)
        if self._has_failed:
            raise CardFault("the card said less than a status word")
        buffer = bytearray(len(answer))  # at once: one that grows leaves copies behind
        for at, byte in enumerate(answer):
            buffer[at] = byte
        return buffer

    def close(self) -> None:
        self._calls.put(None)
        if not self._is_stuck:
            self.join(SPARE_SECONDS)

    def _do(self, call: Callable[[], Any]) -> Any:
        if self._is_stuck:
            raise CardFault("the card is mute")
        self._calls.put(call)
        if not self._clock.wait((self._done_fd,), self._seconds):
            self._is_stuck = True
            raise CardFault("the card did not answer in time")
        os.eventfd_read(self._done_fd)
        return self._answers.get_nowait()

    def run(self) -> None:
        try:
            while call := self._calls.get():
                self._answers.put(call())
                os.eventfd_write(self._done_fd, 1)
        finally:
            if self._card:
                # Taking the current from a card that is gone makes pcscd blind for one that follows within 0.4 s.
                gone = self._has_failed or self._is_stuck
                scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD if gone else scard.SCARD_UNPOWER_CARD)
            if self._context:
                scard.SCardReleaseContext(self._context)
            os.close(self._done_fd)


def _check(code: int) -> None:
    if code == scard.SCARD_S_SUCCESS:
        return
    if code in GONE:
        raise CardGone("the card was taken out")
    if code in AWAY:
        raise LinkLost(f"the reader went away ({code & 0xFFFFFFFF:08X})")
    raise CardFault(f"PC/SC {code & 0xFFFFFFFF:08X}")
