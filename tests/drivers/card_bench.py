"""A card terminal on the bench: a reader (the real pcscd, or one in memory), a payment host, and the two drivers."""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from drivers.base import Finished, Progress, StatusChanged, Verdict
from drivers.card.driver import Authorise, AwaitRemoval, CardDriver
from drivers.card.host_driver import PaymentHostDriver, Reverse
from drivers.card.order import Order, Patience
from drivers.card.reader import CardGone, Contact, Slot
from drivers.clock import SystemClock
from simulators.card import BreakableCard, CardSimulator
from simulators.emv_issuer import SPECIAL_CARDS, card_of
from simulators.payment_host import PaymentHostSimulator
from simulators.vpicc import Pulled
from tests.drivers.conftest import TestInbox

AT = datetime(2021, 3, 2, 10, 0, tzinfo=timezone(timedelta(hours=9)))
TERMINAL, MERCHANT = "SG000002", "0000000000"
QUICK = Patience(command=0.6, chip=5.0, connect=2.0, answer=0.5, echo=0.5)
numbers = itertools.count(1)


def an_order(won: int = 1000) -> Order:
    number = next(numbers)
    return Order(f"TEST{number:08d}", number, AT, won, TERMINAL, MERCHANT)


@functools.cache
def real_reader() -> tuple[CardSimulator, dict[str, str]]:
    """One pcscd for the whole process, because libpcsclite never forgets the first socket it used."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-card-"))
    simulator = CardSimulator()
    address = simulator.start(folder)
    atexit.register(shutil.rmtree, folder)
    atexit.register(simulator.stop)
    return simulator, address


class MemoryReader:
    """A reader without pcscd, for when only the conversation matters; fulfils reader.Reader and Contact."""

    is_block_oriented = False

    def __init__(self) -> None:
        self.card: BreakableCard | None = None
        self._slot = Slot()
        self._changed = os.eventfd(0, os.EFD_NONBLOCK)

    def insert(self, card: BreakableCard) -> None:
        self.card = card
        self._move(has_card=True)

    def remove(self) -> None:
        self._move(has_card=False)

    def _move(self, has_card: bool) -> None:
        insertion = self._slot.insertion + has_card
        self._slot = Slot(has_card, insertion=insertion, since=SystemClock().monotonic())
        os.eventfd_write(self._changed, 1)

    def start(self) -> None:
        os.eventfd_write(self._changed, 1)

    def stop(self) -> None:
        os.close(self._changed)

    def fileno(self) -> int:
        return self._changed

    def drain(self) -> None:
        with suppress(BlockingIOError):
            os.eventfd_read(self._changed)

    def look(self) -> Slot:
        return self._slot

    @contextmanager
    def open_card(self, command_seconds: float) -> Iterator[Contact]:
        assert self.card
        self.card.power(True)
        yield self

    def transmit(self, command: bytes) -> bytearray:
        assert self.card
        if self._slot.has_card:
            with suppress(Pulled):
                return bytearray(self.card.answer(command) or b"")
            self.remove()
        raise CardGone("the card was taken out")


class CardBench:
    """`with CardBench(inbox) as bench: bench.pay("hong")`; in memory unless `is_real`."""

    def __init__(self, inbox: TestInbox, is_real: bool = False, patience: Patience = QUICK) -> None:
        self.inbox, self.is_real = inbox, is_real
        self.host = PaymentHostSimulator()
        address = self.host.start(Path())
        clock, self.memory = SystemClock(), MemoryReader()
        where = {"reader": "", "socket": ""}
        if is_real:
            self.simulator, where = real_reader()
        self.card = CardDriver(
            "card",
            inbox,
            clock,
            where["reader"],
            where["socket"],
            address,
            patience=patience,
            in_place_of_pcsc=None if is_real else self.memory,
        )
        self.line = PaymentHostDriver("payment_host", inbox, clock, address, TERMINAL, patience=patience)

    def __enter__(self) -> CardBench:
        self.card.start()
        self.line.start()
        self.ready("card")
        self.ready("payment_host")
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self.is_real:
            self.say("remove")
            self.say("slow 0")
            if not self.simulator.state()["reader"]:
                self.say("plug")
        self.card.stop()
        self.line.stop()
        self.host.stop()

    def ready(self, device: str, after: int = 0) -> None:
        self.inbox.wait_for(StatusChanged, lambda e: e.device == device and not e.status.conditions, after)

    def offline(self, device: str, after: int = 0) -> None:
        self.inbox.wait_for(StatusChanged, lambda e: e.device == device and "offline" in e.status.codes, after)

    def say(self, line: str) -> dict[str, Any]:
        return self.simulator.do(line.split())

    def insert(self, kind: str, pull_at: int = 0) -> None:
        if self.is_real:
            if pull_at:
                self.say(f"remove at {pull_at} apdu")
            self.say(f"insert {kind}")
        else:
            card = BreakableCard(SPECIAL_CARDS.get(kind) or card_of(kind))
            card.pull_at = pull_at
            self.memory.insert(card)

    def remove(self) -> None:
        if self.is_real:
            self.say("remove")
        else:
            self.memory.remove()

    def take_out(self) -> None:
        """Remove the card, and wait until the reader has noticed."""
        self.remove()
        assert self.finished(self.card.submit(AwaitRemoval("visit-1"))).verdict is Verdict.DONE

    @staticmethod
    def command(order: Order, visit: str = "visit-1", seconds: float = 10.0) -> Authorise:
        return Authorise(visit, order, seconds)

    def authorise(self, order: Order, visit: str = "visit-1", seconds: float = 10.0) -> int:
        """Returns the ticket once the kiosk asks for a card."""
        ticket = self.card.submit(self.command(order, visit, seconds))
        self.inbox.wait_for(Progress, lambda e: e.ticket == ticket and e.word == "present-subject")
        return ticket

    def pay(self, kind: str, order: Order | None = None, pull_at: int = 0) -> Finished:
        ticket = self.authorise(order or an_order())
        self.insert(kind, pull_at)
        return self.finished(ticket)

    def finished(self, ticket: int, device: str = "card") -> Finished:
        return self.inbox.wait_for(Finished, lambda e: (e.device, e.ticket) == (device, ticket))

    def reverse(self, order: Order, kept_won: int = 0, attempt: int = 0) -> Finished:
        return self.finished(self.line.submit(Reverse("visit-1", order, kept_won, attempt)), "payment_host")

    def entry(self, order: Order) -> dict[str, Any]:
        return next(e for e in self.host.state()["ledger"] if e["order"] == order.order_id)
