"""The receipt printer between documents, under a fed clock: how often it is asked, and what is heard unasked."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from drivers.base import Health, StatusChanged, Verdict
from drivers.printer.driver import PrinterDriver, PrintReceipt
from drivers.printer.paper import Cut, Text
from drivers.printer.profile import EPSON_80
from drivers.printer.receipt import encode
from simulators.printer import PrinterInMemory, ReceiptPrinter
from tests.clock import FedClock
from tests.drivers.conftest import TestInbox
from tests.memory import memory_opener

QUESTION = "> 10 04 01"


class FedBench:
    def __init__(self, inbox: TestInbox) -> None:
        self.inbox = inbox
        self.clock = FedClock()
        self.device = ReceiptPrinter()
        self.host = PrinterInMemory(self.device, "printer", clock=self.clock)
        self.driver = PrinterDriver(
            "printer", inbox, self.clock, "/nowhere/printer", open_link=memory_opener(self.host)
        )
        self.host.start()
        self.driver.start()
        while not self.is_ready():  # a thread that never waited yet is unknown to the clock
            self.clock.advance(0.01)
        self.clock.advance(5.0)

    def is_ready(self) -> bool:
        return any(isinstance(e, StatusChanged) and e.status.health is Health.READY for e in self.inbox.events)

    def polls(self) -> int:
        return sum(QUESTION in line for line in self.driver.tape.dump())

    def close(self) -> None:
        """Whoever waits for an answer needs time to give up."""
        stopping = threading.Thread(target=self.driver.stop)
        stopping.start()
        while self.driver.is_alive():
            self.clock.advance(0.5)
        stopping.join()
        self.host.stop()


@pytest.fixture
def bench(inbox: TestInbox) -> Iterator[FedBench]:
    bench = FedBench(inbox)
    yield bench
    bench.close()


def test_an_idle_printer_is_asked_once_in_five_seconds(bench: FedBench) -> None:
    before = bench.polls()
    bench.clock.advance(60.0)
    assert 11 <= bench.polls() - before <= 12


def test_a_change_is_heard_at_once_and_said_once(bench: FedBench) -> None:
    said = len(bench.inbox.events)
    bench.host.do(["set", "cover_open", "1"])
    bench.clock.advance(0.1)
    (event,) = bench.inbox.events[said:]
    bench.clock.advance(30.0)
    assert bench.inbox.events[said:] == [event]
    assert isinstance(event, StatusChanged)
    assert event.status.codes == ("cover-open",)


def test_one_altered_byte_is_no_alarm(bench: FedBench, monkeypatch: pytest.MonkeyPatch) -> None:
    said, true_answer = len(bench.inbox.events), bench.device.sensors.answer
    altered = iter([b"\x16"])
    monkeypatch.setattr(
        bench.device.sensors, "answer", lambda kind: next(altered, b"\x12") if kind == 2 else true_answer(kind)
    )
    bench.clock.advance(20.0)
    assert next(altered, None) is None
    assert bench.inbox.events[said:] == []


def test_a_printer_that_lost_its_power_reports_again_after_the_next_question(bench: FedBench) -> None:
    bench.host.do(["power_cycle"])
    bench.clock.advance(20.0)
    said = len(bench.inbox.events)
    bench.host.do(["set", "cover_open", "1"])
    bench.clock.advance(0.1)
    assert len(bench.inbox.events) == said + 1


def test_a_printer_stopped_for_a_day_is_not_filled_up_with_questions(bench: FedBench) -> None:
    bench.host.do(["set", "paper_mm", "0"])
    bench.clock.advance(3600.0)
    assert bench.device.engine.waiting_bytes < 3000
    bench.host.do(["set", "paper_mm", "50000"])
    bench.clock.advance(1.0)
    assert bench.is_ready()
    ticket = bench.driver.submit(PrintReceipt("visit", "job", encode([Text("a"), Cut()], EPSON_80), b"J001"))
    bench.clock.advance(3.0)
    assert bench.inbox.finished(ticket).verdict is Verdict.DONE
    assert bench.device.receipts == ["a\n"]


def test_a_document_ends_after_the_motors_time_and_no_later(bench: FedBench) -> None:
    data = encode([*(Text("가나다라마바사") for _ in range(40)), Cut()], EPSON_80)
    since, moved = bench.clock.monotonic(), bench.device.engine.moving_seconds
    ticket = bench.driver.submit(PrintReceipt("visit", "job", data, b"J001"))
    assert bench.clock.advance_until(lambda: bool(bench.inbox.words(ticket) or len(bench.device.receipts)), 10.0)
    bench.clock.settle()
    assert bench.clock.advance_until(lambda: any(getattr(e, "ticket", 0) == ticket for e in bench.inbox.events), 1.0)
    motor = bench.device.engine.moving_seconds - moved
    assert bench.clock.monotonic() - since < motor + 0.1  # the line brings bytes faster than the motor turns
