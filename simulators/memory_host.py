"""Puts a simulated device behind a socket pair: the same bytes, pace and faults as a PTY, without a terminal.

For runs under a fed clock, where a kernel terminal's own timing would make the order of events a matter of luck.
"""

from __future__ import annotations

import socket

from simulators.port_host import Device, PortHost, Time


class MemoryHost(PortHost):
    """`open` is what a client calls instead of opening a path."""

    def __init__(self, device: Device, name: str, speed: float = 1.0, clock: Time | None = None) -> None:
        super().__init__(device, name, speed, clock)
        self._plugged = True
        self._line: socket.socket | None = None
        self._baudrate = 0

    def open(self, baudrate: int) -> int:
        """A descriptor, non-blocking, that is the client's end of the line; FileNotFoundError while unplugged."""
        return self.call(lambda: self._connect(baudrate))

    def _connect(self, baudrate: int) -> int:
        if not self._plugged:
            raise FileNotFoundError(f"{self.name} is unplugged")
        self.client_left()
        self._line, client = socket.socketpair()
        self._line.setblocking(False)
        client.setblocking(False)
        self._baudrate = baudrate
        return client.detach()

    @property
    def port(self) -> int | None:
        return self._line.fileno() if self._line else None

    def client_baudrate(self) -> int:
        return self._baudrate

    def client_left(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def plug(self) -> None:
        self._plugged = True

    def unplug(self) -> None:
        self._plugged = False
        self.client_left()

    def stop(self) -> None:
        super().stop()
        self.client_left()
