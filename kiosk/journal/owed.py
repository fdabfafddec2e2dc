"""What is still to be given back and to be told, as the file holds it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journal.database import Connection
from kiosk.journal.orders import StoredOrder, read


@dataclass(frozen=True)
class Untold:
    id: int
    number: str  # a document number, or "visit:…" for whatever was issued in that visit
    outcome: str


@dataclass(frozen=True)
class Owed:
    orders: tuple[StoredOrder, ...]
    untold: tuple[Untold, ...]


def owed(db: Connection) -> Owed:
    rows = db.execute("select id, number, outcome from outcome order by id")
    return Owed(tuple(read(db, "reversing")), tuple(Untold(*row) for row in rows))
