"""An answer that is not exactly a record is refused by the field's name, never by its value."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from kiosk.documents.options import refuse_unchosen
from kiosk.documents.record import BadRecord, ResidentCopy, read_envelope, read_record
from tests.documents import records

CANARY = "카나리아"


def refused_at(body: bytes) -> str:
    with pytest.raises(BadRecord) as caught:
        read_record(read_envelope(body))
    assert CANARY not in str(caught.value)
    assert CANARY not in repr(caught.value)
    return caught.value.field


def test_an_honest_answer_is_a_record() -> None:
    record = records.record()
    assert record.copy.members[0].name == "홍길동"
    assert "홍길동" not in repr(record)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"mother": CANARY}, "$.fields.mother"),
        ({"address": CANARY * 100}, "$.fields.address"),
        ({"address": f"{CANARY}\x00"}, "$.fields.address"),
        ({"head_name": 7}, "$.fields.head_name"),
        ({"members": []}, "$.fields.members"),
        ({"members": [{**records.member(1, "본인", CANARY, "", "8003121234567"), "no": "1"}]}, "rrn"),
        ({"members": [{**records.member(1, "본인", "홍", "", "800312-1******"), "pan": CANARY}]}, "pan"),
        ({"sample": CANARY}, "$.fields.sample"),
    ],
)
def test_a_field_that_is_unknown_overlong_or_wrong_is_named(changes: dict[str, Any], field: str) -> None:
    assert field in refused_at(records.answer({**records.fields(), **changes}, seal=bytes(100)))


@pytest.mark.parametrize("field", ["head_name", "address", "members", "office", "applicant"])
def test_a_missing_field_is_named(field: str) -> None:
    said = records.fields()
    seal = records.sign(records.claims(said, 1))
    del said[field]
    assert refused_at(records.answer(said, seal=seal)) == f"$.fields.{field}"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"visit":1}', b"\xff\xfe", b"[" * 100_000])
def test_garbage_is_no_record(body: bytes) -> None:
    assert refused_at(body).startswith("$")


def test_a_number_must_have_sixteen_digits() -> None:
    assert refused_at(records.answer(records.fields(), number="12345")) == "$.number"


def copy_of(said: dict[str, Any]) -> ResidentCopy:
    return msgspec.convert(said, ResidentCopy)


PAST = [{"no": "1", "address": "견본로 1", "since": "", "reason": ""}]


@pytest.mark.parametrize(
    ("shown", "options"),
    [
        ({"household_reason": "전입세대구성"}, {"hh_reason": "include"}),
        ({"household_date": "2015-03-02"}, {"hh_date": "include"}),
        ({"past_addresses": PAST}, {"addr_history": "all"}),
        ({"address_reason": "전입"}, {"change_reason": "include"}),
        ({"members": [{**records.chosen(1)["members"][0], "since": "2001-01-01"}]}, {"event_date": "include"}),
        ({"members": [{**records.chosen(1)["members"][0], "reason": "전입"}]}, {"change_reason": "include"}),
    ],
)
def test_what_nobody_chose_is_refused(shown: dict[str, Any], options: dict[str, str]) -> None:
    copy = copy_of({**records.chosen(), **shown})
    refuse_unchosen(copy, options)
    with pytest.raises(BadRecord):
        refuse_unchosen(copy, {})


@pytest.mark.parametrize(
    ("open_rows", "chosen", "ok"),
    [(0, "none", True), (1, "none", False), (1, "self", True), (2, "self", False), (4, "all", True)],
)
def test_back_digits_come_only_when_chosen(open_rows: int, chosen: str, ok: bool) -> None:
    said = records.chosen()
    for row in said["members"][:open_rows]:
        row["rrn"] = row["rrn"].replace("******", "234567")
    if ok:
        refuse_unchosen(copy_of(said), {"rrn_back_household": chosen})
    else:
        with pytest.raises(BadRecord, match="rrn"):
            refuse_unchosen(copy_of(said), {"rrn_back_household": chosen})


def test_names_and_relations_stay_away_when_left_out() -> None:
    copy = copy_of(records.chosen())
    for option in ("other_member_names", "relation_to_head"):
        with pytest.raises(BadRecord):
            refuse_unchosen(copy, {option: "omit"})
    said = records.chosen()
    for row in said["members"][1:]:
        row["name"] = "***"
    refuse_unchosen(copy_of(said), {"other_member_names": "omit"})


def test_the_hash_covers_the_canonical_text() -> None:
    said = records.fields()
    shuffled = dict(reversed(list(said.items())))
    one = read_record(read_envelope(records.answer(said)))
    other = read_record(read_envelope(records.answer(shuffled, seal=bytes(100))))
    assert one.text_hash == other.text_hash == records.claims(said, 1)[10]
    assert json.dumps(said) != json.dumps(shuffled)
