"""The A4 driver and a simulated printer on one fed clock, connected in memory; and small documents."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from drivers.base import Finished, Progress, StatusChanged, Verdict
from drivers.page_printer.driver import PagePrinterDriver, PrintPages
from simulators.page_printer import PagePrinterSimulator
from tests.clock import FedClock
from tests.drivers.conftest import TestInbox

VISIT = "00112233445566aa"
LONG_SECONDS = 600.0  # of fed time; whoever is not done by then hangs


def tiny_pdf(pages: int, mark: str = "SAMPLE") -> bytes:
    """Pages of A4 with one line each."""
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {pages}>>"]
    font = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for i in range(pages):
        text = f"BT /F 24 Tf 72 700 Td ({mark} {i + 1}) Tj ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{font}/Contents {4 + 2 * i} 0 R>>",
        )
        objects.append(f"<</Length {len(text)}>>stream\n{text}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{out.rindex(b'xref')}\n%%EOF".encode()


class PageBench:
    def __init__(self, directory: Path) -> None:
        self.clock = FedClock()
        self.inbox = TestInbox()
        self.printer = PagePrinterSimulator(clock=self.clock)
        self.uri = self.printer.start(directory)
        with self.clock._changed:
            self.clock._known.add(cast(threading.Thread, self.printer.host))
        self.out = directory / "page_printer.out"
        self.start_driver()

    def _dial(self, address: tuple[str, int], pause: Callable[[int], None]) -> socket.socket:
        return self.printer.dial()

    # -- acting ----------------------------------------------------------------------------------

    def do(self, line: str) -> dict[str, Any]:
        facts = self.printer.do(line.split())
        self.clock.settle()
        return facts

    def at(self, moment: str, line: str) -> None:
        """Say the line when the printer comes to that moment."""

        def came(words: str) -> None:
            if words == moment:
                self.printer.do(line.split())

        self.printer.on_moment = came

    def print(self, pages: int = 3, job: str = "job-a", patience_seconds: float = 30.0, pdf: bytes = b"") -> int:
        command = PrintPages(VISIT, job, pdf or tiny_pdf(pages, job), pages, patience_seconds)
        return self.driver.submit(command)

    def verdict(self, ticket: int, seconds: float = LONG_SECONDS) -> tuple[Verdict, Any]:
        assert self.clock.advance_until(lambda: bool(self._finished(ticket)), seconds), "no verdict"
        (finished,) = self._finished(ticket)
        return finished.verdict, finished.result

    def until(self, is_so: Callable[[], bool], seconds: float = LONG_SECONDS) -> None:
        assert self.clock.advance_until(is_so, seconds), self.inbox.events

    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)

    # -- what is so -------------------------------------------------------------------------------

    @property
    def codes(self) -> tuple[str, ...]:
        return self.driver._status.codes if self.driver._status else ("nothing reported",)

    @property
    def sheets(self) -> int:
        """In the output tray; nobody takes them away here."""
        return int(self.printer.state()["output_sheets"])

    @property
    def jobs(self) -> dict[str, str]:
        return {job["name"]: job["state"] for job in self.printer.state()["jobs"]}

    def pages(self, ticket: int) -> list[int]:
        """What was told of the progress."""
        return [e.part for e in self.inbox.events if isinstance(e, Progress) and e.ticket == ticket]

    def _finished(self, ticket: int) -> list[Finished]:
        return [e for e in self.inbox.events if isinstance(e, Finished) and e.ticket == ticket]

    # -- life ---------------------------------------------------------------------------------------

    def start_driver(self) -> None:
        self.driver = PagePrinterDriver("page_printer", self.inbox, self.clock, self.uri, dial=self._dial)
        before = len(self.inbox.events)
        self.clock.run(self.driver)
        self.until(lambda: any(isinstance(event, StatusChanged) for event in self.inbox.events[before:]))

    def end_driver(self) -> None:
        """Time goes on while the driver ends: it may wait for an answer that never comes."""
        self.driver._stopping = True
        self.driver._wake()
        while self.driver.is_alive():
            self.clock.advance(0.1)
        self.driver.stop()


@contextlib.contextmanager
def page_bench(directory: Path) -> Iterator[PageBench]:
    bench = PageBench(directory)
    try:
        yield bench
    finally:
        bench.end_driver()
        bench.printer.stop()
