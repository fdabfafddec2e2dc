"""A resident who visits the real window again and again, for whoever wants to know how long something takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.eyes import Eyes
from demo.pointer import Pointer
from demo.resident import Resident
from demo.stage import Stage
from simulators.residents import RESIDENTS

SIZE = (1080, 1920)
CLOCK = "2021-03-02T10:00+09:00"


@contextmanager
def played(speed: float = 1.0, program: str = "kiosk") -> Iterator[Resident]:
    """One warm kiosk: somebody was there before."""
    with TemporaryDirectory(prefix="kiosk-bench-") as name, Stage(Path(name)) as stage:
        stage.simulators("--speed", str(speed), "--clock", CLOCK)
        display = stage.screen(*SIZE)
        window = f"{SIZE[0]}x{SIZE[1]}"
        state = str(stage.directory / "state")
        process = stage.kiosk(display, "--windowed", window, "--clock", CLOCK, "--state", state, program=program)
        eyes = Eyes(stage.inspect)
        eyes.wait_for("attract", is_alive=lambda: process.poll() is None)
        pointer = Pointer(display, process.pid)
        resident = Resident(stage, eyes, pointer, RESIDENTS["hong"].rrn)
        resident.take_home_one_copy()
        yield resident
        pointer.close()
