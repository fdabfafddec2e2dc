"""The journal thread: one transaction a step, one flush each, none of them on the thread that draws.

The runtime hands over a step (state name and writes) and performs its acts only when `Committed` comes back, so a
power cut may lose an effect and never repeats one.
"""

from __future__ import annotations

import os
import queue
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from drivers.clock import Clock
from kiosk.flow.effects import Write
from kiosk.journal import audit, orders, print_queue
from kiosk.journal.database import Connection, DatabaseError, NotDurable, open_database, transaction
from kiosk.journal.orders import StoredOrder, Terminal
from kiosk.journal.recovery import Recovered, recover
from kiosk.journal.writes import Context, Produced, apply

IDLE_SECONDS = 2.0  # without work, before the write-ahead log is folded into the file
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Step:
    number: int
    visit: str
    state: str
    writes: tuple[Write, ...]
    payload: bytes = b""
    ends_visit: str = ""  # this visit's step, job and order rows go


@dataclass(frozen=True)
class Committed:
    step: int
    payloads: dict[str, bytes] = field(default_factory=dict)
    orders: dict[str, StoredOrder] = field(default_factory=dict)
    reports: int = 0
    outcomes: int = 0
    reversals: int = 0


@dataclass(frozen=True)
class JournalOpened:
    recovered: Recovered


@dataclass(frozen=True)
class JournalFailed:
    """Nothing can be made durable any more: no device may move.  `step` 0: the file could not be opened."""

    step: int
    reason: str


class Journal(threading.Thread):
    def __init__(self, path: Path, inbox: Callable[[object], None], clock: Clock, terminal: Terminal) -> None:
        super().__init__(name="journal", daemon=True)
        self.path, self._inbox, self._clock, self._terminal = path, inbox, clock, terminal
        self._work: queue.SimpleQueue[Step | tuple[Callable[[Connection], Any], Future[Any]] | None]
        self._work = queue.SimpleQueue()
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self._wake_fd)
        self._failed = ""

    def commit(self, step: Step) -> None:
        """Make a step durable; `Committed` or `JournalFailed` with its number follows."""
        self._put(step)

    def ask(self, question: Callable[[Connection], Answer]) -> Future[Answer]:
        """Run a small transaction on the journal thread; never wait for its answer on the thread that draws."""
        future: Future[Answer] = Future()
        self._put((question, future))
        return future

    def tell(self, question: Callable[[Connection], object]) -> None:
        """Like `ask`, and the answer comes by the inbox."""
        self.ask(question).add_done_callback(lambda done: done.exception() or self._inbox(done.result()))

    def stop(self) -> None:
        self._put(None)
        if self.is_alive():
            self.join()

    # -- the thread ---------------------------------------------------------------------

    def run(self) -> None:
        try:
            db = open_database(self.path)
            recovered = recover(db, self._now())
        except (DatabaseError, NotDurable, OSError) as error:
            self._fail(0, error)
            return self._refuse_for_ever()
        self._inbox(JournalOpened(recovered))
        try:
            self._serve(db)
        finally:
            db.close()

    def _serve(self, db: Connection) -> None:
        dirty = True
        while True:
            try:
                work = self._work.get_nowait()
            except queue.Empty:
                idle = not self._clock.wait((self._wake_fd,), IDLE_SECONDS if dirty else None)
                self._drain_wake()
                if idle and dirty:
                    dirty = self._checkpoint(db)
                continue
            if work is None:
                return
            dirty = True
            self._do(db, work)

    def _do(self, db: Connection, work: Step | tuple[Callable[[Connection], Any], Future[Any]]) -> None:
        if isinstance(work, Step):
            self._take(db, work)
            return
        question, future = work
        try:
            with transaction(db):
                answer = question(db)
        except Exception as error:
            future.set_exception(error)
        else:
            future.set_result(answer)

    def _take(self, db: Connection, step: Step) -> None:
        if self._failed:
            self._inbox(JournalFailed(step.number, self._failed))
            return
        produced = Produced()
        try:
            with transaction(db):
                self.write(db, step, produced)
        except DatabaseError as error:
            self._fail(step.number, error)
            return
        self._inbox(
            Committed(
                step.number,
                produced.payloads,
                produced.orders,
                produced.reports,
                produced.outcomes,
                produced.reversals,
            )
        )

    def write(self, db: Connection, step: Step, produced: Produced) -> None:
        """All of one step, inside the open transaction."""
        now = self._now()
        context = Context(now, self._terminal, step.payload)
        for write in step.writes:
            apply(db, write, context, produced)
        if step.ends_visit:
            db.execute("delete from step")
            print_queue.forget_ended(db, step.ends_visit)
            orders.forget_settled(db, step.ends_visit)
        elif step.visit:
            db.execute("insert into step (visit, state, at) values (?, ?, ?)", (step.visit, step.state, now))

    def _checkpoint(self, db: Connection) -> bool:
        """While nobody waits: fold the log into the file and let old audit rows go.  Returns whether to try again."""
        try:
            with transaction(db):
                audit.forget_old(db, self._clock.now())
            db.execute("pragma wal_checkpoint(truncate)")
        except DatabaseError as error:
            self._fail(0, error)
        return False

    # -- small things --------------------------------------------------------------------

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")

    def _fail(self, step: int, error: Exception) -> None:
        self._failed = f"{type(error).__name__}: {error}"
        self._inbox(JournalFailed(step, self._failed))

    def _refuse_for_ever(self) -> None:
        while work := self._work.get():
            if isinstance(work, Step):
                self._inbox(JournalFailed(work.number, self._failed))
            else:
                work[1].set_exception(NotDurable(self._failed))

    def _put(self, work: Step | tuple[Callable[[Connection], Any], Future[Any]] | None) -> None:
        self._work.put(work)
        os.eventfd_write(self._wake_fd, 1)

    def _drain_wake(self) -> None:
        try:
            os.eventfd_read(self._wake_fd)
        except BlockingIOError:
            return
