"""Opens the one SQLite file and makes sure that a commit is on the disk when it says so."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")
Connection = sqlite3.Connection
DatabaseError = sqlite3.Error


class NotDurable(Exception):
    """The file could not be opened so that a power cut loses nothing."""


def open_database(path: Path) -> Connection:
    """The connection of the journal thread; raises sqlite3.Error or NotDurable."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")  # normal may lose the last commits
    db.execute("pragma wal_autocheckpoint = 0")  # a checkpoint in an enqueue costs 5 ms; done when idle
    db.execute("pragma secure_delete = on")
    if db.execute("pragma synchronous").fetchone() != (2,) or db.execute("pragma journal_mode").fetchone() != ("wal",):
        raise NotDurable(f"{path}: not WAL with synchronous=FULL; is it on a network or read-only disk?")
    db.executescript(SCHEMA.read_text(encoding="utf-8"))
    with transaction(db):
        db.execute("insert or ignore into meta values ('epoch', ?)", (secrets.token_hex(8),))
        db.execute("insert or ignore into meta values ('stan', '0')")
    return db


@contextmanager
def transaction(db: Connection) -> Iterator[Connection]:
    db.execute("begin immediate")
    try:
        yield db
    except BaseException:
        db.execute("rollback")
        raise
    db.execute("commit")
