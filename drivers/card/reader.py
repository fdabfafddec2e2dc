"""What a driver needs of a card reader, whatever stands behind it: a slot to look at, a card to talk to.

Not responsible for PC/SC (`pcsc_link`) nor for what is said to the card (`emv`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class CardFault(Exception):
    """The card does not answer any more.  The text never holds card data."""

    reason = "chip-failed"


class CardGone(CardFault):
    """It was taken out."""

    reason = "card-removed"


@dataclass(frozen=True)
class Slot:
    """What the reader's switch says."""

    has_card: bool = False
    is_mute: bool = False  # something is in there, but no chip answers: the wrong way round
    insertion: int = 0  # counts cards; a card swapped unseen counts as well
    since: float = 0.0  # Clock.monotonic of the last change


class Contact(Protocol):
    """A card under current."""

    @property
    def is_block_oriented(self) -> bool:
        """T=1; else T=0."""
        ...

    def transmit(self, command: bytes) -> bytearray:
        """The answer with its status word; raises CardFault, also when the deadline passed; LinkLost."""
        ...


class Reader(Protocol):
    def start(self) -> None: ...

    def stop(self) -> None: ...

    def fileno(self) -> int:
        """For `Clock.wait`: readable after every change, until `drain`."""
        ...

    def drain(self) -> None: ...

    def look(self) -> Slot:
        """Raises LinkLost while the reader is away."""
        ...

    def open_card(self, command_seconds: float) -> AbstractContextManager[Contact]:
        """Give the card current; raises CardFault, LinkLost."""
        ...
