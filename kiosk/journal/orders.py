"""Payment orders: written before the first byte goes to the host, and kept until charged or given back for good.

What is stored has no card number and no chip data: a reversal is built from DE4, 7, 11, 37, 41, 42 and DE90 alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journal import audit
from kiosk.journal.database import Connection


@dataclass(frozen=True)
class Terminal:
    terminal_id: str
    merchant_no: str


@dataclass(frozen=True)
class StoredOrder:
    order_id: str
    visit: str
    stan: int
    at: str
    won: int
    kept_won: int
    terminal_id: str
    merchant_no: str
    approval_no: str
    state: str
    attempts: int


COLUMNS = "order_id, visit, stan, at, won, kept_won, terminal_id, merchant_no, approval_no, state, attempts"


def open_order(db: Connection, order_id: str, visit: str, won: int, at: str, terminal: Terminal) -> StoredOrder:
    """A new order with the next system trace number (1 to 999,999, DE11)."""
    stan = int(db.execute("select value from meta where key = 'stan'").fetchone()[0]) % 999_999 + 1
    db.execute("update meta set value = ? where key = 'stan'", (str(stan),))
    stored = StoredOrder(order_id, visit, stan, at, won, 0, terminal.terminal_id, terminal.merchant_no, "", "open", 0)
    db.execute(
        f"insert into payment_order ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (order_id, visit, stan, at, won, 0, terminal.terminal_id, terminal.merchant_no, "", "open", 0),
    )
    return stored


def approve(db: Connection, order_id: str, approval_no: str) -> None:
    db.execute(
        "update payment_order set state = 'approved', approval_no = ? where order_id = ? and state = 'open'",
        (approval_no, order_id),
    )


def close(db: Connection, order_id: str) -> None:
    """Nothing was charged, for certain."""
    db.execute("update payment_order set state = 'closed' where order_id = ? and state = 'open'", (order_id,))


def keep(db: Connection, order_id: str, at: str) -> None:
    row = db.execute(
        "update payment_order set state = 'kept', kept_won = won where order_id = ? and state = 'approved'"
        " returning won",
        (order_id,),
    ).fetchone()
    if row:
        audit.append(db, at, what="payment", order=order_id, kept=row[0], returned=0)


def start_reversal(db: Connection, order_id: str, kept_won: int) -> None:
    """Into the durable queue; a later approval of the same order never takes it out again."""
    db.execute(
        "update payment_order set state = 'reversing', kept_won = ? where order_id = ?"
        " and state in ('open', 'approved')",
        (kept_won, order_id),
    )


def reversed_(db: Connection, order_id: str, at: str) -> None:
    row = db.execute(
        "update payment_order set state = 'reversed' where order_id = ? and state = 'reversing'"
        " returning won, kept_won",
        (order_id,),
    ).fetchone()
    if row:
        audit.append(db, at, what="payment", order=order_id, kept=row[1], returned=row[0] - row[1])


def tried(db: Connection, order_id: str) -> None:
    db.execute("update payment_order set attempts = attempts + 1 where order_id = ?", (order_id,))


def read(db: Connection, *states: str) -> list[StoredOrder]:
    marks = ", ".join("?" * len(states))
    rows = db.execute(f"select {COLUMNS} from payment_order where state in ({marks}) order by stan", states)
    return [StoredOrder(*row) for row in rows]


def forget_settled(db: Connection, visit: str) -> None:
    """The orders of an ended visit; their money is in the audit trail."""
    db.execute("delete from payment_order where visit = ? and state in ('closed', 'kept', 'reversed')", (visit,))
