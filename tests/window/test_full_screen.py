"""A kiosk that fills the screen: nothing a person can press ends it, and nobody can look into it from outside."""

from __future__ import annotations

from pathlib import Path

from demo.pointer import Pointer, Rect
from demo.stage import Stage
from kiosk.flow.intents import SwitchedContrast
from tests.kiosk.test_command_line import kiosk as command_line
from tests.screens.glass import scene
from tests.window.machine import until
from tests.window.nobody import ADDRESSES

SEEN_AT = (3, 1200)


def contrast_button() -> Rect:
    """The toolbar stands in the same place on every screen."""
    boxes = scene("attract", "portrait", "light", "ko").targets
    rect = next(box.rect for box in boxes if box.action == SwitchedContrast())
    return rect.x, rect.y, rect.w, rect.h


def test_it_cannot_be_closed_at_the_glass_and_stops_cleanly_when_the_machine_says_so(tmp_path: Path) -> None:
    with Stage(tmp_path) as stage:
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "addresses.json").write_text(ADDRESSES)
        display = stage.screen(1080, 1920)
        process = stage.kiosk(display, "--state", str(tmp_path / "state"), is_inspected=False)
        until(lambda: "-> out-of-service" in stage.log_of("kiosk"), "the first screen")
        pointer = Pointer(display, process.pid)
        before = pointer.colour(*SEEN_AT)
        pointer.close_window()
        pointer.alt_f4()
        pointer.press(contrast_button())  # whatever those did is over when this one shows
        until(lambda: pointer.colour(*SEEN_AT) != before, "a kiosk that still answers")
        assert process.poll() is None
        process.terminate()
        assert process.wait(20) == 0
        assert "Traceback" not in stage.log_of("kiosk")


def test_nobody_looks_into_a_kiosk_that_fills_the_screen(tmp_path: Path) -> None:
    answer = command_line("run", "--inspect", str(tmp_path / "sock"))
    assert answer.returncode == 2
    assert "--windowed" in answer.stderr
    assert not (tmp_path / "sock").exists()
