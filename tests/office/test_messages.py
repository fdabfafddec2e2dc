"""Structs and contract say the same, and neither leaves room for a person."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import yaml

from kiosk.office import messages as say
from simulators.office_contract import FILE, Contract

HEADER = say.Header(kid="SG-02", ts="2021-03-02T10:00:00.000+09:00", simulated=True)
PAPER: dict[str, Any] = {
    "document": "resident-copy",
    "job": "AB-1-1",
    "order": "AB01",
    "copies": 1,
    "pages": 2,
    "won": 200,
}
BODIES: list[tuple[str, dict[str, Any]]] = [
    ("issued", PAPER),
    ("void", {**PAPER, "reason": "page_printer:media-jam"}),
    ("unknown", {**PAPER, "reason": "print-unknown"}),
    ("cancelled", {"document": "resident-copy", "reason": "abandoned-rrn"}),
    ("refused", {"document": "", "reason": "no-match"}),
    ("reversed", {"order": "ABCDEFGHIJ01", "won": 200, "reason": "declined:51"}),
    ("claim", {"order": "ABCDEFGHIJ01", "won": 200, "reason": "unreversed"}),
    ("alarm-raised", {"device": "page_printer", "alarm": "media-empty", "severity": "major"}),
    ("alarm-cleared", {"device": "page_printer", "alarm": "media-empty"}),
    ("started", {"app": "0.1.0", "void": 1, "unknown": 0, "reversals": 2}),
]
PARTS: dict[str, say.Part] = {
    "status": say.Status(state="online", bd=3, service="in-service"),
    "birth": say.Birth(
        bd=3,
        epoch="0011223344556677",
        app="0.1.0",
        cfg="ab" * 32,
        ops=("check",),
        devices={"printer": "simulated"},
        outbox=say.Bounds(first=1, next=1),
    ),
    "m/supplies": say.Supplies(paper_pct=80.5, toner_pct=60),
    "m/devices": say.Devices(printer=0, conditions=("card:offline",)),
    "m/health": say.Health(uptime_s=60, loop_ms=1.5, rss_mib=80.0, disk_free_pct=50.0),
    "a/card/offline": say.Alarm(id="card/offline", device="card", severity="major", text="offline", since=HEADER.ts),
}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract()


@pytest.mark.parametrize("topic", PARTS)
def test_every_state_keeps_the_contract(contract: Contract, topic: str) -> None:
    assert contract.problem(f"kiosk/v1/SG-02/{topic}", say.encode(HEADER, PARTS[topic])) == ""


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=[kind for kind, _ in BODIES])
def test_every_report_keeps_the_contract(contract: Contract, kind: str, body: dict[str, Any]) -> None:
    topic, payload = say.encode_event(HEADER, "0011223344556677", 7, kind, json.dumps(body).encode())
    assert topic == kind
    assert contract.problem(f"kiosk/v1/SG-02/e/{topic}", payload) == ""
    assert json.loads(payload).items() >= body.items()


def test_every_type_of_report_is_tried_here_and_named_in_the_contract() -> None:
    named = yaml.safe_load(FILE.read_text(encoding="utf-8"))["components"]["schemas"]["Event"]["properties"]["type"]
    assert {kind for kind, _ in BODIES} == set(say.BODIES)
    assert set(named["enum"]) == {*say.BODIES, say.WITHHELD}


@pytest.mark.parametrize(
    "body",
    [
        {**PAPER, "name": "홍길동"},
        {**PAPER, "document": "홍길동"},
        {**PAPER, "reason": "800312-1907364 was refused"},
        {**PAPER, "won": "200"},
        {**PAPER, "pages": -1},
        {"document": "resident-copy", "job": "8003121907364 홍길동"},
        [],
        "text",
    ],
)
def test_a_body_that_could_hold_a_person_is_withheld(contract: Contract, body: Any) -> None:
    kind, payload = say.encode_event(HEADER, "0011223344556677", 7, "issued", json.dumps(body).encode())
    assert kind == "withheld"
    assert json.loads(payload) == {**msgspec.to_builtins(HEADER), "epoch": "0011223344556677", "seq": 7, "type": kind}
    assert contract.problem("kiosk/v1/SG-02/e/withheld", payload) == ""


def test_a_state_that_is_not_of_its_type_cannot_be_encoded() -> None:
    free_text = say.Alarm(id="card/x", device="card", severity="major", text="홍길동 was here", since=HEADER.ts)
    with pytest.raises(msgspec.ValidationError):
        say.encode(HEADER, free_text)


def test_the_contract_allows_a_kiosk_no_field_that_it_does_not_name(contract: Contract) -> None:
    for topic, part in PARTS.items():
        payload = say.encode(HEADER, part, extra=1)
        assert contract.problem(f"kiosk/v1/SG-02/{topic}", payload) == "$: additionalProperties"


@pytest.mark.parametrize(
    "missing", ["v", "kid", "ts", "tsq", "simulated", "epoch", "seq", "type", "document", "result"]
)
def test_what_the_contract_requires_cannot_be_left_out(contract: Contract, missing: str) -> None:
    payload = json.loads(say.encode_event(HEADER, "0011223344556677", 7, "issued", json.dumps(PAPER).encode())[1])
    del payload[missing]
    assert contract.problem("kiosk/v1/SG-02/e/issued", json.dumps(payload).encode()) == "$: required"


def test_topic_and_message_name_the_same_kiosk_and_type(contract: Contract) -> None:
    payload = say.encode(HEADER, PARTS["status"])
    assert contract.problem("kiosk/v1/SG-03/status", payload) == "kid differs from the topic's"
    assert contract.problem("kiosk/v1/SG-02/other", payload) == "unknown topic"
    assert contract.problem("kiosk/v1/sg-02/status", payload) == "unknown topic"
