"""What a 등본 prints and on which sheet: plain strings, divided as the agency counts them.

Not responsible for looks; the template draws what stands here and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.documents.record import Member, PastAddress, Record, ResidentCopy

FIRST_ROWS, FURTHER_ROWS = 12, 24


@dataclass(frozen=True)
class Row:
    no: str
    relation: str
    name: str
    name_hanja: str
    rrn: str
    since: str
    reason: str
    registered: str


@dataclass(frozen=True)
class PastRow:
    no: str
    address: str
    since: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    members: tuple[Row, ...]
    past: tuple[PastRow, ...]


@dataclass(frozen=True)
class Paper:
    """Everything of a record that goes on paper, already spelled."""

    number: str
    sample: bool
    fee: str
    issued_at: str
    issued_day: str
    office: str
    kiosk: str
    applicant: str
    purpose: str
    officer: str
    officer_phone: str
    head_name: str
    head_name_hanja: str
    household_reason: str
    household_date: str
    address: str
    address_since: str
    address_reason: str
    sheets: tuple[Sheet, ...]

    def texts(self) -> Iterator[str]:
        """Every string, for the check of the fonts."""
        yield from _strings(asdict(self))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _strings(part))
    elif isinstance(value, tuple | list):
        yield from (text for part in value for text in _strings(part))


def paper_of(record: Record, sample: bool, fee: str) -> Paper:
    copy, at = record.copy, record.envelope.issued_at
    return Paper(
        number=grouped(record.envelope.number),
        sample=sample or copy.sample,
        fee=fee,
        issued_at=f"{at.year}년 {at.month}월 {at.day}일  {at.hour:02}시 {at.minute:02}분",
        issued_day=f"{at.year}년 {at.month}월 {at.day}일",
        office=copy.office,
        kiosk=copy.kiosk,
        applicant=copy.applicant,
        purpose=copy.purpose,
        officer=copy.officer,
        officer_phone=copy.officer_phone,
        head_name=copy.head_name,
        head_name_hanja=copy.head_name_hanja,
        household_reason=copy.household_reason or "",
        household_date=copy.household_date or "",
        address=copy.address,
        address_since=copy.address_since,
        address_reason=copy.address_reason,
        sheets=divide(copy),
    )


def grouped(number: str) -> str:
    """문서확인번호 as people read it: 4-4-4-4."""
    return "-".join(number[at : at + 4] for at in range(0, 16, 4))


def divide(copy: ResidentCopy) -> tuple[Sheet, ...]:
    """Members, then past addresses: twelve rows on the first sheet, twenty-four on each further one."""
    rows: list[Row | PastRow] = [*map(_row, copy.members), *map(_past, copy.past_addresses or ())]
    starts = [0, *range(FIRST_ROWS, len(rows), FURTHER_ROWS)]
    parts = [rows[start : (FIRST_ROWS if start == 0 else start + FURTHER_ROWS)] for start in starts]
    return tuple(
        Sheet(
            members=tuple(row for row in part if isinstance(row, Row)),
            past=tuple(row for row in part if isinstance(row, PastRow)),
        )
        for part in parts
    )


def _row(m: Member) -> Row:
    return Row(m.no, m.relation or "", m.name, m.name_hanja, m.rrn, m.since, m.reason or "", m.registered)


def _past(a: PastAddress) -> PastRow:
    return PastRow(a.no, a.address, a.since, a.reason)
