"""What the kiosk asks to be paid, and how long the terminal is patient.

An order is written to the journal before it comes here; it holds no card data, and neither does anything else that
crosses the edge of this folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Order:
    """One payment, with exactly what a reversal must be built from after a power cut.  Raises ValueError."""

    order_id: str  # DE37: 12 letters and digits, never used twice
    stan: int  # DE11: 1 to 999,999
    at: datetime  # DE7, DE12, DE13
    won: int  # DE4
    terminal_id: str  # DE41, up to 8
    merchant_no: str  # DE42, up to 15

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]{12}", self.order_id):
            raise ValueError("an order id is 12 letters and digits")
        if not (1 <= self.stan <= 999_999 and 1 <= self.won <= 999_999_999):
            raise ValueError("trace number 1 to 999,999 and amount 1 to 999,999,999 won")
        if not (re.fullmatch(r"[ -~]{1,8}", self.terminal_id) and re.fullmatch(r"[ -~]{1,15}", self.merchant_no)):
            raise ValueError("terminal id up to 8 and merchant number up to 15 ASCII characters")


@dataclass(frozen=True)
class Patience:
    """Seconds."""

    command: float = 5.0  # one command to the chip
    chip: float = 20.0  # everything before the host is asked
    connect: float = 3.0
    answer: float = 25.0  # the host's about money, from the last byte of the question
    echo: float = 5.0  # the host's sign of life …
    echo_every: float = 60.0  # … and how often it is asked for
    fresh: float = 30.0  # a card that lay in the reader longer than this before it was asked for is somebody else's
