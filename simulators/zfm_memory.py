"""What a fingerprint module keeps without power: templates, notepad, password, address, line settings.

Not responsible for packets nor for the two buffers, which lose everything with the power.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NOTE_BYTES, NOTE_PAGES = 32, 16
INDEX_BYTES = 32  # one bit a template, 256 a table page
PACKET_SIZES = (32, 64, 128, 256)
BAUD_STEP = 9600


@dataclass
class Memory:
    capacity: int = 200
    templates: dict[int, bytes] = field(default_factory=dict)
    notes: list[bytes] = field(default_factory=lambda: [bytes(NOTE_BYTES)] * NOTE_PAGES)
    password: int = 0
    address: int = 0xFFFFFFFF
    security: int = 3
    packet_code: int = 2
    baud_steps: int = 6

    @property
    def packet_bytes(self) -> int:
        return PACKET_SIZES[self.packet_code]

    def holds(self, first: int, count: int) -> bool:
        """Whether these pages exist, used or not."""
        return count > 0 and first + count <= self.capacity

    def index_table(self, table: int) -> bytes:
        bits = bytearray(INDEX_BYTES)
        for page in self.templates:
            if page // 256 == table:
                bits[page % 256 // 8] |= 1 << page % 8
        return bytes(bits)

    def parameters(self, status: int) -> bytes:
        """The 16 bytes of ReadSysPara."""
        words = (status, 9, self.capacity, self.security)
        head = b"".join(word.to_bytes(2, "big") for word in words)
        tail = self.packet_code.to_bytes(2, "big") + self.baud_steps.to_bytes(2, "big")
        return head + self.address.to_bytes(4, "big") + tail
