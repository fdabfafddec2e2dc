"""Invented households and a sealing office of the tests' own, written from the contract and not from the product."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from kiosk.documents.record import Record, read_envelope, read_record
from kiosk.documents.seal import Key, Keys

KID = bytes.fromhex("5347303100000001")
PRIVATE = ec.derive_private_key(0x5EA1, ec.SECP256R1())
ISSUED = "2021-03-02T10:05:00+09:00"
NUMBER = "1234567890123459"
HOUSEHOLD = [
    ("본인", "홍길동", "洪吉童", "800312-1******"),
    ("배우자", "이견본", "李見本", "820724-2******"),
    ("자녀", "홍예시", "洪例示", "110105-3******"),
    ("자녀", "홍보기", "", "140930-4******"),
]


def keys(**changes: Any) -> Keys:
    point = PRIVATE.public_key().public_numbers()
    facts: dict[str, Any] = {
        "kid": KID.hex(),
        "x": f"{point.x:064x}",
        "y": f"{point.y:064x}",
        "office": "견본",
        "valid_from": "2020-01-01T00:00:00Z",
        "valid_to": "2030-01-01T00:00:00Z",
    }
    return {KID: Key(**{**facts, **changes})}


def member(no: int, relation: str, name: str, hanja: str, rrn: str) -> dict[str, str]:
    return {
        "no": str(no),
        "relation": relation,
        "name": name,
        "name_hanja": hanja,
        "rrn": rrn,
        "since": "2015-03-02",
        "reason": "전입",
        "registered": "거주자",
    }


def fields(people: int = 4, **changes: Any) -> dict[str, Any]:
    rows = [HOUSEHOLD[min(i, 3)] for i in range(people)]
    return {
        "issue_form": "전체 발급",
        "head_name": "홍길동",
        "head_name_hanja": "洪吉童",
        "address": "인천광역시 서구 견본로 123, 101동 1502호 (심곡동, 견본아파트)",
        "address_since": "2015-03-02",
        "address_reason": "전입",
        "members": [member(i + 1, *row) for i, row in enumerate(rows)],
        "applicant": "홍길동",
        "purpose": "금융기관",
        "officer": "김담당",
        "officer_phone": "032-000-0000",
        "office": "인천광역시 서구청장",
        "office_code": "3560000",
        "kiosk": "SG-02",
        "sample": True,
        **changes,
    }


def claims(said: dict[str, Any], pages: int) -> dict[int, Any]:
    issued = int(datetime.fromisoformat(ISSUED).timestamp())
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    people = [
        [m["name"], m.get("relation", ""), ("19" if m["rrn"][7] in "12" else "20") + m["rrn"][:6], int(m["rrn"][7])]
        for m in said["members"]
    ]
    return {
        1: 1,
        2: "resident-copy",
        3: int(NUMBER),
        4: issued,
        5: said["office_code"],
        6: said["kiosk"],
        7: pages,
        8: said["address"],
        **({9: people} if len(people) <= 8 else {}),
        10: hashlib.sha256(canonical.encode()).digest()[:16],
        11: issued + 90 * 86400,
    }


def sign(payload: dict[int, Any], alg: int = -7, kid: bytes = KID) -> bytes:
    protected, content = cbor2.dumps({1: alg}), cbor2.dumps(payload, canonical=True)
    der = PRIVATE.sign(cbor2.dumps(["Signature1", protected, b"", content]), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(der)
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {4: kid}, content, raw]), canonical=True)


def answer(said: dict[str, Any], pages: int = 1, seal: bytes = b"", **changes: Any) -> bytes:
    """The agency's 200, as bytes on the wire."""
    return json.dumps(
        {
            "visit": "0123456789abcdef",
            "number": NUMBER,
            "type": "resident-copy",
            "subject_hash": "ab" * 16,
            "issued_at": ISSUED,
            "pages": pages,
            "fields": said,
            "fee": {"exempt": [], "sheets": pages},
            "seal": base64.b64encode(seal or sign(claims(said, pages))).decode(),
            **changes,
        }
    ).encode()


def record(said: dict[str, Any] | None = None, pages: int = 1, **changes: Any) -> Record:
    return read_record(read_envelope(answer(said or fields(), pages, **changes)))


def chosen(people: int = 4, **changes: Any) -> dict[str, Any]:
    """The fields of somebody who left every option at its default: no dates of events, no reasons."""
    said = fields(people, **{"address_reason": "", **changes})
    for row in said["members"]:
        row["since"] = ""
        row.pop("reason", None)
    return said
