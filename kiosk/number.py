"""Typing the resident number: digits go into the visit's memory and nowhere else."""

from __future__ import annotations

from datetime import date

from drivers.secret import Secret
from kiosk import rrn
from kiosk.flow import intents as tap
from kiosk.flow.events import RrnEntered


class NumberEntry:
    """Knows whether the resident has seen the checksum hint, so that a second press insists."""

    def __init__(self) -> None:
        self.hint = ""
        self._insisted = False

    def reset(self) -> None:
        self.hint, self._insisted = "", False

    def take(self, intent: object, number: Secret, today: date) -> object | None:
        """The event for the flow when the number is complete; else None, with `hint` saying why not."""
        match intent:
            case tap.Digit(digit):
                if len(number) < rrn.LENGTH:
                    number.append(ord("0") + digit)
                self.reset()
            case tap.Erased():
                number.pop()
                self.reset()
            case tap.ErasedAll():
                number.wipe()
                self.reset()
            case tap.Submitted():
                return self._submit(number, today)
        return None

    def _submit(self, number: Secret, today: date) -> object | None:
        wrong = rrn.problem(number.reveal(), today)
        if wrong:
            self.hint = {"too-short": "length", "no-date": "date", "future": "future"}[wrong]
            return None
        if rrn.looks_mistyped(number.reveal()) and not self._insisted:
            self.hint, self._insisted = "checksum", True  # a hint, never a refusal: the next press goes on
            return None
        return RrnEntered()
