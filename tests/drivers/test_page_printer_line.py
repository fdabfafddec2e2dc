"""A printer that hangs, resets, lies or forgets, at every question it can be asked: no verdict claims too much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Verdict
from tests.drivers.page_bench import PageBench, page_bench

DONE, NOT_DONE, UNKNOWN = Verdict.DONE, Verdict.NOT_DONE, Verdict.UNKNOWN
KINDS = (
    "hang",
    "reset",
    "lost",
    "garbage",
    "truncated",
    "short",
    "wrong-job",
    "wrong-name",
    "wrong-request",
    "http-503",
    "busy",
)
OPERATIONS = ("get-printer-attributes", "validate-job", "print-job", "get-job-attributes", "get-jobs", "cancel-job")
LONGEST_SECONDS = 60.0  # from the fault to the verdict, however the printer hangs


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[PageBench]:
    with page_bench(tmp_path) as made:
        yield made


def is_true(verdict: Verdict, sheets: int, pages: int) -> bool:
    return sheets == {DONE: pages, NOT_DONE: 0}.get(verdict, sheets)


def heals_and_stays_quiet(bench: PageBench) -> bool:
    """The printer comes back within its 2 s, and nothing of what was given up comes out any more."""
    bench.do("online")
    bench.until(lambda: bench.codes == (), 12)
    came = bench.sheets
    bench.wait(60)
    quiet = bench.sheets == came
    return quiet and bench.verdict(bench.print(1, "job-next")) == (DONE, None) and bench.sheets == came + 1


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_before_the_document_is_sent(bench: PageBench, kind: str, operation: str) -> None:
    bench.do(f"fault {kind} at {operation}")
    verdict, _ = bench.verdict(bench.print(3), LONGEST_SECONDS + 10)
    bench.wait(30)  # a sheet that is under way comes out first
    assert is_true(verdict, bench.sheets, 3)
    assert heals_and_stays_quiet(bench)


@pytest.mark.parametrize("operation", ["", *OPERATIONS[3:]])
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_after_the_first_sheet(bench: PageBench, kind: str, operation: str) -> None:
    bench.at("page 1", f"fault {kind} {f'at {operation}' if operation else ''}".strip())
    verdict, _ = bench.verdict(bench.print(3), LONGEST_SECONDS)
    bench.at("never", "online")
    bench.wait(30)
    assert verdict in (DONE, UNKNOWN)
    assert is_true(verdict, bench.sheets, 3)
    assert heals_and_stays_quiet(bench)


@pytest.mark.parametrize("word", ["offline refuse", "offline hang", "offline reset", "unplug"])
def test_a_line_that_breaks_at_the_last_sheet_is_done_only_if_it_comes_back_in_time(
    bench: PageBench, word: str
) -> None:
    bench.at("page 3", word)
    ticket = bench.print(3)
    bench.until(lambda: bench.sheets == 3)
    bench.wait(2)
    bench.do("online")
    bench.do("plug")
    assert bench.verdict(ticket) == (DONE, None)


def test_a_job_whose_acceptance_was_lost_is_found_by_its_name(bench: PageBench) -> None:
    bench.do("fault lost at print-job")
    ticket = bench.print(3)
    assert bench.verdict(ticket) == (DONE, None)
    assert bench.sheets == 3
    assert bench.printer.state()["asked"]["0x0002"] == 1


def test_a_document_goes_out_once_however_the_answer_is_bent(bench: PageBench) -> None:
    for number, kind in enumerate(KINDS, 1):
        bench.do(f"fault {kind} at print-job")
        bench.verdict(bench.print(1, f"job-{kind}"))
        bench.do("online")
        bench.until(lambda: bench.codes == (), 30)
        assert bench.printer.state()["asked"]["0x0002"] == number


def test_a_refusal_by_the_printer_is_surely_not_done(bench: PageBench) -> None:
    bench.do("fault busy at print-job")
    assert bench.verdict(bench.print(3)) == (NOT_DONE, "refused")
    bench.wait(30)
    assert bench.sheets == 0


@pytest.mark.parametrize("kind", ["wrong-job", "wrong-name"])
def test_answers_about_another_job_are_never_taken_for_ours(bench: PageBench, kind: str) -> None:
    bench.do(f"fault {kind} at get-job-attributes")
    verdict, _ = bench.verdict(bench.print(1))
    assert verdict is UNKNOWN


def test_while_the_printer_is_away_documents_are_refused_at_once(bench: PageBench) -> None:
    bench.do("unplug")
    bench.until(lambda: "offline" in bench.codes, 3)
    assert bench.verdict(bench.print(), 1) == (NOT_DONE, "offline")
    bench.do("plug")
    bench.wait(60)
    assert bench.sheets == 0


def test_answers_to_another_question_make_the_printer_useless(bench: PageBench) -> None:
    bench.do("fault wrong-request")
    bench.until(lambda: "offline" in bench.codes, 3)


@pytest.mark.parametrize("later", [0.0, 0.4, 0.9, 1.4, 2.3, 3.2])
@pytest.mark.parametrize("word", ["offline refuse", "offline reset", "offline hang", "unplug"])
def test_a_printer_that_is_back_serves_again_within_two_seconds(bench: PageBench, word: str, later: float) -> None:
    bench.do(word)
    bench.until(lambda: "offline" in bench.codes, 10)
    bench.wait(40 + later)  # long enough for any back-off to grow
    bench.do("online")
    bench.do("plug")
    bench.until(lambda: bench.codes == (), 2.0)


def test_a_printer_that_was_switched_off_and_on_serves_again_within_two_seconds(bench: PageBench) -> None:
    bench.do("set boot_seconds 40")
    bench.do("reboot")
    bench.until(lambda: "offline" in bench.codes, 3)
    bench.until(lambda: bench.codes == (), 42.0)


def test_a_hanging_printer_is_noticed_within_its_deadline(bench: PageBench) -> None:
    bench.do("offline hang")
    bench.until(lambda: "offline" in bench.codes, 6.1)


def test_a_program_that_stops_does_not_wait_for_a_hanging_printer(bench: PageBench) -> None:
    bench.do("offline hang")
    bench.wait(3)  # by now the driver waits for an answer
    began = bench.clock.monotonic()
    bench.end_driver()
    assert bench.clock.monotonic() - began < 1.5
