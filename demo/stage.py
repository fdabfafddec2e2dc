"""Starts and ends the processes of a demo or a journey: simulators, a screen without a monitor, the kiosk.

Every process is ended by its own pid, newest first; nothing of a run outlives it.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

READY_SECONDS = 60.0
STOP_SECONDS = 15.0
ROOT = Path(__file__).parent.parent


class DidNotStart(Exception):
    """A process of the demo ended or said nothing; the text holds the end of what it printed."""


@dataclass
class Stage:
    directory: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Stage:
        self.directory.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *exc_info: object) -> None:
        for process in reversed(self.processes):
            self.end(process)

    def start(
        self, name: str, command: Sequence[str], env: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.Popen[bytes]:
        """Start a process; its words go to `name`.log in the directory."""
        log = (self.directory / f"{name}.log").open("wb")
        options = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT, "cwd": ROOT, **more}
        process = subprocess.Popen(list(command), env={**os.environ, **(env or {})}, **options)
        self.processes.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)

    def log_of(self, name: str) -> str:
        return (self.directory / f"{name}.log").read_text(errors="replace")[-2000:]

    # -- what a demo needs ---------------------------------------------------------------

    def simulators(self, *more: str) -> dict[str, Any]:
        """All simulated devices; returns their addresses."""
        run = self.directory / "run"
        command = [sys.executable, "-m", "simulators", "up", "--dir", str(run), *more]
        process = self.start("simulators", command, stdout=subprocess.PIPE, stderr=None)
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise DidNotStart("the simulators did not come up")
        addresses: dict[str, Any] = json.loads(line)
        return addresses

    def screen(self, width: int, height: int) -> str:
        """A screen in memory; returns its display."""
        read, write = os.pipe()
        size = f"{width}x{height}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self.start("screen", command, pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise DidNotStart(f"Xvfb did not come up: {self.log_of('screen')}")
        return f":{number}"

    def kiosk(
        self, display: str, *more: str, program: str = "kiosk", is_inspected: bool = True
    ) -> subprocess.Popen[bytes]:
        """The product itself, in a window on that display; `program` is a module that runs it."""
        devices = self.directory / "run" / "addresses.json"
        command = [sys.executable, "-m", program, "run", "--devices", str(devices), *more]
        command += ["--inspect", str(self.inspect)] if is_inspected else []
        return self.start("kiosk", command, {"DISPLAY": display, "SDL_VIDEODRIVER": "x11"})

    @property
    def inspect(self) -> Path:
        return self.directory / "inspect.sock"

    def do(self, line: str) -> dict[str, Any]:
        """One console line to the simulated devices."""
        answer: dict[str, Any] = json.loads(ask(self.directory / "run" / "console.sock", line))
        if not answer.get("ok"):
            raise ValueError(f"{line}: {answer.get('error')}")
        return answer


def ask(path: Path, line: str) -> str:
    """One line to a socket, one line back."""
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as talk:
        talk.settimeout(READY_SECONDS)
        talk.connect(str(path))
        talk.sendall(line.encode() + b"\n")
        return "".join(_line(talk))


def _line(talk: socket.socket) -> Iterator[str]:
    with talk.makefile("r", encoding="utf-8") as file:
        yield file.readline()
