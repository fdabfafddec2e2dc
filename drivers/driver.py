"""The thread under every driver: tasks, tickets, losing and finding the device.

Not responsible for bytes, nor for what a condition means to a resident.
"""

from __future__ import annotations

import abc
import itertools
import logging
import os
import queue
import threading
import weakref
from contextlib import AbstractContextManager, suppress
from typing import Any, Generic, TypeVar

from drivers.base import OFFLINE, Command, Finished, Inbox, LinkLost, Progress, Status, StatusChanged, Task, Verdict
from drivers.clock import Clock

log = logging.getLogger(__name__)

RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
Talk = TypeVar("Talk")


class Driver(threading.Thread, abc.ABC, Generic[Talk]):
    """`Talk` is what one open link is spoken through; it lives from `connect` to the loss of the link."""

    poll_seconds: float | None = None  # None: the device reports changes by itself

    def __init__(self, device: str, inbox: Inbox, clock: Clock) -> None:
        super().__init__(name=f"driver-{device}", daemon=True)
        self.device = device
        self.clock = clock
        self._inbox = inbox
        self._tasks: queue.SimpleQueue[Task] = queue.SimpleQueue()
        self._tickets = itertools.count(1)
        self._task: Task | None = None
        self._open: dict[int, Task] = {}
        self._status: Status | None = None
        self._stopping = False
        self.wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self.wake_fd)  # not before: a late `submit` must not write to a stranger

    # -- for the kiosk ------------------------------------------------------------------

    def submit(self, command: Command) -> int:
        """Queue a command; its one `Finished` carries the returned ticket."""
        task = Task(next(self._tickets), command)
        self._open[task.ticket] = task
        self._tasks.put(task)
        self._wake()
        return task.ticket

    def cancel(self, ticket: int) -> None:
        """Ask for an early end; a task that has touched the device may still end as DONE or UNKNOWN."""
        if task := self._open.get(ticket):
            task.cancelled = True
            self._wake()

    def stop(self) -> None:
        self._stopping = True
        self._wake()
        if self.is_alive():
            self.join()

    # -- for the drivers ----------------------------------------------------------------

    @abc.abstractmethod
    def connect(self) -> AbstractContextManager[Talk]:
        """Open the link, identify the device and clear its memory; raises LinkLost."""

    @abc.abstractmethod
    def poll(self, talk: Talk) -> Status:
        """Ask the device how it is."""

    @abc.abstractmethod
    def perform(self, talk: Talk, task: Task) -> tuple[Verdict, Any]:
        """Carry out one command; set `task.touched` before the first byte that cannot be taken back."""

    @abc.abstractmethod
    def wait_idle(self, talk: Talk, seconds: float | None) -> Status | None:
        """Sleep until the device speaks, `wake_fd` is written or the time is over; a new status if it told one."""

    def wait_for_return(self, seconds: float) -> None:
        """While the device is away; a driver that can see it come back (inotify) returns early."""
        self.clock.wait((self.wake_fd,), seconds)

    def report(self, status: Status) -> None:
        """Tell the kiosk once when the status changed."""
        if status != self._status:
            log.info("%s: %s", self.device, ", ".join(status.codes) or "ready")
            self._status = status
            self._inbox(StatusChanged(self.device, status))

    def tell(self, task: Task, word: str, part: int = 0, whole: int = 0) -> None:
        self._inbox(Progress(self.device, task.ticket, task.command.visit, word, part, whole))

    def is_over(self, task: Task) -> bool:
        """Whether a waiting task should end: it was cancelled or the program stops."""
        return task.cancelled or self._stopping

    def drain_wake(self) -> None:
        with suppress(BlockingIOError):
            os.eventfd_read(self.wake_fd)

    # -- the thread ---------------------------------------------------------------------

    def run(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                with self.connect() as talk:
                    self.report(self.poll(talk))
                    failures = 0
                    self._serve(talk)
            except Exception as error:  # a bug in a driver is a lost device, not a dead kiosk
                self._log_loss(error)
                self._give_up_task()
                self.report(OFFLINE)
                self._refuse_tasks(RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
                failures += 1
        self._refuse_all("stopping")

    def stay_offline(self, error: Exception) -> None:
        """For a device that cannot be had at all: say so, and refuse whatever is asked."""
        self._log_loss(error)
        self.report(OFFLINE)
        while not self._stopping:
            self._refuse_all("offline")
            self.clock.wait((self.wake_fd,), None)
            self.drain_wake()
        self._refuse_all("stopping")

    def _serve(self, talk: Talk) -> None:
        while not self._stopping:
            task = self._next_task()
            if task is None:
                status = self.wait_idle(talk, self.poll_seconds)
                self.drain_wake()
                if status is None and self._tasks.empty() and not self._stopping:
                    status = self.poll(talk)
                if status is not None:
                    self.report(status)
            elif task.cancelled:
                self._finish(task, Verdict.NOT_DONE, "cancelled")
            else:
                self._task = task
                verdict, result = self.perform(talk, task)
                self._finish(task, verdict, result)

    def _next_task(self) -> Task | None:
        try:
            return self._tasks.get_nowait()
        except queue.Empty:
            return None

    def _refuse_tasks(self, seconds: float) -> None:
        """While the device is away: a task kept for its return would serve the next visitor."""
        until = self.clock.monotonic() + seconds
        self._refuse_all("offline")
        self.wait_for_return(max(0.0, until - self.clock.monotonic()))
        self.drain_wake()
        self._refuse_all("offline")

    def _refuse_all(self, reason: str) -> None:
        while task := self._next_task():
            self._finish(task, Verdict.NOT_DONE, reason)

    def _give_up_task(self) -> None:
        if task := self._task:
            self._finish(task, Verdict.UNKNOWN if task.touched else Verdict.NOT_DONE, "offline")

    def _finish(self, task: Task, verdict: Verdict, result: Any) -> None:
        self._task = None
        self._open.pop(task.ticket, None)
        self._inbox(Finished(self.device, task.ticket, task.command.visit, verdict, result))

    def _log_loss(self, error: Exception) -> None:
        """Expected losses are said once, with the status; a bug is named by its type and place, never by its data."""
        if isinstance(error, LinkLost):
            log.debug("%s: %s", self.device, error)
        else:
            trace = error.__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
            log.error("%s: %s at %s", self.device, type(error).__name__, where)

    def _wake(self) -> None:
        os.eventfd_write(self.wake_fd, 1)
