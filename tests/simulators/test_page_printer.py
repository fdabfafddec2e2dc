"""The simulated A4 printer is a real one as far as public IPP tests, paper and power can tell."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators import ipp_codec as ipp
from simulators.base import Refused
from simulators.page_printer import PagePrinterSimulator
from tests.clock import FedClock
from tests.drivers.page_bench import tiny_pdf

SUITE = "ipp-1.1.test"
LEAST_PASSED = 25


@pytest.fixture
def clock() -> FedClock:
    return FedClock()


@pytest.fixture
def printer(tmp_path: Path, clock: FedClock) -> Iterator[PagePrinterSimulator]:
    made = PagePrinterSimulator(clock=clock)
    made.start(tmp_path)
    assert made.host
    clock._known.add(made.host)  # from the beginning, not only from its first sleep
    yield made
    made.stop()


def say(printer: PagePrinterSimulator, line: str) -> dict[str, object]:
    return printer.do(line.split())


def queue(printer: PagePrinterSimulator, pages: int = 3, copies: int = 1) -> int:
    """A job straight into the engine, on its own thread."""

    def put() -> int:
        job = printer.engine.create("job-a", "kiosk", copies)
        printer.engine.complete(job, tiny_pdf(pages), pages)
        return job.id

    assert printer.host
    return printer.host.call(put)


def test_the_public_ipp_suite_is_passed(tmp_path: Path) -> None:
    document = tmp_path / "two.pdf"
    document.write_bytes(tiny_pdf(2))
    printer = PagePrinterSimulator(speed=1000)
    uri = printer.start(tmp_path)
    command = ["ipptool", "-tf", str(document), uri, SUITE]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout
    printer.stop()
    assert not re.findall(r".*\[FAIL\].*", said), said
    assert len(re.findall(r"\[PASS\]", said)) >= LEAST_PASSED, said


def test_pages_come_at_the_pace_of_the_engine(printer: PagePrinterSimulator, clock: FedClock) -> None:
    moments: list[str] = []
    printer.on_moment = moments.append
    queue(printer)
    clock.advance(2.9)
    assert printer.state()["output_sheets"] == 0
    clock.advance(0.2)
    assert printer.state()["output_sheets"] == 1
    clock.advance(4)
    assert moments == ["page 1", "page 2", "page 3"]
    assert printer.state()["jobs"][0]["state"] == "completed"
    assert printer.engine.busy_seconds == pytest.approx(7)


def test_what_came_out_is_kept_with_its_facts_and_can_be_seen(
    printer: PagePrinterSimulator, clock: FedClock, tmp_path: Path
) -> None:
    queue(printer)
    clock.advance(60)
    kept = tmp_path / "page_printer.out"
    assert (kept / "job-1.pdf").read_bytes() == tiny_pdf(3)
    facts = json.loads((kept / "job-1.json").read_text(encoding="utf-8"))
    assert [sheet["page"] for sheet in facts["sheets"]] == [1, 2, 3]
    assert facts["sheets"][0]["mm"] == [209.9, 297.0]
    pictures = printer.do(["render", "1"])["pictures"]
    assert [Path(picture).read_bytes()[:4] for picture in pictures] == [b"\x89PNG"] * 3
    with pytest.raises(Refused):
        printer.do(["render", "2"])


def test_of_a_cancelled_job_only_the_sheets_that_came_out_are_kept(
    printer: PagePrinterSimulator, clock: FedClock, tmp_path: Path
) -> None:
    queue(printer)
    clock.advance(3.5)
    assert say(printer, "abort") == {"aborted": 1}
    assert printer.state()["jobs"][0]["state"] == "processing"  # the sheet under way comes out first
    clock.advance(10)
    job = printer.state()["jobs"][0]
    assert (job["state"], job["impressions"]) == ("aborted", 2)
    facts = json.loads((tmp_path / "page_printer.out" / "job-1.json").read_text(encoding="utf-8"))
    assert len(facts["sheets"]) == 2


def test_a_jam_wastes_a_sheet_and_prints_the_page_again_when_cleared(
    printer: PagePrinterSimulator, clock: FedClock
) -> None:
    say(printer, "jam at 2")
    queue(printer)
    clock.advance(60)
    state = printer.state()
    assert (state["printer_state"], state["reasons"]) == (5, ["media-jam-error"])
    assert state["jobs"][0]["state"] == "stopped"
    say(printer, "jam clear")
    clock.advance(60)
    state = printer.state()
    assert (state["output_sheets"], state["wasted_sheets"]) == (3, 1)
    assert state["tray_sheets"] == 250 - 4


def test_an_empty_tray_waits_for_its_refill(printer: PagePrinterSimulator, clock: FedClock) -> None:
    say(printer, "set tray_sheets 1")
    queue(printer)
    clock.advance(60)
    assert printer.state()["reasons"] == ["media-empty-error"]
    say(printer, "refill 9")
    assert "media-low-warning" in printer.state()["reasons"]
    clock.advance(60)
    assert printer.state()["output_sheets"] == 3
    assert say(printer, "take") == {"taken": 3}
    assert printer.state()["output_sheets"] == 0


def test_power_takes_the_jobs_with_it(printer: PagePrinterSimulator, clock: FedClock) -> None:
    queue(printer)
    clock.advance(4)
    say(printer, "reboot")
    clock.advance(60)
    state = printer.state()
    assert (state["jobs"], state["output_sheets"], state["wasted_sheets"]) == ([], 1, 1)


def test_copies_are_counted_sheet_by_sheet(printer: PagePrinterSimulator, clock: FedClock) -> None:
    queue(printer, pages=2, copies=2)
    clock.advance(60)
    assert printer.state()["jobs"][0]["impressions"] == 4


def test_a_document_that_never_comes_is_given_up(printer: PagePrinterSimulator, clock: FedClock) -> None:
    assert printer.host
    job = printer.host.call(lambda: printer.engine.create("job-a", "kiosk"))
    assert printer.state()["jobs"][0]["state"] == "held"
    clock.advance(61)
    assert job.final is not None
    assert printer.state()["jobs"][0]["state"] == "aborted"


@pytest.mark.parametrize(
    "line",
    ["", "jam", "jam at", "jam at 0", "jam at x", "cover", "cover up", "toner blue", "offline", "refill -1",
     "set paper_mm 1", "set tray_sheets x", "fault flood", "fault hang at tea", "render x", "insert coin"],
)  # fmt: skip
def test_unknown_words_are_refused_with_what_would_be_right(printer: PagePrinterSimulator, line: str) -> None:
    with pytest.raises(Refused):
        say(printer, line)


@pytest.mark.parametrize("data", [b"", b"\1\1", b"\2\0\0\x0b\0\0\0\1\x21", b"\2\0\0\x0b\0\0\0\1\1\x21\0\1x\0\1\0\3"])
def test_bytes_that_are_no_ipp_are_refused(data: bytes) -> None:
    with pytest.raises(ipp.BadMessage):
        ipp.decode(data)
