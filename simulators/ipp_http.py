"""HTTP/1.1 as a small print server speaks it: many connections, one thread, POST only.

Single-threaded so that a fed clock can drive it and nothing races the mechanism.  Knows nothing of IPP.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
from dataclasses import dataclass, field

MOST_BYTES = 64 * 1024 * 1024
SEND_SECONDS = 5.0
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class BadHttp(Exception):
    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Request:
    path: str
    body: bytes


@dataclass
class Connection:
    socket: socket.socket
    came: bytearray = field(default_factory=bytearray)
    was_told_to_go_on: bool = False

    def next_request(self) -> Request | None:
        """The next whole request, or None until more has come; raises BadHttp."""
        end = self.came.find(b"\r\n\r\n")
        if end < 0:
            return None
        first, *lines = self.came[:end].decode("latin-1").split("\r\n")
        headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        found = self._body(headers, end + 4)
        if found is None:
            self._go_on(headers)
            return None
        body, used = found
        del self.came[:used]
        self.was_told_to_go_on = False
        return Request(_path(first, headers), body)

    def _body(self, headers: dict[str, str], begin: int) -> tuple[bytes, int] | None:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks(begin)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            raise BadHttp("413 Content Too Large")
        end = begin + int(length)
        return (bytes(self.came[begin:end]), end) if len(self.came) >= end else None

    def _chunks(self, at: int) -> tuple[bytes, int] | None:
        body = bytearray()
        while (line_end := self.came.find(b"\r\n", at)) >= 0:
            try:
                size = int(self.came[at:line_end].split(b";")[0], 16)
            except ValueError:
                raise BadHttp("400 Bad Request") from None
            at = line_end + 2 + size + 2
            if len(self.came) < at:
                return None
            body += self.came[line_end + 2 : at - 2]
            if not size:
                return bytes(body), at
        return None

    def _go_on(self, headers: dict[str, str]) -> None:
        if "100-continue" in headers.get("expect", "").lower() and not self.was_told_to_go_on:
            self.was_told_to_go_on = True
            self.send(CONTINUE)

    def send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.socket.settimeout(SEND_SECONDS)
            self.socket.sendall(data)
            self.socket.setblocking(False)

    def answer(self, body: bytes, status: str = "200 OK", cut: int | None = None) -> None:
        """`cut`: so many bytes of the body never leave."""
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nContent-Length: {len(body)}\r\n\r\n"
        self.send(head.encode() + (body if cut is None else body[: len(body) - cut]))

    def reset(self) -> None:
        """RST instead of FIN, as a printer whose network card restarts."""
        with contextlib.suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def _path(first_line: str, headers: dict[str, str]) -> str:
    method, _, rest = first_line.partition(" ")
    if method != "POST":
        raise BadHttp("405 Method Not Allowed")
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/ipp":
        raise BadHttp("415 Unsupported Media Type")
    return rest.split(" ")[0]


class HttpPort:
    """A port that keeps its number while nobody listens, so that a printer comes back under its address."""

    def __init__(self) -> None:
        self._reserved = self._bound(0)
        self.number: int = self._reserved.getsockname()[1]
        self._listener: socket.socket | None = None
        self.connections: dict[int, Connection] = {}

    def _bound(self, number: int) -> socket.socket:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", number))
        return made

    def listen(self) -> None:
        if self._listener is None:
            self._listener = self._bound(self.number)
            self._listener.listen(16)
            self._listener.setblocking(False)

    def refuse(self) -> None:
        """From now on connections are refused, and those that stand are reset."""
        if self._listener:
            self._listener.close()
            self._listener = None
        for connection in list(self.connections.values()):
            self.drop(connection)

    def fds(self) -> list[int]:
        return [*self.connections, *([self._listener.fileno()] if self._listener else [])]

    def accept(self) -> None:
        while self._listener:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setblocking(False)
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections[client.fileno()] = Connection(client)

    def adopt(self) -> socket.socket:
        """A connection that did not come over the network; returns the client's end."""
        if self._listener is None:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "nobody listens")
        server, client = socket.socketpair()
        server.setblocking(False)
        self.connections[server.fileno()] = Connection(server)
        return client

    def read(self, connection: Connection) -> None:
        """Take what has come; a client that has left is forgotten."""
        try:
            data = connection.socket.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        connection.came += data
        if not data:
            self.drop(connection)

    def drop(self, connection: Connection) -> None:
        self.connections.pop(connection.socket.fileno(), None)
        connection.reset()

    def close(self) -> None:
        self.refuse()
        self._reserved.close()
