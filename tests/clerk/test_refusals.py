"""Whatever the agency gets wrong, nothing is fetched."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.clerk import messages as say
from kiosk.clerk.desk import ClerkLost
from tests.clerk.agency import Reply, TestAgency, usual
from tests.clerk.conftest import Bench
from tests.documents import records

VISIT = "0123456789abcdef"


def bent(**changes: Any) -> Callable[[dict[str, Any]], Reply]:
    return lambda asked: (200, records.answer(records.chosen(), **{"visit": asked["visit"], **changes}))


def problem(status: int, error: str) -> Callable[[dict[str, Any]], Reply]:
    return lambda asked: (status, json.dumps({"visit": asked["visit"], "error": error}).encode())


def unreadable(asked: dict[str, Any]) -> Reply:
    return 200, records.answer(records.chosen(head_name="홍\U0001f600"), visit=asked["visit"])


def unchosen(asked: dict[str, Any]) -> Reply:
    said = records.chosen()
    said["members"][0]["rrn"] = "800312-1234567"
    return 200, records.answer(said, visit=asked["visit"])


def too_many_pages(asked: dict[str, Any]) -> Reply:
    return 200, records.answer(records.chosen(), 2, visit=asked["visit"])


FAULTS: list[tuple[str, Callable[[dict[str, Any]], Reply], say.Refused]] = [
    ("another visit's answer", bent(visit="ffffffffffffffff"), say.Refused("wrong-person")),
    ("another person's record", bent(subject_hash="cd" * 16), say.Refused("wrong-person")),
    ("another document", bent(type="resident-abstract"), say.Refused("wrong-document", records.NUMBER)),
    ("a seal of nobody", bent(seal=bytes(200)), say.Refused("bad-seal", records.NUMBER)),
    ("another number", bent(number="1324567890123459"), say.Refused("bad-seal", "1324567890123459")),
    ("a name no font holds", unreadable, say.Refused("font-lacks", records.NUMBER)),
    ("digits nobody chose", unchosen, say.Refused("bad-answer", records.NUMBER)),
    ("a sheet too many", too_many_pages, say.Refused("bad-answer", records.NUMBER)),
    ("garbage", lambda asked: (200, b"\x00<html>"), say.Refused("bad-answer")),
    ("nothing", lambda asked: (200, b""), say.Refused("bad-answer")),
    ("too much", lambda asked: (200, b"[" + b"1," * 1_100_000 + b"1]"), say.Refused("bad-answer")),
    ("a redirect", lambda asked: (302, b""), say.Refused("bad-answer")),
    ("maintenance", problem(503, "maintenance"), say.Refused("maintenance")),
    ("an unknown word", problem(500, "홍길동"), say.Refused("bad-answer")),
]


@pytest.mark.parametrize(("reply", "refusal"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_an_answer_that_does_not_fit_is_refused(
    bench: Bench, reply: Callable[[dict[str, Any]], Reply], refusal: say.Refused
) -> None:
    bench.agency.reply = lambda path, asked: reply(asked) if path == "/v1/documents" else usual(path, asked)
    bench.identify()
    assert bench.fetch() == refusal


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (problem(403, "not-live"), say.NotIdentified("not-live", 0)),
        (problem(404, "not-registered"), say.NotIdentified("not-registered", 0)),
        (problem(503, "maintenance"), say.Refused("maintenance")),
        (lambda asked: (403, b'{"visit":"another","error":"no-match"}'), say.Refused("bad-answer")),
        (lambda asked: (200, b"{}"), say.Refused("bad-answer")),
        (
            lambda asked: (200, b'{"visit":"another","subject_token":"t","subject_hash":"ab","live":true}'),
            say.Refused("wrong-person"),
        ),
    ],
)
def test_who_is_not_identified_is_told_why(
    bench: Bench, reply: Callable[[dict[str, Any]], Reply], answer: say.FromClerk
) -> None:
    bench.agency.reply = lambda path, asked: reply(asked)
    assert bench.identify() == answer


def test_an_agency_that_is_away_is_away(bench: Bench) -> None:
    bench.identify()
    bench.agency.stop()
    assert bench.fetch() == say.Refused("agency-away")


def test_a_silent_agency_is_slow(bench: Bench, agency: TestAgency) -> None:
    bench.use(agency.address(soft_seconds=0.3, hard_seconds=2.0))
    bench.identify()
    agency.answers.clear()
    assert bench.fetch() == say.Refused("agency-slow")


def test_a_silent_clerk_is_killed(bench: Bench, agency: TestAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.clerk.desk.COMPOSE_SECONDS", 0.5)
    bench.identify()
    bench.desk._agency = replace(bench.desk._agency, hard_seconds=0.0)
    agency.answers.clear()
    bench.desk.fetch(VISIT, "resident-copy", {}, {})
    assert bench.event() == ClerkLost(VISIT, "clerk-silent")


def test_a_false_agency_learns_nothing(bench: Bench, agency: TestAgency, tmp_path_factory: Any) -> None:
    other = TestAgency(tmp_path_factory.mktemp("other"))
    bench.use(agency.address(ca=other.address().ca))
    assert bench.identify() == say.Refused("agency-away")
    assert agency.asked == []
    other.stop()


def test_without_keys_no_seal_is_true(bench: Bench, agency: TestAgency) -> None:
    bench.use(agency.address(seal_keys="/nowhere/seal-keys.json"))
    bench.identify()
    assert bench.fetch() == say.Refused("bad-seal", records.NUMBER)


def test_outcomes_are_told_one_after_the_other(bench: Bench) -> None:
    for number in ("1", "2", "3"):
        bench.desk.errand(number, "void")
    assert [bench.said() for _ in range(3)] == [say.Told(number, "void") for number in ("1", "2", "3")]
    assert all(set(asked) == {"number", "outcome"} for _, asked in bench.agency.asked)


def test_an_outcome_the_agency_contradicts_is_a_conflict(bench: Bench) -> None:
    bench.agency.reply = lambda path, asked: (409, b"{}")
    bench.desk.errand("1", "done")
    assert bench.said() == say.NotTold("1", "done", "conflict")


def test_an_outcome_waits_for_the_agency_s_return(bench: Bench, agency: TestAgency) -> None:
    bench.use(replace(agency.address(), url="https://127.0.0.1:9"))
    bench.desk.errand("1", "done")
    assert bench.said() == say.NotTold("1", "done", "agency-away")
    bench.desk.probe()
    assert bench.said() == say.Probed(False)
    bench.use(agency.address())
    bench.desk.probe()
    assert bench.said() == say.Probed(True)
