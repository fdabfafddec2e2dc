"""Remembers the last bytes of every device with their time, for the technician who asks what really happened.

Memory only; text is made on request.  What a driver marks as secret (fingerprint templates, card data) is counted,
never kept.
"""

from __future__ import annotations

import contextlib
import enum
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from drivers.base import Link
from drivers.clock import Clock

KEPT_BYTES = 64 * 1024


class Direction(enum.Enum):
    SENT = ">"
    RECEIVED = "<"


@dataclass(frozen=True)
class Entry:
    seconds: float
    direction: Direction
    data: bytes
    redacted: int = 0  # so many bytes went by unseen instead of `data`

    def __str__(self) -> str:
        what = f"[{self.redacted} bytes not kept]" if self.redacted else self.data.hex(" ")
        return f"{self.seconds:.4f} {self.direction.value} {what}"


class Tape:
    """One ring a device; written by the driver's thread, dumped by any."""

    def __init__(
        self, device: str, clock: Clock, hides: frozenset[Direction] = frozenset(), kept_bytes: int = KEPT_BYTES
    ) -> None:
        """`hides`: where secrets may come at any time, late and torn; the link only counts what goes that way, and
        the driver records the parts it knows to be harmless."""
        self.device = device
        self._clock = clock
        self._kept_bytes = kept_bytes
        self._held = 0
        self._entries: deque[Entry] = deque()
        self._hides = hides

    def wrap(self, link: Link) -> TapedLink:
        return TapedLink(link, self)

    @contextlib.contextmanager
    def redacted(self) -> Iterator[None]:
        """While this is open nothing that travels is kept, only how much it was."""
        before, self._hides = self._hides, frozenset(Direction)
        try:
            yield
        finally:
            self._hides = before

    def overhear(self, direction: Direction, data: memoryview) -> None:
        """What the link saw going by."""
        if data and direction in self._hides:
            self._keep(Entry(self._clock.monotonic(), direction, b"", len(data)))
        elif data:
            self.record(direction, bytes(data))

    def record(self, direction: Direction, data: bytes) -> None:
        """Keep these bytes, whatever is hidden."""
        self._keep(Entry(self._clock.monotonic(), direction, data))

    def _keep(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._held += len(entry.data) + 1
        while self._held > self._kept_bytes:
            self._held -= len(self._entries.popleft().data) + 1

    def dump(self) -> list[str]:
        """Lines "seconds > hex"; the first says whose they are."""
        return [f"# {self.device}", *(str(entry) for entry in self._entries.copy())]


class TapedLink:
    """The link itself, overheard."""

    def __init__(self, link: Link, tape: Tape) -> None:
        self._link = link
        self._tape = tape

    def fileno(self) -> int:
        return self._link.fileno()

    def read(self) -> bytes:
        data = self._link.read()
        self._tape.overhear(Direction.RECEIVED, memoryview(data))
        return data

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """As `FdLink.readinto`; a link that lacks it is read and copied."""
        readinto = getattr(self._link, "readinto", None)
        if readinto is None:
            data = self._link.read()
            count = len(data)
            buffer[:count] = data
        else:
            count = readinto(buffer)
        self._tape.overhear(Direction.RECEIVED, memoryview(buffer)[:count])
        return count

    def write(self, data: bytes) -> int:
        count = self._link.write(data)
        self._tape.overhear(Direction.SENT, memoryview(data)[:count])
        return count

    def close(self) -> None:
        self._link.close()
