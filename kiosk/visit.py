"""What the kiosk knows of the person in front of it, for as long as the person is there, and only in memory."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from drivers.secret import Secret

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def new_visit_id() -> str:
    """16 characters, 80 random bits: unique across restarts and kiosks, and good as the stem of an order id."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


@dataclass
class Paid:
    """What the receipt says of the card; no card number but the masked one."""

    approval_no: str
    masked_pan: str
    card_name: str
    acquirer: str
    approved_at: str
    stan: int = 0


@dataclass
class Visit:
    id: str
    rrn: Secret = field(default_factory=Secret)
    template: Secret = field(default_factory=Secret)
    template_format: str = ""
    sealed: bytes = b""  # the composed pages, sealed with a key that lives in this process only
    paid: Paid | None = None

    def wipe(self) -> None:
        self.rrn.wipe()
        self.template.wipe()
        self.sealed = b""
        self.paid = None
