"""A byte stream over one non-blocking descriptor that either works or raises `LinkLost`.

Serial ports and in-memory socket pairs are both this; opening and naming them is somebody else's business.
"""

from __future__ import annotations

import os

from drivers.base import LinkLost

CHUNK = 4096


class FdLink:
    """Takes over `fd` (non-blocking, and reading 0 bytes must mean hung up) and closes it."""

    def __init__(self, fd: int, name: str) -> None:
        self._fd = fd
        self._name = name

    def fileno(self) -> int:
        if self._fd < 0:
            raise LinkLost(f"{self._name}: closed")
        return self._fd

    def read(self) -> bytes:
        """What has arrived, without waiting; empty if nothing has."""
        buffer = bytearray(CHUNK)
        return bytes(memoryview(buffer)[: self.readinto(buffer)])

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Like `read`, into a buffer that the caller can wipe: for bytes that must not outlive a visit."""
        try:
            count = os.readv(self.fileno(), [buffer])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise LinkLost(f"{self._name}: read: {error.strerror}") from error
        if count == 0:
            raise LinkLost(f"{self._name}: hung up")
        return count

    def write(self, data: bytes) -> int:
        """Hand over what the port takes now; 0 while a stopped device holds the line."""
        try:
            return os.write(self.fileno(), data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise LinkLost(f"{self._name}: write: {error.strerror}") from error

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
