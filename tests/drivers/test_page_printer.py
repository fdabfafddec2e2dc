"""Certificates on paper: what the A4 driver promises about every sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Verdict
from tests.drivers.page_bench import PageBench, page_bench, tiny_pdf

DONE, NOT_DONE, UNKNOWN = Verdict.DONE, Verdict.NOT_DONE, Verdict.UNKNOWN


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[PageBench]:
    with page_bench(tmp_path) as made:
        yield made


def test_every_page_is_told_and_the_paper_is_the_document(bench: PageBench) -> None:
    document = tiny_pdf(3)
    ticket = bench.print(3, pdf=document)
    assert bench.verdict(ticket) == (DONE, None)
    assert bench.pages(ticket) == [1, 2, 3]
    assert (bench.out / "job-1.pdf").read_bytes() == document
    assert bench.sheets == 3


def test_done_is_not_said_before_the_last_sheet_is_out(bench: PageBench) -> None:
    ticket = bench.print(3)
    bench.until(lambda: bench.sheets == 2)
    bench.wait(1.9)
    assert not bench._finished(ticket)
    assert bench.verdict(ticket, 1.0) == (DONE, None)


def test_a_reader_is_told_what_waits(bench: PageBench) -> None:
    """A printer that takes its time is not a printer that failed."""
    bench.do("set first_page_seconds 25")
    assert bench.verdict(bench.print(1)) == (DONE, None)


# -- paper, toner, covers ------------------------------------------------------------------------------


def test_an_empty_tray_is_refused_before_anything_is_sent(bench: PageBench) -> None:
    bench.do("empty")
    assert bench.verdict(bench.print()) == (NOT_DONE, "media-empty")
    assert bench.jobs == {}
    bench.do("refill 10")
    bench.wait(30)
    assert bench.sheets == 0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("cover open", "cover-open"),
        ("toner out", "toner-empty"),
        ("jam now", "media-jam"),
        ("set output_sheets 100", "output-area-full"),
    ],
)
def test_what_stops_the_printer_is_known_when_idle_and_refuses_the_next_document(
    bench: PageBench, line: str, code: str
) -> None:
    bench.do(line)
    bench.until(lambda: code in bench.codes, 2.5)
    assert bench.verdict(bench.print()) == (NOT_DONE, code)
    assert bench.jobs == {}


@pytest.mark.parametrize(("line", "code"), [("toner low", "toner-low"), ("set tray_sheets 5", "media-low")])
def test_what_only_wants_attention_prints_all_the_same(bench: PageBench, line: str, code: str) -> None:
    bench.do(line)
    bench.until(lambda: code in bench.codes, 2.5)
    assert bench.verdict(bench.print()) == (DONE, None)


def test_a_refill_while_it_prints_completes_the_document_once(bench: PageBench) -> None:
    bench.do("set tray_sheets 2")
    ticket = bench.print(3)
    bench.until(lambda: bench.pages(ticket) == [1, 2])
    bench.wait(10)
    assert "media-empty" in bench.codes
    bench.do("refill 50")
    assert bench.verdict(ticket) == (DONE, None)
    assert bench.pages(ticket) == [1, 2, 3]
    assert bench.sheets == 3


def test_a_tray_that_stays_empty_is_unknown_and_nothing_comes_after_the_refill(bench: PageBench) -> None:
    bench.do("set tray_sheets 2")
    assert bench.verdict(bench.print(3)) == (UNKNOWN, "media-empty")
    bench.do("refill 50")
    bench.wait(60)
    assert bench.sheets == 2
    assert bench.jobs == {"job-a": "canceled"}


def test_a_tray_that_was_emptied_just_before_the_first_sheet_is_surely_not_done(bench: PageBench) -> None:
    """The look at the printer was ready, the job was taken, and no sheet was drawn in."""
    taking = bench.printer.engine.complete
    bench.printer.engine.complete = lambda *document: (bench.printer.do(["empty"]), taking(*document))  # type: ignore
    assert bench.verdict(bench.print(3)) == (NOT_DONE, "media-empty")
    bench.do("refill 50")
    bench.wait(60)
    assert bench.sheets == 0


def test_a_jam_at_the_second_of_three_is_unknown_and_nothing_more_comes_out(bench: PageBench) -> None:
    bench.do("jam at 2")
    ticket = bench.print(3)
    bench.until(lambda: "media-jam" in bench.codes)
    assert bench.verdict(ticket) == (UNKNOWN, "media-jam")
    assert bench.pages(ticket) == [1]
    assert bench.jobs == {"job-a": "canceled"}
    bench.do("jam clear")
    bench.wait(60)
    assert bench.sheets == 1


def test_a_jam_at_the_first_sheet_is_unknown_for_that_sheet_is_printed_and_somewhere(bench: PageBench) -> None:
    bench.do("jam at 1")
    assert bench.verdict(bench.print(1)) == (UNKNOWN, "media-jam")
    bench.do("jam clear")
    bench.wait(60)
    assert bench.sheets == 0


def test_a_jam_that_is_cleared_in_time_is_done(bench: PageBench) -> None:
    bench.do("jam at 2")
    ticket = bench.print(3)
    bench.until(lambda: "media-jam" in bench.codes)
    bench.do("jam clear")
    assert bench.verdict(ticket) == (DONE, None)
    assert bench.sheets == 3


@pytest.mark.parametrize("line", ["cover open", "toner out", "jam now", "empty"])
def test_trouble_after_the_last_page_changes_nothing(bench: PageBench, line: str) -> None:
    bench.at("page 3", line)
    assert bench.verdict(bench.print(3)) == (DONE, None)
    bench.wait(60)
    assert bench.sheets == 3


@pytest.mark.parametrize("line", ["cover open", "toner out", "jam now", "empty"])
def test_trouble_in_the_middle_is_unknown_with_its_reason(bench: PageBench, line: str) -> None:
    bench.at("page 1", line)
    ticket = bench.print(3)
    verdict, reason = bench.verdict(ticket)
    assert verdict is UNKNOWN
    assert reason in ("cover-open", "toner-empty", "media-jam", "media-empty")
    for remedy in ("cover closed", "toner ok", "jam clear", "refill 50"):
        bench.do(remedy)
    came = bench.sheets
    bench.wait(60)
    assert bench.sheets == came < 3


def test_an_idle_driver_asks_one_question_every_two_seconds_and_sleeps_otherwise(bench: PageBench) -> None:
    asked, slept = bench.printer.state()["asked"]["0x000b"], next(bench.clock._orders)
    bench.wait(60)
    assert bench.printer.state()["asked"]["0x000b"] - asked <= 31
    assert next(bench.clock._orders) - slept <= 31 * 6  # both sides of the line together
