"""What the command line refuses, and how it says so; and what systemd is told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.watch import Watch


def kiosk(*arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SDL_VIDEODRIVER": "dummy"}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments], capture_output=True, text=True, env=env, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--inspect", "/tmp/sock"], "--windowed"),
        (["run", "--windowed", "big"], "WIDTHxHEIGHT"),
        (["run", "--clock", "10 o'clock"], "offset"),
        (["run", "--clock", "2021-03-02T10:00"], "offset"),
        (["run"], "--devices"),
        (["run", "--devices", "/nowhere.json"], "/nowhere.json"),
        (["fly"], "invalid choice"),
    ],
)
def test_a_wrong_argument_is_named_with_its_remedy(arguments: list[str], said: str) -> None:
    answer = kiosk(*arguments)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_wrong_settings_are_all_said_at_once_and_nothing_starts(tmp_path: Path) -> None:
    settings = tmp_path / "kiosk.toml"
    settings.write_text('kid = "SG-99"\nlangauge = "ko"\n[screen]\nidle_seconds = -5\n', encoding="utf-8")
    for command in (["check"], ["run"]):
        answer = kiosk(*command, "--config", str(settings))
        told = answer.stdout + answer.stderr
        assert answer.returncode == 2
        for wanted in ("SG-99", "langauge", "did you mean language", "idle_seconds", "10 to 600"):
            assert wanted in told, (command, told)


def test_the_shipped_settings_are_right() -> None:
    assert kiosk("check").returncode == 0


def test_systemd_is_told_that_the_kiosk_is_up_and_alive(tmp_path: Path) -> None:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(path))
        systemd.settimeout(10)
        watch = Watch(str(path), "20000000")
        assert watch.seconds == 10.0, "twice as often as systemd wants it"
        for say, words in ((watch.ready, b"READY=1"), (watch.alive, b"WATCHDOG=1"), (watch.stopping, b"STOPPING=1")):
            say()
            assert systemd.recv(100) == words


def test_nobody_is_told_where_nobody_listens(tmp_path: Path) -> None:
    assert Watch("", "").seconds is None
    Watch("", "").ready()
    Watch(str(tmp_path / "gone"), "x").alive()
