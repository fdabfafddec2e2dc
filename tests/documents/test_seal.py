"""A seal is believed only if a valid key signed exactly what the paper would say."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.documents.seal import BadSeal, Flaw, birth, has_check_digit, verify
from tests.documents import records


def flaw_of(seal: bytes, said: dict[str, Any] | None = None, **key: Any) -> Flaw:
    with pytest.raises(BadSeal) as caught:
        verify(records.record(said, seal=seal), records.keys(**key))
    return caught.value.flaw


def sealed(changes: dict[int, Any] | None = None, **sign: Any) -> bytes:
    return records.sign({**records.claims(records.fields(), 1), **(changes or {})}, **sign)


def test_a_true_seal_is_believed() -> None:
    verify(records.record(), records.keys())


def test_above_eight_people_the_names_are_in_the_hash_only() -> None:
    said = records.fields(12)
    verify(records.record(said), records.keys())
    said["members"][11]["name"] = "다른사람"
    assert flaw_of(records.sign(records.claims(records.fields(12), 1)), said) is Flaw.TEXT


def test_no_bit_of_a_seal_can_change() -> None:
    seal = sealed()
    for at in range(len(seal)):
        broken = bytearray(seal)
        broken[at] ^= 1 << (at % 8)
        flaw_of(bytes(broken))


def test_nothing_may_follow_a_seal() -> None:
    assert flaw_of(sealed() + b"\x00") is Flaw.MALFORMED


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({1: 2}, Flaw.MALFORMED),
        ({99: "x"}, Flaw.MALFORMED),
        ({2: "resident-abstract"}, Flaw.TYPE),
        ({3: 1234567890123460}, Flaw.NUMBER),
        ({4: 1}, Flaw.TIME),
        ({11: 1}, Flaw.TIME),
        ({5: "9999999"}, Flaw.OFFICE),
        ({6: "SG-03"}, Flaw.OFFICE),
        ({7: 2}, Flaw.PAGES),
        ({8: "견본로 999"}, Flaw.ADDRESS),
        ({9: []}, Flaw.PEOPLE),
        ({9: [["다른사람", "본인", "19800312", 1]]}, Flaw.PEOPLE),
        ({10: bytes(16)}, Flaw.TEXT),
    ],
)
def test_every_claim_must_fit_the_record(changes: dict[int, Any], flaw: Flaw) -> None:
    assert flaw_of(sealed(changes)) is flaw


def test_only_es256_and_only_known_valid_keys() -> None:
    assert flaw_of(sealed(alg=-8)) is Flaw.ALGORITHM
    assert flaw_of(sealed(kid=bytes(8))) is Flaw.UNKNOWN_KEY
    assert flaw_of(sealed(), revoked="2021-01-01") is Flaw.REVOKED_KEY
    assert flaw_of(sealed(), valid_to="2021-03-01") is Flaw.KEY_NOT_VALID
    assert flaw_of(sealed(), valid_from="2021-03-03") is Flaw.KEY_NOT_VALID


def test_a_changed_field_is_seen_by_its_hash() -> None:
    said = records.fields()
    assert flaw_of(sealed(), {**said, "purpose": "법원"}) is Flaw.TEXT


def test_the_check_digit_of_a_number() -> None:
    assert has_check_digit(records.NUMBER)
    assert sum(has_check_digit(records.NUMBER[:-1] + digit) for digit in "0123456789") == 1
    assert not has_check_digit("1324567890123459")


@pytest.mark.parametrize(
    ("rrn", "born"), [("800312-1", "19800312"), ("140930-4", "20140930"), ("991231-9", "18991231")]
)
def test_the_seventh_digit_says_the_century(rrn: str, born: str) -> None:
    assert birth(rrn) == born
