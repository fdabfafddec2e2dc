"""A printer that gives up, forgets or remembers too much: nobody gets another person's paper."""

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


def test_an_aborted_job_is_not_done_if_no_sheet_came_and_else_unknown(bench: PageBench) -> None:
    assert bench.verdict(bench.print(1, pdf=b"%PDF-1.4 this is no document")) == (NOT_DONE, "aborted")
    assert bench.sheets == 0
    bench.at("page 1", "abort")
    assert bench.verdict(bench.print(3, "job-b")) == (UNKNOWN, "aborted")


def test_an_abort_under_the_first_sheet_waits_for_that_sheet(bench: PageBench) -> None:
    ticket = bench.print(3)
    bench.until(lambda: bench.jobs.get("job-a") == "processing")
    bench.do("abort")
    assert bench.verdict(ticket) == (UNKNOWN, "aborted")
    assert bench.sheets == 1


def test_a_printer_that_says_canceled_too_early_is_not_believed(bench: PageBench) -> None:
    """NOT_DONE would be a lie: the sheet under way comes out two seconds later."""
    bench.do("set cancel_early 1")
    ticket = bench.print(1)
    bench.until(lambda: bench.jobs.get("job-a") == "processing")
    bench.do("abort")
    assert bench.verdict(ticket) == (UNKNOWN, "aborted")
    assert bench.sheets == 1


def test_fewer_sheets_than_pages_are_never_done(bench: PageBench) -> None:
    assert bench.verdict(bench.print(3, pdf=tiny_pdf(2))) == (UNKNOWN, "pages-missing")


@pytest.mark.parametrize("moment", ["page 1", "page 2"])
def test_a_reboot_in_the_middle_is_unknown_and_the_rest_never_comes(bench: PageBench, moment: str) -> None:
    bench.at(moment, "reboot")
    assert bench.verdict(bench.print(3))[0] is UNKNOWN
    came = bench.sheets
    bench.until(lambda: bench.codes == ())
    bench.wait(60)
    assert bench.sheets == came == int(moment[-1])


def test_a_printer_that_forgot_the_job_is_asked_no_further(bench: PageBench) -> None:
    bench.do("set boot_seconds 0.5")
    bench.at("page 1", "reboot")
    assert bench.verdict(bench.print(3), 8) == (UNKNOWN, "vanished")


def test_a_given_up_document_never_comes_out_for_the_next_visitor(bench: PageBench) -> None:
    """The job survives in the printer while the cable is out; what comes back is cleared before it serves."""
    bench.at("page 1", "unplug")
    bench.do("set page_seconds 40")
    assert bench.verdict(bench.print(3))[0] is UNKNOWN
    bench.at("never", "plug")
    bench.do("plug")
    bench.until(lambda: bench.codes == ())
    came = bench.sheets
    assert bench.verdict(bench.print(1, "job-b")) == (DONE, None)
    assert bench.sheets == came + 1
    assert bench.jobs["job-a"] == "canceled"


def test_a_job_that_cannot_be_cancelled_keeps_the_printer_stopped(bench: PageBench) -> None:
    bench.do("set cancel_stuck 1")
    bench.do("jam at 2")
    assert bench.verdict(bench.print(3))[0] is UNKNOWN
    bench.do("jam clear")
    bench.until(lambda: bench.codes == ("job-left",), 10)
    assert bench.verdict(bench.print(1, "job-b")) == (NOT_DONE, "job-left")
    bench.do("set cancel_stuck 0")
    bench.until(lambda: bench.codes == (), 10)
    assert bench.verdict(bench.print(1, "job-c")) == (DONE, None)
    assert bench.sheets == 2


def test_what_an_earlier_run_left_behind_is_cancelled_at_the_start(bench: PageBench) -> None:
    bench.do("set page_seconds 30")
    bench.print(3, "job-of-yesterday")
    bench.until(lambda: bench.sheets == 1)
    bench.do("unplug")
    bench.end_driver()
    bench.do("plug")
    bench.start_driver()
    bench.wait(120)
    assert bench.jobs == {"job-of-yesterday": "canceled"}
    assert bench.sheets <= 2


def test_a_cancelled_task_ends_with_what_is_true(bench: PageBench) -> None:
    ticket = bench.print(3)
    bench.until(lambda: bench.sheets == 1)
    bench.driver.cancel(ticket)
    assert bench.verdict(ticket) == (UNKNOWN, "canceled")
    came = bench.sheets
    bench.wait(60)
    assert bench.sheets == came < 3


def test_stopping_the_program_leaves_nothing_in_the_printer(bench: PageBench) -> None:
    ticket = bench.print(3)
    bench.until(lambda: bench.sheets == 1)
    bench.end_driver()
    assert bench.verdict(ticket)[0] is UNKNOWN
    bench.wait(60)
    assert bench.jobs == {"job-a": "canceled"}
    assert bench.sheets <= 2
