"""Somebody walks away in the middle: a warning, as much time as anybody asks for, then the visit is wiped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from config.devices import load_devices
from config.load import load
from config.reading import DATA
from drivers.base import Status, StatusChanged
from kiosk.assembly import ROLES, Assembly
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.journal.owed import Owed
from kiosk.kiosk import Kiosk
from kiosk.loop import Inbox
from screens.profile import PORTRAIT
from tests.clock import FedClock
from tests.window.nobody import ADDRESSES

TEN = datetime.fromisoformat("2021-03-02T10:00:00+09:00")
IDLE, WARNING = 60.0, 25.0


class Visitor:
    """The whole kiosk with time in our hands; its threads are not started, for no device has a part in this."""

    def __init__(self, tmp_path: Path) -> None:
        path = tmp_path / "addresses.json"
        path.write_text(ADDRESSES)
        self.clock = FedClock(TEN)
        config = load(DATA.parent / "kiosk.toml")
        built = Assembly(config, load_devices(path), self.clock, Inbox(), tmp_path / "state", PORTRAIT.sizes)
        self.kiosk: Kiosk = built.kiosk
        self.view = built.view

    def starts(self) -> Visitor:
        self.kiosk.take(Owed((), ()))
        for role in ROLES:
            self.kiosk.take(StatusChanged(role, Status()))
        for step in (tap.Started(), tap.ChoseCategory("resident"), tap.ChoseDocument("resident-copy"), tap.Agreed()):
            self.kiosk.touch(step)
        for digit in (8, 0, 0, 1, 0, 1):
            self.kiosk.touch(tap.Digit(digit))
        return self

    def waits(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.kiosk.tick(self.view.below().seconds)

    @property
    def shown(self) -> str:
        return self.view.screen().name


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(tmp_path).starts()


def test_a_silent_visitor_is_asked_first_and_nothing_is_lost_by_that(visitor: Visitor) -> None:
    visitor.waits(IDLE - 1)
    assert visitor.shown == "rrn"
    visitor.waits(1)
    assert visitor.shown == "idle-warning"
    assert visitor.kiosk.session.at is At.RRN
    visitor.waits(WARNING - 1)
    visitor.kiosk.touch(tap.Extended())
    assert visitor.shown == "rrn"
    assert visitor.kiosk.runtime.visit
    assert len(visitor.kiosk.runtime.visit.rrn) == 6


def test_the_time_is_extended_as_often_as_somebody_asks_for_it(visitor: Visitor) -> None:
    for turn in range(12):
        visitor.waits(IDLE)
        assert visitor.shown == "idle-warning", turn
        visitor.kiosk.touch(tap.Extended())
        assert visitor.shown == "rrn", turn
    assert visitor.kiosk.session.visit


def test_an_unanswered_warning_wipes_the_visit_and_shows_the_first_screen(visitor: Visitor) -> None:
    visit = visitor.kiosk.runtime.visit
    assert visit
    visitor.waits(IDLE)
    visitor.waits(WARNING)
    assert visitor.shown == "attract"
    assert visitor.kiosk.runtime.visit is None
    assert len(visit.rrn) == 0
    assert not visitor.kiosk.session.visit


def test_the_warning_stands_at_least_twenty_seconds_and_counts_them(visitor: Visitor) -> None:
    visitor.waits(IDLE)
    for gone in range(20):
        assert visitor.shown == "idle-warning", gone
        left = visitor.kiosk.patience.left(visitor.clock.monotonic(), visitor.kiosk.face)
        assert left == WARNING - gone
        visitor.waits(1)


def test_any_touch_beside_the_buttons_keeps_the_visit(visitor: Visitor) -> None:
    for _ in range(5):
        visitor.waits(IDLE - 1)
        visitor.kiosk.touched()
        assert visitor.shown == "rrn"
