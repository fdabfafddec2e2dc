"""A desk with its own agency, and an inbox that waits for events."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.clock import SystemClock
from drivers.secret import Secret
from kiosk.clerk import messages as say
from kiosk.clerk.desk import Agency, ClerkLost, ClerkSaid, Desk
from kiosk.clerk.sealing import Sealer
from tests.clerk.agency import RRN, TEMPLATE, TestAgency

PATIENCE = 30.0


class Desktop:
    """A desk before some agency."""

    def __init__(self, address: Agency) -> None:
        self.sealer = Sealer()
        self.inbox: queue.SimpleQueue[ClerkSaid | ClerkLost] = queue.SimpleQueue()
        self.desk = self.started(address)

    def started(self, address: Agency) -> Desk:
        desk = Desk(self.inbox.put, SystemClock(), address, sample=True, key=self.sealer.key)
        desk.start()
        return desk

    def use(self, address: Agency) -> None:
        self.desk.stop()
        self.desk = self.started(address)

    def event(self) -> ClerkSaid | ClerkLost:
        return self.inbox.get(timeout=PATIENCE)

    def said(self) -> say.FromClerk:
        event = self.event()
        assert isinstance(event, ClerkSaid), event
        return event.message


class Bench(Desktop):
    """Before the tests' own agency."""

    def __init__(self, agency: TestAgency) -> None:
        super().__init__(agency.address())
        self.agency = agency

    def identify(self, visit: str = "0123456789abcdef") -> say.FromClerk:
        self.desk.open(visit)
        self.desk.identify(visit, Secret(RRN), Secret(TEMPLATE))
        event = self.event()
        assert isinstance(event, ClerkSaid), event
        assert event.visit == visit, "somebody else's answer"
        return event.message

    def fetch(self, visit: str = "0123456789abcdef", **options: str) -> say.FromClerk:
        self.desk.fetch(visit, "resident-copy", options, {}, won=200)
        return self.said()


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[TestAgency]:
    agency = TestAgency(tmp_path)
    yield agency
    agency.stop()


@pytest.fixture
def bench(agency: TestAgency) -> Iterator[Bench]:
    bench = Bench(agency)
    yield bench
    bench.desk.stop()
