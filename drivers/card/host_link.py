"""The TCP line to the payment host, and how messages are told apart on it.

Each VAN has a framing of its own, so it is a value.  Not responsible for what the messages say.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from drivers.base import Link, LinkLost
from drivers.clock import Clock
from drivers.fd_link import FdLink
from drivers.secret import Secret

BIGGEST_FRAME = 2048


@dataclass(frozen=True)
class Framing:
    """A length in front of each message."""

    header_bytes: int
    write: Callable[[int], bytes]
    read: Callable[[bytes], int]  # raises ValueError


BINARY_2 = Framing(2, lambda size: size.to_bytes(2, "big"), lambda head: int.from_bytes(head, "big"))
ASCII_4 = Framing(4, lambda size: f"{size:04d}".encode(), int)


class BadFrame(LinkLost):
    """A length that no message has: the two sides do not mean the same stream any more."""


def open_host(address: str, clock: Clock, seconds: float) -> FdLink:
    """`address`: "tcp://HOST:PORT".  Raises LinkLost."""
    parts = urlsplit(address)
    line = socket.socket(_family(parts.hostname or ""), socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
    try:
        code = line.connect_ex((parts.hostname, parts.port))
        if code == errno.EINPROGRESS:
            is_ready = clock.wait((), seconds, (line.fileno(),))
            code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) if is_ready else errno.ETIMEDOUT
        if code:
            raise LinkLost(f"payment host: {os.strerror(code)}")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return FdLink(line.detach(), "payment host")
    except OSError as error:  # also a name that cannot be resolved
        raise LinkLost(f"payment host: {error.strerror}") from error
    finally:
        line.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class HostTalk:
    """One connection: whole messages out and in."""

    def __init__(self, link: Link, clock: Clock, wake_fd: int, on_wake: Callable[[], None], framing: Framing) -> None:
        """`on_wake` empties `wake_fd`; a wait goes on after it unless its caller wants to stop."""
        self._link, self._clock, self._framing = link, clock, framing
        self._wake_fd, self._on_wake = wake_fd, on_wake
        self._buffer = bytearray()

    def fileno(self) -> int:
        return self._link.fileno()

    def is_alive(self) -> bool:
        """Whether the line holds, as far as it can be seen without saying anything; forgets what came unasked."""
        try:
            self.discard()
        except LinkLost:
            return False
        return True

    def discard(self) -> None:
        """What came before a question is no answer to it.  Raises LinkLost."""
        while self._link.read():
            pass
        self._buffer.clear()

    def send(self, message: Secret | bytes, seconds: float) -> None:
        """Raises LinkLost; how much went out is then not known."""
        data = message.reveal() if isinstance(message, Secret) else memoryview(message)
        frame = bytearray(self._framing.write(len(data)))
        at, head = 0, len(frame)
        frame += bytes(len(data))  # room first: a buffer that grows leaves copies behind
        memoryview(frame)[head:] = data  # a bytearray would make a copy on the way
        try:
            until = self._clock.monotonic() + seconds
            while at < len(frame):
                at += self._link.write(memoryview(frame)[at:])  # type: ignore[arg-type]
                left = until - self._clock.monotonic()
                if at < len(frame) and (left <= 0 or not self._clock.wait((), left, (self.fileno(),))):
                    raise LinkLost("payment host: takes no more")
        finally:
            frame[:] = bytes(len(frame))

    def receive(self, seconds: float, is_over: Callable[[], bool] = lambda: False) -> bytes:
        """The next message; empty when the time is over or `is_over`.  Raises LinkLost, BadFrame."""
        until = self._clock.monotonic() + seconds
        while not (message := self._next()):
            left = until - self._clock.monotonic()
            if left <= 0 or is_over():
                return b""
            ready = self._clock.wait((self.fileno(), self._wake_fd), left)
            if self._wake_fd in ready:
                self._on_wake()
            if self.fileno() in ready:
                self._buffer += self._link.read()
        return message

    def close(self) -> None:
        self._buffer[:] = bytes(len(self._buffer))
        self._link.close()

    def _next(self) -> bytes:
        head = self._framing.header_bytes
        if len(self._buffer) < head:
            return b""
        try:
            end = head + self._framing.read(bytes(self._buffer[:head]))
        except ValueError:
            raise BadFrame("payment host: no length") from None
        if not head < end <= BIGGEST_FRAME:
            raise BadFrame("payment host: impossible length")
        if len(self._buffer) < end:
            return b""
        message = bytes(self._buffer[head:end])
        del self._buffer[:end]
        return message
