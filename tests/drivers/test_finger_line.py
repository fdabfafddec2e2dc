"""What becomes of the scanner when its line is cut, deaf, noisy or set to another speed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import drivers.driver
import simulators.zfm
from drivers.base import Health, Progress, Verdict
from drivers.finger.driver import Capture, FingerDriver
from simulators.zfm_wire import data_packets
from tests.drivers.conftest import TestInbox
from tests.drivers.finger_bench import VISIT, FingerBench


@pytest.fixture
def bench(tmp_path: Path, inbox: TestInbox) -> Iterator[FingerBench]:
    with FingerBench(tmp_path, inbox) as bench:
        bench.ready()
        yield bench


def test_an_unplugged_idle_scanner_is_missed_at_once(bench: FingerBench) -> None:
    began = time.monotonic()
    bench.do("unplug")
    assert bench.inbox.health(Health.OFFLINE).status.codes == ("offline",)
    assert time.monotonic() - began < 0.5


def test_a_returning_cable_is_seen_within_a_second(bench: FingerBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drivers.driver, "RETRY_SECONDS", (60.0,))  # so that only seeing it brings it back
    bench.do("unplug")
    bench.inbox.health(Health.OFFLINE)
    after = len(bench.inbox.events)
    began = time.monotonic()
    bench.do("plug")
    bench.ready(after)
    assert time.monotonic() - began < 1.0


def test_unplugged_during_a_capture_nothing_has_happened(bench: FingerBench) -> None:
    ticket = bench.begin()
    bench.inbox.wait_for(Progress, lambda event: event.word == "present-subject")
    bench.do("unplug")
    done = bench.inbox.finished(ticket)
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "offline")


def test_unplugged_amid_the_template_no_half_template_comes_out(bench: FingerBench) -> None:
    cut = bench.simulator

    def at(moment: str) -> None:
        if moment == "upload":
            cut.do(["unplug"])

    bench.simulator.on_moment = at
    bench.do("place hong")
    done = bench.capture()
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "offline")


def test_a_template_with_a_packet_missing_is_never_passed_on(
    bench: FingerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing_one(address: int, data: bytes, size: int) -> bytes:
        whole = data_packets(address, data, size)
        return whole[: size + 11] + whole[2 * (size + 11) :]

    monkeypatch.setattr(simulators.zfm, "data_packets", losing_one)
    bench.do("place hong")
    done = bench.capture()
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "offline")


def test_a_capture_for_a_scanner_that_is_away_is_refused_and_not_kept(bench: FingerBench) -> None:
    bench.do("unplug")
    bench.inbox.health(Health.OFFLINE)
    bench.do("place hong")
    assert bench.capture().result == "offline"
    after = len(bench.inbox.events)
    bench.do("plug")
    bench.ready(after)
    assert bench.simulator.state()["images"] == 0


def test_a_mute_scanner_is_offline_until_it_speaks_again(bench: FingerBench) -> None:
    bench.do("mute on")
    done = bench.capture()
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "offline")
    bench.inbox.health(Health.OFFLINE)
    after = len(bench.inbox.events)
    bench.do("mute off")
    bench.ready(after)


def test_noise_puts_the_scanner_offline_and_never_makes_a_template(bench: FingerBench) -> None:
    bench.do("noise on")
    bench.do("place hong")
    done = bench.capture()
    assert (done.verdict, done.result) == (Verdict.NOT_DONE, "offline")
    after = len(bench.inbox.events)
    bench.do("noise off")
    bench.ready(after)
    assert bench.capture().verdict is Verdict.DONE


def test_answers_in_single_bytes_are_answers(bench: FingerBench) -> None:
    bench.do("split 1")
    bench.do("place park")
    assert bench.capture().verdict is Verdict.DONE


@pytest.mark.parametrize("stray", ["ef 01", "ef 01 ff ff ff ff 07 00 03 00 00 0b", "ff ff ff 07 00 03 00 00 0a"])
def test_half_packets_and_wrong_sums_before_an_answer_are_passed_over(bench: FingerBench, stray: str) -> None:
    bench.do(f"say {stray}")
    bench.do("place hong")
    assert bench.capture().verdict is Verdict.DONE


def test_a_scanner_that_lost_its_power_is_found_again(bench: FingerBench) -> None:
    bench.do("power_cycle")
    bench.do("place hong")
    bench.capture()  # this one may meet it starting
    assert bench.capture().verdict is Verdict.DONE


def test_a_scanner_set_to_another_speed_stays_offline(tmp_path: Path, inbox: TestInbox) -> None:
    with FingerBench(tmp_path, inbox, baudrate=9600) as bench:
        inbox.health(Health.OFFLINE)
        assert inbox.finished(bench.driver.submit(Capture(VISIT))).result == "offline"


def test_the_port_is_given_back_when_the_driver_stops(bench: FingerBench, tmp_path: Path) -> None:
    bench.driver.stop()
    inbox = TestInbox()
    second = FingerDriver("finger", inbox, bench.driver.clock, tmp_path / "finger")
    second.start()
    inbox.health(Health.READY)
    second.stop()
