"""A receipt printer's driver, its simulator on a real PTY, and the inbox between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from drivers.base import Health, Verdict
from drivers.clock import SystemClock
from drivers.printer.driver import PrinterDriver, PrintReceipt
from drivers.printer.paper import Cut, Text
from drivers.printer.profile import EPSON_80, Profile
from drivers.printer.receipt import encode
from simulators.printer import PrinterSimulator, ReceiptPrinter
from tests.drivers.conftest import PATIENCE_SECONDS, TestInbox

SPEED = 20.0
Value = TypeVar("Value")


class Bench:
    def __init__(self, directory: Path, inbox: TestInbox, profile: Profile = EPSON_80) -> None:
        self.inbox = inbox
        self.profile = profile
        self.printer = PrinterSimulator(SPEED)
        self.path = Path(self.printer.start(directory))
        self.driver = PrinterDriver("printer", inbox, SystemClock(), self.path, profile)
        self.driver.start()
        inbox.health(Health.READY)
        self.until(lambda: self.state("cuts") and not self.state("waiting_bytes"))  # what hung from before is off
        self.tags = 0

    @property
    def device(self) -> ReceiptPrinter:
        return self.printer.device

    @property
    def receipts(self) -> list[str]:
        return list(self.device.receipts)

    def do(self, line: str) -> None:
        self.printer.do(line.split())

    def state(self, name: str) -> Any:
        return self.printer.state()[name]

    def at(self, moment: str, work: Callable[[], object]) -> None:
        """Do something when that line is on paper; the motor's own thread does it."""

        def look(words: str) -> None:
            if words == moment:
                self.printer.on_moment = lambda words: None
                work()

        self.printer.on_moment = look

    def until(self, is_so: Callable[[], object]) -> None:
        """For what the printer does without a word."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < give_up
            time.sleep(0.005)

    def document(self, lines: int, name: str = "line") -> bytes:
        return encode([*(Text(f"{name} {number}") for number in range(lines)), Cut()], self.profile)

    def submit(self, data: bytes, patience_seconds: float = 10.0, tag: bytes = b"") -> int:
        self.tags += 1
        return self.driver.submit(
            PrintReceipt("visit", "job", data, tag or b"J%03d" % self.tags, patience_seconds),
        )

    def print(self, lines: int, patience_seconds: float = 10.0, name: str = "line") -> int:
        return self.submit(self.document(lines, name), patience_seconds)

    def verdict(self, ticket: int) -> Verdict:
        return self.inbox.finished(ticket).verdict

    def now(self) -> int:
        """The number of the next event: what is waited for `after` it is new."""
        return len(self.inbox.events)

    def lines(self, count: int, name: str = "line") -> str:
        return "\n".join(f"{name} {number}" for number in range(count)) + "\n"

    def close(self) -> None:
        self.driver.stop()
        self.printer.stop()


@contextmanager
def bench_in(directory: Path, inbox: TestInbox, profile: Profile = EPSON_80) -> Iterator[Bench]:
    bench = Bench(directory, inbox, profile)
    try:
        yield bench
    finally:
        bench.close()
