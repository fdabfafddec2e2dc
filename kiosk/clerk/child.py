"""One clerk seen from the desk: spawned, spoken to, killed.

Not responsible for when; the desk's thread owns it, except for `kill`, which anybody may call.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from kiosk.clerk import messages as say

ROOT = Path(__file__).parent.parent.parent
CHUNK = 262144


class ClerkGone(Exception):
    """The child closed its side, or was killed."""


class Child:
    def __init__(self, begin: say.Begin) -> None:
        """Must be called by a thread that lives as long as the child may: PR_SET_PDEATHSIG follows the thread."""
        try:
            self._start()
        except OSError:  # no process or descriptor to be had
            raise ClerkGone from None
        try:
            self._send(say.spell(begin))
        except ClerkGone:
            self.bury()
            raise

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            argv = [sys.executable, "-E", "-s", "-X", "utf8", "-m", "kiosk.clerk"]
            argv += [str(theirs.fileno()), str(os.getpid())]
            self._process = subprocess.Popen(
                argv,
                cwd=ROOT,
                env={},
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self.pid = self._process.pid
        self._wire = ours
        self._wire.setblocking(False)
        self._reader = say.Reader(say.FROM_CLERK)
        self.pidfd = os.pidfd_open(self.pid)
        self.visit = ""
        self.due: float | None = None  # when silence becomes a loss

    def fileno(self) -> int:
        return self._wire.fileno()

    def send(self, message: say.ToClerk) -> None:
        """Raises ClerkGone.  The bytes that left are wiped here."""
        wire = say.spell(message)
        try:
            self._send(wire)
        finally:
            wire[:] = bytes(len(wire))

    def _send(self, wire: bytearray) -> None:
        try:
            if self._wire.send(wire, socket.MSG_NOSIGNAL) != len(wire):
                raise ClerkGone  # a socket's buffer is a hundred questions deep: nobody reads
        except OSError:
            raise ClerkGone from None

    def receive(self) -> list[say.FromClerk]:
        """What has arrived; raises ClerkGone."""
        try:
            data = self._wire.recv(CHUNK)
            if data:
                return self._reader.feed(data)
        except BlockingIOError:
            return []
        except (OSError, say.BadMessage):
            pass
        raise ClerkGone

    def kill(self) -> None:
        self._process.kill()

    def bury(self) -> None:
        """After `kill` or death: wait for the kernel to have taken the memory back, and close our ends."""
        self._process.kill()
        self._process.wait()
        self._wire.close()
        os.close(self.pidfd)
