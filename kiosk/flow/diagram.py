"""Draws the tables for people: `python -m kiosk.flow.diagram > docs/flow.md`.  A test keeps that page true."""

from __future__ import annotations

import enum
import inspect
import sys
from collections.abc import Iterable, Sequence

from kiosk.flow import events, intents
from kiosk.flow.issue import TABLE as ISSUE
from kiosk.flow.payment import ENDS
from kiosk.flow.payment import TABLE as PAYMENT
from kiosk.flow.session import At, Pay, Session
from kiosk.flow.table import Row

HEAD = """# The flow

Generated from the tables in `kiosk/flow/` by `python -m kiosk.flow.diagram`; a test holds it against them.
An event that a state has no row for changes nothing there: it is *ignored*, and listed so that somebody decided it.
"""
INSIDE = ("Paid", "Unpaid", "GivingBack", "GaveBack", "CouldNotGiveBack")  # said by the payment, not by the world


def names(*modules: object) -> list[str]:
    found = [name for module in modules for name, kind in inspect.getmembers(module, inspect.isclass)
             if kind.__module__ == module.__name__]  # type: ignore[attr-defined]  # fmt: skip
    return sorted(set(found))


def arrows(table: Sequence[Row[Session]], first: enum.Enum) -> Iterable[str]:
    """Mermaid's state diagram: one arrow a pair of states, with the events that lead along it."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {node(first)}"
    pairs: dict[tuple[str, str], list[str]] = {}
    for row in table:
        if row.at is not row.to:
            pairs.setdefault((node(row.at), node(row.to)), []).append(row.event.__name__)
    for (at, to), said in pairs.items():
        yield f"    {at} --> {to}: {', '.join(dict.fromkeys(said))}"
    yield "```"


def node(state: enum.Enum) -> str:
    return state.name.lower()


def answered(table: Sequence[Row[Session]], states: Iterable[enum.Enum], told: list[str]) -> Iterable[str]:
    """For each state: what it answers, and what it ignores."""
    yield "| state | answers | ignores |"
    yield "|---|---|---|"
    for state in states:
        rows = [row for row in table if row.at is state]
        here = list(dict.fromkeys(row.event.__name__ for row in rows))
        rest = [name for name in told if name not in here]
        yield f"| {node(state)} | {', '.join(here) or '–'} | {', '.join(rest)} |"


def page() -> str:
    told = [name for name in names(intents, events) if name not in INSIDE]
    paying = sorted({row.event.__name__ for row in PAYMENT})
    lines = [
        HEAD,
        f"## Issuing: {len(At)} states, {len(ISSUE)} rows",
        "",
        *arrows(ISSUE, At.STARTING),
        "",
        *answered(ISSUE, At, told),
        "",
        f"## Payment, inside `pay` and `reversing`: {len(Pay)} states, {len(PAYMENT)} rows",
        "",
        *arrows(PAYMENT, Pay.NONE),
        "",
        *answered(PAYMENT, Pay, paying),
        "",
        "What it reports to the issuing flow: "
        + ", ".join(f"{node(state)} → {type(event).__name__}" for state, event in ENDS.items())
        + ".",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
