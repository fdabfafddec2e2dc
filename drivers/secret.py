"""Bytes that must not outlive a visit: fingerprint templates, card data, the digits of a resident number."""

from __future__ import annotations


class Secret:
    """A buffer that can be wiped, and that no log, exception or cache can spell out."""

    __slots__ = ("_buffer",)

    def __init__(self, data: bytes | bytearray | memoryview = b"") -> None:
        self._buffer = bytearray(data)

    def reveal(self) -> memoryview:
        """The bytes themselves, without a copy.  Whoever copies them has to wipe the copy."""
        return memoryview(self._buffer)

    def append(self, byte: int) -> None:
        """Add one byte; the buffer may move, so the old place is wiped first."""
        grown = bytearray(len(self._buffer) + 1)
        grown[:-1] = self._buffer
        grown[-1] = byte
        self.wipe()
        self._buffer = grown

    def pop(self) -> None:
        """Forget the last byte, if there is one."""
        if self._buffer:
            self._buffer[-1] = 0
            del self._buffer[-1]

    def wipe(self) -> None:
        self._buffer[:] = bytes(len(self._buffer))  # the same length: in place
        self._buffer = bytearray()

    def __len__(self) -> int:
        return len(self._buffer)

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__
