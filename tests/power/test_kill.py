"""The plug is pulled at every step of a visit, and the same disk is started again."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from kiosk.flow.session import At
from tests.journeys.judge import next_visitor_is_served
from tests.power.conftest import DEAD, Machine

# (act or moment at which it dies, copies, sheets that are on paper, won that stay, what the agency is told)
BY_ITSELF = [
    ("before CaptureFinger 1", 1, 0, 0, set()),
    ("after AskIdentity 1", 1, 0, 0, set()),
    ("before FetchDocument 1", 1, 0, 0, set()),
    ("before AuthorisePayment 1", 1, 0, 0, {"void"}),
    ("before PrintPaper 1", 1, 0, 0, {"unknown"}),
    ("before PrintPaper 2", 2, 1, 200, {"unknown"}),
    ("before PrintReceipt 1", 1, 1, 200, {"done"}),
    ("after PrintReceipt 1", 1, 1, 200, {"done"}),
]
BY_A_DEVICE = [
    ("finger", "upload", 1, 0, 0, set()),
    ("agency", "identity 1", 1, 0, 0, set()),
    ("agency", "document 1", 1, 0, 0, {"void"}),  # issued, and its number never came
    ("card", "apdu 5", 1, 0, 0, {"void"}),
    ("payment_host", "0200", 1, 0, 0, {"void"}),  # charged, and nobody heard it
    ("page_printer", "page 1", 2, 1, 0, {"unknown"}),
]


def clerks_of(kiosk: int) -> list[int]:
    """The pids of the clerk processes that a kiosk of this pid started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"kiosk.clerk" in words and str(kiosk).encode() in words:
            found.append(int(path.parent.name))
    return found


def no_clerk_is_left(machine: Machine) -> None:
    assert machine.process
    for pid in clerks_of(machine.process.pid):
        try:
            end = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        assert select.select([end], [], [], 20)[0], "the clerk outlived its kiosk"
        os.close(end)


def comes_out_even(machine: Machine, sheets: int, kept: int, outcomes: set[str]) -> None:
    """Recovery before any visit; nothing printed again; money and agency even; the next one served."""
    no_clerk_is_left(machine)
    bench = machine.restarted()
    with bench:
        bench.until_at(At.ATTRACT, At.OUT_OF_SERVICE)
        assert bench.rows("select * from print_job") == [] == bench.rows("select * from step")
        bench.until(bench.is_settled, "the money settled")
        assert sum(row["kept"] for row in bench.ledger()) == kept
        assert set(bench.until_told()) == outcomes
        bench.until(lambda: not bench.rows("select * from outcome"), "every outcome acknowledged")
        unknown = outcomes == {"unknown"}
        assert [row[0] for row in bench.rows("select reason from staff_list")] == ["print-unknown"] * unknown
        printed = len(bench.printed_jobs())
        bench.until_at(At.ATTRACT)
        assert len(bench.printed_jobs()) == printed, "printed again by itself"
        if sheets:
            next_visitor_is_served(bench)


def jobs_of(machine: Machine) -> int:
    jobs = machine.rig.simulators["page_printer"].state()["jobs"]
    return sum(job["impressions"] for job in jobs if job["name"].split("-")[0] in machine.visits)


@pytest.mark.parametrize(
    ("death", "copies", "sheets", "kept", "outcomes"), BY_ITSELF, ids=[row[0] for row in BY_ITSELF]
)
def test_killed_between_the_disk_and_the_device(
    machine: Machine, death: str, copies: int, sheets: int, kept: int, outcomes: set[str]
) -> None:
    assert machine.run(copies, *death.split()) == DEAD
    comes_out_even(machine, sheets, kept, outcomes)
    assert jobs_of(machine) == sheets


@pytest.mark.parametrize(
    ("role", "moment", "copies", "sheets", "kept", "outcomes"), BY_A_DEVICE, ids=[f"{r[0]} {r[1]}" for r in BY_A_DEVICE]
)
def test_killed_while_a_device_works(
    machine: Machine, role: str, moment: str, copies: int, sheets: int, kept: int, outcomes: set[str]
) -> None:
    machine.kill_at(role, moment)
    assert machine.run(copies) == DEAD
    comes_out_even(machine, sheets, kept, outcomes)
    assert jobs_of(machine) <= sheets, "nothing comes out that nobody asked for"


def test_killed_while_it_gives_money_back(machine: Machine) -> None:
    machine.kill_at("payment_host", "0420")
    hang_up = {"do card insert resident": "payment_host close"}  # takes the question and never answers
    assert machine.run(1, at=lambda line: machine.obey(hang_up.get(line, "state"))) == DEAD
    machine.obey("payment_host answer")
    comes_out_even(machine, 0, 0, {"void"})
    books = machine.rig.simulators["payment_host"].state()["ledger"]
    entry = next(row for row in books if row["order"] in machine.orders)
    assert entry["charged"] == entry["reversed"]
