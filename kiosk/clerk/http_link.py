"""The only HTTP of the product: one question, one answer, over TLS 1.3 to the one agency whose CA we were given.

Not responsible for what is asked.  No proxy, no redirect, no retry, no kept connection: a question that may have
issued a document is never asked twice.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import io
import os
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from drivers.clock import Clock

MAX_BODY = 2 * 1024 * 1024
CHUNK = 65536


class NoAnswer(Exception):
    """`reason` is agency-away, agency-slow or bad-answer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status}, ***)"


class HttpLink:
    """`soft_seconds` is the longest silence, `hard_seconds` the longest a whole question may take."""

    def __init__(self, url: str, ca: str, clock: Clock, soft_seconds: float = 15.0, hard_seconds: float = 30.0) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise ValueError("the agency is reached over https only")
        self._host, self._port, self._root = parts.hostname, parts.port or 443, parts.path.rstrip("/")
        self._ca, self._clock = ca, clock
        self._soft, self._hard = soft_seconds, hard_seconds
        self._tls: ssl.SSLContext | None = None

    def warm(self) -> None:
        """Read the CA; raises OSError or ssl.SSLError."""
        if self._tls is None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.minimum_version = ssl.TLSVersion.TLSv1_3
            context.load_verify_locations(self._ca)
            self._tls = context

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Raises NoAnswer."""
        try:
            self.warm()
            with contextlib.closing(self._connect()) as stream:
                return self._exchange(stream, method, path, body)
        except (http.client.RemoteDisconnected, ssl.SSLError):  # a certificate of somebody else counts as away
            raise NoAnswer("agency-away") from None
        except (http.client.HTTPException, ValueError):
            raise NoAnswer("bad-answer") from None
        except OSError:
            raise NoAnswer("agency-away") from None

    def _exchange(self, stream: _Stream, method: str, path: str, body: bytes) -> Answer:
        connection = http.client.HTTPConnection(self._host, self._port)
        connection.sock = _Port(stream)
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        connection.request(method, self._root + path, body or None, headers)
        response = connection.getresponse()
        data = response.read(MAX_BODY + 1)
        if len(data) > MAX_BODY or (response.length or 0) > 0:
            raise NoAnswer("bad-answer")
        return Answer(response.status, data)

    def _connect(self) -> _Stream:
        assert self._tls
        until = self._clock.monotonic() + self._hard
        family, kind, protocol, _, address = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)[0]
        plain = socket.socket(family, kind | socket.SOCK_CLOEXEC, protocol)
        try:
            plain.setblocking(False)
            if plain.connect_ex(address) not in (0, errno.EINPROGRESS):
                raise NoAnswer("agency-away")
            wait = _Patience(self._clock, self._soft, until)
            wait.writable(plain.fileno())
            if error := plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(error, os.strerror(error))
            stream = _Stream(
                self._tls.wrap_socket(plain, server_hostname=self._host, do_handshake_on_connect=False), wait
            )
            stream.shake_hands()
            return stream
        except BaseException:
            plain.close()
            raise


@dataclass(frozen=True)
class _Patience:
    clock: Clock
    soft: float
    until: float

    def readable(self, fd: int) -> None:
        self._check(self.clock.wait((fd,), self._seconds()))

    def writable(self, fd: int) -> None:
        self._check(self.clock.wait((), self._seconds(), (fd,)))

    def _seconds(self) -> float:
        return max(0.0, min(self.soft, self.until - self.clock.monotonic()))

    def _check(self, ready: set[int]) -> None:
        if not ready:
            raise NoAnswer("agency-slow")


class _Stream(io.RawIOBase):
    """What http.client needs of a socket, every wait of it bounded."""

    def __init__(self, tls: ssl.SSLSocket, wait: _Patience) -> None:
        self._tls, self._wait = tls, wait

    def shake_hands(self) -> None:
        self._turn(self._tls.do_handshake)

    def sendall(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._turn(self._tls.send, view) :]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._wait.until <= self._wait.clock.monotonic():
            raise NoAnswer("agency-slow")
        return int(self._turn(self._tls.recv_into, buffer))

    def close(self) -> None:
        self._tls.close()
        super().close()

    def _turn(self, step: Any, *args: Any) -> Any:
        while True:
            try:
                return step(*args)
            except ssl.SSLWantReadError:
                self._wait.readable(self._tls.fileno())
            except ssl.SSLWantWriteError:
                self._wait.writable(self._tls.fileno())


class _Port:
    """http.client closes its socket before it has read the body of a last answer; this one stays open."""

    def __init__(self, stream: _Stream) -> None:
        self.sendall = stream.sendall
        self._stream = stream

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._stream, CHUNK)

    def close(self) -> None:
        """The stream is closed by whoever opened it."""
