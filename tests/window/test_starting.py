"""Starting ends, whoever answers: a kiosk opens or says why not, and never shows *starting* for ever."""

from __future__ import annotations

from pathlib import Path

from drivers.base import OFFLINE, Status, StatusChanged
from kiosk.assembly import ROLES
from kiosk.face import SILENT_SECONDS
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.journal.owed import Owed
from tests.window.test_nobody_there import Visitor


def test_no_visit_opens_before_every_device_has_answered(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    visitor.kiosk.take(Owed((), ()))
    for role in ROLES[:-1]:
        visitor.kiosk.take(StatusChanged(role, Status()))
        assert visitor.shown == "starting"
    visitor.kiosk.take(StatusChanged(ROLES[-1], Status()))
    assert visitor.shown == "attract"


def test_no_visit_opens_before_the_journal_has_said_what_is_owed(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    for role in ROLES:
        visitor.kiosk.take(StatusChanged(role, Status()))
    assert visitor.shown == "starting"
    visitor.kiosk.touch(tap.Started())
    assert not visitor.kiosk.session.visit


def test_a_device_that_never_says_anything_counts_as_away(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    visitor.kiosk.take(Owed((), ()))
    for role in ROLES:
        if role != "card":
            visitor.kiosk.take(StatusChanged(role, Status()))
    visitor.waits(SILENT_SECONDS[At.STARTING])
    assert visitor.kiosk.statuses["card"] == OFFLINE
    assert visitor.shown == "out-of-service"
    visitor.kiosk.take(StatusChanged("card", Status()))
    assert visitor.shown == "attract"
