"""The simulated agency: a central registry that identifies invented residents and issues sealed documents.

It is strict, it can be away, slow, wrong and out of order, and it remembers how every paper ended.  Nothing it tells
a console holds a resident number.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections import Counter as Tally
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trustme

from simulators.agency_counter import Counter
from simulators.agency_faults import SPOILED, AgencyFaults, refuse
from simulators.agency_ledger import Ledger
from simulators.agency_paper import OFFICE
from simulators.agency_server import AgencyServer, as_json
from simulators.base import Simulator
from simulators.faults import switch
from simulators.seal import SealingOffice

GARBAGE = b'{"visit": "\xff\x00<html>502 Bad Gateway'
MOMENTS = {"/v1/identity": "identity", "/v1/documents": "document", "/v1/outcomes": "outcome"}


class AgencySimulator(Simulator):
    """Files of `start`: agency-ca.pem and seal-keys.json, new with every start."""

    role = "agency"

    def __init__(self, speed: float = 1.0, clock_start: datetime | None = None, kiosk: str = "SG-02") -> None:
        super().__init__(speed)
        now = datetime.now(UTC).astimezone()
        self._zone = clock_start.tzinfo if clock_start else now.tzinfo
        self._shift = clock_start - now if clock_start else timedelta()
        self.faults = AgencyFaults()
        self.ledger = Ledger(time.monotonic)
        self._kiosk = kiosk
        self._server: AgencyServer | None = None
        self._port = 0
        self._counts: Tally[str] = Tally()
        self._busy = threading.Lock()

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._shift).astimezone(self._zone)

    # -- life ---------------------------------------------------------------------------------

    def start(self, directory: Path) -> dict[str, str]:
        authority = trustme.CA(organization_name="throw-away CA of the simulated agency")
        office = SealingOffice(OFFICE, self.now())
        self._counter = Counter(self.ledger, office, self.faults, self.now, self._kiosk)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_3
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(self._tls)
        ca, keys = directory / "agency-ca.pem", directory / "seal-keys.json"
        authority.cert_pem.write_to_path(str(ca))
        keys.write_text(office.key_file() + "\n", encoding="utf-8")
        self._listen()
        return {"url": f"https://127.0.0.1:{self._port}", "ca": str(ca), "seal_keys": str(keys)}

    def stop(self) -> None:
        self._go_away()

    def _listen(self) -> None:
        if self._server is None:
            self._server = AgencyServer(self._port, self._tls, self._serve)
            self._port = self._server.port

    def _go_away(self) -> None:
        self.faults.recover()
        if self._server is not None:
            self._server.close()
            self._server = None

    # -- the console --------------------------------------------------------------------------

    def do(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["away"]:
                self._go_away()
            case ["back"]:
                self.faults.recover()
                self._listen()
            case ["hang"]:
                self.faults.hang()
            case ["slow", seconds]:
                return dict(self.faults.slow(seconds))
            case ["maintenance", word]:
                self.faults.maintenance = switch(word)
            case ["exempt", word]:
                self.ledger.exempt = switch(word)
            case [word, *times] if word in SPOILED and len(times) < 2:
                return dict(self.faults.spoil(word, *times))
            case ["reset"]:
                self.reset()
            case ["state"]:
                return self.state()
            case _:
                raise refuse(words)
        return {}

    def reset(self) -> None:
        """As after the start: no fault, no token, empty books; CA and seal keys stay."""
        self.faults.reset()
        self.ledger = self._counter.ledger = Ledger(time.monotonic)
        self._counts.clear()
        self._listen()

    def state(self) -> dict[str, Any]:
        issued = [{"number": i.number, "visit": i.visit, "outcome": i.outcome} for i in self.ledger.issued.values()]
        facts = {"away": self._server is None, **self.faults.facts(), "exempt": self.ledger.exempt}
        return {**super().state(), **facts, "asked": dict(self._counts), "issued": issued}

    # -- questions ----------------------------------------------------------------------------

    def _serve(self, method: str, path: str, body: bytes) -> tuple[int, bytes] | None:
        """Answered at once and delivered late: while the kiosk waits, the document already exists."""
        began, interrupted = time.monotonic(), self.faults.interrupted
        try:
            if self.faults.hanging:
                interrupted.wait()
                return None
            status, facts = self._answer(method, path, body)
            self._call_out(path)
            if self.faults.slow_seconds:
                interrupted.wait(self.faults.slow_seconds / self.speed)
            return self._spoil(path, status, as_json(facts))
        finally:
            with self._busy:
                self.busy_ms += (time.monotonic() - began) * 1000

    def _answer(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        if method == "GET" and path == "/v1/health":
            return (503, {"ok": False, "error": "maintenance"}) if self.faults.maintenance else (200, {"ok": True})
        if method != "POST" or path not in MOMENTS:
            return 404, {"error": "unknown-path"}
        try:
            question = json.loads(body)
        except ValueError:
            return 400, {"error": "the body is no JSON"}
        if not isinstance(question, dict):
            return 400, {"error": "the body is no JSON object"}
        return self._counter.answer(path, question)

    def _spoil(self, path: str, status: int, body: bytes) -> tuple[int, bytes] | None:
        if path in ("/v1/identity", "/v1/documents"):
            if self.faults.take("lost-answer"):
                return None
            if self.faults.take("garbage"):
                return 200, GARBAGE
        return status, body

    def _call_out(self, path: str) -> None:
        if word := MOMENTS.get(path):
            with self._busy:
                self._counts[word] += 1
                moment = f"{word} {self._counts[word]}"
            self.on_moment(moment)
