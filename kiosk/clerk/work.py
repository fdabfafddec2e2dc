"""What a clerk does for its one subject: ask the agency, bind every answer to the visit, compose, seal.

Not responsible for sockets or processes.  An answer that does not fit in every point is refused with a word; a
paper of somebody else never gets as far as being set.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import msgspec

from kiosk.clerk import messages as say
from kiosk.clerk.http_link import Answer, HttpLink, NoAnswer
from kiosk.clerk.sealing import Sealer
from kiosk.documents.code import CodeTooBig
from kiosk.documents.compose import CannotCompose, Compositor, FontLacks, form_of
from kiosk.documents.options import refuse_unchosen
from kiosk.documents.record import BadRecord, Envelope, read_envelope, read_record
from kiosk.documents.seal import BadSeal, Flaw, Keys, has_check_digit, read_keys, verify
from kiosk.documents.specimen import specimen

NO_IDENTITY = ("no-match", "not-live", "not-registered")
PRINTABLE_ERRORS = ("maintenance",)
NOT_TOLD = {404: "unknown-number", 409: "conflict"}


class _Identity(msgspec.Struct, frozen=True):
    visit: str
    subject_token: str
    subject_hash: str
    live: bool


class _Problem(msgspec.Struct, frozen=True):
    visit: str = ""
    error: str = ""
    tries_left: int = 0


class _Outcome(msgspec.Struct, frozen=True):
    number: str
    outcome: str


class RefusedAnswer(Exception):
    """The answer is not for this question; `number` names a document of ours that must be void."""

    def __init__(self, reason: str, number: str = "") -> None:
        super().__init__(reason)
        self.reason, self.number = reason, number


class Work:
    """One subject in its whole life."""

    def __init__(self, begin: say.Begin, link: HttpLink) -> None:
        self._begin, self._link = begin, link
        self._compositor = Compositor()
        self._keys: Keys | None = None
        self._visit = ""
        self._identity: _Identity | None = None

    def warm(self) -> None:
        """Everything that is the same for every visit, done while nobody waits."""
        self._link.warm()
        if self._begin.warm:
            self._read_keys()
            record = specimen()
            self._compositor.compose(record, form_of(record.envelope.type), sample=True)

    def answer(self, message: say.ToClerk) -> say.FromClerk | None:
        match message:
            case say.Open(visit):
                self._visit = visit
                return None
            case say.Identify():
                return self._guarded(self._identify, message)
            case say.Fetch():
                return self._guarded(self._fetch, message)
            case say.Tell():
                return self._tell(message)
            case say.Probe():
                return self._probe()
        return say.Refused("bad-answer")

    def _guarded(self, step: Any, message: Any) -> say.FromClerk:
        try:
            return step(message)  # type: ignore[no-any-return]
        except NoAnswer as error:
            return say.Refused(error.reason)
        except RefusedAnswer as error:
            return say.Refused(error.reason, error.number)

    # -- identity ---------------------------------------------------------------------------

    def _identify(self, message: say.Identify) -> say.FromClerk:
        if self._identity or not self._visit:
            raise RefusedAnswer("wrong-person")  # one subject a life
        question = {
            "visit": self._visit,
            "rrn": bytes(message.rrn).decode("ascii"),
            "template": base64.b64encode(message.template).decode(),
            "format": message.format,
        }
        answer = self._ask("/v1/identity", question)
        if answer.status != 200:
            return self._not_identified(answer)
        identity = _decode(answer, _Identity)
        if identity.visit != self._visit or not identity.subject_hash or not identity.subject_token:
            raise RefusedAnswer("wrong-person")
        self._identity = identity
        return say.Identified(identity.subject_hash, identity.live)

    def _not_identified(self, answer: Answer) -> say.FromClerk:
        problem = self._problem(answer)
        if answer.status in (403, 404) and problem.error in NO_IDENTITY:
            return say.NotIdentified(problem.error, problem.tries_left)
        raise RefusedAnswer(_word(problem))

    # -- document ---------------------------------------------------------------------------

    def _fetch(self, message: say.Fetch) -> say.FromClerk:
        if self._identity is None:
            raise RefusedAnswer("wrong-person")
        question = {
            "visit": self._visit,
            "type": message.document,
            "options": dict(message.options),
            "inputs": dict(message.inputs),
            "subject_token": self._identity.subject_token,
        }
        answer = self._ask("/v1/documents", question)
        if answer.status != 200:
            raise RefusedAnswer(_word(self._problem(answer)))
        envelope = self._ours(answer, message.document)
        try:
            return self._paper(envelope, message)
        except (BadRecord, UnicodeError):
            raise RefusedAnswer("bad-answer", envelope.number) from None
        except BadSeal:
            raise RefusedAnswer("bad-seal", envelope.number) from None
        except FontLacks:
            raise RefusedAnswer("font-lacks", envelope.number) from None
        except (CannotCompose, CodeTooBig):
            raise RefusedAnswer("bad-answer", envelope.number) from None

    def _ours(self, answer: Answer, document: str) -> Envelope:
        """Bound to visit and subject before anything else of it is believed, its number included."""
        assert self._identity
        try:
            envelope = read_envelope(answer.body)
        except BadRecord:
            raise RefusedAnswer("bad-answer") from None
        if envelope.visit != self._visit or envelope.subject_hash != self._identity.subject_hash:
            raise RefusedAnswer("wrong-person")
        number = envelope.number if has_check_digit(envelope.number) else ""
        if envelope.type != document:
            raise RefusedAnswer("wrong-document", number)
        return envelope

    def _paper(self, envelope: Envelope, asked: say.Fetch) -> say.Fetched:
        record = read_record(envelope)
        refuse_unchosen(record.copy, dict(asked.options))
        verify(record, self._read_keys())
        fee = _fee(asked, envelope.fee.exempt)
        paper = self._compositor.compose(record, form_of(envelope.type), self._begin.sample, fee)
        return say.Fetched(
            number=envelope.number,
            document=envelope.type,
            pages=paper.pages,
            sheets=envelope.fee.sheets,
            exempt=envelope.fee.exempt,
            subject_hash=envelope.subject_hash,
            sha256=paper.sha256,
            sealed=Sealer(self._begin.key).seal(envelope.number, paper.pdf),
        )

    def _read_keys(self) -> Keys:
        if self._keys is None:
            try:
                self._keys = read_keys(Path(self._begin.seal_keys))
            except (OSError, msgspec.DecodeError):  # without keys no seal is known to be true
                raise BadSeal(Flaw.UNKNOWN_KEY) from None
        return self._keys

    # -- errands ----------------------------------------------------------------------------

    def _tell(self, message: say.Tell) -> say.FromClerk:
        def not_told(reason: str) -> say.NotTold:
            return say.NotTold(message.number, message.outcome, reason)

        try:
            answer = self._ask("/v1/outcomes", {"number": message.number, "outcome": message.outcome})
            if answer.status in NOT_TOLD:
                return not_told(NOT_TOLD[answer.status])
            if answer.status != 200:
                return not_told(_word(_decode(answer, _Problem)))
            said = _decode(answer, _Outcome)
        except (NoAnswer, RefusedAnswer) as error:
            return not_told(error.reason)
        same = (said.number, said.outcome) == (message.number, message.outcome)
        return say.Told(message.number, message.outcome) if same else not_told("bad-answer")

    def _probe(self) -> say.Probed:
        try:
            return say.Probed(self._link.ask("GET", "/v1/health").status == 200)
        except NoAnswer:
            return say.Probed(False)

    # -- wire -------------------------------------------------------------------------------

    def _ask(self, path: str, question: dict[str, Any]) -> Answer:
        return self._link.ask("POST", path, json.dumps(question).encode())

    def _problem(self, answer: Answer) -> _Problem:
        problem: _Problem = _decode(answer, _Problem)
        if problem.visit != self._visit:
            raise RefusedAnswer("bad-answer")
        return problem


def _decode(answer: Answer, kind: Any) -> Any:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise RefusedAnswer("bad-answer") from None


def _word(problem: _Problem) -> str:
    return problem.error if problem.error in PRINTABLE_ERRORS + NO_IDENTITY else "bad-answer"


def _fee(asked: say.Fetch, exempt: tuple[str, ...]) -> str:
    if asked.won is None:
        return ""
    waived = asked.won == 0 or bool(set(asked.waived_for) & set(exempt))
    return "면제" if waived else f"{asked.won:,}원"
