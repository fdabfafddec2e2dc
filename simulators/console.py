"""One line in, one JSON value out: the words that break, mend and question the simulated devices.

Tests, the demo and technicians use the same words; each device explains its own when it refuses one.
"""

from __future__ import annotations

import functools
import queue
import shlex
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulators.base import Refused, Simulator


@dataclass(frozen=True)
class Trap:
    """`[ROLE] at MOMENT: LINE`; sprung once."""

    role: str  # "" for any
    moment: str
    line: str

    def __str__(self) -> str:
        return f"{self.role} at {self.moment}: {self.line}".lstrip()


class Console:
    """Thread-safe; `close` ends its one thread, which carries out the lines of sprung traps.

    They run apart from the device that called out the moment: that one is in the middle of its work, and a device
    waiting for another that waits for it would hang both.
    """

    def __init__(self, simulators: Mapping[str, Simulator]) -> None:
        self._simulators = simulators
        self._traps: list[Trap] = []
        self._sprung: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._due: queue.SimpleQueue[Trap | None] = queue.SimpleQueue()
        for role, simulator in simulators.items():
            simulator.on_moment = functools.partial(self._spring, role)
        self._thread = threading.Thread(target=self._run, name="sim-console", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._due.put(None)
        self._thread.join()

    def obey(self, line: str) -> dict[str, Any]:
        """Carry out one line; {"ok": true, …} or {"ok": false, "error": …}, never an exception."""
        try:
            return {"ok": True, **self._carry_out(line.strip())}
        except Refused as refusal:
            return {"ok": False, "error": str(refusal)}
        except Exception as error:
            return {"ok": False, "error": f"{type(error).__name__}: {error}"}

    def _carry_out(self, line: str) -> dict[str, Any]:
        before, colon, after = line.partition(":")
        match [*self._split(before if colon else line)]:
            case ["at", *moment] if colon:
                return self._set_trap(Trap("", " ".join(moment), after.strip()))
            case [role, "at", *moment] if colon:
                self._simulator(role)
                return self._set_trap(Trap(role, " ".join(moment), after.strip()))
            case ["state"]:
                return self._state()
            case [role, "state"]:
                return self._simulator(role).state()
            case [role, *_] if not colon or role in self._simulators:
                return self._simulator(role).do(self._split(line)[1:])
        raise Refused(f"say ROLE WORDS, state, or at MOMENT: ROLE WORDS; roles: {', '.join(self._simulators)}")

    @staticmethod
    def _split(line: str) -> list[str]:
        try:
            return shlex.split(line)
        except ValueError as error:
            raise Refused(f"{line!r} cannot be read: {error}") from None

    def _simulator(self, role: str) -> Simulator:
        if role not in self._simulators:
            raise Refused(f"no role {role!r} here; roles: {', '.join(self._simulators)}")
        return self._simulators[role]

    def _state(self) -> dict[str, Any]:
        roles = {role: simulator.state() for role, simulator in self._simulators.items()}
        busy_ms = round(sum(simulator.busy_ms for simulator in self._simulators.values()), 1)
        with self._lock:
            return {
                "busy_ms": busy_ms,
                "roles": roles,
                "traps": [str(trap) for trap in self._traps],
                "sprung": list(self._sprung),
            }

    # -- traps --------------------------------------------------------------------------------

    def _set_trap(self, trap: Trap) -> dict[str, Any]:
        if not trap.moment or not trap.line:
            raise Refused("say at MOMENT: ROLE WORDS, like: at page 3: printer unplug")
        self._simulator(self._split(trap.line)[0])
        with self._lock:
            self._traps.append(trap)
        return {"trap": str(trap)}

    def _spring(self, role: str, moment: str) -> None:
        with self._lock:
            for trap in [t for t in self._traps if t.moment == moment and t.role in ("", role)]:
                self._traps.remove(trap)
                self._due.put(trap)

    def _run(self) -> None:
        while trap := self._due.get():
            answer = self.obey(trap.line)
            with self._lock:
                self._sprung.append({"trap": str(trap), **answer})
