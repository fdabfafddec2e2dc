"""Carries each `Write` of the flow into the open transaction.  One function a table, nothing decided here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from kiosk.flow import effects as do
from kiosk.journal import audit, orders, print_queue
from kiosk.journal.database import Connection
from kiosk.journal.orders import StoredOrder, Terminal


@dataclass(frozen=True)
class Context:
    at: str  # RFC 3339, when the step was taken
    terminal: Terminal
    payload: bytes = b""  # the sealed pages of this visit's document


@dataclass
class Produced:
    """What a transaction yields to the acts behind it."""

    payloads: dict[str, bytes] = field(default_factory=dict)  # job -> sealed pages, for claimed jobs only
    orders: dict[str, StoredOrder] = field(default_factory=dict)
    reports: int = 0
    outcomes: int = 0
    reversals: int = 0


def apply(db: Connection, write: do.Write, context: Context, produced: Produced) -> None:
    match write:
        case do.NoteDocument():
            db.execute("insert or ignore into document values (?, ?, ?)", (write.number, write.visit, write.document))
        case do.TellOutcome():
            tell_outcome(db, write.number, write.outcome, context.at)
            produced.outcomes += 1
        case do.VoidVisit():
            tell_outcome(db, f"visit:{write.visit}", "void", context.at)
            produced.outcomes += 1
        case do.ListForStaff():
            list_for_staff(db, write, context.at)
        case do.Report():
            report(db, write.type, dict(write.facts), context.at)
            produced.reports += 1
        case do.AddJob() | do.ClaimJob() | do.EndJob():
            _job(db, write, context, produced)
        case _:
            _money(db, write, context, produced)


def _job(db: Connection, write: do.AddJob | do.ClaimJob | do.EndJob, context: Context, produced: Produced) -> None:
    match write:
        case do.AddJob():
            print_queue.add(db, write, context.payload)
            if write.claimed:
                produced.payloads[write.job] = context.payload
        case do.ClaimJob():
            if (payload := print_queue.claim(db, write.job)) is not None:
                produced.payloads[write.job] = payload
        case do.EndJob():
            print_queue.end(db, write.job, write.verdict, context.at)


def _money(db: Connection, write: do.Write, context: Context, produced: Produced) -> None:
    match write:
        case do.OpenOrder(visit, order, won):
            produced.orders[order] = orders.open_order(db, order, visit, won, context.at, context.terminal)
        case do.StoreApproval(order, approval_no):
            orders.approve(db, order, approval_no)
        case do.CloseOrder(order):
            orders.close(db, order)
        case do.KeepMoney(order):
            orders.keep(db, order, context.at)
        case do.StartReversal(order, kept_won):
            orders.start_reversal(db, order, kept_won)
            produced.reversals += 1
        case do.EndReversal(order):
            orders.reversed_(db, order, context.at)
        case do.CountReversal(order):
            orders.tried(db, order)
        case do.OutcomeAcknowledged(number):
            db.execute("delete from outcome where number = ?", (number,))
        case _:
            raise TypeError(f"the journal has no table for {type(write).__name__}")


def tell_outcome(db: Connection, number: str, outcome: str, at: str) -> None:
    """Once: the first outcome of a document stands."""
    fresh = db.execute("insert or ignore into outcome (number, outcome) values (?, ?)", (number, outcome)).rowcount
    db.execute("delete from document where number = ?", (number,))
    if fresh:
        audit.append(db, at, what="document", number=number, outcome=outcome)


def list_for_staff(db: Connection, item: do.ListForStaff, at: str) -> None:
    db.execute(
        "insert into staff_list (visit, order_id, won, reason, at) values (?, ?, ?, ?, ?)",
        (item.visit, item.order, item.won, item.reason, at),
    )
    audit.append(db, at, what="staff-list", order=item.order, won=item.won, reason=item.reason)


def report(db: Connection, type_: str, facts: dict[str, str | int], at: str) -> None:
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    db.execute("insert into outbox (type, at, body) values (?, ?, ?)", (type_, at, body))
