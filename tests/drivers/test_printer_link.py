"""The receipt printer's line: pulled, noisy, slow, silent, stalled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import OFFLINE, Health, StatusChanged, Verdict
from tests.drivers.conftest import TestInbox
from tests.drivers.printer_bench import Bench, bench_in


@pytest.fixture
def bench(tmp_path: Path, inbox: TestInbox) -> Iterator[Bench]:
    with bench_in(tmp_path, inbox) as bench:
        yield bench


def test_nobody_waits_for_an_absent_printer(bench: Bench) -> None:
    bench.do("unplug")
    bench.inbox.health(Health.OFFLINE)
    finished = bench.inbox.finished(bench.print(2))
    assert (finished.verdict, finished.result) == (Verdict.NOT_DONE, "offline")
    before = bench.now()
    bench.do("plug")
    bench.inbox.health(Health.READY, after=before)
    assert bench.receipts == []


def test_a_printer_that_comes_back_is_ready_within_a_second(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.driver.RETRY_SECONDS", (30.0,))  # however long it had been away
    bench.do("unplug")
    bench.inbox.health(Health.OFFLINE)
    before, since = bench.now(), time.monotonic()
    bench.do("plug")
    bench.inbox.health(Health.READY, after=before)
    assert time.monotonic() - since < 1.0


def test_unplugging_in_mid_document_is_unknown_and_heals_by_itself(bench: Bench) -> None:
    bench.at("line 10", lambda: bench.do("unplug"))
    assert bench.verdict(bench.print(500)) is Verdict.UNKNOWN
    assert bench.inbox.health(Health.OFFLINE).status == OFFLINE
    before = bench.now()
    bench.do("plug")
    bench.inbox.health(Health.READY, after=before)
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts[-1] == bench.lines(2, "next")
    assert "line 499" not in "".join(bench.receipts)


def test_unplugging_behind_the_last_byte_and_before_the_echo_is_unknown(bench: Bench) -> None:
    """The paper may well be out; nobody heard it."""
    bench.device.engine.on_cut = lambda strip: bench.do("unplug")
    assert bench.verdict(bench.print(20)) is Verdict.UNKNOWN
    assert bench.state("cuts") == 2


def test_unplugging_before_the_first_line_prints_nothing_later(bench: Bench) -> None:
    bench.do("set jam_after_mm 0")  # the motor stands; the bytes are in the printer
    ticket = bench.print(20)
    bench.until(lambda: bench.state("waiting_bytes") > 100)
    bench.do("unplug")
    assert bench.verdict(ticket) is Verdict.UNKNOWN
    before = bench.now()
    bench.do("plug")
    bench.inbox.health(Health.READY, after=before)
    bench.do("set jam_after_mm 100000")
    assert bench.verdict(bench.print(2, name="next")) is Verdict.DONE
    assert bench.receipts == [bench.lines(2, "next")]


def test_a_silent_printer_is_offline_until_it_speaks(bench: Bench) -> None:
    bench.do("mute on")
    assert bench.inbox.finished(bench.print(1)).result == "offline"
    assert bench.inbox.health(Health.OFFLINE).status == OFFLINE
    before = bench.now()
    bench.do("mute off")
    bench.inbox.health(Health.READY, after=before)
    assert bench.receipts == []


def test_a_printer_that_falls_silent_in_mid_document_is_not_believed(bench: Bench) -> None:
    bench.at("line 10", lambda: bench.do("mute on"))
    assert bench.verdict(bench.print(20, patience_seconds=0.5)) is Verdict.UNKNOWN


def test_line_noise_is_neither_a_status_nor_a_verdict(bench: Bench) -> None:
    bench.do("noise on")
    before = bench.now()
    verdicts = [bench.verdict(bench.print(3, patience_seconds=0.5)) for _ in range(4)]
    assert Verdict.DONE in verdicts
    seen = {code for e in bench.inbox.events[before:] if isinstance(e, StatusChanged) for code in e.status.codes}
    assert seen <= {"offline"}


def test_answers_in_single_bytes_are_understood(bench: Bench) -> None:
    bench.do("split 1")
    bench.do("set cover_open 1")
    bench.inbox.condition("cover-open")
    bench.do("set cover_open 0")
    bench.inbox.health(Health.READY, after=2)
    assert bench.verdict(bench.print(5)) is Verdict.DONE


def test_half_an_answer_and_then_a_whole_one(bench: Bench) -> None:
    bench.do("set jam_after_mm 20")
    ticket = bench.submit(bench.document(20), tag=b"J009")
    bench.until(lambda: bench.state("hanging"))
    bench.do("say 37 22 4a 30")
    bench.do("set jam_after_mm 100000")
    assert bench.verdict(ticket) is Verdict.DONE
    assert bench.receipts == [bench.lines(20)]


def test_slow_answers_are_answers(bench: Bench) -> None:
    bench.do("delay 0.1")
    assert bench.verdict(bench.print(5)) is Verdict.DONE
    bench.do("set paper_mm 1000")
    bench.inbox.condition("media-low")


def test_a_stalled_line_delays_a_document_and_loses_nothing(bench: Bench) -> None:
    bench.at("line 10", lambda: bench.do("stall 0.3"))
    assert bench.verdict(bench.print(500)) is Verdict.DONE
    assert bench.receipts == [bench.lines(500)]
