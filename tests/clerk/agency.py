"""A small agency of the tests' own: true HTTPS, answers that a test bends one point at a time."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from kiosk.clerk.desk import Agency
from tests.documents import records

Reply = tuple[int, bytes]
RRN = b"8003121234567"
TEMPLATE = b"\x03\x03" + bytes(range(255)) * 2


def usual(path: str, asked: dict[str, Any]) -> Reply:
    """What an honest agency says about 홍길동."""
    match path:
        case "/v1/identity":
            said = {"visit": asked["visit"], "subject_token": "t", "subject_hash": "ab" * 16, "live": True, "score": 99}
            return 200, json.dumps(said).encode()
        case "/v1/documents":
            return 200, records.answer(records.chosen(), visit=asked["visit"])
        case "/v1/outcomes":
            return 200, json.dumps(asked).encode()
    return 200, b'{"ok":true}'


class TestAgency:
    __test__ = False

    def __init__(self, directory: Path) -> None:
        self.reply: Callable[[str, dict[str, Any]], Reply] = usual
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.reached = threading.Event()
        """Set when a question has come in."""
        self.answers = threading.Event()
        """Cleared: questions are taken and not answered."""
        self.answers.set()
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.cert_pem.write_to_path(str(directory / "ca.pem"))
        key = records.keys()[records.KID]
        facts = {"kid": key.kid, "x": key.x, "y": key.y, "office": key.office, "revoked": None}
        times = {"valid_from": "2020-01-01T00:00:00Z", "valid_to": "2030-01-01T00:00:00Z"}
        (directory / "seal-keys.json").write_text(json.dumps({"keys": [{**facts, **times}]}))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._asker())
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.directory = directory
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def address(self, **changes: Any) -> Agency:
        url = f"https://127.0.0.1:{self.server.server_address[1]}"
        return Agency(
            **{
                "url": url,
                "ca": str(self.directory / "ca.pem"),
                "seal_keys": str(self.directory / "seal-keys.json"),
                **changes,
            }
        )

    def stop(self) -> None:
        self.answers.set()
        self.server.shutdown()
        self.server.server_close()

    def _asker(agency) -> type[BaseHTTPRequestHandler]:
        class Asker(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                agency.asked.append((self.path, body))
                agency.reached.set()
                agency.answers.wait(60)
                status, said = agency.reply(self.path, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "11")
                self.end_headers()
                self.wfile.write(b'{"ok":true}')

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Asker
