"""The journal thread and its tables, on a real file."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.base import Verdict
from kiosk.flow import effects as do
from kiosk.journal import audit
from kiosk.journal.journal import Committed, JournalFailed, JournalOpened, Step
from kiosk.journal.outbox import Outbox
from tests.journal.bench import NUMBER, ORDER, PAPER, VISIT, Bench, job, open_file, visit, write


@pytest.fixture
def bench(tmp_path: Path):  # type: ignore[no-untyped-def]
    bench = Bench(tmp_path / "kiosk.db")
    bench.opened()
    yield bench
    bench.journal.stop()


def test_a_claimed_job_yields_its_pages_once(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    assert write(db, job("J1", claimed=True), job("J2", claimed=False)).payloads == {"J1": PAPER}
    assert write(db, do.ClaimJob("J2")).payloads == {"J2": PAPER}
    assert write(db, do.ClaimJob("J2")).payloads == {}
    assert write(db, do.ClaimJob("J1")).payloads == {}


def test_an_ended_job_keeps_no_pages_and_never_ends_again(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    write(db, job("J1", claimed=True), do.EndJob("J1", Verdict.UNKNOWN))
    write(db, do.EndJob("J1", Verdict.DONE))
    assert db.execute("select state, payload from print_job").fetchall() == [("unknown", None)]


def test_a_late_approval_never_revives_a_reversal(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    write(db, do.OpenOrder(VISIT, ORDER, 200), do.StartReversal(ORDER, 0))
    write(db, do.StoreApproval(ORDER, "123456"), do.KeepMoney(ORDER), do.CloseOrder(ORDER))
    assert db.execute("select state from payment_order").fetchall() == [("reversing",)]


def test_trace_numbers_never_repeat_and_wrap_at_six_digits(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    db.execute("update meta set value = '999998' where key = 'stan'")
    stans = [write(db, do.OpenOrder(VISIT, f"ORDER{n}", 200)).orders[f"ORDER{n}"].stan for n in range(3)]
    assert stans == [999_999, 1, 2]


def test_an_order_id_can_be_used_once_only(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    write(db, do.OpenOrder(VISIT, ORDER, 200))
    with pytest.raises(sqlite3.IntegrityError):
        write(db, do.OpenOrder(VISIT, ORDER, 200))


def test_the_first_outcome_of_a_document_stands(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    write(db, do.TellOutcome(NUMBER, "unknown"), do.TellOutcome(NUMBER, "void"))
    assert db.execute("select number, outcome from outcome").fetchall() == [(NUMBER, "unknown")]


@pytest.mark.parametrize(
    "damage",
    [
        "update audit set entry = replace(entry, 'done', 'void') where number = 2",
        "delete from audit where number = 2",
        "update audit set number = number + 100 where number = 1",
    ],
)
def test_an_audit_trail_that_was_touched_says_where(tmp_path: Path, damage: str) -> None:
    db = open_file(tmp_path / "kiosk.db")
    for name in ("J1", "J2", "J3"):
        write(db, job(name, claimed=True), do.EndJob(name, Verdict.DONE))
    assert audit.first_broken(db) is None
    db.execute(damage)
    assert audit.first_broken(db) is not None


def test_audit_rows_are_kept_for_two_years_and_the_chain_survives_their_going(tmp_path: Path) -> None:
    db = open_file(tmp_path / "kiosk.db")
    write(db, job("J1", claimed=True), do.EndJob("J1", Verdict.DONE))
    write(db, job("J2", claimed=True), do.EndJob("J2", Verdict.DONE))
    db.execute("update audit set at = '2019-01-01T00:00:00+00:00' where number = 1")
    audit.forget_old(db, datetime(2021, 3, 2, tzinfo=UTC))
    assert db.execute("select count(*) from audit").fetchone() == (1,)
    assert audit.first_broken(db) is None


def test_a_step_comes_back_only_when_it_is_on_the_disk(bench: Bench) -> None:
    for step, _ in visit(lambda job, pages: None, lambda order: None):
        done = bench.commit(step)
        assert isinstance(done, Committed)
        assert done.step == step.number
    db = sqlite3.connect(bench.path)
    for table in ("step", "print_job", "payment_order", "document"):
        assert db.execute(f"select count(*) from {table}").fetchone() == (0,), f"{table} outlived its visit"
    assert db.execute("select outcome from outcome").fetchall() == [("done",)]


def test_a_step_that_cannot_be_written_says_so_and_every_later_one_too(bench: Bench) -> None:
    order = do.OpenOrder(VISIT, ORDER, 200)
    assert isinstance(bench.commit(Step(1, VISIT, "pay", (order,))), Committed)
    assert isinstance(bench.commit(Step(2, VISIT, "pay", (order,))), JournalFailed)
    assert isinstance(bench.commit(Step(3, VISIT, "pay", ())), JournalFailed)


def test_a_file_that_is_no_database_closes_the_kiosk_and_is_left_as_evidence(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    path.write_bytes(b"not a database at all" * 100)
    bench = Bench(path)
    assert isinstance(bench.next(), JournalFailed)
    bench.journal.commit(Step(7, VISIT, "pay", ()))
    failed = bench.next()
    assert isinstance(failed, JournalFailed)
    assert failed.step == 7
    bench.journal.stop()
    assert path.read_bytes().startswith(b"not a database")


def test_the_outbox_is_in_order_without_gaps_and_leaves_only_when_released(bench: Bench) -> None:
    outbox = Outbox(bench.journal)
    for number in range(1, 6):
        bench.commit(Step(number, VISIT, "take", (do.Report("issued", (("pages", number),)),)))
    assert [row.seq for row in outbox.unsent(0, 3)] == [1, 2, 3], "the first one says that the kiosk started"
    assert outbox.bounds() == (1, 7)
    outbox.release(4)
    assert outbox.bounds() == (5, 7)
    outbox.release(6)
    assert outbox.bounds() == (7, 7), "numbers go on although the table is empty"


def test_the_epoch_lives_as_long_as_the_file(tmp_path: Path) -> None:
    def epoch(path: Path) -> str:
        bench = Bench(path)
        assert isinstance(bench.next(), JournalOpened)
        found = Outbox(bench.journal).epoch
        bench.journal.stop()
        return found

    assert epoch(tmp_path / "one.db") == epoch(tmp_path / "one.db")
    assert epoch(tmp_path / "one.db") != epoch(tmp_path / "two.db")
