"""The payment host's TCP line on one thread: frames in, frames out, now or later, and the plug.

Not responsible for what the frames say.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import selectors
import socket
import threading
import time
from collections.abc import Callable

BIGGEST_FRAME = 2048


class Framing:
    """How a VAN tells where a message ends: a length in front."""

    def __init__(self, header_bytes: int, read: Callable[[bytes], int], write: Callable[[int], bytes]) -> None:
        self.header_bytes, self.read, self.write = header_bytes, read, write


binary_framing = Framing(2, lambda head: int.from_bytes(head, "big"), lambda size: size.to_bytes(2, "big"))
ascii_framing = Framing(4, int, lambda size: f"{size:04d}".encode())


class Caller:
    """One connected kiosk."""

    def __init__(self, line: HostLine, sock: socket.socket) -> None:
        self._line, self.sock, self.buffer = line, sock, b""

    def send(self, frame: bytes, wait: float = 0.0, missing: int = 0) -> None:
        """`missing`: so many bytes never come, though the header promises them."""
        data = self._line.framing.write(len(frame)) + frame
        self._line.later(wait, lambda: self._write(data[:-missing] if missing else data))

    def _write(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.sock.sendall(data)

    def close(self) -> None:
        self._line.hang_up(self)


class HostLine(threading.Thread):
    def __init__(self, receive: Callable[[Caller, bytes], None], framing: Framing) -> None:
        super().__init__(name="sim-payment_host", daemon=True)
        self.framing = framing
        self.is_plugged = False
        self._receive = receive
        self._selector = selectors.DefaultSelector()
        self._port = 0
        self._listener: socket.socket | None = None
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._near, self._far = socket.socketpair()
        self._lock = threading.Lock()
        self._stopping = False
        self._selector.register(self._far, selectors.EVENT_READ)

    def open(self) -> int:
        """Listen; returns the port, which stays the same over unplug and plug."""
        self._listen()
        self.start()
        return self._port

    def stop(self) -> None:
        self._stopping = True
        self._near.send(b"!")
        if self.is_alive():
            self.join()
        for sock in (self._near, self._far):
            sock.close()

    def plug(self, is_in: bool) -> None:
        """Returns when it is so; an unplugged line drops its callers and refuses new ones."""
        done = threading.Event()

        def carry_out() -> None:
            if is_in != self.is_plugged:
                self._listen() if is_in else self._drop_all()
            done.set()

        self.later(0, carry_out)
        done.wait(5)

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        with self._lock:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), call))
        self._near.send(b"!")

    def run(self) -> None:
        while not self._stopping:
            wait = self._due[0][0] - time.monotonic() if self._due else None
            for key, _ in self._selector.select(None if wait is None else math.ceil(max(0.0, wait) * 1000) / 1000):
                self._serve(key)
            self._carry_out_due()
        self._drop_all()
        self._selector.close()

    def _serve(self, key: selectors.SelectorKey) -> None:
        if key.fileobj is self._far:
            self._far.recv(4096)
        elif key.fileobj is self._listener:
            assert self._listener
            sock, _ = self._listener.accept()
            self._selector.register(sock, selectors.EVENT_READ, Caller(self, sock))
        elif isinstance(key.data, Caller) and key.data.sock.fileno() >= 0:
            self._listen_to(key.data)

    def _listen_to(self, caller: Caller) -> None:
        try:
            data = caller.sock.recv(4096)
        except OSError:
            data = b""
        if not data:
            self.hang_up(caller)
        caller.buffer += data
        while (frame := self._next_frame(caller)) is not None:
            self._receive(caller, frame)

    def _next_frame(self, caller: Caller) -> bytes | None:
        head = caller.buffer[: self.framing.header_bytes]
        if len(head) < self.framing.header_bytes:
            return None
        try:
            end = len(head) + self.framing.read(head)
        except ValueError:
            end = BIGGEST_FRAME + 1
        if end > BIGGEST_FRAME:
            self.hang_up(caller)
            caller.buffer = b""
        if len(caller.buffer) < end:
            return None
        frame, caller.buffer = caller.buffer[len(head) : end], caller.buffer[end:]
        return frame

    def _carry_out_due(self) -> None:
        while True:
            with self._lock:
                if not self._due or self._due[0][0] > time.monotonic():
                    return
                call = heapq.heappop(self._due)[2]
            call()

    def hang_up(self, caller: Caller) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(caller.sock)
        caller.sock.close()

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        self._selector.register(self._listener, selectors.EVENT_READ)
        self.is_plugged = True

    def _drop_all(self) -> None:
        for key in list(self._selector.get_map().values()):
            if key.fileobj is not self._far and isinstance(key.fileobj, socket.socket):
                self._selector.unregister(key.fileobj)
                key.fileobj.close()
        self._listener, self.is_plugged = None, False
