"""What a visitor's finger becomes: a template for this visit, or a reason; and nothing that stays behind."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Health, Progress, Verdict
from drivers.finger.driver import Captured
from tests.drivers.conftest import TestInbox
from tests.drivers.finger_bench import VISIT, FingerBench, is_thumb_of


@pytest.fixture
def bench(tmp_path: Path, inbox: TestInbox) -> Iterator[FingerBench]:
    with FingerBench(tmp_path, inbox) as bench:
        yield bench


def test_a_finger_becomes_the_template_of_its_owner(bench: FingerBench) -> None:
    bench.do("place hong")
    done = bench.capture()
    assert (done.verdict, done.visit) == (Verdict.DONE, VISIT)
    assert isinstance(done.result, Captured)
    template = bytes(done.result.template.reveal())
    assert is_thumb_of("hong", template)
    assert not is_thumb_of("kim", template)
    assert (done.result.quality, done.result.live, done.result.format) == (100, True, "zfm-512")


def test_the_visitor_is_told_what_to_do(bench: FingerBench) -> None:
    ticket = bench.begin()
    bench.inbox.wait_for(Progress, lambda event: event.word == "present-subject")
    bench.do("place kim")
    assert bench.inbox.finished(ticket).verdict is Verdict.DONE
    assert bench.inbox.words(ticket) == ["present-subject", "subject-detected", "remove-subject"]


def test_the_light_burns_only_during_a_capture(bench: FingerBench) -> None:
    ticket = bench.begin()
    bench.inbox.wait_for(Progress, lambda event: event.word == "present-subject")
    assert bench.simulator.state()["led"] == "on"
    bench.driver.cancel(ticket)
    bench.inbox.finished(ticket)
    assert bench.simulator.state()["led"] == "off"


def test_nothing_of_the_finger_stays_in_the_module(bench: FingerBench) -> None:
    bench.do("place hong")
    bench.capture()
    bench.driver.stop()
    assert bench.simulator.module.cells.buffers == {1: bytes(512), 2: bytes(512)}


def test_what_a_dead_program_left_in_the_module_is_overwritten_on_connect(tmp_path: Path, inbox: TestInbox) -> None:
    bench = FingerBench(tmp_path, inbox)
    bench.simulator.module.cells.buffers[2] = b"somebody"
    with bench:
        bench.ready()
        assert bench.simulator.module.cells.buffers[2] == bytes(512)


@pytest.mark.parametrize(
    ("feel", "reason"),
    [
        ("wet", "too-wet"),
        ("dry", "too-dry"),
        ("messy", "too-messy"),
        ("partial", "too-few-points"),
        ("residual", "residual-print"),
    ],
)
def test_a_finger_that_cannot_be_read_ends_with_the_reason(bench: FingerBench, feel: str, reason: str) -> None:
    bench.do(f"place hong {feel}")
    done = bench.capture()
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, reason)


def test_a_finger_still_being_laid_down_is_looked_at_again(bench: FingerBench) -> None:
    bench.do("place hong partial")
    ticket = bench.begin()
    bench.inbox.wait_for(Progress, lambda event: event.word == "subject-detected")
    bench.do("place hong")
    done = bench.inbox.finished(ticket)
    assert done.verdict is Verdict.DONE
    assert done.result.quality < 100


def test_no_finger_is_a_timeout(bench: FingerBench) -> None:
    done = bench.capture(seconds=0.4)
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "timeout")


def test_a_cancelled_capture_ends_soon_and_takes_no_finger_later(bench: FingerBench) -> None:
    ticket = bench.begin()
    bench.inbox.wait_for(Progress, lambda event: event.word == "present-subject")
    began = time.monotonic()
    bench.driver.cancel(ticket)
    done = bench.inbox.finished(ticket)
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "cancelled")
    assert time.monotonic() - began < 1.0
    bench.do("place hong")
    assert bench.capture().verdict is Verdict.DONE


def test_two_visits_never_share_a_template(bench: FingerBench) -> None:
    bench.do("place hong")
    first = bench.capture()
    bench.do("place kim")
    second = bench.capture()
    assert is_thumb_of("hong", bytes(first.result.template.reveal()))
    assert is_thumb_of("kim", bytes(second.result.template.reveal()))


def test_the_template_is_on_no_tape_and_in_no_log(bench: FingerBench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench.do("place hong")
    done = bench.capture()
    bench.do("unplug")
    bench.inbox.health(Health.OFFLINE)
    told = "\n".join(bench.driver.tape.dump()) + caplog.text + repr(bench.inbox.events)
    template = bytes(done.result.template.reveal())
    assert "ef 01 ff ff ff ff 01 00 03" in told  # it does hold the questions
    for start in range(0, 512, 4):
        assert template[start : start + 4].hex(" ") not in told


def test_a_broken_sensor_is_a_fault(bench: FingerBench) -> None:
    bench.ready()
    bench.do("set sensor_broken 1")
    assert bench.capture().verdict is Verdict.NOT_DONE
    assert bench.inbox.condition("sensor-fault").status.health is Health.FAULT


def test_a_module_with_a_password_is_told_it(tmp_path: Path, inbox: TestInbox) -> None:
    bench = FingerBench(tmp_path, inbox, password=0x12345678)
    bench.do(f"set password {0x12345678}")
    with bench:
        bench.do("place lee")
        bench.ready()
        assert bench.capture().verdict is Verdict.DONE


def test_a_wrong_password_leaves_the_scanner_offline(tmp_path: Path, inbox: TestInbox) -> None:
    bench = FingerBench(tmp_path, inbox)
    bench.do("set password 99")
    with bench:
        inbox.health(Health.OFFLINE)
