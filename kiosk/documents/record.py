"""The agency's document answer as strict structs: unknown, missing and overlong fields are refused by name.

Not responsible for whether the seal is true (`seal`), nor for whom the record is (the clerk).  An error names the
field and never its value.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

Line = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
Maybe = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Place = Annotated[str, Meta(min_length=1, max_length=160, pattern=r"^[^\x00-\x1f\x7f]+$")]
Day = Annotated[str, Meta(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
Rrn = Annotated[str, Meta(pattern=r"^[0-9]{6}-[0-9](\*{6}|[0-9]{6})$")]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{16,64}$")]
MAX_ROWS = 200
MAX_SHEETS = 20


class BadRecord(Exception):
    """The answer is not a record; `field` is where, as a path, never what stood there."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the document answer is refused at {field}")
        self.field = field


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"


class Member(Strict, frozen=True):
    no: Line
    name: Name
    name_hanja: Maybe
    rrn: Rrn
    since: Day
    registered: Line
    relation: Line | None = None
    reason: Maybe | None = None


class PastAddress(Strict, frozen=True):
    no: Line
    address: Place
    since: Day
    reason: Maybe


class ResidentCopy(Strict, frozen=True):
    """주민등록표 등본; an optional field is there only when the resident chose to show it."""

    issue_form: Line
    head_name: Name
    head_name_hanja: Maybe
    address: Place
    address_since: Day
    address_reason: Maybe
    members: Annotated[tuple[Member, ...], Meta(min_length=1, max_length=MAX_ROWS)]
    applicant: Name
    purpose: Line
    officer: Line
    officer_phone: Line
    office: Line
    office_code: Line
    kiosk: Line
    sample: bool
    household_reason: Maybe | None = None
    household_date: Day | None = None
    past_addresses: Annotated[tuple[PastAddress, ...], Meta(max_length=MAX_ROWS)] | None = None


class FeeFacts(Strict, frozen=True):
    exempt: tuple[Line, ...]
    sheets: Annotated[int, Meta(ge=1, le=MAX_SHEETS)]


class Envelope(Strict, frozen=True):
    visit: Annotated[str, Meta(max_length=64)]
    number: Annotated[str, Meta(pattern=r"^[0-9]{16}$")]
    type: Line
    subject_hash: Hash
    issued_at: datetime
    pages: Annotated[int, Meta(ge=1, le=MAX_SHEETS)]
    fields: dict[str, Any]
    fee: FeeFacts
    seal: Annotated[bytes, Meta(min_length=80, max_length=2000)]


class Record(Strict, frozen=True):
    """One issued document: what the agency said, and the same in its canonical text's hash."""

    envelope: Envelope
    copy: ResidentCopy
    text_hash: bytes


def read_envelope(body: bytes) -> Envelope:
    try:
        return msgspec.json.decode(body, type=Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(_where(error)) from None


def read_record(envelope: Envelope) -> Record:
    """The fields of the one form that is known so far; raises BadRecord."""
    if envelope.issued_at.tzinfo is None:
        raise BadRecord("$.issued_at")
    try:
        copy = msgspec.convert(envelope.fields, ResidentCopy)
        return Record(envelope, copy, text_hash(envelope.fields))
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise BadRecord(_where(error).replace("$", "$.fields", 1)) from None


def text_hash(fields: dict[str, Any]) -> bytes:
    """SHA-256/128 of the canonical full text: what the seal's entry 10 stands for."""
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()[:16]


def _where(error: Exception) -> str:
    """The path in msgspec's message; the sentence before it may quote the data and is dropped."""
    message = str(error)
    path = message.rpartition(" - at `")[2].rstrip("`") if " - at `" in message else "$"
    if message.startswith(("Object missing", "Object contains unknown")):
        return f"{path}.{message.split('`')[1]}"
    return path
