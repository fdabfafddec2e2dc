"""A line said to the simulated devices is obeyed, or refused with the word that would be right."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulators.base import Refused, Simulator
from simulators.console import Console
from simulators.console_socket import ConsoleSocket, ask, is_taken
from simulators.rig import CannotStart, Rig

ROOT = Path(__file__).parent.parent.parent
ROLES = {"bell": f"{__name__}:Bell", "lamp": f"{__name__}:Lamp"}


class Bell(Simulator):
    role = "bell"
    stopped: list[str] = []  # noqa: RUF012 - what the test looks at

    def start(self, directory: Path) -> Any:
        return str(directory / self.role)

    def stop(self) -> None:
        self.stopped.append(self.role)

    def do(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["ring", times]:
                self.busy_ms += 250 * int(times)
                self.on_moment(f"ring {times}")
                return {"rang": int(times)}
        raise Refused("a bell knows: ring TIMES")


class Lamp(Bell):
    role = "lamp"

    def __init__(self, speed: float = 1.0) -> None:
        super().__init__(speed)
        self.lit = threading.Event()

    def do(self, words: list[str]) -> dict[str, Any]:
        self.lit.set()
        return {}


class Broken(Bell):
    role = "broken"

    def start(self, directory: Path) -> Any:
        raise OSError("no bulb")


@pytest.fixture
def console() -> Iterator[Console]:
    lamp = Lamp()
    console = Console({"bell": Bell(), "lamp": lamp})
    yield console
    console.close()


def test_a_word_is_obeyed_and_its_facts_come_back(console: Console) -> None:
    assert console.obey("bell ring 2") == {"ok": True, "rang": 2}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("bell dance", "ring TIMES"),
        ("drum roll", "bell, lamp"),
        ("", "ROLE WORDS"),
        ("at ring 2: drum roll", "bell, lamp"),
        ("at : lamp on", "at page 3"),
        ("drum at ring 1: lamp on", "bell, lamp"),
        ("bell 'ring", "quotation"),
        ("bell ring many", "ValueError"),
    ],
)
def test_a_refusal_says_what_would_be_right(console: Console, line: str, names: str) -> None:
    answer = console.obey(line)
    assert not answer["ok"]
    assert names in answer["error"]


def test_the_state_counts_the_time_all_devices_were_busy(console: Console) -> None:
    console.obey("bell ring 2")
    state = console.obey("state")
    assert state["busy_ms"] == 500.0
    assert state["roles"]["bell"] == {"role": "bell", "busy_ms": 500.0}
    assert console.obey("bell state")["busy_ms"] == 500.0


@pytest.mark.parametrize("line", ["at ring 3: lamp on", "bell at ring 3: lamp on"])
def test_a_trap_springs_once_at_its_moment(line: str) -> None:
    lamp = Lamp()
    console = Console({"bell": Bell(), "lamp": lamp})
    assert console.obey(line)["ok"]
    console.obey("bell ring 2")
    assert console.obey("state")["traps"] == [line]
    console.obey("bell ring 3")
    assert lamp.lit.wait(10)
    lamp.lit.clear()
    console.obey("bell ring 3")
    console.close()
    assert not lamp.lit.is_set()
    assert [done["trap"] for done in console.obey("state")["sprung"]] == [line]


def test_a_trap_for_another_role_stays_set(console: Console) -> None:
    console.obey("lamp at ring 3: lamp on")
    console.obey("bell ring 3")
    assert console.obey("state")["traps"] == ["lamp at ring 3: lamp on"]


def test_the_socket_answers_line_by_line_even_below_a_long_path(console: Console, tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    assert not is_taken(deep)
    wire = ConsoleSocket(console, deep)
    assert ask(deep, "bell ring 1") == {"ok": True, "rang": 1}
    assert not ask(deep, "bell fly")["ok"]
    assert is_taken(deep)
    wire.close()
    assert not is_taken(deep)


def test_a_rig_writes_every_address_and_takes_all_down(tmp_path: Path) -> None:
    Bell.stopped.clear()
    with Rig(tmp_path / "run", roles=ROLES) as rig:
        written = json.loads((tmp_path / "run" / "addresses.json").read_text())
        assert (
            written
            == rig.addresses
            == {"simulated": True, "bell": f"{tmp_path}/run/bell", "lamp": f"{tmp_path}/run/lamp"}
        )
    assert Bell.stopped == ["lamp", "bell"]
    assert not (tmp_path / "run" / "addresses.json").exists()


def test_a_role_that_does_not_start_is_named_and_the_others_are_taken_down(tmp_path: Path) -> None:
    Bell.stopped.clear()
    with (
        pytest.raises(CannotStart, match=r"broken did not start .*no bulb.*--only bell"),
        Rig(tmp_path, roles={"bell": ROLES["bell"], "broken": f"{__name__}:Broken"}),
    ):
        pass
    assert Bell.stopped == ["broken", "bell"]


def test_an_unknown_role_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"drum.*bell, lamp"):
        Rig(tmp_path, only=["drum"], roles=ROLES)


def test_the_commands_run_from_a_shell_until_terminated(tmp_path: Path) -> None:
    def say(line: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "simulators", "do", "--dir", str(tmp_path), line]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    command = [sys.executable, "-m", "simulators", "up", "--dir", str(tmp_path), "--only", "finger"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as up:
        assert up.stdout
        assert json.loads(up.stdout.readline()) == {"simulated": True, "finger": str(tmp_path / "finger")}
        done, refused = say("finger place hong"), say("finger sing")
        os.kill(up.pid, signal.SIGTERM)
    assert up.returncode == 0
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)
    assert (refused.returncode, json.loads(refused.stdout)["ok"]) == (1, False)
    assert list(tmp_path.iterdir()) == []
    assert "start them" in json.loads(say("state").stdout)["error"]
