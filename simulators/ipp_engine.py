"""The mechanism of a simulated A4 page printer: tray, paper path, toner, output tray and the queue of jobs.

Apart from the wire and from real time: somebody feeds it seconds.  Not responsible for files nor for IPP.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulators.ipp_jobs import Job, JobState, Sheet

OUTPUT_CAPACITY = 100  # sheets
LOW_SHEETS = 10
KEPT_JOBS = 50
INCOMPLETE_SECONDS = 60.0  # a created job without its document is given up (multiple-operation-time-out)
HAIR = 1e-9  # seconds; sums of floats miss a due moment by less
FOREVER = float("inf")


@dataclass
class Feed:
    """The sheet that is under way through the paper path."""

    job: Job
    left: float
    jams: bool


class Engine:
    def __init__(self) -> None:
        self.tray_sheets = 250
        self.output_sheets = 0
        self.wasted_sheets = 0
        self.cover_open = False
        self.jammed = False
        self.toner = "ok"
        self.jam_at = 0  # the page of a job that gets stuck next; 0: none
        self.cancel_stuck = False  # a printer that keeps a cancelled job until somebody comes
        self.cancel_early = False  # a printer that says canceled while the sheet under way still moves
        self.first_page_seconds = 3.0
        self.page_seconds = 2.0
        self.jobs: dict[int, Job] = {}
        self.up_seconds = 1.0
        self.busy_seconds = 0.0
        self.feed: Feed | None = None
        self.active: Job | None = None
        self.on_page: Callable[[Job, int], None] = lambda job, page: None
        self.on_end: Callable[[Job], None] = lambda job: None
        self._last_id = 0

    # -- the queue -------------------------------------------------------------------------

    def create(self, name: str, user: str, copies: int = 1) -> Job:
        self._last_id += 1
        job = self.jobs[self._last_id] = Job(self._last_id, name, user, self.up_seconds, copies)
        for old in [j.id for j in self.jobs.values() if j.final][:-KEPT_JOBS]:
            del self.jobs[old]
        return job

    def complete(self, job: Job, document: bytes, pages: int) -> None:
        """The last byte of the document has arrived."""
        job.document, job.pages, job.is_complete = document, pages, True
        self.tick(0)

    def end(self, job: Job, state: JobState, reason: str) -> bool:
        """Cancel or abort; the sheet under way still comes out.  False if it has ended already, or is about to."""
        if job.final or job.ending:
            return False
        job.ending, job.end_reason = state, reason
        self.tick(0)
        return True

    def state_of(self, job: Job) -> tuple[JobState, tuple[str, ...]]:
        if job.final or (job.ending and self.cancel_early):
            return job.final or job.ending or JobState.ABORTED, (job.end_reason,)
        if not job.is_complete and not job.ending:
            return JobState.HELD, ("job-data-insufficient",)
        stopped = ("printer-stopped",) if self.errors else ()
        if job is not self.active and not job.ending:
            return JobState.PENDING, stopped or ("none",)
        waits = ("processing-to-stop-point",) if job.ending else ("job-printing",)
        return JobState.STOPPED if stopped and not self.feed else JobState.PROCESSING, waits + stopped

    # -- the sensors -----------------------------------------------------------------------

    @property
    def errors(self) -> tuple[str, ...]:
        """What stops the printer."""
        found = {
            "media-jam-error": self.jammed,
            "cover-open-error": self.cover_open,
            "media-empty-error": self.tray_sheets == 0,
            "toner-empty-error": self.toner == "out",
            "output-area-full-error": self.output_sheets >= OUTPUT_CAPACITY,
        }
        return tuple(reason for reason, is_so in found.items() if is_so)

    @property
    def reasons(self) -> tuple[str, ...]:
        found = {
            "toner-low-warning": self.toner == "low",
            "media-low-warning": 0 < self.tray_sheets < LOW_SHEETS,
            "output-area-almost-full-report": OUTPUT_CAPACITY * 0.9 <= self.output_sheets < OUTPUT_CAPACITY,
        }
        return self.errors + tuple(reason for reason, is_so in found.items() if is_so) or ("none",)

    @property
    def state(self) -> int:
        """printer-state: 3 idle, 4 processing, 5 stopped."""
        return 5 if self.errors and not self.feed else 4 if self.active else 3

    def open_cover(self) -> None:
        self.cover_open = True
        self._waste_feed()

    def close_cover(self) -> None:
        """Who closes it has looked inside: a stuck sheet is gone as well."""
        self.cover_open = self.jammed = False

    def jam(self) -> None:
        self.jammed = True
        self._waste_feed()

    def clear_jam(self) -> None:
        self.jammed = False

    def lose_power(self) -> None:
        """Jobs are forgotten; a sheet under way is stuck half printed and thrown out at the next start."""
        self._waste_feed()
        for job in self.jobs.values():
            if not job.final:
                self._finish(job, JobState.ABORTED, "power-lost")
        self.jobs.clear()
        self.up_seconds = 1.0

    # -- time ------------------------------------------------------------------------------

    @property
    def wants_tick(self) -> float | None:
        """Seconds until something happens by itself; None: nothing does."""
        return None if (soon := self._next_event()) == FOREVER else max(0.0, soon)

    def tick(self, seconds: float) -> None:
        """Let so much time pass, from event to event."""
        while True:
            self._begin()
            step = min(seconds, max(0.0, self._next_event()))
            seconds -= step
            self.up_seconds += step
            if self.feed:
                self.feed.left -= step
                self.busy_seconds += step
                if self.feed.left <= HAIR:
                    self._arrive(self.feed)
                    continue
            if seconds <= HAIR:
                return

    def _next_event(self) -> float:
        if self.feed:
            return self.feed.left
        waiting = (j.created_at + INCOMPLETE_SECONDS - self.up_seconds for j in self._unfinished() if not j.is_complete)
        return min(waiting, default=FOREVER)

    def _unfinished(self) -> list[Job]:
        return [job for job in self.jobs.values() if not job.final]

    def _begin(self) -> None:
        """End what has to end, and draw the next sheet in if the path is free."""
        for job in self._unfinished():
            if not job.is_complete and self.up_seconds - job.created_at >= INCOMPLETE_SECONDS - HAIR:
                job.ending, job.end_reason = JobState.ABORTED, "aborted-by-system"
            if job.ending and not (self.feed and self.feed.job is job) and not self.cancel_stuck:
                self._finish(job, job.ending, job.end_reason)
        ready = next((j for j in self._unfinished() if j.is_complete and not j.ending), None)
        if self.feed or self.active not in (None, ready) or ready is None:
            return
        if not ready.pages:
            self.end(ready, JobState.ABORTED, "document-format-error")
        elif not self.errors:
            self._draw_in(ready)

    def _draw_in(self, job: Job) -> None:
        self.active = job
        if job.started_at is None:
            job.started_at = self.up_seconds
        number = job.impressions + 1
        seconds = self.first_page_seconds if number == 1 else self.page_seconds
        jams = number == self.jam_at
        self.tray_sheets -= 1
        self.feed = Feed(job, seconds / 2 if jams else seconds, jams)

    def _arrive(self, feed: Feed) -> None:
        job, self.feed = feed.job, None
        if feed.jams:
            self.jammed, self.jam_at = True, 0
            self.wasted_sheets += 1
            return
        self.output_sheets += 1
        job.sheets.append(Sheet(job.impressions % job.pages + 1, self.up_seconds))
        if job.impressions == job.pages * job.copies:
            self._finish(job, JobState.COMPLETED, "job-completed-successfully")
        self.on_page(job, job.impressions)

    def _waste_feed(self) -> None:
        if self.feed:
            self.feed = None
            self.wasted_sheets += 1

    def _finish(self, job: Job, state: JobState, reason: str) -> None:
        self.on_end(job)  # the paper lies in the tray before anybody hears that it does
        job.final, job.end_reason, job.ended_at = state, reason, self.up_seconds
        job.document = b""
        if self.active is job:
            self.active = None
