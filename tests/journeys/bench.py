"""The whole kiosk without a window, before every simulated device: what a resident presses, and what then is true."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from kiosk.flow.session import At
from simulators.console import Console
from simulators.residents import RESIDENTS
from simulators.rig import Rig
from tests.journeys.play import NOON, SETTINGS, Play

__all__ = ["NOON", "Bench"]

CALM = (
    "printer plug",
    "printer mute off",
    "printer noise off",
    "printer split 0",
    "printer stall 0",
    "printer set paper_mm 50000",
    "printer set cover_open 0",
    "printer set cutter_stuck 0",
    "finger plug",
    "finger mute off",
    "finger noise off",
    "finger split 0",
    "finger stall 0",
    "finger lift",
    "page_printer online",
    "page_printer plug",
    "page_printer jam clear",
    "page_printer refill 250",
    "page_printer cover closed",
    "page_printer toner ok",
    "card remove",
    "payment_host plug",
    "payment_host answer",
    "payment_host approve",
    "agency back",
    "agency reset",
)


class Bench(Play):
    """A `Play` that holds the console; the simulators say what the world has seen."""

    def __init__(
        self,
        rig: Rig,
        console: Console,
        state: Path,
        resident: str = "hong",
        settings: Path = SETTINGS,
        is_calm: bool = True,
    ) -> None:
        """`is_calm`: every fault of an earlier test is mended first, and the agency's books are empty."""
        self.rig, self._console, self.resident = rig, console, resident
        self._visits: set[str] = set()
        self._orders: set[str] = set()
        if is_calm:
            self.calm()
        super().__init__(rig.directory / "addresses.json", state, settings)

    def calm(self) -> None:
        if not self.rig.simulators["card"].state()["reader"]:
            self.do("card plug")
        for line in CALM:
            self.do(line)

    def do(self, line: str) -> dict[str, Any]:
        return self._console.obey(line)

    def until_at(self, *states: At) -> At:
        at = super().until_at(*states)
        self._remember()
        return at

    def _remember(self) -> None:
        """The simulators serve every bench of this process; which visits and orders were ours?"""
        session = self.kiosk.session
        self._visits |= {session.visit} - {""}
        self._orders |= {session.payment.order} - {""}

    def digits(self) -> str:
        return RESIDENTS[self.resident].rrn

    def identify(self) -> Bench:
        self.do(f"finger place {self.resident}")
        self.type_number()
        self.until_at(At.OPTIONS)
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
        self._remember()
        return self._visits

    @property
    def orders(self) -> set[str]:
        self._remember()
        self._orders |= {row[0] for row in self.rows("select order_id from payment_order")}
        return self._orders

    def is_settled(self) -> bool:
        """Nothing to give back any more; the queue is hurried as a host that came back would."""
        settler = self.kiosk.debts.settler
        if settler.open and self.health("payment_host") <= 1:
            settler.hurry()
        return not settler.open
