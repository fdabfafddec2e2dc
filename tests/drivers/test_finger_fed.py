"""The scanner over a line in memory, under a clock that is fed: what would take minutes, and what must not vary."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.base import Finished, Health, StatusChanged, Verdict
from drivers.finger.driver import Capture, FingerDriver
from simulators.finger import FingerSimulator
from simulators.memory_host import MemoryHost
from tests.clock import FedClock
from tests.drivers.conftest import TestInbox
from tests.memory import memory_opener


class CountingClock(FedClock):
    """Counts how often each thread lay down to sleep."""

    def __init__(self) -> None:
        super().__init__()
        self.sleeps: dict[str, int] = {}

    def wait(self, *arguments, **named):  # type: ignore[no-untyped-def]
        name = threading.current_thread().name
        self.sleeps[name] = self.sleeps.get(name, 0) + 1
        return super().wait(*arguments, **named)


class FedBench:
    def __init__(self, inbox: TestInbox, directory: Path) -> None:
        self.inbox = inbox
        self.clock = CountingClock()
        self.simulator = FingerSimulator()
        self.host = MemoryHost(self.simulator.module, "finger", clock=self.clock)
        self.simulator.live_behind(self.host)
        opener = memory_opener(self.host)
        self.driver = FingerDriver("finger", inbox, self.clock, directory / "finger", open_link=opener)
        self.clock.run(self.host, self.driver)
        self.clock.advance(2)

    def do(self, line: str) -> None:
        self.simulator.do(line.split())

    def stop(self) -> None:
        self.host.do(["unplug"])  # ends whatever conversation still waits for time that nobody feeds
        self.driver.stop()
        self.host.stop()

    def last_status(self) -> Health:
        return [e.status.health for e in self.inbox.events if isinstance(e, StatusChanged)][-1]

    def capture(self, seconds: float) -> tuple[Verdict, object, float]:
        """The verdict, the result, and after how long."""
        ticket = self.driver.submit(Capture("00112233aabbccdd", seconds))
        began = self.clock.monotonic()

        def answers() -> list[Finished]:
            return [e for e in self.inbox.events if isinstance(e, Finished) and e.ticket == ticket]

        assert self.clock.advance_until(lambda: bool(answers()), seconds + 30)
        return answers()[0].verdict, answers()[0].result, self.clock.monotonic() - began


@pytest.fixture
def bench(inbox: TestInbox, tmp_path: Path) -> Iterator[FedBench]:
    bench = FedBench(inbox, tmp_path)
    yield bench
    bench.stop()


def test_an_idle_scanner_lets_the_machine_sleep(bench: FedBench) -> None:
    before = dict(bench.clock.sleeps)
    bench.clock.advance(60)
    driver = bench.clock.sleeps["driver-finger"] - before["driver-finger"]
    assert 12 <= driver <= 60  # a poll each 5 s, and less than one wake-up a second
    assert bench.clock.sleeps["sim-finger"] - before["sim-finger"] <= 120


def test_a_patient_visitor_has_the_whole_time(bench: FedBench) -> None:
    verdict, result, seconds = bench.capture(15.0)
    assert (verdict, result) == (Verdict.NOT_DONE, "timeout")
    assert 15.0 <= seconds < 15.5


def test_a_capture_takes_the_module_s_time_and_little_more(bench: FedBench) -> None:
    bench.do("place hong")
    verdict, _, seconds = bench.capture(15.0)
    assert verdict is Verdict.DONE
    mechanism = 0.25 + 0.20
    on_the_line = 5 * (12 + 12) * 10 / 57600 + (512 + 4 * 11) * 10 / 57600
    assert seconds == pytest.approx(mechanism + on_the_line, abs=0.02)


def test_a_scanner_mute_for_an_hour_is_back_within_seconds(bench: FedBench) -> None:
    bench.do("mute on")
    bench.clock.advance(3600)
    assert bench.last_status() is Health.OFFLINE
    bench.do("mute off")
    bench.clock.advance(7)  # back-off of 5 s, and the handshake
    assert bench.last_status() is Health.READY


def test_a_muted_idle_scanner_is_missed_within_its_poll(bench: FedBench) -> None:
    bench.do("mute on")
    bench.clock.advance(6.5)
    assert bench.last_status() is Health.OFFLINE


def test_a_slow_answer_is_waited_for_and_a_too_slow_one_is_not(bench: FedBench) -> None:
    bench.do("delay 0.8")
    bench.clock.advance(30)
    assert bench.last_status() is Health.READY
    bench.do("delay 1.2")
    bench.clock.advance(30)
    assert bench.last_status() is Health.OFFLINE
