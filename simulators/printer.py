"""A receipt printer made of paper, springs and ESC/POS, on a PTY or in memory.

Written from the command manual: it shares no code with the driver, so a wrong constant there cannot agree with
itself here.  What fell from the knife lies in `printer.out/` as bytes, text and picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from simulators.base import Refused, Simulator
from simulators.escpos_engine import Engine
from simulators.escpos_output import OutputTray
from simulators.escpos_sensors import Sensors
from simulators.escpos_strip import Strip
from simulators.escpos_typesetter import Typesetter
from simulators.faults import number, switch
from simulators.memory_host import MemoryHost
from simulators.port_host import PortHost
from simulators.pty_host import PtyHost

STALLED_SECONDS = 3600.0


def rom(word: str) -> str:
    if word not in ("cp949", "ksx1001"):
        raise Refused(f"{word!r} is no Hangul ROM; cp949 or ksx1001")
    return word


def forwarded(part: str, name: str) -> Any:
    """A setting of the printer that lives in one of its parts."""
    return property(
        lambda self: getattr(getattr(self, part), name),
        lambda self, value: setattr(getattr(self, part), name, value),
    )


class ReceiptPrinter:
    """The device apart from its wire (simulators.port_host.Device)."""

    settings: Mapping[str, Callable[[str], Any]] = {
        "paper_mm": number(0, 1e6),
        "jam_after_mm": number(0, 1e12),
        "cover_open": switch,
        "cutter_stuck": switch,
        "head_hot": switch,
        "broken": switch,
        "rom": rom,
    }
    paper_mm = forwarded("sensors", "paper_mm")
    cover_open = forwarded("sensors", "cover_open")
    cutter_stuck = forwarded("sensors", "cutter_stuck")
    head_hot = forwarded("sensors", "head_hot")
    broken = forwarded("sensors", "broken")
    jam_after_mm = forwarded("engine", "jam_after_mm")
    rom = forwarded("typesetter", "rom")

    def __init__(self, dots: int = 576, baudrate: int = 115_200) -> None:
        self.baudrate = baudrate
        self.sensors = Sensors()
        self.typesetter = Typesetter(dots)
        self.engine = Engine(self.sensors, self.typesetter)
        self.engine.on_cut = self._fall
        self.on_receipt: Callable[[Strip], None] = lambda strip: None
        self.receipts: list[str] = []  # what a person could read on each
        self.last: Strip | None = None

    def _fall(self, strip: Strip) -> None:
        """A blank chit is no receipt."""
        if not strip.is_blank:
            self.receipts.append(strip.text)
            self.last = strip
            self.on_receipt(strip)

    @property
    def wants_tick(self) -> float | None:
        return self.engine.wants_tick

    @property
    def has_room(self) -> bool:
        return self.engine.has_room

    def receive(self, data: bytes) -> bytes:
        return self.engine.receive(data)

    def tick(self, seconds: float) -> bytes:
        return self.engine.tick(seconds)

    def power_cycle(self) -> None:
        self.engine.power_cycle()

    def state(self) -> dict[str, Any]:
        return {
            "paper_mm": round(self.paper_mm, 1),
            "lines": self.typesetter.lines,
            "cuts": self.engine.cuts,
            "kicks": self.engine.kicks,
            "receipts": len(self.receipts),
            "text": self.receipts[-1] if self.receipts else "",
            "hanging": self.typesetter.strip.text,
            "waiting_bytes": self.engine.waiting_bytes,
            "offline": self.sensors.offline,
            "complaints": list(self.typesetter.complaints),
        }


class HeldLine(PortHost):
    """A line that takes no bytes while the printer's receive buffer is full (hardware handshake)."""

    device: ReceiptPrinter
    _stalled_until = 0.0

    @property
    def _deaf_until(self) -> float:
        return self._stalled_until if self.device.has_room else self._clock.monotonic() + STALLED_SECONDS

    @_deaf_until.setter
    def _deaf_until(self, until: float) -> None:
        self._stalled_until = until


class PrinterPort(HeldLine, PtyHost):
    """The printer's serial line."""


class PrinterInMemory(HeldLine, MemoryHost):
    """The same behind a socket pair, for runs under a fed clock."""


class PrinterSimulator(Simulator):
    role = "printer"

    def __init__(self, speed: float = 1.0, device: ReceiptPrinter | None = None) -> None:
        super().__init__(speed)
        self.device = device or ReceiptPrinter()
        self.device.typesetter.on_line = lambda count: self.on_moment(f"line {count}")
        self.host: PrinterPort | None = None

    def start(self, directory: Path) -> str:
        self._tray = OutputTray(directory / "printer.out")
        self.device.on_receipt = self._tray.put
        self.host = PrinterPort(self.device, directory / self.role, self.speed)
        self.host.start()
        return str(self.host.path)

    def stop(self) -> None:
        if self.host:
            self.host.stop()
            self._tray.close()
            self.host = None

    def do(self, words: list[str]) -> dict[str, Any]:
        return self._port.do(words)

    def state(self) -> dict[str, Any]:
        facts = self._port.call(self.device.state)
        self.busy_ms = self.device.engine.moving_seconds * 1000 / self.speed
        return super().state() | facts

    @property
    def _port(self) -> PrinterPort:
        assert self.host, "the printer is not started"
        return self.host
