"""The IPP/2.0 service of a simulated page printer: one request in, one answer out, as strict as RFC 8011.

Not responsible for HTTP nor for the mechanism.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

from simulators import ipp_codec as ipp
from simulators.ipp_attributes import (
    A4,
    FORMATS,
    JOB_TEMPLATE,
    MOST_COPIES,
    OPERATIONS,
    PDF,
    Uris,
    job_group,
    pick,
    printer_group,
)
from simulators.ipp_codec import Group, Message
from simulators.ipp_engine import Engine
from simulators.ipp_jobs import Job, JobState
from simulators.ipp_output import count_pages


class Status(enum.IntEnum):
    OK = 0x0000
    OK_SUBSTITUTED = 0x0001
    BAD_REQUEST = 0x0400
    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406
    FORMAT_NOT_SUPPORTED = 0x040A
    ATTRIBUTES_NOT_SUPPORTED = 0x040B
    CHARSET_NOT_SUPPORTED = 0x040D
    COMPRESSION_NOT_SUPPORTED = 0x040F
    OPERATION_NOT_SUPPORTED = 0x0501
    VERSION_NOT_SUPPORTED = 0x0503
    BUSY = 0x0507


class Refusal(Exception):
    def __init__(self, status: Status, unsupported: Group | None = None) -> None:
        super().__init__(status.name)
        self.status, self.unsupported = status, unsupported


ACCEPTED: dict[str, Callable[[object], bool]] = {
    "copies": lambda value: isinstance(value, int) and 1 <= value <= MOST_COPIES,
    "finishings": lambda value: value == 3,
    "media": lambda value: value == A4,
    "orientation-requested": lambda value: value == 3,
    "print-quality": lambda value: value in (0, 3, 4, 5),
    "sides": lambda value: value == "one-sided",
}


class Service:
    def __init__(self, engine: Engine, uris: Uris) -> None:
        self._engine, self._uris = engine, uris
        self._operations: dict[int, Callable[[Message, Group], list[Group]]] = {
            0x02: self._print_job,
            0x04: self._validate_job,
            0x05: self._create_job,
            0x06: self._send_document,
            0x08: self._cancel_job,
            0x09: self._get_job,
            0x0A: self._get_jobs,
            0x0B: self._get_printer,
        }
        assert set(self._operations) == set(OPERATIONS)

    def answer(self, request: Message) -> Message:
        answer = Message(request.version, Status.OK, request.request_id)
        head = Group(ipp.OPERATION)
        head.add("attributes-charset", ipp.CHARSET, "utf-8")
        head.add("attributes-natural-language", ipp.LANGUAGE, "en")
        try:
            self._check(request)
            groups = self._operations[request.code](request, request.groups[0])
            if any(group.tag == ipp.UNSUPPORTED for group in groups):
                answer.code = Status.OK_SUBSTITUTED
        except Refusal as refusal:
            answer.code = refusal.status
            groups = [refusal.unsupported] if refusal.unsupported else []
            if refusal.status is Status.VERSION_NOT_SUPPORTED:
                answer.version = (2, 0)
        answer.groups = [head, *groups]
        return answer

    def _check(self, request: Message) -> None:
        if request.version[0] not in (1, 2):
            raise Refusal(Status.VERSION_NOT_SUPPORTED)
        group = request.groups[0] if request.groups else Group(0)
        names = [(attribute.name, attribute.tag) for attribute in group.attributes[:2]]
        right = [("attributes-charset", ipp.CHARSET), ("attributes-natural-language", ipp.LANGUAGE)]
        if request.request_id < 1 or group.tag != ipp.OPERATION or names != right:
            raise Refusal(Status.BAD_REQUEST)
        if group.first("attributes-charset").lower() not in ("utf-8", "us-ascii"):
            raise Refusal(Status.CHARSET_NOT_SUPPORTED)
        if request.code not in self._operations:
            raise Refusal(Status.OPERATION_NOT_SUPPORTED)
        self._check_target(group)

    def _check_target(self, group: Group) -> None:
        uri = group.first("printer-uri") or group.first("job-uri")
        if not isinstance(uri, str):
            raise Refusal(Status.BAD_REQUEST)
        path = uri.partition("://")[2].partition("/")[2]
        if path != "ipp/print" and not path.startswith("ipp/print/"):
            raise Refusal(Status.NOT_FOUND)

    # -- jobs --------------------------------------------------------------------------------

    def _print_job(self, request: Message, group: Group) -> list[Group]:
        unsupported = self._validate_job(request, group)
        job = self._new_job(request, group)
        self._engine.complete(job, request.document, count_pages(request.document))
        return [*unsupported, self._brief(job)]

    def _validate_job(self, request: Message, group: Group) -> list[Group]:
        self._check_document(group)
        unsupported = Group(ipp.UNSUPPORTED)
        for attribute in request.group(ipp.JOB).attributes:
            accepts = ACCEPTED.get(attribute.name)
            if not accepts or not all(map(accepts, attribute.values)):
                unsupported.attributes.append(attribute)
        if unsupported.attributes and group.first("ipp-attribute-fidelity"):
            raise Refusal(Status.ATTRIBUTES_NOT_SUPPORTED, unsupported)
        return [unsupported] if unsupported.attributes else []

    def _check_document(self, group: Group) -> None:
        if group.first("document-format", PDF) not in FORMATS:
            raise Refusal(Status.FORMAT_NOT_SUPPORTED)
        if group.first("compression", "none") != "none":
            raise Refusal(Status.COMPRESSION_NOT_SUPPORTED)

    def _new_job(self, request: Message, group: Group) -> Job:
        copies = request.group(ipp.JOB).first("copies", 1)
        copies = copies if ACCEPTED["copies"](copies) else 1
        name, user = group.first("job-name", "untitled"), group.first("requesting-user-name", "anonymous")
        return self._engine.create(name, user, copies)

    def _create_job(self, request: Message, group: Group) -> list[Group]:
        unsupported = self._validate_job(request, group)
        return [*unsupported, self._brief(self._new_job(request, group))]

    def _send_document(self, request: Message, group: Group) -> list[Group]:
        job = self._job(group)
        last = group.first("last-document")
        if not isinstance(last, bool):
            raise Refusal(Status.BAD_REQUEST)
        self._check_document(group)
        if job.is_complete or job.final or job.ending:
            raise Refusal(Status.NOT_POSSIBLE)
        job.document = request.document or job.document
        if last:
            self._engine.complete(job, job.document, count_pages(job.document))
        return [self._brief(job)]

    def _cancel_job(self, request: Message, group: Group) -> list[Group]:
        if not self._engine.end(self._job(group), JobState.CANCELED, "job-canceled-by-user"):
            raise Refusal(Status.NOT_POSSIBLE)
        return []

    # -- questions ---------------------------------------------------------------------------

    def _get_job(self, request: Message, group: Group) -> list[Group]:
        return [pick(job_group(self._engine, self._uris, self._job(group)), self._wanted(group, "all"), JOB_TEMPLATE)]

    def _get_jobs(self, request: Message, group: Group) -> list[Group]:
        which = group.first("which-jobs", "not-completed")
        if which not in ("completed", "not-completed"):
            raise Refusal(Status.ATTRIBUTES_NOT_SUPPORTED)
        user = group.first("requesting-user-name") if group.first("my-jobs") else None
        found = [
            job
            for job in self._engine.jobs.values()
            if bool(job.final) == (which == "completed") and user in (None, job.user)
        ]
        wanted = self._wanted(group, "job-uri", "job-id")
        limit = group.first("limit", len(found) or 1)
        ordered = found[::-1] if which == "completed" else found  # latest ended first; next to print first
        return [pick(job_group(self._engine, self._uris, job), wanted, JOB_TEMPLATE) for job in ordered[:limit]]

    def _get_printer(self, request: Message, group: Group) -> list[Group]:
        if group.first("document-format", PDF) not in FORMATS:
            raise Refusal(Status.FORMAT_NOT_SUPPORTED)
        return [pick(printer_group(self._engine, self._uris), self._wanted(group, "all"), JOB_TEMPLATE)]

    def _wanted(self, group: Group, *default: str) -> list[str]:
        return next((a.values for a in group.attributes if a.name == "requested-attributes"), list(default))

    def _job(self, group: Group) -> Job:
        number = group.first("job-id")
        if number is None:
            last = str(group.first("job-uri", "")).rsplit("/", 1)[-1]
            number = int(last) if last.isdecimal() else 0
        if not number:
            raise Refusal(Status.BAD_REQUEST)
        if number not in self._engine.jobs:
            raise Refusal(Status.NOT_FOUND)
        return self._engine.jobs[number]

    def _brief(self, job: Job) -> Group:
        names = ["job-uri", "job-id", "job-state", "job-state-reasons", "job-state-message"]
        return pick(job_group(self._engine, self._uris, job), names, JOB_TEMPLATE)
