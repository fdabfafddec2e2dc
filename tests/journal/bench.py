"""A journal on a real file, and one whole paid visit as the steps that the runtime would hand over."""

from __future__ import annotations

import os
import queue
import sqlite3
from collections.abc import Callable
from pathlib import Path

from drivers.base import Verdict
from drivers.clock import SystemClock
from kiosk.flow import effects as do
from kiosk.journal.database import open_database, transaction
from kiosk.journal.journal import Committed, Journal, JournalFailed, JournalOpened, Step
from kiosk.journal.orders import Terminal
from kiosk.journal.writes import Context, Produced, apply

TERMINAL = Terminal("SG000002", "0000000000")
VISIT, NUMBER, ORDER = "ABCDEFGHIJKLMNOP", "1234567890123456", "ABCDEFGHIJ01"
PAPER = b"sealed pages"
AT = "2021-03-02T10:00:00+09:00"


def job(name: str, claimed: bool) -> do.AddJob:
    return do.AddJob(VISIT, name, "resident-copy", NUMBER, "subject", "hash", 1, 200, ORDER, claimed)


def visit(
    move: Callable[[str, bytes], None], charge: Callable[[str], None]
) -> list[tuple[Step, Callable[[Produced], None]]]:
    """Two copies of one document, paid by card: the steps, and what moves in the world behind each of them."""

    def prints(name: str) -> Callable[[Produced], None]:
        return lambda produced: move(name, produced.payloads[name])

    def nothing(produced: Produced) -> None: ...

    told = (do.TellOutcome(NUMBER, "done"), do.Report("issued", (("job", "J2"),)))
    return [
        (Step(1, VISIT, "fetching", ()), nothing),
        (Step(2, VISIT, "confirm", (do.NoteDocument(VISIT, NUMBER, "resident-copy"),)), nothing),
        (Step(3, VISIT, "pay", (do.OpenOrder(VISIT, ORDER, 400),)), lambda produced: charge(ORDER)),
        (
            Step(4, VISIT, "printing", (do.StoreApproval(ORDER, "123456"), job("J1", True), job("J2", False)), PAPER),
            prints("J1"),
        ),
        (Step(5, VISIT, "printing", (do.EndJob("J1", Verdict.DONE), do.ClaimJob("J2"))), prints("J2")),
        (Step(6, VISIT, "take", (do.EndJob("J2", Verdict.DONE), do.KeepMoney(ORDER), *told)), nothing),
        (Step(7, "", "attract", (), ends_visit=VISIT), nothing),
    ]


def run_on(db: sqlite3.Connection, steps: list[tuple[Step, Callable[[Produced], None]]]) -> None:
    """As the journal thread does it, without the thread: a process that is to die between two statements."""
    journal = Journal(Path("unused"), lambda event: None, SystemClock(), TERMINAL)
    for step, act in steps:
        produced = Produced()
        with transaction(db):
            journal.write(db, step, produced)
        act(produced)


def write(db: sqlite3.Connection, *writes: do.Write, payload: bytes = PAPER) -> Produced:
    produced = Produced()
    with transaction(db):
        for each in writes:
            apply(db, each, Context(AT, TERMINAL, payload), produced)
    return produced


class Bench:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.journal = Journal(path, self.inbox.put, SystemClock(), TERMINAL)
        self.journal.start()

    def next(self) -> object:
        return self.inbox.get(timeout=20)

    def opened(self) -> JournalOpened:
        event = self.next()
        assert isinstance(event, JournalOpened), event
        return event

    def commit(self, step: Step) -> Committed | JournalFailed:
        self.journal.commit(step)
        event = self.next()
        assert isinstance(event, Committed | JournalFailed)
        return event


def open_file(path: Path) -> sqlite3.Connection:
    return open_database(path)


def die_at(statement: int, db: sqlite3.Connection) -> None:
    """The power fails right before this statement."""
    left = iter(range(statement))

    def count(sql: str) -> None:
        if next(left, None) is None:
            os._exit(9)

    db.set_trace_callback(count)
