"""The sealing office of the simulated agency: document numbers, COSE_Sign1 seals, and its public keys.

Written from RFC 9052, RFC 8949 section 4.2 and ISO 7064, sharing nothing with the kiosk that verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

VALID_DAYS = 90
NAMED_PEOPLE = 8  # above that the names are in the hash only, so that the printed code stays readable
COSE_SIGN1, ALG, ES256, KID = 18, 1, -7, 4
CENTURIES = {
    "9": 1800,
    "0": 1800,
    "1": 1900,
    "2": 1900,
    "5": 1900,
    "6": 1900,
    "3": 2000,
    "4": 2000,
    "7": 2000,
    "8": 2000,
}


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10."""
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def new_number() -> str:
    """문서확인번호: fifteen random digits, the first of them not 0, and their check digit."""
    digits = str(secrets.randbelow(9 * 10**14) + 10**14)
    return digits + check_digit(digits)


def text_hash(fields: dict[str, Any]) -> bytes:
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()[:16]


def claims(number: str, kind: str, issued_at: datetime, pages: int, fields: dict[str, Any]) -> dict[int, Any]:
    """What the seal says; only what the paper shows, and never the back digits of a resident number."""
    said: dict[int, Any] = {
        1: 1,
        2: kind,
        3: int(number),
        4: int(issued_at.timestamp()),
        5: fields["office_code"],
        6: fields["kiosk"],
        7: pages,
        8: fields["address"],
        10: text_hash(fields),
        11: int((issued_at + timedelta(days=VALID_DAYS)).timestamp()),
    }
    if len(fields["members"]) <= NAMED_PEOPLE:
        said[9] = [_person(member) for member in fields["members"]]
    return said


def _person(member: dict[str, str]) -> list[Any]:
    front, back = member["rrn"].split("-")
    born = (CENTURIES[back[0]] + int(front[:2])) * 10_000 + int(front[2:])
    return [member["name"], member.get("relation", ""), born, int(back[0])]


class SealingOffice:
    """One key of one office; another start has another key."""

    def __init__(self, office: str, now: datetime) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._office, self._now = office, now
        self.kid = secrets.token_bytes(8)

    def seal(self, said: dict[int, Any]) -> bytes:
        protected, payload = cbor2.dumps({ALG: ES256}, canonical=True), cbor2.dumps(said, canonical=True)
        signed = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
        r, s = decode_dss_signature(self._private.sign(signed, ec.ECDSA(hashes.SHA256())))
        parts = [protected, {KID: self.kid}, payload, r.to_bytes(32, "big") + s.to_bytes(32, "big")]
        return cbor2.dumps(cbor2.CBORTag(COSE_SIGN1, parts), canonical=True)

    def key_file(self) -> str:
        point = self._private.public_key().public_numbers()
        key = {
            "kid": self.kid.hex(),
            "x": f"{point.x:064x}",
            "y": f"{point.y:064x}",
            "office": self._office,
            "valid_from": (self._now - timedelta(days=365)).isoformat(timespec="seconds"),
            "valid_to": (self._now + timedelta(days=5 * 365)).isoformat(timespec="seconds"),
            "revoked": None,
        }
        return json.dumps({"keys": [key]}, ensure_ascii=False, indent=1)
