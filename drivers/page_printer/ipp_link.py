"""HTTP/1.1 to one printer: a request out, the body of its answer back, before a deadline, or LinkLost.

One connection, kept between requests and reopened when the printer has closed it meanwhile.  Every wait goes through
the given `wait`, so a printer that hangs costs its deadline and nothing more.  Knows nothing of IPP.
"""

from __future__ import annotations

import errno
import http.client
import io
import os
import socket
from collections.abc import Callable, Iterable
from typing import Protocol, cast
from urllib.parse import urlsplit

from drivers.base import LinkLost
from drivers.clock import Clock
from drivers.tape import Direction, Tape

IPP_PORT = 631
MOST_ANSWER_BYTES = 1 << 20
CHUNK = 65536
FOREVER = float("inf")


class Wait(Protocol):
    """`Clock.wait`, or something around it."""

    def __call__(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]: ...


class Dial(Protocol):
    """Makes a connection to host and port; `pause` waits until its descriptor can be written."""

    def __call__(self, address: tuple[str, int], pause: Callable[[int], None]) -> socket.socket: ...


def dial_tcp(address: tuple[str, int], pause: Callable[[int], None]) -> socket.socket:
    """A name instead of a number should stand in /etc/hosts: nobody hurries a name server."""
    made = socket.socket()
    try:
        made.setblocking(False)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (code := made.connect_ex(address)) in (errno.EINPROGRESS, errno.EALREADY):
            pause(made.fileno())
        if code not in (0, errno.EISCONN):
            raise OSError(code, os.strerror(code))
    except BaseException:
        made.close()
        raise
    return made


class IppLink:
    def __init__(
        self, uri: str, clock: Clock, wait: Wait | None = None, tape: Tape | None = None, dial: Dial = dial_tcp
    ) -> None:
        parts = urlsplit(uri)
        if parts.scheme != "ipp" or not parts.hostname:
            raise ValueError(f"{uri!r} is no printer address; like: ipp://192.168.0.20/ipp/print")
        self.name = f"{parts.hostname}:{parts.port or IPP_PORT}"
        self.last_moment = FOREVER  # no answer is waited for beyond this; set when the program stops
        self._address = (parts.hostname, parts.port or IPP_PORT)
        self._path = parts.path or "/"
        self._clock = clock
        self._wait: Wait = wait or clock.wait
        self._tape, self._dial = tape, dial
        self._socket: socket.socket | None = None

    def call(self, message: bytes, document: bytes | memoryview, seconds: float) -> bytes:
        """The answer's body.

        Printers close idle connections; then the request goes out again on a fresh one.  Never one with a document:
        asking again prints nothing, printing again does.
        """
        deadline = self._clock.monotonic() + seconds
        was_open = self._socket is not None
        try:
            return self._exchange(message, document, deadline)
        except LinkLost:
            if document or not was_open or self._is_late(deadline):
                raise
        return self._exchange(message, document, deadline)

    def open(self, seconds: float) -> None:
        """A fresh connection, before something that must not go out twice."""
        self.close()
        self._socket = self._connect(self._clock.monotonic() + seconds)

    def close(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None

    # -- one request -------------------------------------------------------------------------

    def _exchange(self, message: bytes, document: bytes | memoryview, deadline: float) -> bytes:
        try:
            if self._socket is None:
                self._socket = self._connect(deadline)
            self._send(message, document, deadline)
            body = self._receive(deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise LinkLost(f"{self.name}: {type(error).__name__}") from error
        except LinkLost:
            self.close()
            raise
        if self._tape:
            self._tape.record(Direction.RECEIVED, body)
        return body

    def _connect(self, deadline: float) -> socket.socket:
        try:
            made = self._dial(self._address, lambda fd: self._pause((), deadline, (fd,)))
        except OSError as error:
            raise LinkLost(f"{self.name}: cannot connect: {error.strerror}") from error
        made.setblocking(False)
        return made

    def _send(self, message: bytes, document: bytes | memoryview, deadline: float) -> None:
        length = len(message) + len(document)
        head = f"POST {self._path} HTTP/1.1\r\nHost: {self.name}\r\nContent-Type: application/ipp\r\n"
        head += f"Content-Length: {length}\r\n\r\n"
        if self._tape:
            self._tape.record(Direction.SENT, message)
            with self._tape.redacted():  # certificates are counted, never kept
                self._tape.overhear(Direction.SENT, memoryview(document))
        assert self._socket
        for part in (head.encode("ascii") + message, document):  # never joined: a copy of a paper could not be wiped
            rest = memoryview(part)
            while rest:
                try:
                    rest = rest[self._socket.send(rest[:CHUNK]) :]
                except BlockingIOError:
                    self._pause((), deadline, (self._socket.fileno(),))

    def _receive(self, deadline: float) -> bytes:
        assert self._socket
        incoming = _Incoming(self, self._socket, deadline)
        with http.client.HTTPResponse(cast(socket.socket, incoming), method="POST") as response:
            response.begin()
            if (response.length or 0) > MOST_ANSWER_BYTES:
                raise LinkLost(f"{self.name}: an answer of {response.length} bytes")
            # Of a known length all or nothing; else (chunks, until closed) as much as an answer may have.
            body = response.read() if response.length is not None else response.read(MOST_ANSWER_BYTES)
        if response.status != 200:
            raise LinkLost(f"{self.name}: HTTP {response.status}")
        if response.will_close:
            self.close()
        return body

    # -- waiting -----------------------------------------------------------------------------

    def _is_late(self, deadline: float) -> bool:
        return self._clock.monotonic() >= min(deadline, self.last_moment)

    def _pause(self, readable: Iterable[int], deadline: float, writable: Iterable[int] = ()) -> None:
        if self._is_late(deadline):
            raise LinkLost(f"{self.name}: no answer in time")
        self._wait(readable, min(deadline, self.last_moment) - self._clock.monotonic(), writable)


class _Incoming(io.RawIOBase):
    """What http.client reads an answer from: a socket whose waits have a deadline."""

    def __init__(self, link: IppLink, source: socket.socket, deadline: float) -> None:
        self._link, self._source, self._deadline = link, source, deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        while True:
            try:
                return self._source.recv_into(cast(memoryview, buffer))
            except BlockingIOError:
                self._link._pause((self._source.fileno(),), self._deadline)
