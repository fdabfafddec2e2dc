"""A TCP line between kiosk and broker that a test can cut or freeze."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Wire:
    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._frozen = self._closed = False
        self._wake, self._woken = socket.socketpair()
        self.connects = 0
        self._thread = threading.Thread(target=self._run, name="test-wire", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"mqtt://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Both ends see the line break; a new call goes through."""
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)

    def freeze(self, frozen: bool = True) -> None:
        """Half-open: nothing arrives, nothing breaks."""
        self._frozen = frozen
        self._wake.send(b"x")

    def close(self) -> None:
        self._closed = True
        self._wake.send(b"x")
        self._thread.join()
        self.cut()
        for end in (self._listener, self._wake, self._woken, *(e for pair in self._pairs for e in pair)):
            end.close()

    def _run(self) -> None:
        while not self._closed:
            ends = [] if self._frozen else [end for pair in self._pairs for end in pair]
            for ready in select.select([self._listener, self._woken, *ends], [], [])[0]:
                if ready is self._listener:
                    self._connect(self._listener.accept()[0])
                elif ready is self._woken:
                    ready.recv(16)
                else:
                    self._pass_on(ready)

    def _connect(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        except OSError:
            near.close()
            return
        self.connects += 1
        with self._lock:
            self._pairs.append((near, far))

    def _pass_on(self, ready: socket.socket) -> None:
        pair = next((pair for pair in self._pairs if ready in pair), None)
        if pair is None:  # its other end broke in this round
            return
        other = pair[1] if ready is pair[0] else pair[0]
        try:
            data = ready.recv(65536)
        except OSError:
            data = b""
        if data:
            with contextlib.suppress(OSError):  # one direction may be gone; the other still says goodbye
                other.sendall(data)
            return
        with self._lock:
            self._pairs.remove(pair)
        for end in pair:
            end.close()
