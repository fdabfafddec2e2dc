"""A4 printer driver: one PDF in, one honest verdict out, by IPP straight to the printer's address.

Not responsible for what is on the pages, nor for what a condition means to a resident.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from drivers.base import Condition, Health, Inbox, Status, Task, Verdict
from drivers.clock import Clock
from drivers.driver import Driver
from drivers.page_printer.conditions import status_of
from drivers.page_printer.conversation import Conversation
from drivers.page_printer.delivery import CLEAR_SECONDS, Around, Delivery
from drivers.page_printer.ipp_link import FOREVER, Dial, IppLink, dial_tcp
from drivers.page_printer.leftovers import clear
from drivers.tape import Tape

PROBE_SECONDS = 1.2  # a printer that is back is found within 2 s, also one that only hangs
RETURN_SECONDS = 0.6
STOP_SECONDS = 1.0  # what a stopping program still waits for an answer
OPAQUE = Condition("job-left", Health.STOPPED)


@dataclass(frozen=True)
class PrintPages:
    """DONE without a result once every page lies in the output tray; else a reason word."""

    visit: str
    job: str  # becomes the IPP job-name: unique, no personal data
    pdf: bytes | memoryview  # the caller may wipe it once the job has ended
    pages: int
    patience_seconds: float = 90.0  # without a new sheet; then the job is cancelled

    def __repr__(self) -> str:
        return f"PrintPages({self.visit}, {self.job}, {self.pages} pages)"


class PagePrinterDriver(Driver[Conversation]):
    poll_seconds = 2.0

    def __init__(
        self, device: str, inbox: Inbox, clock: Clock, uri: str, tape: Tape | None = None, dial: Dial = dial_tcp
    ) -> None:
        super().__init__(device, inbox, clock)
        self.tape = tape or Tape(device, clock)
        self._uri = uri
        self._link = IppLink(uri, clock, self._wait, self.tape, dial)
        self._is_clear = False  # nothing of an earlier visit is in the printer's memory

    @contextlib.contextmanager
    def connect(self) -> Iterator[Conversation]:
        talk = Conversation(self._link, self._uri)
        try:
            talk.printer(PROBE_SECONDS)
            self._is_clear = clear(talk, self.clock, self._pause, CLEAR_SECONDS)
            yield talk
        finally:
            self._link.close()

    def poll(self, talk: Conversation) -> Status:
        if not self._is_clear:
            self._is_clear = clear(talk, self.clock, self._pause, 0)
        status = status_of(talk.printer())
        return status if self._is_clear else Status(status.conditions | {OPAQUE})

    def perform(self, talk: Conversation, task: Task) -> tuple[Verdict, Any]:
        match task.command:
            case PrintPages() as command:
                around = Around(
                    clock=self.clock,
                    pause=self._pause,
                    is_over=lambda: self.is_over(task),
                    tell_page=lambda page: self.tell(task, "page", page, command.pages),
                    look=lambda: self._look(talk),
                )
                delivery = Delivery(talk, around, command.job, command.pages, command.patience_seconds)
                verdict, result = delivery.run(command.pdf, task)
                if verdict is Verdict.UNKNOWN:
                    self._is_clear = False  # believed only when the printer says so
                return verdict, result
            case other:
                raise TypeError(f"the page printer cannot {type(other).__name__}")

    def wait_idle(self, talk: Conversation, seconds: float | None) -> Status | None:
        self.clock.wait((self.wake_fd,), seconds)
        return None

    def wait_for_return(self, seconds: float) -> None:
        """No sign tells that a network printer is back; asking is cheap."""
        self.clock.wait((self.wake_fd,), min(seconds, RETURN_SECONDS))

    def _look(self, talk: Conversation) -> Status:
        status = self.poll(talk)
        self.report(status)
        return status

    def _pause(self, seconds: float) -> None:
        self._wait((), seconds)

    def _wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]:
        """As the clock's, but a task's cancellation or the end of the program is noticed."""
        ready = self.clock.wait((*readable, self.wake_fd), seconds, writable)
        if self.wake_fd in ready:
            self.drain_wake()
        if self._stopping and self._link.last_moment == FOREVER:
            self._link.last_moment = self.clock.monotonic() + STOP_SECONDS
        return ready - {self.wake_fd}
