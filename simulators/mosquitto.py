"""A real mosquitto of one's own: private settings, a free loopback port, ended by its pid and by nothing else.

It keeps nothing on disk, as the contract says that no broker holds state that matters.
"""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

READY_SECONDS = 10.0
LEASH = ("setpriv", "--pdeathsig", "KILL")
SETTINGS = """\
listener {port} 127.0.0.1
allow_anonymous true
persistence false
user {user}
max_queued_messages 0
set_tcp_nodelay true
log_dest file {log}
"""


class Mosquitto:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """On the same port every time; raises RuntimeError with the remedy."""
        if self.runs:
            return
        program = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if program is None:
            raise RuntimeError("there is no mosquitto; install it: apt-get install mosquitto")
        self.port = self.port or _free_port()
        settings, log = self._directory / "mosquitto.conf", self._directory / "mosquitto.log"
        settings.write_text(SETTINGS.format(port=self.port, user=getpass.getuser(), log=log), encoding="utf-8")
        begun = threading.Event()
        command = [*LEASH, program, "-c", str(settings)]
        threading.Thread(target=self._hold, args=(command, begun), name="sim-broker", daemon=True).start()
        begun.wait()
        self._await(log)

    def _hold(self, command: list[str], begun: threading.Event) -> None:
        """The broker is leashed to the thread that made it, so that thread stays: an orphan would keep its port."""
        quiet = subprocess.DEVNULL
        try:
            self._process = process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
        finally:
            begun.set()
        process.wait()

    def _await(self, log: Path) -> None:
        give_up = time.monotonic() + READY_SECONDS
        while self.runs and time.monotonic() < give_up:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        self.kill()
        raise RuntimeError(f"mosquitto did not come up; see {log}")

    def kill(self) -> None:
        """Without a goodbye, as when the power fails."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
            self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
