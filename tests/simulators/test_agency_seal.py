"""The seal, read with other code than wrote it: what it says, and that no byte of it can be altered."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from simulators.agency import AgencySimulator
from simulators.residents import RESIDENTS
from simulators.seal import check_digit, new_number
from tests.simulators.agency_client import AgencyClient


class Sealed:
    """One issued document and the published key."""

    def __init__(self, directory: Path, who: str = "hong", **options: str) -> None:
        agency = AgencySimulator(clock_start=datetime.fromisoformat("2021-03-02T10:00+09:00"))
        try:
            address = agency.start(directory)
            self.said = AgencyClient(address).document(who, **options)
            self.key = json.loads(Path(address["seal_keys"]).read_text(encoding="utf-8"))["keys"][0]
        finally:
            agency.stop()
        self.seal = base64.b64decode(self.said["seal"])

    def read(self, seal: bytes) -> Any:
        """The signed map; raises whatever is wrong with it."""
        envelope = cbor2.loads(seal)
        assert (envelope.tag, cbor2.dumps(envelope, canonical=True)) == (18, seal)
        protected, unprotected, payload, signature = envelope.value
        assert unprotected == {4: bytes.fromhex(self.key["kid"])}
        assert cbor2.loads(protected) == {1: -7}
        point = ec.EllipticCurvePublicNumbers(int(self.key["x"], 16), int(self.key["y"], 16), ec.SECP256R1())
        half = (int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        point.public_key().verify(encode_dss_signature(*half), signed, ec.ECDSA(hashes.SHA256()))
        return cbor2.loads(payload)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return Sealed(tmp_path_factory.mktemp("run"))


def test_the_seal_says_what_the_paper_says(sealed: Sealed) -> None:
    said, claims = sealed.said, sealed.read(sealed.seal)
    canonical = json.dumps(said["fields"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    issued = int(datetime.fromisoformat(said["issued_at"]).timestamp())
    assert claims == {
        1: 1,
        2: "resident-copy",
        3: int(said["number"]),
        4: issued,
        5: "3560000",
        6: "SG-02",
        7: 1,
        8: said["fields"]["address"],
        9: [
            ["홍길동", "본인", 19800312, 1],
            ["이영희", "배우자", 19820724, 2],
            ["홍예지", "자녀", 20110105, 4],
            ["홍보기", "자녀", 20160930, 3],
        ],
        10: hashlib.sha256(canonical.encode()).digest()[:16],
        11: issued + 90 * 86_400,
    }


def test_no_flipped_bit_of_the_seal_goes_unnoticed(sealed: Sealed) -> None:
    for place in range(len(sealed.seal)):
        bent = bytearray(sealed.seal)
        bent[place] ^= 1
        with pytest.raises(
            (InvalidSignature, cbor2.CBORDecodeError, AssertionError, ValueError, TypeError, AttributeError)
        ):
            sealed.read(bytes(bent))


def test_back_digits_are_never_in_the_seal_even_when_the_paper_shows_them(tmp_path: Path) -> None:
    document = Sealed(tmp_path, "hong", rrn_back_household="all")
    for member in RESIDENTS["hong"].household.members:
        assert member.rrn[6:] in json.dumps(document.said["fields"])
        assert member.rrn[7:].encode() not in document.seal


def test_a_large_household_is_in_the_hash_only(tmp_path: Path) -> None:
    document = Sealed(tmp_path, "park")
    assert 9 not in document.read(document.seal)


def test_a_seal_fits_the_printed_code(sealed: Sealed) -> None:
    assert len(sealed.seal) < 420


def test_document_numbers_do_not_repeat_and_carry_their_check_digit() -> None:
    numbers = {new_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(len(n) == 16 and n.isdigit() and check_digit(n[:15]) == n[15] for n in numbers)
    assert check_digit("079") == "2"  # the standard's own example


@given(st.from_regex(r"[0-9]{15}", fullmatch=True), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(digits: str, place: int, more: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert check_digit(wrong) != check_digit(digits)
