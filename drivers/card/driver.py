"""The card terminal of the kiosk: waits for a card, has an order authorised, sees the card taken.

In Korea the way of card data must be a certified secure reader and the VAN's own module, and a kiosk program may not
see a card number at all.  So the interface here is a payment terminal's (`Authorise` an order, get an `Approval` with
a masked number) and has no place for one; PC/SC with the EMV kernel behind it is one implementation, for simulated
readers, and a driver for the VAN's module takes its place without a change elsewhere.
Not responsible for committing orders nor for reversing them (`host_driver`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drivers.base import Inbox, LinkLost, Status, Task, Verdict
from drivers.card.host_link import BINARY_2, Framing, HostTalk, open_host
from drivers.card.order import Order, Patience
from drivers.card.payment import Approval, Payment, Terminal
from drivers.card.pcsc_link import PcscReader, ReaderAddress
from drivers.card.reader import CardFault, CardGone, Contact, Reader, Slot
from drivers.card.refusal import Refusal
from drivers.card.watched import WatchedContact
from drivers.clock import Clock
from drivers.driver import Driver
from drivers.tape import Tape

__all__ = ["Approval", "Authorise", "AwaitRemoval", "CardDriver"]

LEAVING_SECONDS = 0.6  # pcscd asks its readers every 0.4 s
FIRST_LOOK_SECONDS = 1.0  # for the watcher to find the reader after a start


@dataclass(frozen=True)
class Authorise:
    """DONE: `Approval`.  NOT_DONE: nothing was charged.  UNKNOWN: reverse it."""

    visit: str
    order: Order  # already committed: from here on a power cut may leave it charged
    seconds: float = 60.0  # to present a card


@dataclass(frozen=True)
class AwaitRemoval:
    """DONE once no card is in the reader."""

    visit: str
    seconds: float = 30.0


class CardDriver(Driver[Reader]):
    def __init__(
        self,
        device: str,
        inbox: Inbox,
        clock: Clock,
        reader: str,
        socket: str,
        host: str,
        *,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        framing: Framing = BINARY_2,
        in_place_of_pcsc: Reader | None = None,
    ) -> None:
        """`reader` is how its name begins, `socket` pcscd's ("" for the machine's own), `host` "tcp://HOST:PORT"."""
        super().__init__(device, inbox, clock)
        self.tape = Tape(device, clock)
        self._reader = in_place_of_pcsc or PcscReader(ReaderAddress(reader, socket), clock)
        self._host, self._framing = host, framing
        self._patience = patience
        self._used: tuple[int, str] = (0, "")  # the insertion that was last charged or tried, and for whom

    # -- the driver's contract ------------------------------------------------------------

    def run(self) -> None:
        try:
            self._reader.start()
        except LinkLost as loss:  # there will be no reader in this process, and that has to be known
            self.stay_offline(loss)
            return
        try:
            self.clock.wait((self._reader.fileno(),), FIRST_LOOK_SECONDS)
            super().run()
        finally:
            self._reader.stop()

    @contextlib.contextmanager
    def connect(self) -> Iterator[Reader]:
        self._reader.drain()
        self._reader.look()
        yield self._reader

    def poll(self, talk: Reader) -> Status:
        talk.look()
        return Status()

    def wait_idle(self, talk: Reader, seconds: float | None) -> Status | None:
        self.clock.wait((self.wake_fd, talk.fileno()), seconds)
        talk.drain()
        return None

    def wait_for_return(self, seconds: float) -> None:
        self.clock.wait((self.wake_fd, self._reader.fileno()), seconds)

    def perform(self, talk: Reader, task: Task) -> tuple[Verdict, Any]:
        if isinstance(task.command, AwaitRemoval):
            return self._await_removal(talk, task, task.command.seconds)
        assert isinstance(task.command, Authorise)
        try:
            with contextlib.closing(self._open_host()) as host:
                return self._authorise(talk, task, host)
        except _HostAway:
            return Verdict.NOT_DONE, "host-away"

    # -- paying -----------------------------------------------------------------------------

    def _open_host(self) -> HostTalk:
        """Before a card is asked for: nobody should insert one in vain."""
        try:
            link = open_host(self._host, self.clock, self._patience.connect)
        except LinkLost as loss:
            raise _HostAway(str(loss)) from None
        return HostTalk(link, self.clock, self.wake_fd, self.drain_wake, self._framing)

    def _authorise(self, reader: Reader, task: Task, host: HostTalk) -> tuple[Verdict, Any]:
        if reason := self._await_card(reader, task):
            return Verdict.NOT_DONE, reason
        self.tell(task, "media-presented")
        self._used = (reader.look().insertion, task.command.visit)
        try:
            with reader.open_card(self._patience.command) as contact:
                payment = Payment(self._terminal(task), self._watched(contact, task), task, task.command.order)
                return payment.run(host)
        except Refusal as refusal:
            return Verdict.NOT_DONE, refusal.reason
        except CardFault as fault:
            return Verdict.NOT_DONE, CardGone.reason if self._is_leaving(reader) else fault.reason
        finally:
            self.tell(task, "remove-subject")

    def _is_leaving(self, reader: Reader) -> bool:
        """A pulled card fails first and is seen to be gone a moment later."""
        insertion = self._used[0]
        until = self.clock.monotonic() + LEAVING_SECONDS
        while (slot := reader.look()).has_card and slot.insertion == insertion:
            if not self._wait_for_change(reader, until):
                return False
        return True

    def _await_card(self, reader: Reader, task: Task) -> str:
        """ "" once there is a card of this visit to talk to; else the reason why not."""
        began, told = self.clock.monotonic(), ""
        while True:
            slot = reader.look()
            if over := self._why_over(task):
                return over
            if slot.has_card and self._is_of_this_visit(slot, task, began):
                return CardFault.reason if slot.is_mute else ""
            word = "remove-subject" if slot.has_card else "present-subject"
            if word != told:
                self.tell(task, word)
                told = word
            if not self._wait_for_change(reader, began + task.command.seconds):
                return "timeout"

    def _is_of_this_visit(self, slot: Slot, task: Task, began: float) -> bool:
        """A card that was forgotten by somebody else must come out first: it is not theirs who pay now."""
        if slot.insertion == self._used[0]:
            return bool(self._used[1] == task.command.visit)
        return slot.since >= began - self._patience.fresh

    def _await_removal(self, reader: Reader, task: Task, seconds: float) -> tuple[Verdict, Any]:
        if not reader.look().has_card:
            return Verdict.DONE, None
        until = self.clock.monotonic() + seconds
        self.tell(task, "remove-subject")
        while reader.look().has_card:
            if over := self._why_over(task):
                return Verdict.NOT_DONE, over
            if not self._wait_for_change(reader, until):
                return Verdict.NOT_DONE, "timeout"
        self.tell(task, "media-taken")
        return Verdict.DONE, None

    def _wait_for_change(self, reader: Reader, until: float) -> bool:
        """False when the time is over."""
        left = until - self.clock.monotonic()
        if left <= 0:
            return False
        self.clock.wait((self.wake_fd, reader.fileno()), left)
        self.drain_wake()
        reader.drain()
        return True

    def _why_over(self, task: Task) -> str:
        if task.cancelled:
            return "cancelled"
        return "stopping" if self._stopping else ""

    def _terminal(self, task: Task) -> Terminal:
        return Terminal(
            patience=self._patience,
            now=self.clock.now,
            open_host=self._open_host,
            is_stopping=lambda: self._stopping,
            on_authorising=lambda: self.tell(task, "authorising"),
        )

    def _watched(self, contact: Contact, task: Task) -> WatchedContact:
        deadline = self.clock.monotonic() + self._patience.chip

        def check() -> None:
            if task.touched:
                return  # the host was asked: the chip has to hear the answer
            if over := self._why_over(task):
                raise Refusal(over)
            if self.clock.monotonic() > deadline:
                raise CardFault("the chip takes too long")

        return WatchedContact(contact, self.tape, check)


class _HostAway(LinkLost):
    """Surely not asked."""
