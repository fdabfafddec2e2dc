"""The agency's contract: every answer, every refusal, and what each option shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from simulators.agency import AgencySimulator
from simulators.residents import RESIDENTS, thumb
from tests.simulators.agency_client import VISIT, AgencyClient

START = datetime.fromisoformat("2021-03-02T10:00+09:00")
SEEN_BY_DEFAULT = {
    *("issue_form", "head_name", "head_name_hanja", "address", "address_since", "address_reason", "members"),
    *("applicant", "purpose", "officer", "officer_phone", "office", "office_code", "kiosk", "sample"),
}


@pytest.fixture
def agency() -> Iterator[AgencySimulator]:
    simulator = AgencySimulator(clock_start=START)
    yield simulator
    simulator.stop()


@pytest.fixture
def client(agency: AgencySimulator, tmp_path: Path) -> AgencyClient:
    return AgencyClient(agency.start(tmp_path))


def test_it_says_that_it_is_well(client: AgencyClient) -> None:
    assert client.ask("GET", "/v1/health") == (200, {"ok": True})


def test_a_resident_with_the_own_thumb_gets_a_token_and_never_hears_the_number_back(client: AgencyClient) -> None:
    status, said = client.identify("hong")
    assert status == 200
    assert said["visit"] == VISIT
    assert said["live"] is True
    assert set(said) == {"visit", "subject_token", "subject_hash", "live", "score"}
    assert RESIDENTS["hong"].rrn not in json.dumps(said)


def test_a_slightly_different_print_of_the_same_thumb_still_matches(client: AgencyClient) -> None:
    noisy = bytearray(thumb("hong"))
    for place in range(10, 10 + 25):  # five in a hundred
        noisy[place] ^= 0xFF
    status, said = client.identify("hong", thumb=bytes(noisy))
    assert (status, said["score"]) == (200, 95)


def test_another_thumb_is_refused_three_times_and_then_without_looking(client: AgencyClient) -> None:
    left = [client.identify("hong", thumb=thumb("kim")) for _ in range(3)]
    assert [(status, said["error"], said["tries_left"]) for status, said in left] == [
        (403, "no-match", 2),
        (403, "no-match", 1),
        (403, "no-match", 0),
    ]
    assert client.identify("hong")[0] == 403
    assert client.identify("hong", visit="FEDCBA9876543210")[0] == 200  # the person is not locked out


def test_a_number_that_nobody_has_is_not_registered(client: AgencyClient) -> None:
    assert client.identify("hong", rrn="8003121000000") == (404, {"visit": VISIT, "error": "not-registered"})


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"rrn": "800312"}, "rrn"),
        ({"format": "jpeg"}, "jpeg"),
        ({"template": "AAAA"}, "template"),
        ({"template": "§"}, "template"),
        ({"colour": "red"}, "colour"),
        ({"visit": "x"}, "visit"),
    ],
)
def test_an_identity_question_it_does_not_know_is_refused_by_name(
    client: AgencyClient, changes: dict[str, Any], named: str
) -> None:
    status, said = client.identify("hong", **changes)
    assert status == 400
    assert named in said["error"]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"options": {"addr_histroy": "all"}}, "addr_histroy"),
        ({"options": {"addr_history": "some"}}, "some"),
        ({"options": {"copies": "10"}}, "copies"),
        ({"options": {"copies": 1}}, "options"),
        ({"inputs": {"rrn": "8003121907364"}}, "rrn"),
        ({"type": "pet-passport"}, "pet-passport"),
        ({"note": ""}, "note"),
    ],
)
def test_a_document_question_it_does_not_know_is_refused_by_name(
    client: AgencyClient, changes: dict[str, Any], named: str
) -> None:
    status, said = client.fetch(client.token(), **changes)
    assert status == 400
    assert said["visit"] == VISIT
    assert named in said["error"]


def test_a_body_that_is_no_object_is_refused(client: AgencyClient) -> None:
    assert client.ask("POST", "/v1/documents", b"[1,")[0] == 400
    assert client.ask("POST", "/v1/documents", [])[0] == 400
    assert client.ask("POST", "/v1/nothing", {})[0] == 404
    assert client.ask("POST", "/v1/documents", b"x" * 100_000)[0] == 413


def test_a_token_is_worth_nothing_in_another_visit(client: AgencyClient) -> None:
    token = client.token()
    assert client.fetch(token, visit="FEDCBA9876543210") == (
        403,
        {"visit": "FEDCBA9876543210", "error": "token-refused"},
    )
    assert client.fetch("guess")[1]["error"] == "token-refused"


def test_a_token_soon_expires(agency: AgencySimulator, client: AgencyClient) -> None:
    seconds = 0.0
    agency.ledger.seconds = lambda: seconds
    token = client.token()
    seconds = 599.0
    assert client.fetch(token)[0] == 200
    seconds = 600.0
    assert client.fetch(token)[1]["error"] == "token-expired"


def test_a_household_copy_shows_no_more_than_the_defaults_allow(client: AgencyClient) -> None:
    said = client.document("hong")
    assert set(said) == {
        *("visit", "number", "type", "subject_hash", "issued_at", "pages", "fields", "fee", "seal"),
    }
    fields = said["fields"]
    assert set(fields) == SEEN_BY_DEFAULT
    assert (fields["head_name"], fields["applicant"], len(fields["members"])) == ("홍길동", "홍길동", 4)
    assert all(member["rrn"].endswith("******") for member in fields["members"])
    assert all("reason" not in member and member["since"] == "" for member in fields["members"])
    assert said["pages"] == said["fee"]["sheets"] == 1
    assert fields["sample"] is True
    assert said["issued_at"].startswith("2021-03-02T10:0")


def test_each_option_shows_what_it_names_and_nothing_else(client: AgencyClient) -> None:
    plain = client.document("hong")["fields"]
    changed = {
        "hh_reason": {"household_reason"},
        "hh_date": {"household_date"},
        "event_date": {"members"},
        "change_reason": {"members", "address_reason"},
    }
    for option, fields in changed.items():
        shown = client.document("hong", **{option: "include"})["fields"]
        assert {name for name in shown if shown[name] != plain.get(name)} == fields, option


def test_back_digits_are_shown_for_nobody_the_applicant_or_all(client: AgencyClient) -> None:
    def shown(choice: str) -> list[str]:
        members = client.document("hong", rrn_back_household=choice)["fields"]["members"]
        return [member["name"] for member in members if "*" not in member["rrn"]]

    assert shown("none") == []
    assert shown("self") == ["홍길동"]
    assert len(shown("all")) == 4


def test_names_relations_and_cohabitants_follow_their_options(client: AgencyClient) -> None:
    assert "정나래" not in json.dumps(client.document("lee"), ensure_ascii=False)
    assert client.document("lee", cohabitants="include")["fields"]["members"][-1]["relation"] == "동거인"
    hidden = client.document("wife", other_member_names="omit", relation_to_head="omit")["fields"]
    assert hidden["head_name"] == "***"
    assert [member["name"] for member in hidden["members"]] == ["***", "이영희", "***", "***"]
    assert all("relation" not in member for member in hidden["members"])


def test_past_addresses_are_none_recent_or_all(client: AgencyClient) -> None:
    assert "past_addresses" not in client.document("kim")["fields"]
    recent = client.document("kim", addr_history="recent-5y", event_date="include")["fields"]["past_addresses"]
    assert [past["since"] for past in recent] == ["1995-12-08"]  # left in 2019
    assert client.document("hong", addr_history="recent-5y")["fields"]["past_addresses"] == []  # left in 2015
    assert len(client.document("lee", addr_history="all")["fields"]["past_addresses"]) == 30


@pytest.mark.parametrize(
    ("who", "options", "sheets"),
    [("hong", {}, 1), ("park", {}, 2), ("lee", {"addr_history": "all"}, 2), ("lee", {}, 1)],
)
def test_the_sheets_are_counted_by_rows(client: AgencyClient, who: str, options: dict[str, str], sheets: int) -> None:
    said = client.document(who, **options)
    assert said["pages"] == said["fee"]["sheets"] == sheets


def test_an_exempt_household_is_named_with_the_fee(agency: AgencySimulator, client: AgencyClient) -> None:
    agency.do(["exempt", "on"])
    assert client.document("hong")["fee"]["exempt"] == ["basic_livelihood"]


def test_an_outcome_is_kept_and_may_be_told_again_but_not_changed(client: AgencyClient) -> None:
    number = client.document("hong")["number"]
    for _ in range(2):
        assert client.tell(number, "done") == (200, {"number": number, "outcome": "done"})
    assert client.tell(number, "void")[0] == 409
    assert client.tell("0" * 16, "done")[0] == 404
    assert client.tell(number, "burnt")[0] == 400


def test_a_given_up_visit_voids_what_is_open_and_leaves_what_ended(
    agency: AgencySimulator, client: AgencyClient
) -> None:
    first, second = client.document("hong")["number"], client.document("hong")["number"]
    client.tell(first, "done")
    for _ in range(2):
        assert client.tell(f"visit:{VISIT}", "void")[0] == 200
    assert {i["number"]: i["outcome"] for i in agency.state()["issued"]} == {first: "done", second: "void"}
    assert client.document("hong")["number"] not in (first, second)
    assert [i["outcome"] for i in agency.state()["issued"]] == ["done", "void", ""]


def test_a_document_that_is_issued_after_its_visit_was_given_up_is_void(agency: AgencySimulator) -> None:
    ledger = agency.ledger
    question = ledger.note_question()
    ledger.end(f"visit:{VISIT}", "void")
    assert ledger.issued[ledger.issue(VISIT, "resident-copy", question)].outcome == "void"
    assert ledger.issued[ledger.issue(VISIT, "resident-copy", ledger.note_question())].outcome == ""
