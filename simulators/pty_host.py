"""Puts a simulated device behind a real serial port: a pseudo-terminal under a fixed name.

The name is a symlink, as udev would make it, so the program under test opens, loses and reopens the port exactly
as it would a USB adapter.  Parity and word length cannot be checked here: the kernel clears them on PTYs.
"""

from __future__ import annotations

import os
import pty
import termios
import tty
from pathlib import Path

from simulators.port_host import Device, PortHost, Time

SPEEDS = {getattr(termios, name): int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdigit()}


class PtyHost(PortHost):
    """`start()` plugs it in; `stop()` takes the port away."""

    def __init__(self, device: Device, path: Path, speed: float = 1.0, clock: Time | None = None) -> None:
        super().__init__(device, path.name, speed, clock)
        self.path = path
        self._master = self._slave = -1

    @property
    def port(self) -> int | None:
        return self._master if self._master >= 0 else None

    def client_baudrate(self) -> int:
        return SPEEDS.get(termios.tcgetattr(self._master)[5], 0)

    def start(self) -> None:
        self.plug()
        super().start()

    def stop(self) -> None:
        super().stop()
        self.unplug()

    def plug(self) -> None:
        if self.port is not None:
            return
        # The slave stays open here: else a client's close would look like a broken line to the master.
        self._master, self._slave = pty.openpty()
        os.set_blocking(self._master, False)
        tty.setraw(self._slave)
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        os.replace(fresh, self.path)

    def unplug(self) -> None:
        """The client's end hangs up at once and its name is gone."""
        if self.port is None:
            return
        self.path.unlink(missing_ok=True)
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1
