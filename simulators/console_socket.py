"""The console behind a UNIX socket: RUN/console.sock, one line in, one JSON line out.

Not responsible for what the words mean.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulators.console import Console

ANSWER_SECONDS = 60.0
NAME = "console.sock"


@contextlib.contextmanager
def short_path(directory: Path) -> Iterator[str]:
    """The socket's name through a descriptor: a UNIX address holds 107 characters, a path may have more."""
    fd = os.open(directory, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{fd}/{NAME}"
    finally:
        os.close(fd)


def ask(directory: Path, line: str) -> dict[str, Any]:
    """Say one line to the simulators that run in `directory`; raises OSError if nobody listens."""
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(ANSWER_SECONDS)
        with short_path(directory) as path:
            wire.connect(path)
        wire.sendall(line.replace("\n", " ").encode() + b"\n")
        with wire.makefile("rb") as answers:
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer


def is_taken(directory: Path) -> bool:
    """Whether simulators run there already; the socket of dead ones does not count."""
    try:
        return bool(ask(directory, "state"))
    except OSError:
        return False


class Conversation(socketserver.StreamRequestHandler):
    server: ConsoleSocket

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            for line in self.rfile:
                answer = self.server.console.obey(line.decode("utf-8", "replace"))
                self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


class ConsoleSocket(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, console: Console, directory: Path) -> None:
        self.console = console
        self._file = directory / NAME
        self._file.unlink(missing_ok=True)
        with short_path(directory) as path:
            super().__init__(path, Conversation)
        self._thread = threading.Thread(target=self.serve_forever, name="sim-console-socket", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
        self._file.unlink(missing_ok=True)
