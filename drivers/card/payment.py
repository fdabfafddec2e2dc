"""One card, one order: the chip is read, the host is asked, the chip is told.  Ends in a verdict and never claims more.

After the first byte of the 0200 only a matching 0210 makes a verdict certain.  Not responsible for waiting for the
card, nor for reversing; that is the kiosk's decision.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drivers.base import LinkLost, Task, Verdict
from drivers.card import iso8583
from drivers.card.apdu import Channel
from drivers.card.card_checks import masked, spelled
from drivers.card.emv import Chip
from drivers.card.host_link import HostTalk
from drivers.card.order import Order, Patience
from drivers.card.reader import CardFault, Contact
from drivers.card.refusal import Refusal
from drivers.secret import Secret

log = logging.getLogger(__name__)
NO_ANSWER, AFTER_APPROVAL = "no-answer", "chip-after-approval"
APPROVED = "00"
# The host did not decide, decided on another amount, or knows this order already: it may have been charged.
UNCLEAR = ("10", "68", "94")
Outcome = tuple[Verdict, Any]


@dataclass(frozen=True)
class Approval:
    """What may leave this folder about a paid order."""

    approval_no: str
    masked_pan: str
    card_name: str
    acquirer: str
    entry: str
    approved_at: datetime


@dataclass(frozen=True)
class Terminal:
    """What a payment needs from the driver around it."""

    patience: Patience
    now: Callable[[], datetime]
    open_host: Callable[[], HostTalk]  # raises LinkLost
    is_stopping: Callable[[], bool]
    on_authorising: Callable[[], None]


class Payment:
    def __init__(self, terminal: Terminal, contact: Contact, task: Task, order: Order) -> None:
        self._terminal, self._task, self._order = terminal, task, order
        self._channel = Channel(contact)
        self._chip = Chip(self._channel, order.won, order.at, os.urandom(4))
        self._number = Secret()
        self._track = Secret()

    def run(self, host: HostTalk) -> Outcome:
        """Raises CardFault and Refusal (nothing was charged), LinkLost (of the reader)."""
        try:
            self._chip.read()
            self._chip.request()
            self._number, self._track = spelled(self._chip.value(0x5A)), spelled(self._chip.value(0x57))
            self._terminal.on_authorising()
            return self._ask_host(host)
        finally:
            for secret in (self._number, self._track):
                secret.wipe()
            self._channel.wipe()

    def _ask_host(self, host: HostTalk) -> Outcome:
        card = iso8583.CardData(self._number, self._track, self._chip.sequence, self._chip.chip_data())
        frame = iso8583.sale(self._order, card)
        try:
            if not host.is_alive():
                host = self._terminal.open_host()
        except LinkLost:
            frame.wipe()
            return Verdict.NOT_DONE, "host-away"
        try:
            self._task.touched = True
            host.send(frame, self._terminal.patience.connect)
            answer = self._answer(host)
        except LinkLost as loss:
            log.warning("order %s: %s", self._order.order_id, loss)
            return Verdict.UNKNOWN, NO_ANSWER
        finally:
            frame.wipe()
            host.close()
        return self._conclude(answer) if answer else (Verdict.UNKNOWN, NO_ANSWER)

    def _answer(self, host: HostTalk) -> iso8583.Answer | None:
        """Anything but the one right answer ends the waiting: what came instead explains nothing."""
        message = host.receive(self._terminal.patience.answer, self._terminal.is_stopping)
        answer = None
        with contextlib.suppress(iso8583.Unreadable):
            answer = iso8583.answer_to_sale(self._order, iso8583.parse(message))
        if answer is None:
            log.warning("order %s: no usable answer (%d bytes)", self._order.order_id, len(message))
        return answer

    def _conclude(self, answer: iso8583.Answer) -> Outcome:
        if answer.code in UNCLEAR:
            return Verdict.UNKNOWN, NO_ANSWER
        is_approved = answer.code == APPROVED
        try:
            agrees = self._chip.conclude(is_approved, answer.code, answer.issuer_data)
        except (CardFault, Refusal, LinkLost) as fault:
            log.warning("order %s: chip after the answer: %s", self._order.order_id, fault)
            agrees = False
        if not is_approved:
            return Verdict.NOT_DONE, f"declined:{answer.code}"
        if not agrees:
            return Verdict.UNKNOWN, AFTER_APPROVAL
        label = bytes(self._chip.value(0x50)).decode("ascii", "replace")
        return Verdict.DONE, Approval(
            answer.approval_no,
            masked(self._number),
            answer.card_name or label,
            answer.acquirer,
            "IC",
            self._terminal.now(),
        )
