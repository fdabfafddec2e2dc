"""What the printer's sensors see and how the status bytes spell it.

Source: Epson ESC/POS reference, DLE EOT, GS a (automatic status back), GS r.
"""

from __future__ import annotations

from dataclasses import dataclass

NEAR_END_MM = 1_500.0
DRAWER, ONLINE, ERROR, PAPER, PANEL = 0x01, 0x02, 0x04, 0x08, 0x40  # the items of GS a


@dataclass
class Sensors:
    paper_mm: float = 50_000.0
    cover_open: bool = False
    cutter_stuck: bool = False
    head_hot: bool = False
    broken: bool = False

    @property
    def paper_end(self) -> bool:
        return self.paper_mm <= 0

    @property
    def near_end(self) -> bool:
        return self.paper_mm < NEAR_END_MM

    @property
    def error(self) -> bool:
        return self.cutter_stuck or self.broken or self.head_hot

    @property
    def offline(self) -> bool:
        return self.cover_open or self.paper_end or self.error

    def answer(self, kind: int) -> bytes:
        """To DLE EOT 1-4; bits 1 and 4 are always set."""
        bits = {
            1: 0x08 * self.offline,
            2: 0x04 * self.cover_open | 0x20 * self.paper_end | 0x40 * self.error,
            3: 0x08 * self.cutter_stuck | 0x20 * self.broken | 0x40 * self.head_hot,
            4: 0x0C * self.near_end | 0x60 * self.paper_end,
        }[kind]
        return bytes((0x12 | bits,))

    def report(self) -> bytes:
        """The four bytes of automatic status back."""
        return bytes(
            (
                0x10 | 0x08 * self.offline | 0x20 * self.cover_open,
                0x08 * self.cutter_stuck | 0x20 * self.broken | 0x40 * self.head_hot,
                0x03 * self.near_end | 0x0C * self.paper_end,
                0x00,
            )
        )

    def watched(self, items: int) -> bytes:
        """The bits whose change is to be reported when GS a asked for `items`."""
        first, second, third, _ = self.report()
        kept = first & 0x28 if items & ONLINE else 0
        return bytes((kept, second if items & ERROR else 0, third if items & PAPER else 0))

    def paper_status(self) -> bytes:
        """To GS r 1."""
        return bytes((0x03 * self.near_end | 0x0C * self.paper_end,))
