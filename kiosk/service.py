"""What the conditions of the devices mean for service: which documents can be issued now, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from drivers.base import OFFLINE, Health, Status

MOST_OPEN_REVERSALS = 3  # no new sale while more than these wait for the payment host
NEEDED = ("page_printer", "finger")  # without one of them nothing can be issued
FOR_MONEY = ("card", "payment_host")


@dataclass(frozen=True)
class Conditions:
    """All that service depends on.  A role that has not reported yet is missing."""

    statuses: Mapping[str, Status]
    open_reversals: int = 0
    journal_failed: bool = False

    def stopped(self, role: str) -> str:
        """The worst thing that keeps a role from working, or ""."""
        status = self.statuses.get(role, OFFLINE)
        return "" if status.health <= Health.ATTENTION else f"{role}:{status.codes[0]}"


def obstacles(conditions: Conditions) -> tuple[str, ...]:
    """Why nothing at all can be issued: "role:condition", worst first; empty if something can."""
    if conditions.journal_failed:
        return ("journal:failed",)
    return tuple(filter(None, map(conditions.stopped, NEEDED)))


def obstacle(conditions: Conditions, won: int | None) -> str:
    """Why a document of this fee cannot be issued now, or "".  A fee of None is not set: the document is not sold."""
    if found := obstacles(conditions):
        return found[0]
    if won is None:
        return "not-sold"
    if won and conditions.open_reversals > MOST_OPEN_REVERSALS:
        return "payment_host:unsettled"
    return next(filter(None, map(conditions.stopped, FOR_MONEY)), "") if won else ""


def nothing_to_sell(conditions: Conditions, fees: Iterable[int | None]) -> tuple[str, ...]:
    """The reasons to close, given the fees of all documents of this site; empty while one can be issued."""
    found = [obstacle(conditions, won) for won in fees]
    return () if "" in found else tuple(dict.fromkeys(found)) or ("no-documents",)
