"""How long from a press to its pixels, and to a whole new screen, as ratios to what the machine can do at best.

Drives the real window under Xvfb by XTEST and reads the framebuffer as a peer of no toolkit would:
`python benchmarks/tap_to_pixel.py [--taps N]`.  The limit is one XShm flip (and one button-sized update) of the same
window in the same run, so that only ratios are reported.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
DISPLAY = ":87"


@contextmanager
def display(size: tuple[int, int]) -> Iterator[None]:
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    socket = Path("/tmp/.X11-unix/X" + DISPLAY[1:])
    while not socket.exists() and server.poll() is None:
        time.sleep(0.02)
    os.environ["DISPLAY"] = DISPLAY
    os.environ.pop("SDL_VIDEODRIVER", None)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def percentiles(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "p50_ms": round(statistics.median(ordered) * 1e3, 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1e3, 3),
    }


def timed(times: int, work: Callable[[], object], settle: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(times):
        settle()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def measure(taps: int) -> dict[str, object]:
    import pygame
    from Xlib import X
    from Xlib.display import Display
    from Xlib.ext import xtest

    from kiosk.flow import intents
    from screens import issue as show
    from screens.canvas.window import Window
    from screens.facts import CategoryFact, PageSizes, Timeouts
    from screens.layout import compose
    from screens.model import Words
    from screens.parts import frame
    from screens.profile import PORTRAIT
    from screens.theme import LIGHT
    from screens.words import Strings

    config = ROOT / "config"
    window = Window((PORTRAIT.width, PORTRAIT.height), config / "fonts", config / "icons")
    strings = Strings("ko", tomllib.loads((config / "strings" / "ko.toml").read_text("utf-8")))
    around = frame(intents, Words("서구청 현관(1호)", "Seo-gu"), "032-000-0102", "ko", contrast_on=False)
    names = ("주민등록", "가족관계", "제적", "토지", "차량", "보건복지", "병적", "농지")
    tiles = tuple(CategoryFact(str(n), Words(name, name)) for n, name in enumerate(names))
    trees = (
        show.category(intents, tiles, 0, PageSizes(), Timeouts()),
        show.copies(intents, 9, Timeouts()),
    )

    def laid_out(n: int):  # type: ignore[no-untyped-def]
        return compose(trees[n], around, PORTRAIT, LIGHT, strings, window.fonts)

    server = Display(DISPLAY)
    root = server.screen().root

    def pixel(x: int, y: int) -> bytes:
        return bytes(root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFF).data[:3])

    def synced() -> None:
        server.sync()

    scene = laid_out(0)
    window.show(scene)
    window.wait(0.3)
    tile = next(box for box in scene.targets if box.action == intents.ChoseCategory("3")).rect
    spot = SimpleNamespace(x=tile.right - 40, y=tile.y + tile.h // 2)
    tap_times = []
    for _ in range(taps):
        still = pixel(spot.x, spot.y)
        xtest.fake_input(server, X.MotionNotify, x=spot.x, y=spot.y)
        server.sync()
        window.wait(0.05)
        start = time.perf_counter()
        xtest.fake_input(server, X.ButtonPress, 1)
        server.flush()
        while pixel(spot.x, spot.y) == still:
            window.wait(0.05)
        tap_times.append(time.perf_counter() - start)
        xtest.fake_input(server, X.ButtonRelease, 1)
        server.sync()
        window.wait(0.05)
        time.sleep(0.51)  # the kiosk takes the same key only once in half a second; this is a person's pace
    window.show(laid_out(1))
    window.show(laid_out(0))
    warm = window.renders
    turn = [0]

    def whole_screen() -> None:
        turn[0] ^= 1
        window.show(laid_out(turn[0]))
        pixel(5, 5)

    def flip() -> None:
        pygame.display.flip()
        pixel(5, 5)

    def one_button() -> None:
        pygame.display.update((tile.x, tile.y, tile.w, tile.h))
        pixel(spot.x, spot.y)

    screens = timed(taps, whole_screen, synced)
    flips, buttons = timed(taps, flip, synced), timed(taps, one_button, synced)
    told: dict[str, object] = {
        "tap_to_pixel": percentiles(tap_times),
        "whole_screen": percentiles(screens),
        "flip_of_the_same_window": percentiles(flips),
        "update_of_one_button": percentiles(buttons),
    }
    ratio = statistics.median(tap_times) / statistics.median(buttons)
    told["tap_to_pixel_over_update"] = round(ratio, 2)
    told["whole_screen_over_flip"] = round(statistics.median(screens) / statistics.median(flips), 2)
    told["text_renders_of_a_warm_screen_change"] = window.renders - warm
    told["idle"] = idle(window)
    window.close()
    return told


def idle(window, seconds: float = 5.0) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """CPU and wake-ups of a window that has nothing to do but wait for the next second."""
    before, slept = os.times(), voluntary_switches()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        window.wait(1.0)
    after = os.times()
    used = after.user + after.system - before.user - before.system
    return {
        "cpu_percent": round(100 * used / seconds, 3),
        "wake_ups_per_second": round((voluntary_switches() - slept) / seconds, 1),
    }


def voluntary_switches() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("voluntary_ctxt")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--taps", type=int, default=40)
    with display((1080, 1920)):
        print(json.dumps(measure(parser.parse_args().taps), indent=1))
