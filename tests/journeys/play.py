"""Plays a visit before the whole kiosk without a window: presses what the screen offers, waits for states.

Knows no simulator and no resident, so that a process that runs it holds no personal data but what was typed.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from config.devices import load_devices
from config.load import load
from drivers.card.order import Patience
from drivers.clock import SystemClock
from kiosk.assembly import Assembly
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.loop import Inbox
from screens.model import Screen
from screens.profile import PORTRAIT

SETTINGS = Path(__file__).parent.parent.parent / "config" / "kiosk.toml"
PATIENCE = 30.0  # real seconds before a test gives up; nothing is asserted about them
HASTY = Patience(command=2.0, chip=10.0, answer=1.0, echo=1.0)
NOON = datetime.fromisoformat("2021-03-02T12:00:00+09:00")


class Play:
    """`press` what the screen offers, `until` a state."""

    def __init__(self, addresses: Path, state: Path, settings: Path = SETTINGS) -> None:
        self.state = state
        self.inbox = Inbox()
        self._woken: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.inbox.wake = lambda: self._woken.put(None)
        self.clock = SystemClock(NOON)
        self.assembly = Assembly(load(settings), load_devices(addresses), self.clock, self.inbox, state, PORTRAIT.sizes)
        self.kiosk = self.assembly.kiosk

    def __enter__(self) -> Any:
        self.assembly.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.assembly.__exit__()

    def is_hasty(self) -> None:
        """Before the start: a second or two for whatever would be given half a minute."""
        for role in ("card", "payment_host"):
            self.assembly.drivers[role]._patience = HASTY  # type: ignore[attr-defined]
        performer = self.kiosk.performer
        performer._waits = replace(performer._waits, paper=2.0, slip=2.0)

    # -- what happens ------------------------------------------------------------------------

    def do(self, line: str) -> dict[str, Any]:
        """One word to the simulated devices."""
        raise NotImplementedError

    def digits(self) -> str:
        """The number of the resident who plays."""
        raise NotImplementedError

    def screen(self) -> Screen:
        return self.assembly.view.below()

    def press(self, intent: object) -> None:
        offered = [choice.intent for choice in self.screen().choices]
        assert intent in offered, f"{intent} is not offered on {self.screen().name}: {offered}"
        self.kiosk.touch(intent)

    def until(self, is_so: Callable[[], object], what: str = "") -> None:
        """Let events come in until something is so."""
        end = time.monotonic() + PATIENCE
        while True:
            while (event := self.inbox.take()) is not None:
                self.kiosk.take(event)
                if is_so():
                    return
            self.kiosk.tick(self.screen().seconds)
            if is_so():
                return
            left = end - time.monotonic()
            assert left > 0, f"{what or 'it'} did not happen; at {self.kiosk.session.at}, {self.kiosk.session}"
            try:
                self._woken.get(timeout=min(left, 0.2))
            except queue.Empty:
                continue

    def until_at(self, *states: At) -> At:
        self.until(lambda: self.kiosk.session.at in states, f"{[state.value for state in states]}")
        return self.kiosk.session.at

    def until_ready(self, *roles: str) -> None:
        self.until(lambda: all(self.health(role) <= 1 for role in roles), f"{roles} ready")

    def until_asked_for_card(self) -> None:
        self.until(lambda: self.kiosk.session.word == "present-subject", "asked for the card")

    def health(self, role: str) -> int:
        return int(self.kiosk.statuses[role].health) if role in self.kiosk.statuses else 4

    # -- parts of a visit --------------------------------------------------------------------

    def start(self) -> Any:
        self.until_at(At.ATTRACT)
        self.press(tap.Started())
        return self

    def choose(self) -> Any:
        self.press(tap.ChoseCategory("resident"))
        self.press(tap.ChoseDocument("resident-copy"))
        self.press(tap.Agreed())
        return self

    def leave(self) -> None:
        """Take everything, want nothing more."""
        ways = {At.RECEIPT: tap.WantsReceipt(False), At.PAY: tap.Cancelled(), At.FINGER: tap.Cancelled()}
        while self.kiosk.session.visit:
            before = self.kiosk.session.at
            self.press(ways.get(before, tap.Leaves()))
            self.until(lambda before=before: self.kiosk.session.at is not before, "a step to the way out")  # type: ignore[misc]

    def type_number(self, digits: str = "") -> Any:
        for digit in digits or self.digits():
            self.press(tap.Digit(int(digit)))
        self.press(tap.Submitted())
        if self.kiosk.session.at is At.RRN and self.kiosk.entry.hint == "checksum":
            self.press(tap.Submitted())
        return self

    def order(self, copies: int = 1, **options: str) -> Any:
        for option, value in options.items():
            self.kiosk.touch(tap.ChoseOption(option, value))
        self.kiosk.touch(tap.ToldOptions())
        self.press(tap.ChoseCopies(copies))
        self.until_at(At.CONFIRM)
        return self

    def identify(self) -> Any:
        self.do("finger place hong")
        self.type_number()
        self.until_at(At.OPTIONS)
        return self

    def to_payment(self, copies: int = 1, **options: str) -> Any:
        self.start().choose().identify().order(copies, **options)
        self.kiosk.touch(tap.Confirmed())
        return self

    def pay(self, card: str = "resident") -> Any:
        self.do(f"card insert {card}")
        return self
