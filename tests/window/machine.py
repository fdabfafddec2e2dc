"""A whole machine for the window tests: simulators at twenty times their speed, a screen in memory, the real kiosk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from demo.eyes import Eyes, Seen
from demo.pointer import Pointer
from demo.resident import Resident
from demo.stage import Stage
from simulators.residents import RESIDENTS

CLOCK = "2021-03-02T10:00+09:00"
FAST = "20"


class Witness(Eyes):
    """Eyes that remember every screen they ever saw."""

    def __init__(self, socket: Path) -> None:
        super().__init__(socket)
        self.seen: list[Seen] = []

    def look(self) -> Seen:
        seen = super().look()
        if not self.seen or self.seen[-1] != seen:
            self.seen.append(seen)
        return seen


@dataclass
class Machine:
    stage: Stage
    display: str
    process: Popen[bytes]
    eyes: Witness
    pointer: Pointer

    def resident(self) -> Resident:
        return Resident(self.stage, self.eyes, self.pointer, RESIDENTS["hong"].rrn)

    def at_rest(self) -> Seen:
        """The first screen, with nobody before it and no card or finger left from a test before."""
        self.eyes.seen.clear()
        return self.eyes.wait_for("attract")

    def state_of(self, role: str) -> dict[str, Any]:
        state: dict[str, Any] = self.stage.do(f"{role} state")
        return state


@contextmanager
def machine(directory: Path, width: int, height: int) -> Iterator[Machine]:
    with Stage(directory) as stage:
        stage.simulators("--speed", FAST, "--clock", CLOCK)
        display = stage.screen(width, height)
        window = f"{width}x{height}"
        process = stage.kiosk(display, "--windowed", window, "--clock", CLOCK, "--state", str(directory / "state"))
        eyes = Witness(stage.inspect)
        eyes.wait_for("attract")
        pointer = Pointer(display, process.pid)
        yield Machine(stage, display, process, eyes, pointer)
        pointer.close()


def wake_ups(pid: int) -> dict[str, int]:
    """How often each thread of a process has slept and woken so far."""
    found: dict[str, int] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        status = dict(line.split(":\t", 1) for line in (task / "status").read_text().splitlines() if ":\t" in line)
        name = f"{status['Name']}-{task.name}"
        found[name] = int(status["voluntary_ctxt_switches"])
    return found


def until(is_so: Callable[[], bool], what: str, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.02)
