"""One document on its way through the printer, up to an honest verdict.

DONE: the printer says completed, and as many sheets as pages came out.  NOT_DONE: surely no sheet came out and none is
stuck.  All else is UNKNOWN, and by then the printer's memory is clear, as far as it can be reached.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from drivers.base import Health, LinkLost, Status, Task, Verdict
from drivers.clock import Clock
from drivers.page_printer.conditions import PROCESSING, PrinterFacts, may_hold_a_sheet
from drivers.page_printer.conversation import Conversation, JobFacts, JobState
from drivers.page_printer.leftovers import clear

POLL_SECONDS = 0.3
MOVING_SECONDS = 0.1  # while sheets come: also how late a resident learns of the last one
LOOK_SECONDS = 2.0  # how often a job under way lets us look at the printer itself
LOST_SECONDS = 6.0  # so long a printer that has our job may be away without the job being given up
CANCEL_SECONDS = 10.0  # a sheet under way comes out first
COUNT_SECONDS = 2.0  # some printers count the last sheet after they say completed
CLEAR_SECONDS = 3.0
OPEN_SECONDS = 2.0
# Refused before a job existed.  Other errors (internal, device, job-canceled, document-format) may come halfway.
SURE_REFUSALS = (*range(0x0400, 0x0410), *range(0x0412, 0x0500), 0x0501, 0x0502, 0x0503, 0x0506, 0x0507)
Outcome = tuple[Verdict, Any]


@dataclass(frozen=True)
class Around:
    """What the driver's thread gives a delivery."""

    clock: Clock
    pause: Callable[[float], None]
    is_over: Callable[[], bool]  # the task was cancelled or the program stops
    tell_page: Callable[[int], None]
    look: Callable[[], Status]  # asks the printer how it is, and reports it


class Delivery:
    def __init__(self, talk: Conversation, around: Around, job: str, pages: int, patience_seconds: float) -> None:
        self._talk, self._around = talk, around
        self._job, self._pages, self._patience = job, pages, patience_seconds
        self._shown = 0  # pages told to the kiosk
        self._trouble = ""  # the worst condition seen last
        self._may_hold_a_sheet = False
        self._looked_at = 0.0
        self._came_at = self._now()  # the last sheet, or the start

    def run(self, pdf: bytes | memoryview, task: Task) -> Outcome:
        status = self._look()
        if status.health >= Health.STOPPED:
            return Verdict.NOT_DONE, status.codes[0]
        if self._talk.validate(self._job):
            return Verdict.NOT_DONE, "refused"
        self._talk.link.open(OPEN_SECONDS)
        task.touched = True
        try:
            return self._print(pdf)
        except LinkLost:
            self._talk.link.close()
            with contextlib.suppress(LinkLost):
                self._clear()
            raise

    def _print(self, pdf: bytes | memoryview) -> Outcome:
        number = 0
        try:
            status, number = self._talk.print_pages(self._job, pdf)
            if status in SURE_REFUSALS:
                return Verdict.NOT_DONE, "refused"
        except LinkLost:
            pass  # the request may have arrived, only its answer not
        if not number:
            number = self._until_answered(self._find)
        return self._follow(number) if number else self._unknown("vanished")

    def _find(self) -> int:
        """Our job by its name, waiting or over; 0 if there is none."""
        jobs = [*self._talk.jobs(completed=False), *self._talk.jobs(completed=True)]
        return next((job.id for job in jobs if job.name == self._job), 0)

    # -- following the job ---------------------------------------------------------------------

    def _follow(self, number: int) -> Outcome:
        cancelled_at: float | None = None
        while job := self._until_answered(partial(self._ask, number)):
            self._show(job)
            if job.state.is_over:
                return self._ended(job)
            if cancelled_at is None:
                self._watch(job)
                if self._around.is_over() or self._now() - self._came_at > self._patience:
                    self._until_answered(partial(self._talk.cancel, number))
                    cancelled_at = self._now()
                    continue
            elif self._now() - cancelled_at > CANCEL_SECONDS:
                return self._unknown(self._trouble or "cannot-cancel")
            self._around.pause(POLL_SECONDS if is_held_up(job) else MOVING_SECONDS)
        return self._unknown("vanished")

    def _ask(self, number: int) -> JobFacts | None:
        job = self._talk.job(number)
        if job and job.name != self._job:
            raise LinkLost("the printer answered for another job")
        return job

    def _show(self, job: JobFacts) -> None:
        came = min(job.impressions or 0, self._pages)
        for page in range(self._shown + 1, came + 1):
            self._around.tell_page(page)
            self._came_at = self._now()
        self._shown = max(self._shown, came)

    def _watch(self, job: JobFacts) -> None:
        """Let the kiosk know why nothing comes."""
        if is_held_up(job) or self._now() - self._looked_at > LOOK_SECONDS:
            with contextlib.suppress(LinkLost):  # the job's own state matters more, and is asked next
                self._look()

    def _look(self) -> Status:
        status = self._around.look()
        self._looked_at = self._now()
        self._trouble = status.codes[0] if status.health >= Health.STOPPED else ""
        self._may_hold_a_sheet = self._may_hold_a_sheet or may_hold_a_sheet(status)
        return status

    # -- verdicts --------------------------------------------------------------------------------

    def _ended(self, job: JobFacts) -> Outcome:
        if job.state is JobState.COMPLETED:
            job = self._recount(job, lambda again: (again.impressions or 0) < self._pages, COUNT_SECONDS)
            enough = (job.impressions or 0) >= self._pages
            return (Verdict.DONE, None) if enough else self._unknown("pages-missing")
        reason = self._trouble or job.state.name.lower()
        # Some printers say canceled while a sheet still moves.
        job = self._recount(job, lambda again: again.impressions == 0 and self._is_moving(), CANCEL_SECONDS)
        if job.impressions == 0 and not self._may_hold_a_sheet:
            return Verdict.NOT_DONE, reason
        return self._unknown(reason)

    def _recount(self, job: JobFacts, is_early: Callable[[JobFacts], bool], seconds: float) -> JobFacts:
        until = self._now() + seconds
        while is_early(job) and self._now() < until:
            self._around.pause(POLL_SECONDS)
            job = self._until_answered(partial(self._ask, job.id)) or job
            self._show(job)
        return job

    def _is_moving(self) -> bool:
        self._until_answered(self._look)
        facts: PrinterFacts = self._until_answered(self._talk.printer)
        return facts.state == PROCESSING

    def _unknown(self, reason: str) -> Outcome:
        with contextlib.suppress(LinkLost):
            self._clear()
        return Verdict.UNKNOWN, reason

    def _clear(self) -> bool:
        return clear(self._talk, self._around.clock, self._around.pause, CLEAR_SECONDS)

    # -- a line that comes and goes ------------------------------------------------------------

    def _until_answered(self, ask: Callable[[], Any]) -> Any:
        """A lost connection is not yet a lost job: ask again for a while."""
        until = self._now() + LOST_SECONDS
        while True:
            try:
                return ask()
            except LinkLost:
                if self._now() >= until or self._around.is_over():
                    raise
                self._around.pause(POLL_SECONDS)

    def _now(self) -> float:
        return self._around.clock.monotonic()


def is_held_up(job: JobFacts) -> bool:
    return job.state is not JobState.PROCESSING or any(reason.startswith("printer-stopped") for reason in job.reasons)
