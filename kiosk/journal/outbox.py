"""What headquarters still has to hear, in order and without gaps.

A row leaves only when headquarters acknowledged its own commit; never because a broker took the message.
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journal.database import Connection
from kiosk.journal.journal import Journal
from kiosk.office.pump import OutboxRow

WAIT_SECONDS = 30.0


@dataclass(frozen=True)
class Row:
    seq: int
    type: str
    at: str
    body: bytes  # a flat JSON object


class Outbox:
    """Served by the journal thread; called by the office thread, which may wait."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @property
    def epoch(self) -> str:
        """The random id of this file: a new disk makes a new one."""

        def read(db: Connection) -> str:
            return str(db.execute("select value from meta where key = 'epoch'").fetchone()[0])

        return self._journal.ask(read).result(WAIT_SECONDS)

    def unsent(self, after: int, limit: int) -> list[OutboxRow]:
        def read(db: Connection) -> list[OutboxRow]:
            rows = db.execute(
                "select seq, type, at, body from outbox where seq > ? order by seq limit ?", (after, limit)
            )
            return [Row(*row) for row in rows]

        return self._journal.ask(read).result(WAIT_SECONDS)

    def release(self, upto: int) -> None:
        def delete(db: Connection) -> None:
            db.execute("delete from outbox where seq <= ?", (upto,))

        self._journal.ask(delete).result(WAIT_SECONDS)

    def bounds(self) -> tuple[int, int]:
        """(first unacknowledged seq, next seq to be given)."""

        def read(db: Connection) -> tuple[int, int]:
            row = db.execute("select seq from sqlite_sequence where name = 'outbox'").fetchone()
            following = (row[0] if row else 0) + 1
            first = db.execute("select min(seq) from outbox").fetchone()[0]
            return (first or following, following)

        return self._journal.ask(read).result(WAIT_SECONDS)
