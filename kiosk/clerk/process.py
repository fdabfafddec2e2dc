"""The clerk's own process: leaves no core, dies with its parent, says Ready, warms up, answers until told no more.

Not responsible for what the answers are (`work`).  It writes no log and no file: everything it knows is somebody's.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
from typing import TYPE_CHECKING

from drivers.clock import SystemClock
from kiosk.clerk import messages as say

if TYPE_CHECKING:
    from kiosk.clerk.work import Work

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
CHUNK = 65536


def main(fd: int, parent: int) -> None:
    close_the_curtains(parent)
    wire = socket.socket(fileno=fd)
    clock = SystemClock()
    reader = say.Reader(say.TO_CLERK)
    waiting = _next(wire, clock, reader)
    begin = waiting.pop(0) if waiting else None
    if not isinstance(begin, say.Begin):
        return
    wire.sendall(say.spell(say.Ready()))
    # Behind Ready, because the typesetter is large and nobody waits for it yet.
    from kiosk.clerk.http_link import HttpLink
    from kiosk.clerk.work import Work

    link = HttpLink(begin.url, begin.ca, clock, begin.soft_seconds, begin.hard_seconds)
    work = Work(begin, link)
    _warm(work)
    while True:
        for message in waiting:
            if (answer := work.answer(message)) is not None:
                wire.sendall(say.spell(answer))
        if not (waiting := _next(wire, clock, reader)):
            return


def _warm(work: Work) -> None:
    """Missing keys or a missing CA are said when somebody asks, in the answer."""
    with contextlib.suppress(Exception):  # the same fault comes back, with a word for it, at the first question
        work.warm()


def _next(wire: socket.socket, clock: SystemClock, reader: say.Reader) -> list[say.ToClerk]:
    """At least one message; none when the kiosk has hung up."""
    while True:
        clock.wait((wire.fileno(),), None)
        data = wire.recv(CHUNK)
        if not data:
            return []
        if messages := reader.feed(data):
            return messages


def close_the_curtains(parent: int) -> None:
    """No core dump, no debugger of the same user, no life after the kiosk's."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) or prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0):
        sys.exit(1)
    if os.getppid() != parent:  # it died before the line above
        sys.exit(1)
