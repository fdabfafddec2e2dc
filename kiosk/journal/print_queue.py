"""The print queue that a power cut cannot confuse.

    queued --claim--> sending --> done | unknown
       \\--------------------------> void          (never sent)

Not responsible for printing: the runtime sends what a claim returned, and only that.
"""

from __future__ import annotations

from drivers.base import Verdict
from kiosk.flow.effects import AddJob
from kiosk.journal import audit
from kiosk.journal.database import Connection

END = {Verdict.DONE: "done", Verdict.NOT_DONE: "void", Verdict.UNKNOWN: "unknown"}


def add(db: Connection, job: AddJob, payload: bytes) -> None:
    """Insert a job; already claimed when the printer is free, so that one flush stands before the first byte."""
    db.execute(
        "insert into print_job values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            job.job,
            job.visit,
            job.order,
            job.document,
            job.number,
            job.subject,
            job.sha256,
            job.pages,
            job.won,
            "sending" if job.claimed else "queued",
            payload,
        ),
    )


def claim(db: Connection, job: str) -> bytes | None:
    """The payload, once and only once."""
    row = db.execute(
        "update print_job set state = 'sending' where job = ? and state = 'queued' returning payload", (job,)
    ).fetchone()
    return row[0] if row else None


def end(db: Connection, job: str, verdict: Verdict, at: str) -> None:
    """Settle a job; an ended one is never ended again."""
    row = db.execute(
        "update print_job set state = ?, payload = null where job = ? and state in ('queued', 'sending')"
        " returning document, pages, won",
        (END[verdict], job),
    ).fetchone()
    if row:
        audit.append(db, at, what="job", job=job, document=row[0], pages=row[1], won=row[2], verdict=END[verdict])


def left_open(db: Connection) -> list[tuple[str, str]]:
    """Jobs (id, state) that a stopped run left behind."""
    return db.execute("select job, state from print_job where state in ('queued', 'sending') order by job").fetchall()


def forget_ended(db: Connection, visit: str) -> None:
    """The jobs of an ended visit; what they came to is in the audit trail and in the outbox."""
    db.execute("delete from print_job where visit = ? and state in ('done', 'void', 'unknown')", (visit,))
