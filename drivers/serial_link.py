"""A serial port that either works or raises `LinkLost`; pyserial opens and configures the line.

Not responsible for waiting: callers block in `Clock.wait` on `fileno()`.  Reading and writing go past pyserial,
whose non-blocking write spins at full CPU while the port is stalled, and which hides how much went out.
"""

from __future__ import annotations

from pathlib import Path

import serial

from drivers.base import LinkLost
from drivers.fd_link import FdLink


class SerialLink(FdLink):
    """Opens exclusively, raw 8N1, and forgets what arrived before."""

    def __init__(self, path: Path | str, baudrate: int) -> None:
        """Raises LinkLost, also when another program has the port."""
        try:
            # inter_byte_timeout=0 makes VMIN 1: with VMIN 0 "nothing there" and "hung up" both read as 0 bytes.
            self._serial = serial.Serial(str(path), baudrate, timeout=0, inter_byte_timeout=0, exclusive=True)
        except (serial.SerialException, OSError) as error:
            raise LinkLost(f"cannot open {path}: {error}") from error
        super().__init__(self._serial.fileno(), str(path))

    def close(self) -> None:
        """Gives the port back; a port that is gone already does not complain."""
        if self._fd >= 0:
            self._fd = -1
            try:
                self._serial.close()
            except OSError as error:
                raise LinkLost(f"{self._name}: close: {error.strerror}") from error
