"""Opens a device that is simulated in memory the way a driver opens a serial port."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drivers.base import LinkLost
from drivers.fd_link import FdLink
from simulators.memory_host import MemoryHost


class MemoryLink(FdLink):
    def __init__(self, host: MemoryHost, baudrate: int) -> None:
        try:
            super().__init__(host.open(baudrate), host.name)
        except OSError as error:
            raise LinkLost(f"cannot open {host.name}: {error}") from error


def memory_opener(host: MemoryHost) -> Callable[[Path | str, int], MemoryLink]:
    """What a driver takes as `open_link` instead of `SerialLink`."""
    return lambda path, baudrate: MemoryLink(host, baudrate)
