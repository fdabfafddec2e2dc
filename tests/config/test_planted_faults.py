"""Every fault that somebody may make in a setting, a table or a text is named: file, place, value and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.machine import SHIPPED, SpoiltMachine
from tests.config.planted import DOCUMENTS_AND_FEES, SETTINGS
from tests.config.planted_more import MACHINES, OPTIONS_AND_INPUTS, OTHERS

PLANTED = SETTINGS | DOCUMENTS_AND_FEES | MACHINES | OPTIONS_AND_INPUTS | OTHERS
MOST_LINES = 4  # one mistake must not bury itself under its consequences


@pytest.fixture
def machine(tmp_path: Path) -> SpoiltMachine:
    return SpoiltMachine(tmp_path)


def test_what_is_shipped_has_no_fault(machine: SpoiltMachine) -> None:
    assert machine.check() == (0, ["ok: SG-02, 90 documents, 33 sites"])


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_named_with_its_remedy(name: str, machine: SpoiltMachine) -> None:
    file, old, new, said = PLANTED[name]
    machine.replace(file, old, new)
    status, lines = machine.check()
    assert status == 2
    assert any(line.startswith(said) for line in lines), "\n".join(lines)
    assert len(lines) <= MOST_LINES, "\n".join(lines)
    assert all("; " in line for line in lines), "each says what to do"


@pytest.mark.parametrize("table", sorted(path.name for path in (SHIPPED / "data").glob("*.csv")))
def test_a_missing_table_is_named_and_the_others_are_still_read(table: str, machine: SpoiltMachine) -> None:
    (machine.data / table).unlink()
    machine.replace("kiosk.toml", "copies_max = 9", "copies_max = 99")
    status, lines = machine.check()
    assert status == 2
    assert f"data/{table}: cannot be read (No such file or directory); put the table back" in lines
    assert "kiosk.toml: issuing.copies_max = 99: must be 1 to 9; take 9" in lines


@pytest.mark.parametrize("file", ["kiosk.toml", "devices.json", "strings/ko.toml"])
def test_a_missing_file_is_named(file: str, machine: SpoiltMachine) -> None:
    (machine.directory / file).unlink()
    status, lines = machine.check()
    assert status == 2
    assert f"{file}: cannot be read (No such file or directory); put the file there or name another" in lines


def test_all_faults_are_said_at_once(machine: SpoiltMachine) -> None:
    names = ["a negative time", "a misspelt option", "an unknown agency", "a surcharge without amount", "two defaults"]
    names = [*names[1:], "one issue too many in 2019", "another placeholder", "an agency in the clear"]
    for name in names:
        machine.replace(*PLANTED[name][:3])
    _, lines = machine.check()
    for name in names:
        assert any(line.startswith(PLANTED[name][3]) for line in lines), name
    assert len(lines) == len(names), "and nothing else"


def test_two_faults_of_one_row_and_one_section_are_both_said(machine: SpoiltMachine) -> None:
    machine.replace("kiosk.toml", "idle_seconds = 60", "idle_seconds = 5")
    machine.replace("kiosk.toml", "message_seconds = 30", 'message_seconds = "long"')
    machine.replace("data/sites.csv", "08:00-22:00,plan,7926,6211", "8-22,paln,7926,6211")
    status, lines = machine.check()
    places = [line.split(" = ")[0] for line in lines]
    assert status == 2
    assert places == [
        "kiosk.toml: screen.idle_seconds",
        "kiosk.toml: screen.message_seconds",
        "data/sites.csv: row 2 (SG-01) hours",
        "data/sites.csv: row 2 (SG-01) hours_basis",
    ]


@pytest.mark.parametrize("spoil", [b"\xff\xfe", b"\xef\xbb\xbf"])
def test_a_table_in_another_encoding_is_refused(spoil: bytes, machine: SpoiltMachine) -> None:
    path = machine.data / "categories.csv"
    path.write_bytes(spoil + path.read_bytes())
    status, lines = machine.check()
    assert status == 2
    assert len(lines) == 1
    assert "save the file as UTF-8" in lines[0]
