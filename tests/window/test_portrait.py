"""The portrait machine in its real window: a whole visit, a press that slides off, and what it costs to do nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.window.machine import Machine, machine, wake_ups

WAKE_UPS_A_SECOND = 15


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("portrait"), 1080, 1920) as kiosk:
        yield kiosk


def test_nothing_to_do_wakes_nobody(kiosk: Machine) -> None:
    kiosk.at_rest()
    before, begun = wake_ups(kiosk.process.pid), time.monotonic()
    time.sleep(4.0)  # the thing measured: four seconds in which nobody does anything
    after, seconds = wake_ups(kiosk.process.pid), time.monotonic() - begun
    each = {thread: round((after[thread] - before.get(thread, 0)) / seconds, 1) for thread in after}
    assert sum(each.values()) <= WAKE_UPS_A_SECOND, each


def test_a_resident_takes_home_a_copy_and_a_receipt_and_leaves_no_thread_behind(kiosk: Machine) -> None:
    kiosk.at_rest()
    before = set(wake_ups(kiosk.process.pid))
    kiosk.resident().take_home_one_copy()
    assert set(wake_ups(kiosk.process.pid)) == before
    assert kiosk.state_of("page_printer")["output_sheets"] == 1
    assert {seen.language for seen in kiosk.eyes.seen} == {"ko"}
    bare = [seen.name for seen in kiosk.eyes.seen if "모의 장치" not in seen.texts]
    assert not bare, f"no ribbon on {bare}"


def test_a_press_that_slides_off_chooses_nothing(kiosk: Machine) -> None:
    kiosk.at_rest()
    kiosk.resident().go("attract", "Started")
    seen = kiosk.eyes.wait_for("category")
    tile, other = seen.find("ChoseCategory:resident"), seen.find("CalledStaff")
    assert tile
    assert other
    kiosk.pointer.slide(tile, other)
    kiosk.pointer.slide(other, tile)
    kiosk.pointer.press(other)  # what follows shows that both slides are over
    panel = kiosk.eyes.wait_for("staff", "document")
    assert panel.name == "staff"
    kiosk.resident().press(panel, "DismissedStaff")
    assert kiosk.eyes.wait_for("category", "document").name == "category"
    kiosk.resident().press(seen, "Cancelled")
    kiosk.at_rest()


def test_closing_the_window_on_a_desk_ends_it_cleanly(kiosk: Machine) -> None:
    kiosk.at_rest()
    kiosk.pointer.close_window()
    assert kiosk.process.wait(20) == 0
    assert "Traceback" not in kiosk.stage.log_of("kiosk")
