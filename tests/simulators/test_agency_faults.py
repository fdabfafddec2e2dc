"""How the agency can be broken, and that it tells its console nothing about persons."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from simulators.agency import AgencySimulator
from simulators.base import Refused
from simulators.residents import RESIDENTS
from tests.simulators.agency_client import VISIT, AgencyClient


@pytest.fixture
def agency() -> Iterator[AgencySimulator]:
    simulator = AgencySimulator(speed=100)
    yield simulator
    simulator.stop()


@pytest.fixture
def client(agency: AgencySimulator, tmp_path: Path) -> AgencyClient:
    return AgencyClient(agency.start(tmp_path))


def test_plain_http_is_refused(client: AgencyClient) -> None:
    at = urlsplit(client.address["url"])
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as plain:
        plain.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert b"HTTP" not in plain.recv(4096)


def test_whoever_trusts_another_authority_does_not_trust_it(client: AgencyClient, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    with pytest.raises(ssl.SSLCertVerificationError):
        AgencyClient({**client.address, "ca": str(other)}).ask("GET", "/v1/health")


def test_nothing_older_than_tls_1_3_is_spoken(client: AgencyClient) -> None:
    tls = ssl.create_default_context(cafile=client.address["ca"])
    tls.maximum_version = ssl.TLSVersion.TLSv1_2
    at = urlsplit(client.address["url"])
    with pytest.raises(ssl.SSLError):
        http.client.HTTPSConnection(at.hostname or "", at.port, timeout=10, context=tls).request("GET", "/v1/health")


def test_away_refuses_connections_and_back_is_at_the_same_place(agency: AgencySimulator, client: AgencyClient) -> None:
    agency.do(["away"])
    agency.do(["away"])
    assert agency.state()["away"] is True
    with pytest.raises(ConnectionRefusedError):
        client.ask("GET", "/v1/health")
    agency.do(["back"])
    assert client.ask("GET", "/v1/health")[0] == 200


def test_a_slow_agency_has_issued_before_it_answers(agency: AgencySimulator, client: AgencyClient) -> None:
    token = client.token()
    issued = threading.Event()
    agency.on_moment = lambda moment: issued.set() if moment == "document 1" else None
    agency.do(["slow", "3000"])  # thirty seconds at this speed
    client.seconds = 0.2
    with pytest.raises(TimeoutError):
        client.fetch(token)
    assert issued.is_set()
    assert len(agency.state()["issued"]) == 1


def test_a_hanging_agency_never_answers_until_it_is_back(agency: AgencySimulator, client: AgencyClient) -> None:
    agency.do(["hang"])
    client.seconds = 0.2
    with pytest.raises(TimeoutError):
        client.ask("GET", "/v1/health")
    agency.do(["back"])
    assert client.ask("GET", "/v1/health")[0] == 200


def test_in_maintenance_it_says_so(agency: AgencySimulator, client: AgencyClient) -> None:
    agency.do(["maintenance", "on"])
    assert client.identify() == (503, {"visit": VISIT, "error": "maintenance"})
    assert client.ask("GET", "/v1/health")[0] == 503
    agency.do(["maintenance", "off"])
    assert client.identify()[0] == 200


def test_the_next_answer_is_wrong_as_told_and_the_one_after_it_is_right(
    agency: AgencySimulator, client: AgencyClient
) -> None:
    right = client.document()
    for word in ("wrong-visit", "wrong-document", "wrong-person"):
        token = client.token()
        agency.do([word])
        wrong = client.fetch(token)[1]
        assert (wrong["visit"] != VISIT) == (word == "wrong-visit")
        assert (wrong["type"] != right["type"]) == (word == "wrong-document")
        assert (wrong["subject_hash"] != right["subject_hash"]) == (word == "wrong-person")
        assert client.fetch(token)[1]["subject_hash"] == right["subject_hash"]


def test_garbage_is_no_json_and_a_lost_answer_is_none(agency: AgencySimulator, client: AgencyClient) -> None:
    token = client.token()
    agency.do(["garbage"])
    with pytest.raises((json.JSONDecodeError, UnicodeDecodeError)):
        client.fetch(token)
    agency.do(["lost-answer"])
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError, ssl.SSLEOFError)):
        client.fetch(token)
    assert len(agency.state()["issued"]) == 2


def test_a_thumb_that_is_not_alive_is_refused(agency: AgencySimulator, client: AgencyClient) -> None:
    agency.do(["not-live", "always"])
    assert client.identify()[1]["error"] == "not-live"
    agency.do(["reset"])
    assert client.identify()[0] == 200


def test_the_console_hears_numbers_and_outcomes_and_nothing_about_persons(
    agency: AgencySimulator, client: AgencyClient
) -> None:
    number = client.document("hong", rrn_back_household="all")["number"]
    client.tell(number, "void")
    state = agency.do(["state"])
    assert state["issued"] == [{"number": number, "visit": VISIT, "outcome": "void"}]
    assert state["asked"] == {"identity": 1, "document": 1, "outcome": 1}
    assert state["busy_ms"] > 0
    told = json.dumps(state, ensure_ascii=False)
    for resident in RESIDENTS.values():
        assert resident.rrn[6:] not in told
        assert resident.name not in told


@pytest.mark.parametrize("words", [["dance"], ["slow", "soon"], ["maintenance", "maybe"], ["garbage", "x"], []])
def test_a_word_it_does_not_know_is_refused(agency: AgencySimulator, words: list[str]) -> None:
    with pytest.raises(Refused):
        agency.do(words)
