"""The IC card reader of a kiosk: a real pcscd, a virtual reader, and cards that can be broken and pulled.

Words: insert RESIDENT|KIND, remove, remove at 3rd apdu, slow SECONDS, pcscd kill|start, unplug, plug.
Not responsible for what the bank says; that is the payment host's simulator.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulators.base import Refused, Simulator
from simulators.emv_card import EmvCard
from simulators.emv_issuer import SPECIAL_CARDS, TestCard, card_of
from simulators.faults import number
from simulators.pcscd import READER, PrivatePcscd
from simulators.vpicc import Pulled, Slot

DEAD_ATR = bytes.fromhex("3BFF")  # breaks off within its interface bytes
DUMB = ("mute", "chip-dead", "upside-down")
HELP = (
    f"insert RESIDENT, insert {'|'.join((*SPECIAL_CARDS, *DUMB))}, remove, remove at 3rd apdu, slow 0.5, "
    "pcscd kill|start, unplug, plug, state"
)


class BreakableCard:
    """An EMV card with everything that can go wrong around the chip; fulfils vpicc.Card without any wire."""

    def __init__(self, card: TestCard, fault: str = "") -> None:
        self.chip = EmvCard(card)
        self.commands = 0
        self.slow_seconds = 0.0
        self.pull_at = 0  # the number of the command that is not answered any more
        self.on_command: Callable[[int], None] = lambda number: None
        self._fault = fault

    def power(self, is_on: bool) -> None:
        self.chip.power(is_on)

    def atr(self) -> bytes:
        # A reader that finds cards by their chip sees none when the contacts touch plastic.
        return {"upside-down": b"", "chip-dead": DEAD_ATR}.get(self._fault, self.chip.atr())

    def answer(self, command: bytes) -> bytes | None:
        self.commands += 1
        self.on_command(self.commands)
        if self.commands == self.pull_at:
            raise Pulled
        if self._fault in ("mute", "chip-dead"):
            return None if self._fault == "mute" else b""
        time.sleep(self.slow_seconds)
        return self.chip.answer(command)


class CardSimulator(Simulator):
    role = "card"

    def __init__(self, speed: float = 1.0) -> None:
        super().__init__(speed)
        self._pcscd: PrivatePcscd | None = None
        self._card: BreakableCard | None = None
        self._slot: Slot | None = None
        self._slow_seconds = 0.0
        self._pull_at = 0
        self._kind = ""

    def start(self, directory: Path) -> Any:
        self._pcscd = PrivatePcscd(directory)
        self._pcscd.open()
        return {"reader": READER, "socket": self._pcscd.socket}

    def stop(self) -> None:
        self._remove()
        if self._pcscd:
            self._pcscd.close()

    def state(self) -> dict[str, Any]:
        chip = self._card.chip if self._card else None
        facts = {"card": self._kind, "inserted": bool(self._slot and self._slot.is_alive())}
        counts = {"apdus": self._card.commands if self._card else 0, "cryptogram": chip.last_kind if chip else ""}
        return {
            **super().state(),
            **facts,
            **counts,
            "pcscd": self._service.is_running,
            "reader": self._service.port != 0,
        }

    def do(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["insert", kind]:
                self._insert(kind)
            case ["remove"]:
                self._remove()
            case ["remove", "at", ordinal, "apdu"]:
                self._pull_at = _ordinal(ordinal)
                if self._card:
                    self._card.pull_at = self._pull_at
            case ["slow", seconds]:
                self._slow_seconds = number(0, 600)(seconds)
                if self._card:
                    self._card.slow_seconds = self._slow_seconds / self.speed
            case ["pcscd", "kill" | "start" as what] | [("unplug" | "plug") as what]:
                self._disturb(what)
            case ["state"]:
                pass
            case _:
                raise Refused(f"card: {' '.join(words)!r} is not known; say {HELP}")
        return self.state()

    @property
    def _service(self) -> PrivatePcscd:
        if self._pcscd is None:
            raise Refused("the card reader is not started")
        return self._pcscd

    def _insert(self, kind: str) -> None:
        if self._slot and self._slot.is_alive():
            raise Refused("there is a card in the reader; remove it first")
        if not self._service.port:
            raise Refused("there is no reader now; plug it, or pcscd start")
        card = BreakableCard(SPECIAL_CARDS.get(kind) or card_of(kind), kind if kind in DUMB else "")
        card.slow_seconds = self._slow_seconds / self.speed
        card.pull_at, self._pull_at = self._pull_at, 0
        card.on_command = self._count
        self._card, self._kind = card, kind
        self._slot = Slot(card, self._service.port, self._noticed)

    def _remove(self) -> None:
        if self._slot:
            self._slot.remove()
        self._slot = None

    def _disturb(self, what: str) -> None:
        """A serial reader cannot leave a running pcscd, so a reader is unplugged by starting pcscd without it."""
        if what in ("kill", "unplug", "plug"):
            self._service.kill()
            self._remove()
        if what != "kill":
            self._service.start(has_reader=what != "unplug")

    def _noticed(self, seconds: float) -> None:
        """A reader of this kind looks for a card every 0.4 s; that is the reader's own time."""
        self.busy_ms += seconds * 1000

    def _count(self, command: int) -> None:
        self.busy_ms += self._slow_seconds / self.speed * 1000
        self.on_moment(f"apdu {command}")


def _ordinal(word: str) -> int:
    if not (match := re.fullmatch(r"([1-9][0-9]{0,2})(st|nd|rd|th)?", word)):
        raise Refused(f"{word!r} is no ordinal; like: remove at 3rd apdu")
    return int(match[1])
