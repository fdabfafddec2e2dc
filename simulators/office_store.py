"""Headquarters' own database: every report once, and how far each kiosk's are complete.

Not responsible for the wire.  `take` returns only after the commit; nothing may be acknowledged before.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = """
create table if not exists event (
    kid text, epoch text, seq integer, type text, body text, primary key (kid, epoch, seq)
) without rowid;
create table if not exists progress (kid text, epoch text, upto integer, primary key (kid, epoch)) without rowid;
create table if not exists loss (kid text, epoch text, expected integer, first integer);
"""


@dataclass(frozen=True)
class Reported:
    kid: str
    epoch: str
    seq: int
    type: str
    body: str


class OfficeStore:
    """Written by one thread."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)
        self.duplicates = 0

    def close(self) -> None:
        self._db.close()

    def take(self, reports: Sequence[Reported]) -> dict[tuple[str, str], int]:
        """Store in one commit; returns how far each sender is complete now."""
        self._db.execute("begin immediate")
        for report in reports:
            values = (report.kid, report.epoch, report.seq, report.type, report.body)
            fresh = self._db.execute("insert or ignore into event values (?, ?, ?, ?, ?)", values).rowcount
            self.duplicates += 1 - fresh
        senders = {(report.kid, report.epoch): 0 for report in reports}
        for kid, epoch in senders:
            senders[kid, epoch] = self._advance(kid, epoch)
        self._db.execute("commit")
        return senders

    def upto(self, kid: str, epoch: str) -> int:
        row = self._db.execute("select upto from progress where kid = ? and epoch = ?", (kid, epoch)).fetchone()
        return int(row[0]) if row else 0

    def note_birth(self, kid: str, epoch: str, first: int) -> bool:
        """Whether reports were lost for ever: the kiosk's oldest is later than the next we need."""
        upto = self.upto(kid, epoch)
        if first <= upto + 1:
            return False
        self._db.execute("begin immediate")
        self._db.execute("insert into loss values (?, ?, ?, ?)", (kid, epoch, upto + 1, first))
        self._db.execute("insert or replace into progress values (?, ?, ?)", (kid, epoch, first - 1))
        self._advance(kid, epoch)  # some may have come before their birth
        self._db.execute("commit")
        return True

    def _advance(self, kid: str, epoch: str) -> int:
        upto = self.upto(kid, epoch)
        found = self._db.execute(
            "select seq from event where kid = ? and epoch = ? and seq > ? order by seq", (kid, epoch, upto)
        )
        for (seq,) in found:
            if seq != upto + 1:
                break
            upto = seq
        self._db.execute("insert or replace into progress values (?, ?, ?)", (kid, epoch, upto))
        return upto


def facts(file: Path) -> dict[str, Any]:
    """What is committed, seen from any thread."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        types = db.execute("select type, count(*) from event group by type order by type").fetchall()
        progress = db.execute("select kid, epoch, upto from progress order by kid, epoch").fetchall()
        losses = db.execute("select kid, epoch, expected, first from loss").fetchall()
    return {
        "events": dict(types),
        "progress": [dict(zip(("kid", "epoch", "upto"), row, strict=True)) for row in progress],
        "losses": [dict(zip(("kid", "epoch", "expected", "first"), row, strict=True)) for row in losses],
    }


def reports(file: Path) -> list[dict[str, Any]]:
    """All reports as they were committed, in the order of each sender."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        rows = db.execute("select body from event order by kid, epoch, seq").fetchall()
    return [json.loads(body) for (body,) in rows]
