"""The A4 driver over a real network socket, in real time, with a printer that runs fast."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Health, LinkLost, Verdict
from drivers.clock import SystemClock
from drivers.page_printer.driver import PagePrinterDriver, PrintPages
from drivers.page_printer.ipp_link import IppLink
from drivers.tape import Tape
from simulators.page_printer import PagePrinterSimulator
from tests.drivers.conftest import TestInbox
from tests.drivers.page_bench import VISIT, tiny_pdf

SPEED = 20


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[PagePrinterSimulator]:
    made = PagePrinterSimulator(SPEED)
    made.start(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def driver(printer: PagePrinterSimulator, inbox: TestInbox) -> Iterator[PagePrinterDriver]:
    assert printer.host
    made = PagePrinterDriver("page_printer", inbox, SystemClock(), printer.host.uris.printer)
    made.start()
    inbox.health(Health.READY)
    yield made
    made.stop()


def test_three_pages_come_out_and_the_first_byte_leaves_at_once(
    driver: PagePrinterDriver, printer: PagePrinterSimulator, inbox: TestInbox
) -> None:
    began = time.monotonic()
    ticket = driver.submit(PrintPages(VISIT, "job-a", tiny_pdf(3), 3))
    finished = inbox.finished(ticket)
    assert finished.verdict is Verdict.DONE
    assert inbox.words(ticket) == ["page"] * 3
    state = printer.state()
    assert state["output_sheets"] == 3
    assert state["print_job_at"] - began < 0.25  # 5 ms here; the machine may be busy


def test_a_pulled_cable_is_noticed_and_heals(
    driver: PagePrinterDriver, printer: PagePrinterSimulator, inbox: TestInbox
) -> None:
    printer.do(["unplug"])
    inbox.health(Health.OFFLINE)
    seen = len(inbox.events)
    printer.do(["plug"])
    inbox.health(Health.READY, seen)
    assert inbox.finished(driver.submit(PrintPages(VISIT, "job-a", tiny_pdf(1), 1))).verdict is Verdict.DONE


def test_nothing_of_a_certificate_is_kept_or_logged(
    driver: PagePrinterDriver, inbox: TestInbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    command = PrintPages(VISIT, "job-a", tiny_pdf(1, "KIMSECRET"), 1)
    assert inbox.finished(driver.submit(command)).verdict is Verdict.DONE
    kept = "\n".join(driver.tape.dump())
    assert b"job-a".hex(" ") in kept
    assert b"KIMSECRET".hex(" ") not in kept
    assert "KIMSECRET" not in caplog.text + repr(command)


# -- answers that no printer should give -----------------------------------------------------------------


class LoneServer:
    """Takes one connection after the other and says the same to all."""

    def __init__(self, said: bytes, closes: bool = True) -> None:
        self.requests = 0
        self._said, self._closes = said, closes
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.uri = f"ipp://127.0.0.1:{self._socket.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._serve, name="sim-lone")
        self._kept: list[socket.socket] = []
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            client.recv(65536)
            self.requests += 1
            client.sendall(self._said)
            if self._closes:
                client.close()
            else:
                self._kept.append(client)

    def stop(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()
        for client in self._kept:
            client.close()


def ask(said: bytes, closes: bool = True, seconds: float = 0.3) -> bytes:
    server = LoneServer(said, closes)
    link = IppLink(server.uri, SystemClock(), tape=Tape("page_printer", SystemClock()))
    try:
        return link.call(b"question", b"", seconds)
    finally:
        link.close()
        server.stop()


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer",
        b"HTTP/1.0 200 OK\r\n\r\nanswer",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nans\r\n3\r\nwer\r\n0\r\n\r\n",
    ],
)
def test_every_lawful_way_to_frame_an_answer_is_read(said: bytes) -> None:
    assert ask(said) == b"answer"


@pytest.mark.parametrize(
    ("said", "closes"),
    [
        (b"", True),
        (b"", False),
        (b"\x00\x01\x02garbage\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nanswer", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nanswer", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\nanswer", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nans", True),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", True),
    ],
)
def test_every_other_answer_is_a_lost_link_before_the_deadline(said: bytes, closes: bool) -> None:
    began = time.monotonic()
    with pytest.raises(LinkLost):
        ask(said, closes)
    assert time.monotonic() - began < 5  # the deadline is 0.3 s; the rest is for a busy machine


def test_a_connection_the_printer_closed_meanwhile_is_opened_again() -> None:
    server = LoneServer(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer")
    link = IppLink(server.uri, SystemClock())
    assert [link.call(b"question", b"", 5) for _ in range(3)] == [b"answer"] * 3
    link.close()
    server.stop()


@pytest.mark.parametrize("uri", ["", "http://127.0.0.1/ipp/print", "ipp:///ipp/print", "127.0.0.1:631"])
def test_an_address_that_is_no_printers_is_refused_when_it_is_configured(uri: str) -> None:
    with pytest.raises(ValueError, match="printer address"):
        IppLink(uri, SystemClock())
