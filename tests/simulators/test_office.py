"""The simulated office itself: its words, and that it reports what does not keep the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.base import Refused
from simulators.office import OfficeSimulator
from simulators.office_store import OfficeStore, Reported
from tests.office.bench import Witness, until

EPOCH = "0011223344556677"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeSimulator]:
    simulator = OfficeSimulator()
    simulator.start(tmp_path)
    yield simulator
    simulator.stop()


@pytest.fixture
def witness(office: OfficeSimulator) -> Iterator[Witness]:
    witness = Witness(office.broker.port)
    yield witness
    witness.close()


def test_headquarters_say_that_they_are_there_and_that_they_leave(office: OfficeSimulator, witness: Witness) -> None:
    witness.wait_for("hq/v1/state", lambda m: m.json()["state"] == "online")
    office.do(["away"])
    witness.wait_for("hq/v1/state", lambda m: m.json()["state"] == "offline")
    before = len(witness.heard)
    office.do(["back"])
    witness.wait_for("hq/v1/state", lambda m: m.json()["state"] == "online", before)


def test_what_does_not_keep_the_contract_is_reported(office: OfficeSimulator, witness: Witness) -> None:
    witness.say("kiosk/v1/SG-02/status", {"state": "fine"})
    witness.say("weather", {"rain": True})
    until(lambda: len(office.state()["invalid"]) == 2)
    assert [each["topic"] for each in office.state()["invalid"]] == ["kiosk/v1/SG-02/status", "weather"]


def test_a_broker_is_killed_and_comes_back_at_the_same_place(office: OfficeSimulator) -> None:
    port = office.broker.port
    office.do(["broker", "kill"])
    assert office.state()["broker"] is False
    office.do(["broker", "start"])
    assert (office.state()["broker"], office.broker.port) == (True, port)


@pytest.mark.parametrize("words", [[], ["dance"], ["broker"], ["slow", "soon"]])
def test_a_word_it_does_not_know_is_refused(words: list[str]) -> None:
    with pytest.raises(Refused):
        OfficeSimulator().do(words)


def test_stopping_twice_or_without_a_start_is_no_fault() -> None:
    simulator = OfficeSimulator()
    simulator.stop()
    assert simulator.state()["role"] == "office"


def report(seq: int) -> Reported:
    return Reported("SG-02", EPOCH, seq, "cancelled", "{}")


def test_complete_means_without_a_gap(tmp_path: Path) -> None:
    store = OfficeStore(tmp_path / "hq.db")
    assert store.take([report(1), report(2), report(4)]) == {("SG-02", EPOCH): 2}
    assert store.take([report(2), report(3)]) == {("SG-02", EPOCH): 4}
    assert store.duplicates == 1
    assert store.take([]) == {}
    store.close()


def test_what_was_committed_outlives_headquarters(tmp_path: Path) -> None:
    store = OfficeStore(tmp_path / "hq.db")
    store.take([report(1)])
    store.close()
    again = OfficeStore(tmp_path / "hq.db")
    assert again.upto("SG-02", EPOCH) == 1
    assert not again.note_birth("SG-02", EPOCH, 2)
    assert again.note_birth("SG-02", EPOCH, 4)
    assert again.upto("SG-02", EPOCH) == 3
    again.take([report(7)])
    assert again.note_birth("SG-02", EPOCH, 7)
    assert again.upto("SG-02", EPOCH) == 7
    again.close()
