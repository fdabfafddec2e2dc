"""The role `finger`: a ZFM module behind a serial port, and the hand that puts a thumb on it.

Not responsible for the module's commands (`zfm`) nor for the line's faults (`port_host`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulators.base import Refused, Simulator
from simulators.port_host import PortHost
from simulators.pty_host import PtyHost
from simulators.zfm import ZfmModule
from simulators.zfm_sensor import CONDITIONS, FINGERS, RESIDUAL, STRANGER

FEELS = (*CONDITIONS, RESIDUAL)


class FingerSimulator(Simulator):
    role = "finger"

    def __init__(self, speed: float = 1.0) -> None:
        super().__init__(speed)
        self.module = ZfmModule(lambda words: self.on_moment(words))
        self._host: PortHost | None = None

    def start(self, directory: Path) -> str:
        host = PtyHost(self.module, directory / self.role, self.speed)
        host.start()
        self._host = host
        return str(host.path)

    def live_behind(self, host: PortHost) -> None:
        """Use another line than a PTY; the caller starts and stops it."""
        self._host = host

    def stop(self) -> None:
        if self._host:
            self._host.stop()

    def do(self, words: list[str]) -> dict[str, Any]:
        if self._host is None:
            raise Refused("finger is not started")
        match words:
            case ["place", finger] if finger in FINGERS:
                return self._place(finger, "")
            case ["place", finger, feel] if finger in FINGERS and feel in FEELS:
                return self._place(finger, feel)
            case ["place", feel] if feel in FEELS:
                return self._place(STRANGER, feel)
            case ["lift"]:
                self._host.call(self.module.cells.sensor.lift)
                return {"finger": ""}
            case ["place" | "lift", *_]:
                raise Refused(f"place {'|'.join(FINGERS)} [{'|'.join(FEELS)}], or lift")
        return self._host.do(words)

    def _place(self, finger: str, feel: str) -> dict[str, Any]:
        assert self._host
        self._host.call(lambda: self.module.cells.sensor.place(finger, feel))
        return {"finger": finger, "feel": feel}

    def state(self) -> dict[str, Any]:
        line = self._host.line_seconds if self._host else 0.0
        self.busy_ms = (self.module.busy_seconds / self.speed + line) * 1000
        facts = self._host.call(self._facts) if self._host else {}
        return {**super().state(), **facts}

    def _facts(self) -> dict[str, Any]:
        cells = self.module.cells
        return {
            "finger": cells.sensor.finger,
            "feel": cells.sensor.condition,
            "led": cells.led,
            "images": self.module.images,
            "templates": len(cells.memory.templates),
            "baudrate": self.module.baudrate,
            "not_known": list(self.module.not_known),
        }
