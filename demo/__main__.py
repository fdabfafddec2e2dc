"""`make demo`: one kiosk with every simulated device; a window where there is a display, else a scripted resident.

Both leave `var/demo/`: screens/*.png, certificate.pdf, receipt.bin, receipt.png, mqtt.jsonl.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from subprocess import Popen

from demo.eyes import Eyes
from demo.page import Page
from demo.pointer import NoWindow, Pointer, size_of
from demo.resident import Resident
from demo.results import gather, tell
from demo.stage import ROOT, Stage
from simulators.residents import RESIDENTS

CLOCK = "2021-03-02T10:00+09:00"
PORTRAIT, LANDSCAPE = (1080, 1920), (1280, 1024)
OUT = ROOT / "var" / "demo"


def main() -> int:
    if set(sys.argv[1:]) - {"--scripted"}:
        print("usage: python -m demo [--scripted]   (a scripted resident although there is a display)", file=sys.stderr)
        return 2
    for word in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(word, lambda number, _: sys.exit(128 + number))  # what was started is ended on the way out
    shutil.rmtree(OUT, ignore_errors=True)
    with Stage(OUT) as stage:
        stage.simulators("--clock", CLOCK)
        display = os.environ.get("DISPLAY", "")
        if display and "--scripted" not in sys.argv:
            by_hand(stage, display)
        else:
            scripted(stage)
        there = gather(OUT / "run", OUT)
    print("The demo left:")
    tell(there, OUT / "screens")
    return 0 if "certificate.pdf" in there or display else 1


def kiosk(stage: Stage, display: str, size: tuple[int, int]) -> Popen[bytes]:
    window = f"{size[0]}x{size[1]}"
    return stage.kiosk(display, "--windowed", window, "--clock", CLOCK, "--state", str(OUT / "state"))


def by_hand(stage: Stage, display: str) -> None:
    """A window to touch, and a page to work the devices with."""
    process = kiosk(stage, display, fitting(display))
    pointer = Pointer(display, process.pid)
    Eyes(stage.inspect).wait_for("attract", "out-of-service", is_alive=lambda: process.poll() is None)
    page = Page(stage)
    print(f"The kiosk is in the window. Work its devices at {page.url} . Close the window to end.", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        page.serve_until(lambda: process.poll() is not None, on_change=lambda name: keep(pointer, name))


def fitting(display: str) -> tuple[int, int]:
    """The portrait machine where the desktop has room for it, else the landscape one."""
    width, height = size_of(display)
    return PORTRAIT if PORTRAIT[0] <= width and PORTRAIT[1] <= height else LANDSCAPE


def keep(pointer: Pointer, name: str) -> None:
    number = len(list((OUT / "screens").glob("*.png"))) + 1
    with contextlib.suppress(NoWindow):  # hidden, beside the desktop or just closed: then without a picture
        pointer.picture(OUT / "screens" / f"{number:02d}-{name}.png")


def scripted(stage: Stage) -> None:
    """홍길동 takes home one 등본 by pointer on the real window; then once more without pictures, for its time."""
    display = stage.screen(*PORTRAIT)
    process = kiosk(stage, display, PORTRAIT)
    eyes, pointer = Eyes(stage.inspect), Pointer(display, process.pid)
    eyes.wait_for("attract")
    resident = Resident(stage, eyes, pointer, RESIDENTS["hong"].rrn, OUT / "screens")
    resident.take_home_one_copy()
    resident.pictures = None
    before, begun, hands = stage.do("state")["busy_ms"], time.monotonic(), pointer.paused
    resident.take_home_one_copy()
    seconds, busy = time.monotonic() - begun, (stage.do("state")["busy_ms"] - before) / 1000
    hands = pointer.paused - hands
    print(f"A resident's visit took {seconds:.2f} s: devices and offices {busy:.2f} s, the resident's own hand "
          f"{hands:.2f} s, everything else {seconds - busy - hands:.2f} s.")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
