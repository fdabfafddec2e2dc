"""The wire of the simulated agency: HTTPS with a throw-away CA, one question a connection or many.

Each connection has its own thread, so a handshake that never comes hangs nobody else.
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LARGEST = 64 * 1024
SILENCE_SECONDS = 60.0
Serve = Callable[[str, str, bytes], tuple[int, bytes] | None]


class AgencyServer(ThreadingHTTPServer):
    """`serve(method, path, body)` gives status and body, or None to hang up without a word."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port: int, tls: ssl.SSLContext, serve: Serve) -> None:
        self.tls, self.serve = tls, serve
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), AgencyRequest)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), name="sim-agency", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        try:
            request.settimeout(SILENCE_SECONDS)
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._open.discard(request)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Plain HTTP, a wrong CA and a hang-up end here, without a word to the other side."""
        with contextlib.suppress(OSError), self.tls.wrap_socket(request, server_side=True) as stream:
            with self._lock:
                self._open.add(stream)
            try:
                super().finish_request(stream, client_address)
            finally:
                with self._lock:
                    self._open.discard(stream)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left is no news."""

    def close(self) -> None:
        """Stop listening and hang up on everybody."""
        self.shutdown()
        self.server_close()
        self._thread.join()
        with self._lock:
            open_now = list(self._open)
        for connection in open_now:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class AgencyRequest(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # header and body in one piece
    disable_nagle_algorithm = True
    server: AgencyServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit():
            return self._refuse(411)
        body = self.rfile.read(min(int(length), 2 * LARGEST))
        return self._answer(body) if int(length) <= LARGEST else self._refuse(413)

    def _refuse(self, status: int) -> None:
        self.close_connection = True
        self._say(status, b'{"error":"length"}')

    def _answer(self, body: bytes) -> None:
        if (said := self.server.serve(self.command, self.path, body)) is None:
            self.close_connection = True
        else:
            self._say(*said)

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """No log: a path or a body may name a person."""


def as_json(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
