"""The issuing server's seal: a COSE_Sign1 (ES256) over what the paper says, checked before a sheet is set.

Not responsible for drawing the code (`code`), nor for fetching keys.  Every way a seal can be wrong has a name.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import cbor2
import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kiosk.documents.record import Record

ES256 = {1: -7}
SEALED_PEOPLE = 8  # above that the names go into the hash only, so that the code stays readable
Hex = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]+$")]


Time = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2}))?$")]


class Flaw(enum.Enum):
    """What is wrong with a seal, best known first."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown-key"
    REVOKED_KEY = "revoked-key"
    KEY_NOT_VALID = "key-not-valid"
    SIGNATURE = "signature"
    NUMBER = "number"
    TYPE = "type"
    TIME = "time"
    OFFICE = "office"
    PAGES = "pages"
    ADDRESS = "address"
    PEOPLE = "people"
    TEXT = "text"


class BadSeal(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(f"the seal is refused: {flaw.value}")
        self.flaw = flaw


class Key(msgspec.Struct, frozen=True):
    """One public key of an issuing office, as `seal-keys.json` spells it."""

    kid: Hex
    x: Hex
    y: Hex
    office: str
    valid_from: Time
    valid_to: Time
    revoked: str | None = None

    def public(self) -> ec.EllipticCurvePublicKey:
        return ec.EllipticCurvePublicNumbers(int(self.x, 16), int(self.y, 16), ec.SECP256R1()).public_key()


class _KeyFile(msgspec.Struct, frozen=True):
    keys: tuple[Key, ...]


Keys = dict[bytes, Key]


def read_keys(path: Path) -> Keys:
    """Raises OSError or msgspec.DecodeError."""
    keys = msgspec.json.decode(path.read_bytes(), type=_KeyFile).keys
    return {bytes.fromhex(key.kid): key for key in keys}


def verify(record: Record, keys: Keys) -> None:
    """Raises BadSeal unless a valid key signed exactly what this record would print."""
    payload = _signed_payload(record.envelope.seal, keys, record.envelope.issued_at)
    for flaw, ok in _claims(payload, record):
        if not ok:
            raise BadSeal(flaw)


def _signed_payload(seal: bytes, keys: Keys, at: datetime) -> dict[int, Any]:
    protected, kid, payload, signature = _open(seal)
    if _loads(protected) != ES256:
        raise BadSeal(Flaw.ALGORITHM)
    key = keys.get(kid)
    if key is None:
        raise BadSeal(Flaw.UNKNOWN_KEY)
    if key.revoked is not None:
        raise BadSeal(Flaw.REVOKED_KEY)
    if not _moment(key.valid_from) <= at <= _moment(key.valid_to):
        raise BadSeal(Flaw.KEY_NOT_VALID)
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        key.public().verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        raise BadSeal(Flaw.SIGNATURE) from None
    content = _loads(payload)
    if not isinstance(content, Mapping):
        raise BadSeal(Flaw.MALFORMED)
    return dict(content)


def _open(seal: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """protected header, key id, payload, signature; anything else in the envelope is refused."""
    match _loads(seal):
        case cbor2.CBORTag(
            tag=18, value=[bytes() as protected, Mapping() as header, bytes() as payload, bytes() as sig]
        ):
            kid = header.get(4)
            if len(header) == 1 and isinstance(kid, bytes) and len(kid) == 8 and len(sig) == 64:
                return protected, kid, payload, sig
    raise BadSeal(Flaw.MALFORMED)


def _loads(data: bytes) -> Any:
    """Deterministic CBOR only: one value has one spelling, so nothing can hide beside it."""
    try:
        value = cbor2.loads(data)
        if cbor2.dumps(value, canonical=True) == data:
            return value
    except Exception:  # any failure to decode, of whatever type, is the same flaw
        pass
    raise BadSeal(Flaw.MALFORMED)


def _claims(sealed: dict[int, Any], record: Record) -> list[tuple[Flaw, bool]]:
    envelope, copy = record.envelope, record.copy
    issued, until = _moment(sealed.get(4)), _moment(sealed.get(11))
    return [
        (Flaw.MALFORMED, set(sealed) <= set(range(1, 12)) and sealed.get(1) == 1),
        (Flaw.NUMBER, sealed.get(3) == int(envelope.number) and has_check_digit(envelope.number)),
        (Flaw.TYPE, sealed.get(2) == envelope.type),
        (Flaw.TIME, abs((issued - envelope.issued_at).total_seconds()) < 1 and until > envelope.issued_at),
        (Flaw.OFFICE, (sealed.get(5), sealed.get(6)) == (copy.office_code, copy.kiosk)),
        (Flaw.PAGES, sealed.get(7) == envelope.pages == envelope.fee.sheets),
        (Flaw.ADDRESS, sealed.get(8) == copy.address),
        (Flaw.PEOPLE, _same_people(sealed.get(9), record)),
        (Flaw.TEXT, sealed.get(10) == record.text_hash),
    ]


def _same_people(sealed: Any, record: Record) -> bool:
    members = record.copy.members
    if len(members) > SEALED_PEOPLE and not sealed:
        return True
    said = [[str(part) for part in person] for person in sealed or [] if isinstance(person, list | tuple)]
    return said == [[m.name, m.relation or "", birth(m.rrn), m.rrn[7]] for m in members]


def birth(rrn: str) -> str:
    """yyyymmdd; the seventh digit says the century."""
    century = {"9": "18", "0": "18", "1": "19", "2": "19", "5": "19", "6": "19"}.get(rrn[7], "20")
    return century + rrn[:6]


def has_check_digit(number: str) -> bool:
    """ISO 7064 MOD 11,10 over all sixteen digits of a 문서확인번호."""
    product = 10
    for digit in number[:-1]:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (product + int(number[-1])) % 10 == 1


def _moment(value: Any) -> datetime:
    """A CBOR or JSON time: seconds since 1970, RFC 3339; anything else is long ago."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if isinstance(value, int | float) and 0 < value < 2**40:
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime(1, 1, 1, tzinfo=UTC)
