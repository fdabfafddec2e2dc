"""Whichever way a visit ends, its memory is wiped at once: number, fingerprint, sealed pages, card facts."""

from __future__ import annotations

import pytest

from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.visit import Visit
from tests.journeys.bench import Bench
from tests.journeys.test_cables import play_to


def is_wiped(visit: Visit) -> bool:
    return not len(visit.rrn) and not len(visit.template) and not visit.sealed and visit.paid is None


@pytest.mark.parametrize("at", [At.RRN, At.FINGER, At.OPTIONS, At.COPIES, At.CONFIRM], ids=lambda at: at.value)
@pytest.mark.parametrize("how", ["cancelled", "walked away"])
def test_a_visit_that_ends_early_is_wiped(kiosk: Bench, at: At, how: str) -> None:
    kiosk.until_at(At.ATTRACT)
    play_to(kiosk, at)
    if at is At.RRN:  # one digit is enough
        kiosk.press(tap.Digit(8))
    visit = kiosk.kiosk.runtime.visit
    assert visit
    assert len(visit.rrn)
    if how == "cancelled":
        kiosk.press(tap.Cancelled())
    else:
        kiosk.kiosk.face.warned_at = kiosk.clock.monotonic() - 100  # warned, and nobody came
        kiosk.kiosk.patience.restart(kiosk.clock.monotonic() - 100)
    kiosk.until_at(At.ATTRACT)
    assert is_wiped(visit)
    assert kiosk.kiosk.runtime.visit is None
    kiosk.until(lambda: not kiosk.assembly.desk._live, "the clerk dismissed")


def test_a_visit_that_went_well_is_wiped(kiosk: Bench) -> None:
    kiosk.until_at(At.ATTRACT)
    play_to(kiosk, At.TAKE)
    visit = kiosk.kiosk.runtime.visit
    assert visit
    assert not is_wiped(visit)
    assert not kiosk.kiosk.performer._in_clear, "pages in clear outlive their job"
    kiosk.do("card remove")
    kiosk.leave()
    assert is_wiped(visit)
