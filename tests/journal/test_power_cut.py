"""The power fails at every statement of a paid visit, one after the other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.journal import audit
from kiosk.journal.recovery import recover
from tests.journal.bench import AT, NUMBER, ORDER, VISIT, die_at, open_file, run_on, visit

STATEMENTS = 46


def run_until_power_cut(cut: int, path: Path, world: Path) -> bool:
    """In a process of its own, which ends without a word before its statement number `cut`."""
    if child := os.fork():
        return os.waitpid(child, 0)[1] == 0
    code = 1
    try:
        db = open_file(path)
        die_at(cut, db)

        def note(line: str) -> None:
            with world.open("a") as file:
                file.write(line + "\n")

        run_on(db, visit(lambda job, pages: note(f"print {job}"), lambda order: note(f"charge {order}")))
        code = 0
    finally:
        os._exit(code)


@pytest.mark.parametrize("cut", range(STATEMENTS))
def test_a_power_cut_loses_nothing_and_repeats_nothing(tmp_path: Path, cut: int) -> None:
    path, world = tmp_path / "kiosk.db", tmp_path / "world"
    run_until_power_cut(cut, path, world)
    moved = world.read_text().split("\n") if world.exists() else []
    db = open_file(path)
    recover(db, AT)

    assert not db.execute("select 1 from print_job").fetchall(), "a job is left"
    assert moved.count("print J1") <= 1
    assert moved.count("print J2") <= 1
    order = db.execute("select state, kept_won from payment_order where order_id = ?", (ORDER,)).fetchone()
    listed = [row[0] for row in db.execute("select won from staff_list")]
    trail = " ".join(row[0] for row in db.execute("select entry from audit"))
    done = trail.count('"verdict":"done"')
    if f"charge {ORDER}" in moved:
        kept = '"kept":400' in trail
        assert kept or (order and order[0] == "reversing" and order[1] == 200 * done)
        assert kept == (done == 2)
    printed_unsure = len([line for line in moved if line.startswith("print")]) - done
    assert len(listed) >= max(0, printed_unsure), "paper may be out and nobody was told"
    told = db.execute("select number, outcome from outcome").fetchall()
    assert len({number for number, _ in told}) == len(told)
    if "print J1" in moved:
        assert [number for number, _ in told] == [NUMBER]
    assert audit.first_broken(db) is None
    assert not db.execute("select 1 from step where visit = ?", (VISIT,)).fetchall()


def test_recovery_itself_may_be_cut_and_is_then_done_whole(tmp_path: Path) -> None:
    path, world = tmp_path / "kiosk.db", tmp_path / "world"
    run_until_power_cut(25, path, world)
    for cut in range(20):
        if child := os.fork():
            os.waitpid(child, 0)
        else:
            db = open_file(path)
            die_at(cut, db)
            recover(db, AT)
            os._exit(0)
    db = open_file(path)
    recover(db, AT)
    assert not recover(db, AT).reversals or db.execute("select count(*) from outcome").fetchone() == (1,)
    assert db.execute("select count(*) from staff_list").fetchone()[0] <= 1


def test_no_statement_of_the_visit_is_left_out(tmp_path: Path) -> None:
    assert not run_until_power_cut(STATEMENTS - 1, tmp_path / "cut.db", tmp_path / "world1")
    assert run_until_power_cut(STATEMENTS, tmp_path / "whole.db", tmp_path / "world2")


def test_the_agency_is_told_to_void_what_it_may_have_issued_in_a_visit_that_was_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    db = open_file(path)
    run_on(db, visit(lambda job, pages: None, lambda order: None)[:1])
    db.close()
    db = open_file(path)
    recover(db, AT)
    assert db.execute("select number, outcome from outcome").fetchall() == [(f"visit:{VISIT}", "void")]
