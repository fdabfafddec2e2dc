"""The simulated card reader: a real pcscd of its own, and words that break it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.base import Refused
from simulators.card import CardSimulator
from simulators.emv_card import EmvCard
from simulators.emv_issuer import RESIDENTS_CARDS, SPECIAL_CARDS, card_of
from simulators.pcscd import PORTS, PrivatePcscd

EPHEMERAL_FROM = 32768
CONDITIONS_NOT_SATISFIED, WRONG_LENGTH, NOT_KNOWN = (bytes.fromhex(word) for word in ("6985", "6700", "6D00"))


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[CardSimulator]:
    simulator = CardSimulator()
    simulator.start(tmp_path)
    yield simulator
    simulator.stop()


def words(simulator: CardSimulator, line: str) -> dict[str, object]:
    return simulator.do(line.split())


def test_two_readers_live_side_by_side_and_leave_the_machine_s_own_pcscd_alone(
    simulator: CardSimulator, tmp_path: Path
) -> None:
    before = set(Path("/run/pcscd").iterdir()) if Path("/run/pcscd").exists() else set()
    other = PrivatePcscd(tmp_path / "other")
    other.open()
    elsewhere = Path(other.socket)
    assert elsewhere != Path(simulator._service.socket)
    assert elsewhere.is_socket()
    other.close()
    assert not elsewhere.exists()
    assert Path(simulator._service.socket).is_socket()
    assert before == (set(Path("/run/pcscd").iterdir()) if Path("/run/pcscd").exists() else set())


def test_the_reader_s_port_is_out_of_reach_of_other_programs_connections(simulator: CardSimulator) -> None:
    assert simulator._service.port in PORTS
    assert max(PORTS) + 1 < EPHEMERAL_FROM


def test_the_socket_stays_where_it_is_when_pcscd_comes_back(simulator: CardSimulator) -> None:
    where = simulator._service.socket
    assert words(simulator, "pcscd kill")["pcscd"] is False
    assert words(simulator, "pcscd start")["pcscd"] is True
    assert simulator._service.socket == where


def test_nothing_is_left_running(tmp_path: Path) -> None:
    simulator = CardSimulator()
    simulator.start(tmp_path)
    keeper, daemon = simulator._service._keeper, simulator._service._pid
    assert keeper
    simulator.stop()
    assert keeper.returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)


@pytest.mark.parametrize(
    "line", ["", "insert", "remove at third apdu", "remove at 0th apdu", "slow fast", "pcscd stop"]
)
def test_unknown_words_are_refused_with_the_known_ones(simulator: CardSimulator, line: str) -> None:
    with pytest.raises(Refused):
        words(simulator, line)


def test_a_second_card_does_not_fit(simulator: CardSimulator) -> None:
    words(simulator, "insert hong")
    with pytest.raises(Refused, match="remove it first"):
        words(simulator, "insert kim")
    assert words(simulator, "remove")["inserted"] is False


def test_without_a_reader_there_is_no_place_for_a_card(simulator: CardSimulator) -> None:
    assert words(simulator, "unplug")["reader"] is False
    with pytest.raises(Refused, match="no reader"):
        words(simulator, "insert hong")
    assert words(simulator, "plug")["reader"] is True


def test_everybody_has_a_card_and_always_the_same() -> None:
    assert card_of("hong") == card_of("hong")
    assert {card_of(name) for name in ("hong", "kim", "lee", "park")} == set(RESIDENTS_CARDS)


@pytest.mark.filterwarnings("ignore:.*TripleDES")
def test_the_chip_is_as_strict_as_the_book() -> None:
    card = EmvCard(SPECIAL_CARDS["decline"])
    generate = bytes.fromhex("80AE80001D")
    assert card.answer(generate + bytes(29)) == NOT_KNOWN  # nothing selected
    card.answer(bytes.fromhex("00A4040007D4100000011010"))
    assert card.answer(generate + bytes(29)) == CONDITIONS_NOT_SATISFIED  # no processing options yet
    assert card.answer(bytes.fromhex("80A8000003830104")) == WRONG_LENGTH
    card.answer(bytes.fromhex("80A800000483020410"))
    assert card.answer(bytes.fromhex("80AE80001C") + bytes(28)) == WRONG_LENGTH
    assert card.answer(generate + bytes(29))[0] == 0x61  # type: ignore[index]
    assert card.answer(bytes.fromhex("80AE800029") + bytes(41)) == CONDITIONS_NOT_SATISFIED  # the bank is asked once
    card.answer(bytes.fromhex("80AE400029") + b"00" + bytes(39))
    assert card.last_kind == "AAC"  # an approval that no bank has signed
