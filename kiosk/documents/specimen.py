"""A paper about nobody, for warming the typesetter and for looking at a form.

Not responsible for being true: its seal is noise and every name is a made-up one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from kiosk.documents.record import Envelope, FeeFacts, Member, Record, ResidentCopy

SEAL_BYTES = 340


def specimen() -> Record:
    member = Member(
        no="1",
        name="견본",
        name_hanja="見本",
        rrn="000101-3******",
        since="2021-01-01",
        registered="거주자",
        relation="본인",
    )
    copy = ResidentCopy(
        issue_form="견본",
        head_name="견본",
        head_name_hanja="見本",
        address="인천광역시 서구 견본로 1",
        address_since="2021-01-01",
        address_reason="전입",
        members=(member,),
        applicant="견본",
        purpose="견본",
        officer="견본",
        officer_phone="032-000-0000",
        office="인천광역시 서구청장",
        office_code="0000000",
        kiosk="SG-00",
        sample=True,
    )
    envelope = Envelope(
        visit="",
        number="0000000000000000",
        type="resident-copy",
        subject_hash="0" * 32,
        issued_at=datetime(2021, 1, 1, tzinfo=UTC),
        pages=1,
        fields={},
        fee=FeeFacts(exempt=(), sheets=1),
        seal=bytes(SEAL_BYTES),
    )
    return Record(envelope, copy, b"")
