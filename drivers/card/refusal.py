"""Why a card is not charged, as exceptions that carry the kiosk's word for it and never any card data."""

from __future__ import annotations


class Refusal(Exception):
    """The word in `reason` is what `Finished` says."""

    def __init__(self, reason: str, why: str = "") -> None:
        super().__init__(why or reason)
        self.reason = reason


class ChipFailed(Refusal):
    """What the chip says makes no sense."""

    def __init__(self, why: str) -> None:
        super().__init__("chip-failed", why)


class Unsupported(Refusal):
    """A good card, but not one to pay with here."""

    def __init__(self, why: str) -> None:
        super().__init__("unsupported", why)
