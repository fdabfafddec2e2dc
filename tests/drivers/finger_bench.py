"""A scanner on a bench: the simulated module, its driver, and words for both."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from drivers.base import Finished, Health
from drivers.clock import SystemClock
from drivers.finger.driver import Capture, FingerDriver
from simulators.finger import FingerSimulator
from simulators.residents import thumb
from simulators.zfm_sensor import likeness
from tests.drivers.conftest import TestInbox

VISIT = "00112233aabbccdd"


class FingerBench:
    def __init__(self, directory: Path, inbox: TestInbox, speed: float = 5.0, **driver: Any) -> None:
        self.inbox = inbox
        self.simulator = FingerSimulator(speed)
        self.simulator.start(directory)
        self.driver = FingerDriver("finger", inbox, SystemClock(), directory / "finger", **driver)

    def __enter__(self) -> FingerBench:
        self.driver.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.driver.stop()
        self.simulator.stop()

    def do(self, line: str) -> dict[str, Any]:
        return self.simulator.do(line.split())

    def ready(self, after: int = 0) -> None:
        self.inbox.health(Health.READY, after)

    def begin(self, seconds: float = 15.0) -> int:
        return self.driver.submit(Capture(VISIT, seconds))

    def capture(self, seconds: float = 15.0) -> Finished:
        return self.inbox.finished(self.begin(seconds))


def is_thumb_of(resident: str, template: bytes) -> bool:
    return likeness(template, thumb(resident)) >= 0.8
