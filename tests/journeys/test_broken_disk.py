"""The journal fails in the middle of a visit: no device moves after it, and money that was authorised goes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.flow import effects as do
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.journal.database import Connection
from kiosk.journal.journal import Step
from kiosk.journal.writes import Produced
from tests.journeys.bench import Bench
from tests.journeys.judge import next_visitor_is_served, says
from tests.journeys.test_cables import go_on, play_to


def break_disk(bench: Bench, kind: type[do.Write] | None = None) -> None:
    """From the first step on that holds such a write (None: from now on), nothing gets on the disk any more."""
    journal = bench.assembly.journal
    as_it_was = journal.write
    broken = kind is None

    def write(db: Connection, step: Step, produced: Produced) -> None:
        nonlocal broken
        broken = broken or any(kind and isinstance(each, kind) for each in step.writes)
        if broken:
            raise sqlite3.OperationalError("disk I/O error")
        as_it_was(db, step, produced)

    journal.write = write  # type: ignore[method-assign]


def is_out_of_service(bench: Bench) -> None:
    bench.until_at(At.OUT_OF_SERVICE)
    assert bench.kiosk.session.reason == "journal:failed"
    says(bench)
    assert bench.kiosk.runtime.visit is None
    assert not bench.assembly.desk._live


# (the write that meets the broken disk, copies, sheets on paper, won that stay before and after the restart)
FAILS_AT = [
    (do.NoteDocument, 1, 0, 0),
    (do.OpenOrder, 1, 0, 0),
    (do.StoreApproval, 1, 0, 0),
    (do.EndJob, 2, 1, 0),  # out, and the disk does not know: paper and money for the resident
    (do.KeepMoney, 2, 2, 200),  # the disk knows of the first
]


@pytest.mark.parametrize(("kind", "copies", "sheets", "kept"), FAILS_AT, ids=[row[0].__name__ for row in FAILS_AT])
def test_nothing_moves_and_the_money_goes_back(
    kiosk: Bench, another: Callable[..., Bench], kind: type[do.Write], copies: int, sheets: int, kept: int
) -> None:
    before = kiosk.sheets()
    break_disk(kiosk, kind)
    kiosk.start().choose().identify()
    visit = kiosk.kiosk.runtime.visit
    assert visit
    kiosk.kiosk.touch(tap.ToldOptions())
    kiosk.press(tap.ChoseCopies(copies))
    if kiosk.until_at(At.CONFIRM, At.OUT_OF_SERVICE) is At.CONFIRM:
        kiosk.kiosk.touch(tap.Confirmed())
        kiosk.until(lambda: kiosk.kiosk.session.word == "present-subject" or not kiosk.kiosk.session.visit, "an end")
        kiosk.pay()
    is_out_of_service(kiosk)
    assert len(visit.rrn) == len(visit.template) == 0, "the number outlived its visit"
    kiosk.until(kiosk.is_settled, "the money given back")
    assert sum(row["kept"] for row in kiosk.ledger()) == kept
    assert kiosk.sheets() == before + sheets
    assert kiosk.kiosk.session.at is At.OUT_OF_SERVICE
    kiosk.__exit__()
    with another(kiosk.state) as again:
        again._visits, again._orders = kiosk.visits, kiosk.orders
        again.until(lambda: again.kiosk.debts.are_known, "the debts known")
        again.until(again.is_settled, "the money settled")
        again.until_told()
        assert sum(row["kept"] for row in again.ledger()) == kept
        next_visitor_is_served(again)


@pytest.mark.parametrize("at", [At.RRN, At.COPIES, At.CONFIRM], ids=lambda at: at.value)
def test_no_device_is_asked_before_the_disk_has_it(kiosk: Bench, at: At) -> None:
    kiosk.until_at(At.ATTRACT)
    play_to(kiosk, at)
    kiosk.do("card insert resident")
    break_disk(kiosk)
    seen = asked(kiosk)
    go_on(kiosk)
    is_out_of_service(kiosk)
    kiosk.assembly.desk.stop()  # whatever it was told is said by now
    assert asked(kiosk) == seen


def asked(bench: Bench) -> tuple[object, ...]:
    """What scanner, agency, card and A4 printer were asked so far."""
    agency = {
        word: count for word, count in bench.rig.simulators["agency"].state()["asked"].items() if word != "outcome"
    }
    submitted = {role: driver._tickets.__reduce__()[1] for role, driver in bench.assembly.drivers.items()}
    return agency, submitted["finger"], submitted["card"], submitted["page_printer"]


def test_a_journal_that_fails_while_the_card_is_asked_gives_back_only_what_the_host_took(kiosk: Bench) -> None:
    kiosk.to_payment()
    kiosk.until_asked_for_card()
    break_disk(kiosk, do.Report)
    kiosk.do("payment_host slow 10")
    kiosk.pay()
    kiosk.until(lambda: kiosk.kiosk.session.word == "authorising", "the host asked")
    kiosk.kiosk.write((do.Report("alarm-raised"),))
    is_out_of_service(kiosk)
    kiosk.do("payment_host answer")
    kiosk.until(lambda: kiosk.ledger() and kiosk.ledger()[0]["reversed"] == 200, "given back")
    assert sum(row["kept"] for row in kiosk.ledger()) == 0


def test_a_full_disk_is_no_crash(kiosk: Bench, tmp_path: Path) -> None:
    kiosk.start().choose().identify()
    journal = kiosk.assembly.journal

    def fill(db: Connection) -> None:
        db.execute(f"pragma max_page_count = {db.execute('pragma page_count').fetchone()[0]}")

    journal.ask(fill).result(10)
    kiosk.order(3)
    kiosk.kiosk.touch(tap.Confirmed())
    kiosk.until(lambda: kiosk.kiosk.session.word == "present-subject" or not kiosk.kiosk.session.visit, "asked")
    kiosk.pay()
    kiosk.until_at(At.OUT_OF_SERVICE, At.TAKE)
    kiosk.until(lambda: kiosk.kiosk.debts.settler.open == 0, "the money given back")
    if kiosk.kiosk.session.at is At.OUT_OF_SERVICE:
        assert kiosk.kiosk.session.reason == "journal:failed"
