"""The receipt printer's driver against the simulated printer, over a real serial port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import OFFLINE, Health, StatusChanged, Verdict
from drivers.printer.driver import PrintReceipt
from drivers.printer.profile import Fence, Profile
from tests.drivers.conftest import TestInbox
from tests.drivers.printer_bench import Bench, bench_in


@pytest.fixture
def bench(tmp_path: Path, inbox: TestInbox) -> Iterator[Bench]:
    with bench_in(tmp_path, inbox) as bench:
        yield bench


def test_a_document_is_done_when_its_last_line_is_on_paper(bench: Bench) -> None:
    ticket = bench.print(20)
    assert bench.verdict(ticket) is Verdict.DONE
    assert bench.receipts == [bench.lines(20)]
    assert bench.state("complaints") == []


def test_a_document_larger_than_the_printers_memory_comes_out_whole(bench: Bench) -> None:
    ticket = bench.print(500)
    assert bench.verdict(ticket) is Verdict.DONE
    assert bench.receipts == [bench.lines(500)]


def test_done_is_never_said_before_the_knife_fell(bench: Bench) -> None:
    seen: list[bool] = []
    bench.at("line 20", lambda: seen.append(bool(bench.receipts)))
    bench.verdict(bench.print(20))
    assert seen == [False]
    assert len(bench.receipts) == 1


def test_no_paper_before_the_first_byte_is_certain(bench: Bench) -> None:
    bench.do("set paper_mm 0")
    bench.inbox.condition("media-empty")
    finished = bench.inbox.finished(bench.print(3))
    assert (finished.verdict, finished.result) == (Verdict.NOT_DONE, "media-empty")
    bench.do("set paper_mm 50000")
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts == [bench.lines(2, "next")]


def test_an_open_cover_that_nobody_reported_yet_still_stops_the_document(bench: Bench) -> None:
    bench.device.cover_open = True  # no report: the printer's thread sleeps
    finished = bench.inbox.finished(bench.print(3))
    assert (finished.verdict, finished.result) == (Verdict.NOT_DONE, "cover-open")


def test_a_refill_during_a_document_finishes_it_once(bench: Bench) -> None:
    bench.do("set paper_mm 60")
    ticket = bench.print(40)
    bench.inbox.condition("media-empty")
    bench.do("set paper_mm 50000")
    assert bench.verdict(ticket) is Verdict.DONE
    assert bench.receipts == [bench.lines(40)]


def test_a_cover_opened_and_closed_in_mid_document_finishes_it_once(bench: Bench) -> None:
    bench.at("line 5", lambda: bench.do("set cover_open 1"))
    ticket = bench.print(40)
    bench.inbox.condition("cover-open")
    bench.do("set cover_open 0")
    assert bench.verdict(ticket) is Verdict.DONE
    assert bench.receipts == [bench.lines(40)]
    assert bench.inbox.health(Health.READY, after=1)


def test_a_hot_head_cools_and_goes_on(bench: Bench) -> None:
    bench.at("line 5", lambda: bench.do("set head_hot 1"))
    ticket = bench.print(20)
    bench.inbox.condition("head-hot")
    bench.do("set head_hot 0")
    assert bench.verdict(ticket) is Verdict.DONE


def test_a_stuck_knife_is_a_fault_and_the_document_unknown(bench: Bench) -> None:
    bench.at("line 19", lambda: bench.do("set cutter_stuck 1"))
    ticket = bench.print(20, patience_seconds=0.4)
    assert bench.verdict(ticket) is Verdict.UNKNOWN
    assert bench.inbox.condition("cutter-stuck").status.health is Health.FAULT
    assert bench.state("waiting_bytes") < 100  # the knife's order, nothing of the document


def test_paper_low_is_worth_a_call_and_no_more(bench: Bench) -> None:
    bench.do("set paper_mm 1000")
    assert bench.inbox.condition("media-low").status.health is Health.ATTENTION
    assert bench.verdict(bench.print(3)) is Verdict.DONE


def test_a_jam_runs_out_of_patience(bench: Bench) -> None:
    bench.do("set jam_after_mm 20")
    finished = bench.inbox.finished(bench.print(20, patience_seconds=0.4))
    assert (finished.verdict, finished.result) == (Verdict.UNKNOWN, "no-answer")
    assert bench.receipts == []


def test_a_given_up_document_never_comes_out_for_the_next_visitor(bench: Bench) -> None:
    bench.at("line 10", lambda: bench.do("set jam_after_mm 0"))
    assert bench.verdict(bench.print(50, patience_seconds=0.4)) is Verdict.UNKNOWN
    assert bench.state("hanging").count("\n") == 9
    bench.do("set jam_after_mm 100000")
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts == [bench.lines(10), bench.lines(2, "next")]  # cut apart, the rest never printed


def test_half_a_document_falls_as_soon_as_the_knife_can(bench: Bench) -> None:
    """It belongs to whoever still stands there, not to the next visitor."""
    bench.at("line 10", lambda: bench.do("set jam_after_mm 0"))
    assert bench.verdict(bench.print(50, patience_seconds=0.4)) is Verdict.UNKNOWN
    bench.do("set jam_after_mm 100000")
    bench.until(lambda: bench.receipts == [bench.lines(10)])


def test_a_large_document_that_jams_leaves_room_for_the_purge(bench: Bench) -> None:
    bench.do("set jam_after_mm 20")
    assert bench.verdict(bench.print(2000, patience_seconds=0.6)) is Verdict.UNKNOWN
    assert bench.state("waiting_bytes") < 100
    bench.do("set jam_after_mm 100000")
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts[1:] == [bench.lines(2, "next")]


def test_a_cancelled_document_is_unknown_and_gone(bench: Bench) -> None:
    bench.do("set jam_after_mm 20")
    ticket = bench.print(50)
    bench.until(lambda: bench.state("hanging"))
    bench.driver.cancel(ticket)
    finished = bench.inbox.finished(ticket)
    assert (finished.verdict, finished.result) == (Verdict.UNKNOWN, "cancelled")
    assert bench.state("waiting_bytes") < 100


def test_the_end_of_another_document_is_not_ours(bench: Bench) -> None:
    bench.do("set jam_after_mm 20")
    ticket = bench.submit(bench.document(20), patience_seconds=0.6, tag=b"J002")
    bench.until(lambda: bench.state("hanging"))
    bench.do("say 37 22 4a 30 30 31 00")
    assert bench.verdict(ticket) is Verdict.UNKNOWN


def test_a_power_cycle_in_mid_document_is_unknown_and_nothing_more_comes_out(bench: Bench) -> None:
    bench.at("line 10", lambda: bench.do("power_cycle"))
    assert bench.verdict(bench.print(300, patience_seconds=0.8)) is Verdict.UNKNOWN
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts == [bench.lines(10), bench.lines(2, "next")]


def test_a_printer_that_says_only_gs_r_is_believed_behind_the_last_byte(tmp_path: Path, inbox: TestInbox) -> None:
    with bench_in(tmp_path, inbox, Profile(fence=Fence.PAPER_STATUS)) as bench:
        assert bench.verdict(bench.print(20)) is Verdict.DONE
        assert bench.receipts == [bench.lines(20)]
        bench.do("set jam_after_mm 20")
        assert bench.verdict(bench.print(20, patience_seconds=0.4)) is Verdict.UNKNOWN


def test_answers_to_questions_inside_a_picture_belong_to_nobody(bench: Bench) -> None:
    bench.do("set paper_mm 1400")  # low: the stray answers look like an open cover
    bench.inbox.health(Health.ATTENTION)
    before = bench.now()
    questions = b"\x10\x04\x04" * 192
    picture = b"\x1b@\x1dv0\x00" + bytes((72, 0, 8, 0)) + questions + b"\x1dVB\x00"
    assert bench.verdict(bench.submit(picture)) is Verdict.DONE
    assert [event for event in bench.inbox.events[before:] if isinstance(event, StatusChanged)] == []


def test_a_tag_the_printer_could_not_echo_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="four printable"):
        PrintReceipt("visit", "job", b"", b"\x00\x01\x02\x03")


def test_the_first_question_after_a_start_finds_it_offline_or_not(tmp_path: Path, inbox: TestInbox) -> None:
    with bench_in(tmp_path, inbox) as bench:
        bench.do("mute on")
        finished = bench.inbox.finished(bench.print(1))
        assert (finished.verdict, finished.result) == (Verdict.NOT_DONE, "offline")
        assert bench.inbox.health(Health.OFFLINE).status == OFFLINE
