"""A card reader that cannot be had in this process at all."""

from __future__ import annotations

from drivers.base import OFFLINE, LinkLost, StatusChanged, Verdict
from drivers.card.driver import AwaitRemoval, CardDriver
from drivers.clock import SystemClock
from tests.drivers.card_bench import MemoryReader
from tests.drivers.conftest import TestInbox


def test_a_reader_that_cannot_be_had_is_offline_and_refuses_everything(inbox: TestInbox) -> None:
    class NoReader(MemoryReader):
        def start(self) -> None:
            raise LinkLost("this process already speaks to another pcscd")

    driver = CardDriver("card", inbox, SystemClock(), "", "", "tcp://127.0.0.1:9", in_place_of_pcsc=NoReader())
    driver.start()
    inbox.wait_for(StatusChanged, lambda event: event.status == OFFLINE)
    ticket = driver.submit(AwaitRemoval("visit"))
    finished = inbox.finished(ticket)
    assert (finished.verdict, finished.result) == (Verdict.NOT_DONE, "offline")
    driver.stop()
