"""A private, real pcscd with one virtual reader, which can be killed, unplugged and started again.

pcscd's socket path is compiled in, so it runs in a mount namespace of its own; the namespace (and with it the path
by which others reach the socket) outlives the daemon.  Not responsible for the card in the reader.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import time
from pathlib import Path

READER = "KIOSK IC Reader"
LIBRARY = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
# Below Linux's ephemeral ports: there, any program's outgoing connection may hold the reader's port, and then vpcd
# only logs a line and the reader silently does not exist.
PORTS = range(20_000, 32_000, 2)
ATTEMPTS = 8
START_SECONDS = 5.0
# The keeper of the namespace: one word in, one line out; ends what it started when its input closes.
KEEPER = """
mount -t tmpfs none /run && mkdir /run/pcscd || exit 1
echo ready
while read word folder; do
  if [ "$word" = start ]; then pcscd -f -c "$folder" >"$folder/pcscd.log" 2>&1 & echo $!
  else kill -9 $! 2>/dev/null; wait $! 2>/dev/null; echo killed; fi
done
kill -9 $! 2>/dev/null
"""


class CannotRun(Exception):
    """pcscd, its virtual reader or the private namespace is not to be had here; says what to do."""


class PrivatePcscd:
    def __init__(self, directory: Path) -> None:
        self._directory = directory / "pcscd"
        self._keeper: subprocess.Popen[str] | None = None
        self._pid = 0
        self.port = 0  # of the reader's slot; 0 while there is none

    @property
    def socket(self) -> str:
        assert self._keeper
        return f"/proc/{self._keeper.pid}/root/run/pcscd/pcscd.comm"

    @property
    def is_running(self) -> bool:
        return self._pid != 0

    def open(self) -> None:
        """Make the namespace and start pcscd in it; raises CannotRun."""
        if not shutil.which("pcscd") or not Path(LIBRARY).exists():
            raise CannotRun("no pcscd with vpcd here: apt-get install pcscd vsmartcard-vpcd")
        self._directory.mkdir(parents=True, exist_ok=True)
        unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
        self._keeper = subprocess.Popen(
            [*unshare, "sh", "-c", KEEPER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,  # a Ctrl-C at the console is for the console
        )
        if self._heard() != "ready":
            self.close()
            raise CannotRun("no mount namespace for a private pcscd: run as root, or allow user namespaces")
        self.start()

    def close(self) -> None:
        if keeper := self._keeper:
            self.kill()
            keeper.communicate(timeout=10)  # closes its input; that is its sign
            self._keeper = None

    def start(self, has_reader: bool = True) -> None:
        """Start the daemon, if it does not run; without a reader it serves, but its list is empty."""
        if self._pid:
            return
        for _ in range(ATTEMPTS):
            port = _free_port() if has_reader else 0
            self._pid = int(self._say(f"start {self._write_conf(port)}"))
            if self._comes_up(port):
                self.port = port
                return
            self.kill()
        raise CannotRun(f"pcscd does not come up; see {self._directory}/pcscd.log")

    def kill(self) -> None:
        """As the kernel would: no good-bye to any client."""
        if self._pid:
            self._say("kill")
        self._pid = self.port = 0

    def _say(self, line: str) -> str:
        assert self._keeper
        assert self._keeper.stdin
        self._keeper.stdin.write(line + "\n")
        self._keeper.stdin.flush()
        return self._heard()

    def _heard(self) -> str:
        assert self._keeper
        assert self._keeper.stdout
        return self._keeper.stdout.readline().strip()

    def _write_conf(self, port: int) -> Path:
        lines = f'FRIENDLYNAME "{READER}"\nDEVICENAME /dev/null:0x{port:X}\nLIBPATH {LIBRARY}\nCHANNELID 0x{port:X}\n'
        (self._directory / "reader.conf").write_text(lines if port else "")
        return self._directory

    def _comes_up(self, port: int) -> bool:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and Path(f"/proc/{self._pid}/fd").exists():
            if self._answers() and (not port or _listens(self._pid, port)):
                return True
            if port and "Could not initialize connection to virtual ICC" in self._log():
                return False
            time.sleep(0.02)
        return False

    def _log(self) -> str:
        with contextlib.suppress(OSError):
            return (self._directory / "pcscd.log").read_text(errors="replace")
        return ""

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(self.socket) == 0


def _free_port() -> int:
    """Of two neighbours, because vpcd opens a second slot behind the first."""
    while True:
        port = random.choice(PORTS)
        with contextlib.suppress(OSError), socket.socket() as first, socket.socket() as second:
            first.bind(("", port))
            second.bind(("", port + 1))
            return port


def _listens(pid: int, port: int) -> bool:
    """Whether that very process listens there; connecting to find out would insert a card."""
    inodes = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{port:04X}") and fields[3] == "0A":
            inodes.add(f"socket:[{fields[9]}]")
    with contextlib.suppress(OSError):
        return any(_target(fd) in inodes for fd in Path(f"/proc/{pid}/fd").iterdir())
    return False


def _target(fd: Path) -> str:
    with contextlib.suppress(OSError):
        return os.readlink(fd)
    return ""
