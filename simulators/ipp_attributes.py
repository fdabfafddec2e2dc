"""What a simulated page printer says about itself and its jobs: IPP attribute groups from the engine's state.

Not responsible for which of them a request asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulators import ipp_codec as ipp
from simulators.ipp_codec import Group
from simulators.ipp_engine import Engine
from simulators.ipp_jobs import Job

A4 = "iso_a4_210x297mm"
PDF = "application/pdf"
FORMATS = (PDF, "application/octet-stream")
MOST_COPIES = 99
OPERATIONS = (0x02, 0x04, 0x05, 0x06, 0x08, 0x09, 0x0A, 0x0B)
JOB_TEMPLATE = {"copies", "finishings", "media", "orientation-requested", "print-quality", "sides"}
REASON_WORDS = {"printer-stopped": "The printer needs attention.", "job-printing": "Printing."}


@dataclass(frozen=True)
class Uris:
    host: str  # 127.0.0.1:PORT

    @property
    def printer(self) -> str:
        return f"ipp://{self.host}/ipp/print"

    def job(self, number: int) -> str:
        return f"{self.printer}/{number}"


def printer_group(engine: Engine, uris: Uris) -> Group:
    group = Group(ipp.PRINTER)
    _add_identity(group, uris)
    _add_state(group, engine)
    _add_languages(group)
    _add_template(group, engine)
    return group


def _add_identity(group: Group, uris: Uris) -> None:
    group.add("printer-uri-supported", ipp.URI, uris.printer)
    group.add("uri-security-supported", ipp.KEYWORD, "none")
    group.add("uri-authentication-supported", ipp.KEYWORD, "requesting-user-name")
    group.add("printer-name", ipp.NAME, "page_printer")
    group.add("printer-info", ipp.TEXT, "Simulated A4 printer")
    group.add("printer-make-and-model", ipp.TEXT, "Simulated A4 printer")
    group.add("printer-location", ipp.TEXT, "kiosk")
    group.add("printer-more-info", ipp.URI, f"http://{uris.host}/")
    group.add("ipp-versions-supported", ipp.KEYWORD, "1.1", "2.0")
    group.add("operations-supported", ipp.ENUM, *OPERATIONS)
    group.add("color-supported", ipp.BOOLEAN, False)
    group.add("pages-per-minute", ipp.INTEGER, 30)


def _add_state(group: Group, engine: Engine) -> None:
    group.add("printer-state", ipp.ENUM, engine.state)
    group.add("printer-state-reasons", ipp.KEYWORD, *engine.reasons)
    group.add("printer-is-accepting-jobs", ipp.BOOLEAN, True)
    group.add("printer-up-time", ipp.INTEGER, int(engine.up_seconds))
    group.add("queued-job-count", ipp.INTEGER, sum(not job.final for job in engine.jobs.values()))


def _add_languages(group: Group) -> None:
    group.add("charset-configured", ipp.CHARSET, "utf-8")
    group.add("charset-supported", ipp.CHARSET, "utf-8", "us-ascii")
    group.add("natural-language-configured", ipp.LANGUAGE, "en")
    group.add("generated-natural-language-supported", ipp.LANGUAGE, "en")
    group.add("document-format-default", ipp.MIME, PDF)
    group.add("document-format-supported", ipp.MIME, *FORMATS)
    group.add("compression-supported", ipp.KEYWORD, "none")
    group.add("pdl-override-supported", ipp.KEYWORD, "attempted")
    group.add("multiple-document-jobs-supported", ipp.BOOLEAN, False)
    group.add("multiple-operation-time-out", ipp.INTEGER, 60)
    group.add("job-impressions-supported", ipp.RANGE, (1, 1000))


def _add_template(group: Group, engine: Engine) -> None:
    group.add("copies-default", ipp.INTEGER, 1)
    group.add("copies-supported", ipp.RANGE, (1, MOST_COPIES))
    group.add("finishings-default", ipp.ENUM, 3)
    group.add("finishings-supported", ipp.ENUM, 3)
    group.add("media-default", ipp.KEYWORD, A4)
    group.add("media-supported", ipp.KEYWORD, A4)
    if engine.tray_sheets:
        group.add("media-ready", ipp.KEYWORD, A4)
    else:
        group.add("media-ready", ipp.NO_VALUE, None)
    group.add("orientation-requested-default", ipp.ENUM, 3)
    group.add("orientation-requested-supported", ipp.ENUM, 3)
    group.add("print-quality-default", ipp.ENUM, 4)
    group.add("print-quality-supported", ipp.ENUM, 4)
    group.add("printer-resolution-default", ipp.RESOLUTION, (600, 600, 3))
    group.add("printer-resolution-supported", ipp.RESOLUTION, (600, 600, 3))
    group.add("sides-default", ipp.KEYWORD, "one-sided")
    group.add("sides-supported", ipp.KEYWORD, "one-sided")


def job_group(engine: Engine, uris: Uris, job: Job) -> Group:
    group = Group(ipp.JOB)
    state, reasons = engine.state_of(job)
    group.add("job-uri", ipp.URI, uris.job(job.id))
    group.add("job-id", ipp.INTEGER, job.id)
    group.add("job-printer-uri", ipp.URI, uris.printer)
    group.add("job-name", ipp.NAME, job.name)
    group.add("job-originating-user-name", ipp.NAME, job.user)
    group.add("job-state", ipp.ENUM, state)
    group.add("job-state-reasons", ipp.KEYWORD, *reasons)
    group.add("job-state-message", ipp.TEXT, REASON_WORDS.get(reasons[-1], ""))
    group.add("job-printer-up-time", ipp.INTEGER, int(engine.up_seconds))
    group.add("time-at-creation", ipp.INTEGER, int(job.created_at))
    for name, seconds in (("time-at-processing", job.started_at), ("time-at-completed", job.ended_at)):
        group.add(name, *((ipp.NO_VALUE, None) if seconds is None else (ipp.INTEGER, int(seconds))))
    if job.pages:
        group.add("job-impressions", ipp.INTEGER, job.pages * job.copies)
    group.add("job-impressions-completed", ipp.INTEGER, job.impressions)
    group.add("job-media-sheets-completed", ipp.INTEGER, job.impressions)
    group.add("copies", ipp.INTEGER, job.copies)
    group.add("media", ipp.KEYWORD, A4)
    return group


def pick(group: Group, wanted: list[str], template: set[str]) -> Group:
    """Only what `requested-attributes` names; `all` and the group names included."""
    if "all" in wanted:
        return group
    names = set(wanted)
    has_template, has_description = "job-template" in names, names & {"job-description", "printer-description"}

    def is_wanted(name: str) -> bool:
        is_template = name.rsplit("-", 1)[0] in template or name in template
        return name in names or bool(has_template if is_template else has_description)

    return Group(group.tag, [attribute for attribute in group.attributes if is_wanted(attribute.name)])
