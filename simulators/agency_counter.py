"""The registry's counter: takes one question as parsed JSON, gives a status and an answer.

Strict as an agency is: an unknown field, option or value is refused by name.  Not responsible for TLS, HTTP or delays.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from simulators import agency_paper as paper
from simulators.agency_faults import AgencyFaults
from simulators.agency_ledger import MATCHING_PERCENT, Conflict, Ledger, score
from simulators.agency_paper import BadRequest
from simulators.residents import BY_RRN, TEMPLATE_BYTES, Resident
from simulators.seal import SealingOffice, claims

FORMATS = ("zfm-512",)
Visit = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{8,32}$")]
Answer = tuple[int, dict[str, Any]]


class Question(msgspec.Struct, forbid_unknown_fields=True):
    pass


class IdentityQuestion(Question):
    visit: Visit
    rrn: Annotated[str, Meta(pattern=r"^[0-9]{13}$")]
    template: str
    format: str


class DocumentQuestion(Question):
    visit: Visit
    type: str
    options: dict[str, str]
    inputs: dict[str, str]
    subject_token: str


class OutcomeQuestion(Question):
    number: Annotated[str, Meta(pattern=r"^([0-9]{16}|visit:[A-Za-z0-9]{8,32})$")]
    outcome: Annotated[str, Meta(pattern=r"^(done|void|unknown)$")]


class Counter:
    """Served from many threads, one question at a time."""

    def __init__(
        self, ledger: Ledger, office: SealingOffice, faults: AgencyFaults, now: Callable[[], datetime], kiosk: str
    ) -> None:
        self.ledger, self._office, self._faults, self._now, self._kiosk = ledger, office, faults, now, kiosk
        self._one_at_a_time = threading.Lock()

    def answer(self, path: str, question: dict[str, Any]) -> Answer:
        """What the registry says to a POST."""
        visit = question.get("visit")
        echo = {"visit": visit[:64]} if isinstance(visit, str) else {}
        with self._one_at_a_time:
            try:
                return self._sort(path, question, echo)
            except (msgspec.ValidationError, BadRequest) as error:
                return 400, {**echo, "error": str(error)}

    def _sort(self, path: str, question: dict[str, Any], echo: dict[str, Any]) -> Answer:
        if self._faults.maintenance:
            return 503, {**echo, "error": "maintenance"}
        match path:
            case "/v1/identity":
                return self._identity(msgspec.convert(question, IdentityQuestion))
            case "/v1/documents":
                return self._document(msgspec.convert(question, DocumentQuestion), self.ledger.note_question())
            case "/v1/outcomes":
                return self._outcome(msgspec.convert(question, OutcomeQuestion))
        return 404, {**echo, "error": "unknown-path"}

    # -- identity -----------------------------------------------------------------------------

    def _identity(self, asked: IdentityQuestion) -> Answer:
        template = _template(asked)
        if (resident := BY_RRN.get(asked.rrn)) is None:
            return 404, {"visit": asked.visit, "error": "not-registered"}
        if not self.ledger.tries_left(asked.visit):
            return 403, {"visit": asked.visit, "error": "no-match", "tries_left": 0}
        percent, live = score(template, resident), not self._faults.take("not-live")
        if not live or percent < MATCHING_PERCENT:
            error, left = "no-match" if live else "not-live", self.ledger.note_failure(asked.visit)
            return 403, {"visit": asked.visit, "error": error, "tries_left": left}
        return 200, {
            "visit": self._bend_visit(asked.visit),
            "subject_token": self.ledger.hand_out(asked.visit, resident),
            "subject_hash": self.ledger.subject_hash(resident),
            "live": True,
            "score": percent,
        }

    # -- documents ----------------------------------------------------------------------------

    def _document(self, asked: DocumentQuestion, question: int) -> Answer:
        rules = paper.rules_of(asked.type)
        options = paper.settle(asked.options, rules)
        if unknown := sorted(asked.inputs):
            raise BadRequest(f"unknown input '{unknown[0][:40]}'")
        subject = self.ledger.subject(asked.subject_token, asked.visit)
        if isinstance(subject, str):
            return 403, {"visit": asked.visit, "error": subject}
        if self._faults.take("wrong-person"):
            subject = self.ledger.other_than(subject)
        at = self._now().replace(microsecond=0)
        fields = paper.Copy(subject, options, rules, at, self._kiosk).fields()
        kind = "resident-abstract" if self._faults.take("wrong-document") else asked.type
        return 200, self._issue(asked.visit, kind, subject, at, fields, question)

    def _issue(
        self, visit: str, kind: str, subject: Resident, at: datetime, fields: dict[str, Any], question: int
    ) -> dict[str, Any]:
        number, sheets = self.ledger.issue(visit, kind, question), paper.pages(fields)
        seal = bytearray(self._office.seal(claims(number, kind, at, sheets, fields)))
        if self._faults.take("bad-seal"):
            seal[-1] ^= 1
        if self._faults.take("mixed-up"):  # under load another answer's fields slip in: what the news told of 2024
            other = self.ledger.other_than(subject).household.head
            fields = {**fields, "applicant": other.name}
        return {
            "visit": self._bend_visit(visit),
            "number": number,
            "type": kind,
            "subject_hash": self.ledger.subject_hash(subject),
            "issued_at": at.isoformat(),
            "pages": sheets,
            "fields": fields,
            "fee": {"exempt": ["basic_livelihood"] if self.ledger.exempt else [], "sheets": sheets},
            "seal": base64.b64encode(bytes(seal)).decode(),
        }

    def _bend_visit(self, visit: str) -> str:
        return visit[:-1] + ("0" if visit[-1] != "0" else "1") if self._faults.take("wrong-visit") else visit

    # -- outcomes -----------------------------------------------------------------------------

    def _outcome(self, told: OutcomeQuestion) -> Answer:
        try:
            known = self.ledger.end(told.number, told.outcome)
        except Conflict:
            return 409, {"number": told.number, "error": "another outcome is on record"}
        if not known:
            return 404, {"number": told.number, "error": "unknown-number"}
        return 200, {"number": told.number, "outcome": told.outcome}


def _template(asked: IdentityQuestion) -> bytes:
    if asked.format not in FORMATS:
        raise BadRequest(f"unknown format '{asked.format[:40]}' of template")
    try:
        template = base64.b64decode(asked.template, validate=True)
    except ValueError:
        raise BadRequest("template is no base64") from None
    if len(template) != TEMPLATE_BYTES:
        raise BadRequest(f"template has {len(template)} bytes; {asked.format} has {TEMPLATE_BYTES}")
    return template
