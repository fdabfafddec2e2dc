"""What one print client asks an IPP printer, and the facts in its answers.

Not responsible for what they mean (`conditions`, `delivery`).  An answer that is malformed, belongs to another request
or to another job is a lost link: nothing is concluded from it.
"""

from __future__ import annotations

import enum
import itertools
from dataclasses import dataclass

from drivers.base import LinkLost
from drivers.page_printer import protocol
from drivers.page_printer.conditions import PDF, PrinterFacts
from drivers.page_printer.ipp_link import IppLink
from drivers.page_printer.protocol import Answer, Attribute, Attributes, Group, Malformed, Tag

USER = "kiosk"  # by this name our own jobs are found again
A4 = "iso_a4_210x297mm"
ANSWER_SECONDS = 4.0
PRINT_SECONDS = 20.0  # a small printer answers when it has taken in the whole document
NOT_THERE = (0x0406, 0x0407)  # client-error-not-found, client-error-gone
PRINTER_ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "media-ready",
    "document-format-supported",
)
JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-originating-user-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
)


class Operation(enum.IntEnum):
    PRINT_JOB = 0x02
    VALIDATE_JOB = 0x04
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B


class JobState(enum.IntEnum):
    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def is_over(self) -> bool:
        return self >= JobState.CANCELED


@dataclass(frozen=True)
class JobFacts:
    id: int
    name: str
    user: str
    state: JobState
    reasons: tuple[str, ...]
    impressions: int | None  # sheets that came out; None: the printer does not count


class Conversation:
    def __init__(self, link: IppLink, uri: str) -> None:
        self.link = link
        self._uri = uri
        self._requests = itertools.count(1)

    def printer(self, seconds: float = ANSWER_SECONDS) -> PrinterFacts:
        asked = Attribute("requested-attributes", Tag.KEYWORD, PRINTER_ATTRIBUTES)
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, (asked,), seconds=seconds)
        facts = self._wanted(answer).first(Group.PRINTER)
        return PrinterFacts(
            state=facts.number("printer-state") or 0,
            reasons=facts.words("printer-state-reasons"),
            is_accepting=bool(facts.number("printer-is-accepting-jobs")),
            media_ready=facts.words("media-ready"),
            formats=facts.words("document-format-supported"),
        )

    def validate(self, job: str) -> int:
        """The IPP status: 0 if a job like this would be taken exactly as it is."""
        return self._ask(Operation.VALIDATE_JOB, _job_head(job), JOB_TEMPLATE).status

    def print_pages(self, job: str, pdf: bytes | memoryview) -> tuple[int, int]:
        """The IPP status and the job's number (0: none given).  The connection must be open: `link.open`."""
        answer = self._ask(Operation.PRINT_JOB, _job_head(job), JOB_TEMPLATE, pdf, PRINT_SECONDS)
        return answer.status, answer.first(Group.JOB).number("job-id") or 0

    def job(self, number: int) -> JobFacts | None:
        """None: the printer knows no such job (any more)."""
        head = (_number(number), Attribute("requested-attributes", Tag.KEYWORD, JOB_ATTRIBUTES))
        answer = self._ask(Operation.GET_JOB_ATTRIBUTES, head)
        if answer.status in NOT_THERE:
            return None
        facts = self._job_facts(self._wanted(answer).first(Group.JOB))
        if facts.id != number:
            raise self._lost("another job than the one asked for")
        return facts

    def jobs(self, *, completed: bool) -> list[JobFacts]:
        """Our jobs, those that wait or print, or those that are over."""
        head = (
            Attribute("which-jobs", Tag.KEYWORD, ("completed" if completed else "not-completed",)),
            Attribute("my-jobs", Tag.BOOLEAN, (True,)),
            Attribute("requested-attributes", Tag.KEYWORD, JOB_ATTRIBUTES),
        )
        answer = self._wanted(self._ask(Operation.GET_JOBS, head))
        found = [self._job_facts(group) for group in answer.all_of(Group.JOB)]
        return [job for job in found if job.user in ("", USER)]

    def cancel(self, number: int) -> None:
        """Whether it worked, only the job's state tells."""
        self._ask(Operation.CANCEL_JOB, (_number(number),))

    # -- one question --------------------------------------------------------------------------

    def _ask(
        self,
        operation: Operation,
        head: tuple[Attribute, ...] = (),
        job: tuple[Attribute, ...] = (),
        document: bytes | memoryview = b"",
        seconds: float = ANSWER_SECONDS,
    ) -> Answer:
        request_id = next(self._requests)
        message = protocol.encode(operation, request_id, (*self._head(), *head), job)
        try:
            answer = protocol.decode(self.link.call(message, document, seconds))
        except Malformed as error:
            raise self._lost(str(error)) from error
        if answer.request_id != request_id:
            raise self._lost("an answer to another request")
        return answer

    def _head(self) -> tuple[Attribute, ...]:
        return (
            Attribute("attributes-charset", Tag.CHARSET, ("utf-8",)),
            Attribute("attributes-natural-language", Tag.LANGUAGE, ("en",)),
            Attribute("printer-uri", Tag.URI, (self._uri,)),
            Attribute("requesting-user-name", Tag.NAME, (USER,)),
        )

    def _wanted(self, answer: Answer) -> Answer:
        if not answer.is_ok:
            raise self._lost(f"IPP status {answer.status:#06x}")
        return answer

    def _job_facts(self, group: Attributes) -> JobFacts:
        number, state = group.number("job-id"), group.number("job-state")
        if not number or state not in {known.value for known in JobState}:
            raise self._lost("a job without number or state")
        return JobFacts(
            id=number,
            name=group.word("job-name"),
            user=group.word("job-originating-user-name"),
            state=JobState(state),
            reasons=group.words("job-state-reasons"),
            impressions=group.number("job-impressions-completed"),
        )

    def _lost(self, why: str) -> LinkLost:
        self.link.close()
        return LinkLost(f"{self.link.name}: {why}")


JOB_TEMPLATE = (
    Attribute("copies", Tag.INTEGER, (1,)),
    Attribute("sides", Tag.KEYWORD, ("one-sided",)),
    Attribute("media", Tag.KEYWORD, (A4,)),
)


def _job_head(job: str) -> tuple[Attribute, ...]:
    """With fidelity: a printer that would take other paper or both sides has to refuse."""
    return (
        Attribute("job-name", Tag.NAME, (job,)),
        Attribute("ipp-attribute-fidelity", Tag.BOOLEAN, (True,)),
        Attribute("document-format", Tag.MIME, (PDF,)),
    )


def _number(job: int) -> Attribute:
    return Attribute("job-id", Tag.INTEGER, (job,))
