"""The audit trail: one row per outcome, each holding the hash of the one before (SHA-256 of previous || entry)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from kiosk.journal.database import Connection

KEEP = timedelta(days=731)  # access records of unique identifiers: at least two years
FIRST = b"\0" * 32


def append(db: Connection, at: str, **facts: str | int) -> None:
    """Inside the caller's transaction."""
    row = db.execute("select hash from audit order by number desc limit 1").fetchone()
    entry = json.dumps({"at": at, **facts}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = chain(row[0] if row else anchor(db), entry)
    db.execute("insert into audit (at, entry, hash) values (?, ?, ?)", (at, entry, digest))


def chain(previous: bytes, entry: str) -> bytes:
    return hashlib.sha256(previous + entry.encode()).digest()


def anchor(db: Connection) -> bytes:
    """What the oldest kept row stands on: the hash of the last one that was let go."""
    row = db.execute("select value from meta where key = 'audit_anchor'").fetchone()
    return bytes.fromhex(row[0]) if row else FIRST


def first_broken(db: Connection) -> int | None:
    """The number of the first row that was altered, moved or follows a removed one; None if the chain holds."""
    previous = anchor(db)
    for number, entry, digest in db.execute("select number, entry, hash from audit order by number"):
        if chain(previous, entry) != digest:
            return int(number)
        previous = digest
    return None


def forget_old(db: Connection, now: datetime) -> None:
    """Let go of rows older than two years, keeping the chain's foot."""
    row = db.execute(
        "select number, hash from audit where at < ? order by number desc limit 1", ((now - KEEP).isoformat(),)
    ).fetchone()
    if row:
        db.execute("insert or replace into meta values ('audit_anchor', ?)", (row[1].hex(),))
        db.execute("delete from audit where number <= ?", (row[0],))
