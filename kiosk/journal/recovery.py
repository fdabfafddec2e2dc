"""After any start: end what the last run left open.  Nothing is resumed, nothing is printed again by itself.

queued → void, sending → unknown; an order that may have been charged is given back; the agency hears of every
document.  A re-issue is an officer's decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.base import Verdict
from kiosk import VERSION
from kiosk.flow.effects import ListForStaff
from kiosk.journal import orders, print_queue
from kiosk.journal.database import Connection, transaction
from kiosk.journal.writes import list_for_staff, report, tell_outcome


@dataclass(frozen=True)
class Recovered:
    void: int = 0
    unknown: int = 0
    reversals: int = 0


def recover(db: Connection, at: str) -> Recovered:
    """One transaction: either all of it is ended or, after another power cut, it is done again."""
    with transaction(db):
        void, unknown = _end_jobs(db, at)
        reversals = _give_back(db)
        _tell_agency(db, at)
        report(db, "started", {"app": VERSION, "void": void, "unknown": unknown, "reversals": reversals}, at)
        _forget(db)
    return Recovered(void, unknown, reversals)


def _end_jobs(db: Connection, at: str) -> tuple[int, int]:
    left = print_queue.left_open(db)
    for job, state in left:
        print_queue.end(db, job, Verdict.UNKNOWN if state == "sending" else Verdict.NOT_DONE, at)
        if state == "sending":
            visit, order_id, won = db.execute(
                "select visit, order_id, won from print_job where job = ?", (job,)
            ).fetchone()
            list_for_staff(db, ListForStaff(visit, order_id, won, "print-unknown"), at)
    unknown = sum(state == "sending" for _, state in left)
    return len(left) - unknown, unknown


def _give_back(db: Connection) -> int:
    """An open order may have reached the host; an approved one has.  Kept is what is surely on paper."""
    left = orders.read(db, "open", "approved")
    for order in left:
        kept = db.execute(
            "select coalesce(sum(won), 0) from print_job where order_id = ? and state = 'done'", (order.order_id,)
        ).fetchone()[0]
        orders.start_reversal(db, order.order_id, kept)
    return len(left)


def _tell_agency(db: Connection, at: str) -> None:
    for number, _visit in db.execute("select number, visit from document").fetchall():
        states = {row[0] for row in db.execute("select state from print_job where number = ?", (number,))}
        outcome = "unknown" if "unknown" in states else "done" if "done" in states else "void"
        tell_outcome(db, number, outcome, at)
    row = db.execute("select visit, state from step order by number desc limit 1").fetchone()
    if row and row[1] == "fetching":
        tell_outcome(db, f"visit:{row[0]}", "void", at)


def _forget(db: Connection) -> None:
    db.execute("delete from step")
    db.execute("delete from print_job where state in ('done', 'void', 'unknown')")
    db.execute("delete from payment_order where state in ('closed', 'kept', 'reversed')")
