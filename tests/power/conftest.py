"""The devices outlive the kiosk: they stay with the test, the kiosk is a process that can be killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulators.console import Console
from simulators.residents import RESIDENTS
from simulators.rig import Rig
from tests.journeys.bench import Bench
from tests.journeys.conftest import rig

__all__ = ["rig"]
ROOT = Path(__file__).parent.parent.parent


class Machine:
    """One kiosk process after the other on the same disk."""

    def __init__(self, rig: Rig, console: Console, state: Path) -> None:
        self.rig, self._console, self.state = rig, console, state
        self.visits: set[str] = set()
        self.orders: set[str] = set()
        self.process: subprocess.Popen[str] | None = None
        self.log = state.parent / "runner.log"

    def obey(self, line: str) -> None:
        self._console.obey(line)

    def kill(self) -> None:
        if self.process:
            self.process.kill()

    def kill_at(self, role: str, moment: str, before: str = "") -> None:
        """Between a device and its kiosk, exactly there."""
        simulator = self.rig.simulators[role]
        others = simulator.on_moment

        def spring(word: str) -> None:
            others(word)
            if word == moment:
                simulator.on_moment = others
                self.kill()

        simulator.on_moment = spring

    def run(self, copies: int = 1, *death: str, at: Callable[[str], object] = lambda line: None) -> int:
        """Plays a visit to its end or its death; `at` hears each line before it is obeyed.  Returns the exit code."""
        argv = [sys.executable, "-m", "tests.power.runner", str(self.rig.directory / "addresses.json")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*argv, str(self.state), str(copies), *death],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1,
            )  # fmt: skip
        assert self.process.stdin
        assert self.process.stdout
        with self.process as process:
            for line in self.process.stdout:
                at(line.strip())
                try:
                    self.process.stdin.write(self._obey(line.strip()) + "\n")
                except BrokenPipeError:
                    break
            self.process.stdin = None  # closed by whoever died
            return process.wait()

    def _obey(self, line: str) -> str:
        word, _, rest = line.partition(" ")
        match word:
            case "do":
                self._console.obey(rest)
            case "digits":
                return RESIDENTS["hong"].rrn
            case "ids":
                visit, order = json.loads(rest)
                self.visits |= {visit} - {""}
                self.orders |= {order} - {""}
        return ""

    def restarted(self) -> Bench:
        """The next start on the same disk, before the same devices."""
        bench = Bench(self.rig, self._console, self.state, is_calm=False)
        bench._visits |= self.visits
        bench._orders |= self.orders
        return bench


@pytest.fixture
def machine(rig: tuple[Rig, Console], tmp_path: Path) -> Iterator[Machine]:
    calm = Bench(*rig, tmp_path / "calm")  # mends all, and is not started
    assert calm
    machine = Machine(*rig, tmp_path / "state")
    yield machine
    machine.kill()


DEAD = -signal.SIGKILL
