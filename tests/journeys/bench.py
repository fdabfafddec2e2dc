"""The whole kiosk without a window, before every simulated device: what a resident presses, and what then is true."""

from __future__ import annotations

import json
import queue
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from config.devices import load_devices
from config.load import load
from drivers.clock import SystemClock
from kiosk.assembly import Assembly
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from kiosk.loop import Inbox
from screens.model import Screen
from screens.profile import PORTRAIT
from simulators.console import Console
from simulators.residents import RESIDENTS
from simulators.rig import Rig

SETTINGS = Path(__file__).parent.parent.parent / "config" / "kiosk.toml"
PATIENCE = 30.0  # real seconds before a test gives up; nothing is asserted about them
NOON = datetime.fromisoformat("2021-03-02T12:00:00+09:00")
CALM = (
    "printer plug",
    "printer mute off",
    "printer noise off",
    "printer set paper_mm 50000",
    "printer set cover_open 0",
    "printer set cutter_stuck 0",
    "finger plug",
    "finger mute off",
    "finger noise off",
    "finger lift",
    "page_printer online",
    "page_printer plug",
    "page_printer jam clear",
    "page_printer refill 250",
    "page_printer cover closed",
    "page_printer toner ok",
    "card plug",
    "card remove",
    "payment_host plug",
    "payment_host answer",
    "payment_host approve",
    "agency back",
    "agency reset",
)


class Bench:
    """`press` what the screen offers, `until` a state; the simulators say what the world has seen."""

    def __init__(self, rig: Rig, console: Console, state: Path, resident: str = "hong") -> None:
        self.rig, self._console, self.state, self.resident = rig, console, state, resident
        self._visits: set[str] = set()
        self._orders: set[str] = set()
        for line in CALM:
            console.obey(line)
        self.inbox = Inbox()
        self._woken: queue.SimpleQueue[None] = queue.SimpleQueue()
        self.inbox.wake = lambda: self._woken.put(None)
        config, devices = load(SETTINGS), load_devices(rig.directory / "addresses.json")
        self.clock = SystemClock(NOON)
        self.assembly = Assembly(config, devices, self.clock, self.inbox, state, PORTRAIT.sizes)
        self.kiosk = self.assembly.kiosk

    def __enter__(self) -> Bench:
        self.assembly.__enter__()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.assembly.__exit__()

    # -- what happens ------------------------------------------------------------------------

    def do(self, line: str) -> dict[str, Any]:
        return self._console.obey(line)

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

    def health(self, role: str) -> int:
        return int(self.kiosk.statuses[role].health) if role in self.kiosk.statuses else 4

    # -- parts of a visit --------------------------------------------------------------------

    def start(self) -> Bench:
        self.until_at(At.ATTRACT)
        self.press(tap.Started())
        return self

    def choose(self) -> Bench:
        self.press(tap.ChoseCategory("resident"))
        self.press(tap.ChoseDocument("resident-copy"))
        self.press(tap.Agreed())
        return self

    def type_number(self, digits: str = "") -> Bench:
        for digit in digits or RESIDENTS[self.resident].rrn:
            self.press(tap.Digit(int(digit)))
        self.press(tap.Submitted())
        if self.kiosk.session.at is At.RRN and self.kiosk.entry.hint == "checksum":
            self.press(tap.Submitted())
        return self

    def identify(self) -> Bench:
        self.do(f"finger place {self.resident}")
        self.type_number()
        self.until_at(At.OPTIONS)
        return self

    def order(self, copies: int = 1, **options: str) -> Bench:
        for option, value in options.items():
            self.kiosk.touch(tap.ChoseOption(option, value))
        self.kiosk.touch(tap.ToldOptions())
        self.press(tap.ChoseCopies(copies))
        self.until_at(At.CONFIRM)
        return self

    def to_payment(self, copies: int = 1, **options: str) -> Bench:
        self.start().choose().identify().order(copies, **options)
        self.kiosk.touch(tap.Confirmed())
        return self

    def pay(self, card: str = "resident") -> Bench:
        self.do(f"card insert {card}")
        return self

    # -- what is true afterwards -------------------------------------------------------------

    def sheets(self) -> int:
        return int(self.rig.simulators["page_printer"].state()["output_sheets"])

    def printed_jobs(self) -> list[dict[str, Any]]:
        jobs = self.rig.simulators["page_printer"].state()["jobs"]
        return [job for job in jobs if job["impressions"]]

    def ledger(self) -> list[dict[str, Any]]:
        """The payment host's own books, of this bench's visits."""
        return [row for row in self.rig.simulators["payment_host"].state()["ledger"] if row["order"] in self.orders]

    def outcomes(self) -> list[str]:
        """What the agency holds of the documents of this bench's visits."""
        issued = self.rig.simulators["agency"].state()["issued"]
        return [row["outcome"] for row in issued if row["visit"] in self.visits]

    def until_told(self) -> list[str]:
        """Until the agency has an outcome for everything it issued."""
        self.until(lambda: all(self.outcomes()) and not self.kiosk.debts.errands.open, "the agency told")
        return self.outcomes()

    def rows(self, query: str) -> list[Any]:
        with sqlite3.connect(self.state / "kiosk.db") as db:
            return db.execute(query).fetchall()

    def reports(self) -> list[tuple[str, dict[str, Any]]]:
        return [(kind, json.loads(body)) for kind, body in self.rows("select type, body from outbox order by seq")]

    @property
    def visits(self) -> set[str]:
        if self.kiosk.session.visit:
            self._visits.add(self.kiosk.session.visit)
        return self._visits

    @property
    def orders(self) -> set[str]:
        self._orders |= {row[0] for row in self.rows("select order_id from payment_order")}
        if self.kiosk.session.payment.order:
            self._orders.add(self.kiosk.session.payment.order)
        return self._orders
