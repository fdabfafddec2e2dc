"""Receipt printer driver: one document in, one honest verdict out.

Not responsible for what a receipt says (`receipt` encodes it), nor for what a condition means to a resident.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers.base import Health, Inbox, Link, LinkLost, Status, Task, Verdict
from drivers.clock import Clock
from drivers.driver import Driver
from drivers.printer import protocol
from drivers.printer.conversation import KNIFE_TAG, Conversation
from drivers.printer.delivery import Delivery
from drivers.printer.profile import EPSON_80, Fence, Profile
from drivers.printer.protocol import Report
from drivers.role_watch import RoleWatch
from drivers.serial_link import SerialLink
from drivers.tape import Tape

OpenLink = Callable[[Path | str, int], Link]
BAUDRATE = 115_200


@dataclass(frozen=True)
class PrintReceipt:
    """DONE without a result once it is on paper; else a reason word.  `tag` differs from those of recent jobs."""

    visit: str
    job: str
    data: bytes  # ready ESC/POS, cut included: receipt.encode
    tag: bytes  # four printable ASCII characters
    patience_seconds: float = 30.0  # until the paper is out, refills included

    def __post_init__(self) -> None:
        if not protocol.is_tag(self.tag):
            raise ValueError("a tag is four printable ASCII characters")


class PrinterDriver(Driver[Conversation]):
    poll_seconds = 5.0

    def __init__(
        self,
        device: str,
        inbox: Inbox,
        clock: Clock,
        path: Path | str,
        profile: Profile = EPSON_80,
        baudrate: int = BAUDRATE,
        open_link: OpenLink = SerialLink,
    ) -> None:
        super().__init__(device, inbox, clock)
        self.tape = Tape(device, clock)
        self._path, self._baudrate, self._open_link = path, baudrate, open_link
        self._profile = profile
        self._watch = RoleWatch(path)
        self._heard: Status | None = None
        self._may_hang = True  # half a document may hang from the knife; after a start nobody knows

    def run(self) -> None:
        try:
            super().run()
        finally:
            self._watch.close()

    @contextlib.contextmanager
    def connect(self) -> Iterator[Conversation]:
        link = self._open_link(self._path, self._baudrate)
        printer = Conversation(self.tape.wrap(link), self.clock)
        try:
            printer.purge()
            self._heard = None
            if self._may_hang:
                self._cut_off(printer)
            printer.want_reports()
            yield printer
        finally:
            self._may_hang = self._may_hang and not printer.knife_fell
            with contextlib.suppress(LinkLost):
                link.close()

    def poll(self, printer: Conversation) -> Status:
        """A change must be told twice: one altered byte on the line is no alarm."""
        status = printer.status()
        while status != self._heard:
            self._heard, status = status, printer.status()
        return status

    def wait_idle(self, printer: Conversation, seconds: float | None) -> Status | None:
        """A report of something new is a reason to ask; the poll brings also what a power cycle silenced."""
        until = self.clock.monotonic() + (seconds or self.poll_seconds)
        while (left := until - self.clock.monotonic()) > 0:
            ready = self.clock.wait((printer.fileno(), self.wake_fd), left)
            if self.wake_fd in ready:
                return None
            if any(isinstance(reply, Report) and reply.status != self._heard for reply in printer.hear()):
                return None
        self._tidy(printer)
        return None

    def _tidy(self, printer: Conversation) -> None:
        """A power cycle silences the reports, and in a stopped printer all that was asked piles up unread."""
        is_stopped = self._heard is not None and self._heard.health > Health.ATTENTION
        if is_stopped or printer.is_report_due:
            printer.purge()
            if self._may_hang and not printer.knife_fell:
                self._cut_off(printer)
        printer.want_reports()

    def wait_for_return(self, seconds: float) -> None:
        until = self.clock.monotonic() + seconds
        while (left := until - self.clock.monotonic()) > 0:
            ready = self.clock.wait((self.wake_fd, self._watch.fileno()), left)
            if self.wake_fd in ready or (ready and self._watch.has_returned()):
                return

    def perform(self, printer: Conversation, task: Task) -> tuple[Verdict, Any]:
        status = self.poll(printer)
        self.report(status)
        if status.health > Health.ATTENTION:
            return Verdict.NOT_DONE, status.codes[0]
        job: PrintReceipt = task.command
        delivery = Delivery(job.data, job.tag, self._profile.fence)
        task.touched = True
        self._part_from_earlier(printer)
        self._may_hang, printer.knife_fell = True, False
        reason = self._deliver(printer, task, delivery)
        if not reason:
            self._may_hang = False
            return Verdict.DONE, None
        printer.purge()  # before anybody is told: the next visitor may come at once
        self._cut_off(printer)
        return (Verdict.UNKNOWN if delivery.sent_bytes else Verdict.NOT_DONE), reason

    def _deliver(self, printer: Conversation, task: Task, delivery: Delivery) -> str:
        """Why it is not known to be on paper; empty when it is."""
        until = self.clock.monotonic() + task.command.patience_seconds
        printer.expect_paper_status(False)
        while not delivery.is_confirmed:
            left = until - self.clock.monotonic()
            if self.is_over(task) or left <= 0:
                return "cancelled" if left > 0 else "no-answer"
            writable = (printer.fileno(),) if delivery.piece else ()
            ready = self.clock.wait((printer.fileno(), self.wake_fd), left, writable)
            if self.wake_fd in ready:
                self.drain_wake()
            if piece := delivery.piece:
                delivery.took(printer.offer(piece))
            printer.expect_paper_status(self._profile.fence is Fence.PAPER_STATUS and delivery.is_all_sent)
            for reply in printer.hear():
                delivery.heed(reply)
                if isinstance(reply, Report):
                    self.report(reply.status)
        printer.expect_paper_status(False)
        return ""

    def _cut_off(self, printer: Conversation) -> None:
        """Whoever still stands there gets the rest of his own paper, not the next visitor."""
        printer.cut_off()
        if self._profile.fence is Fence.PROCESS_ID:
            printer.say(protocol.fence(KNIFE_TAG))

    def _part_from_earlier(self, printer: Conversation) -> None:
        """The knife may have been asked for while it could not fall, or before the printer lost its power."""
        if self._may_hang and not printer.knife_fell:
            printer.cut_off()
