"""Sees a device's name come back into the role directory, so that its driver reopens it at once.

Linux inotify through ctypes: two calls, against a dependency for a dozen lines.  Not responsible for opening;
the kiosk's back-off remains for whatever inotify misses.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

IN_ATTRIB = 0x004  # udev makes the node first and sets its owner a moment later
IN_MOVED_TO = 0x080
IN_CREATE = 0x100
EVENT = struct.Struct("iIII")  # watch, mask, cookie, length of the name that follows
libc = ctypes.CDLL(None, use_errno=True)


class RoleWatch:
    """Watches `path`'s directory, or the nearest one above while that does not exist."""

    def __init__(self, path: Path | str) -> None:
        """Without inotify (limit of instances reached) `fileno` stays quiet for ever and back-off is all there is."""
        self._path = Path(path)
        self._watched: Path | None = None
        fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        self._can_see = fd >= 0
        self._fd = fd if self._can_see else os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._follow()

    def fileno(self) -> int:
        """For `Clock.wait`: readable when something appeared in the directory."""
        return self._fd

    def has_returned(self) -> bool:
        """Whether the name appeared since the last question; forgets what it was told."""
        names = self._read_names()
        if names and self._follow():
            return self._path.exists()
        return self._path.name in names

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _follow(self) -> bool:
        """Move to the role's directory once it exists; whether the watch moved."""
        nearest = next((place for place in self._path.parents if place.is_dir()), None)
        if nearest is None or nearest == self._watched or not self._can_see:
            return False
        libc.inotify_add_watch(self._fd, os.fsencode(nearest), IN_ATTRIB | IN_MOVED_TO | IN_CREATE)
        self._watched = nearest
        return True

    def _read_names(self) -> list[str]:
        try:
            data = os.read(self._fd, 65536)
        except BlockingIOError:
            return []
        names: list[str] = []
        while self._can_see and data:
            length = EVENT.unpack_from(data)[3]
            name, data = data[EVENT.size : EVENT.size + length], data[EVENT.size + length :]
            names.append(os.fsdecode(name.rstrip(b"\0")))
        return names
