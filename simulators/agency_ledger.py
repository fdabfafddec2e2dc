"""The registry's books: who was identified for which visit, what was issued, and how each paper ended.

Not responsible for the wire.  Everything is lost with the process; a real registry would keep it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from simulators.residents import RESIDENTS, Resident, thumb
from simulators.seal import new_number

TOKEN_SECONDS = 600.0
TRIES = 3  # finger failures a visit; never a lock-out of the person
MATCHING_PERCENT = 80
OUTCOMES = ("done", "void", "unknown")


class Conflict(Exception):
    """Another outcome is on record."""


@dataclass(frozen=True)
class Token:
    visit: str
    resident: Resident
    expires: float


@dataclass
class Issued:
    number: str
    visit: str
    type: str
    outcome: str = ""


def score(template: bytes, resident: Resident) -> int:
    """Equal bytes in percent of the registered thumb."""
    registered = thumb(resident.id)
    equal = sum(a == b for a, b in zip(template, registered, strict=False))
    return equal * 100 // len(registered)


@dataclass
class Ledger:
    """`seconds` only moves forward; `TOKEN_SECONDS` are counted on it."""

    seconds: Callable[[], float]
    exempt: bool = False
    issued: dict[str, Issued] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)  # visit -> fingers that did not match
    voided: dict[str, int] = field(default_factory=dict)  # visit -> the question number after which it was voided
    questions: int = 0
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def subject_hash(self, resident: Resident) -> str:
        return hmac.digest(self._key, resident.rrn.encode(), hashlib.sha256)[:16].hex()

    def other_than(self, resident: Resident) -> Resident:
        return next(other for other in RESIDENTS.values() if other.household is not resident.household)

    def note_question(self) -> int:
        self.questions += 1
        return self.questions

    def tries_left(self, visit: str) -> int:
        return max(0, TRIES - self.failures.get(visit, 0))

    def note_failure(self, visit: str) -> int:
        self.failures[visit] = self.failures.get(visit, 0) + 1
        return self.tries_left(visit)

    def hand_out(self, visit: str, resident: Resident) -> str:
        token = secrets.token_urlsafe(24)
        self.tokens[token] = Token(visit, resident, self.seconds() + TOKEN_SECONDS)
        return token

    def subject(self, token: str, visit: str) -> Resident | str:
        """Whose token it is, or why it is refused."""
        known = self.tokens.get(token)
        if known is None or known.visit != visit:
            return "token-refused"
        return known.resident if self.seconds() < known.expires else "token-expired"

    def issue(self, visit: str, kind: str, question: int) -> str:
        """A fresh number; void at once if the visit was given up while the question was on its way."""
        while (number := new_number()) in self.issued:
            pass
        late = question <= self.voided.get(visit, 0)
        self.issued[number] = Issued(number, visit, kind, "void" if late else "")
        return number

    def end(self, number: str, outcome: str) -> bool:
        """Put an outcome on record, for a number or for all that "visit:…" left open; False: unknown number."""
        if number.startswith("visit:"):
            return self._void_visit(number.removeprefix("visit:"), outcome)
        if (issued := self.issued.get(number)) is None:
            return False
        if issued.outcome not in ("", outcome):
            raise Conflict
        issued.outcome = outcome
        return True

    def _void_visit(self, visit: str, outcome: str) -> bool:
        if outcome != "void":
            raise Conflict
        self.voided[visit] = self.questions
        for issued in self.issued.values():
            if issued.visit == visit and not issued.outcome:
                issued.outcome = "void"
        return True
