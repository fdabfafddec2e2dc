"""From what a printer says about itself to conditions: reasons by their stem, the severity suffix is optional.

Pure.  Unknown is not ready: a printer that does not say which paper lies in it is not one for certificates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from drivers.base import Condition, Health, Status

IDLE, PROCESSING, STOPPED = 3, 4, 5  # printer-state
PDF = "application/pdf"
SUFFIXES = ("-report", "-warning", "-error")
HEALTH_OF: Mapping[str, Health] = MappingProxyType(
    {
        "media-low": Health.ATTENTION,
        "toner-low": Health.ATTENTION,
        "marker-supply-low": Health.ATTENTION,
        "marker-waste-almost-full": Health.ATTENTION,
        "opc-near-eol": Health.ATTENTION,
        "output-area-almost-full": Health.ATTENTION,
        "spool-area-full": Health.ATTENTION,
        "media-empty": Health.STOPPED,
        "media-needed": Health.STOPPED,
        "media-jam": Health.STOPPED,
        "cover-open": Health.STOPPED,
        "door-open": Health.STOPPED,
        "interlock-open": Health.STOPPED,
        "input-tray-missing": Health.STOPPED,
        "output-tray-missing": Health.STOPPED,
        "output-area-full": Health.STOPPED,
        "toner-empty": Health.STOPPED,
        "marker-supply-empty": Health.STOPPED,
        "marker-supply-missing": Health.STOPPED,
        "marker-waste-full": Health.STOPPED,
        "paused": Health.STOPPED,
        "moving-to-paused": Health.STOPPED,
        "shutdown": Health.STOPPED,
        "connecting-to-device": Health.STOPPED,
        "timed-out": Health.STOPPED,
        "opc-life-over": Health.FAULT,
        "fuser-over-temp": Health.FAULT,
        "fuser-under-temp": Health.FAULT,
    }
)
# What stops a printer between two sheets.  Anything else may hold one, printed, somewhere in the machine.
BETWEEN_SHEETS = frozenset(
    {
        "media-empty",
        "media-needed",
        "input-tray-missing",
        "output-area-full",
        "toner-empty",
        "marker-supply-empty",
        "paused",
        "moving-to-paused",
        "stopped",
    }
)


@dataclass(frozen=True)
class PrinterFacts:
    """What the driver asks a printer about itself.  `state` 0: it did not say."""

    state: int
    reasons: tuple[str, ...]
    is_accepting: bool
    media_ready: tuple[str, ...]
    formats: tuple[str, ...]


def status_of(facts: PrinterFacts) -> Status:
    return Status(frozenset(_conditions(facts)))


def may_hold_a_sheet(status: Status) -> bool:
    return any(c.health >= Health.STOPPED and c.code not in BETWEEN_SHEETS for c in status.conditions)


def _conditions(facts: PrinterFacts) -> Iterator[Condition]:
    named = [condition for reason in facts.reasons for condition in _named(reason, facts.state)]
    yield from named
    codes = {condition.code for condition in named}
    if (
        not any(name.startswith("iso_a4") or name == "iso-a4" for name in facts.media_ready)
        and "media-empty" not in codes
    ):
        yield Condition("media-needed", Health.STOPPED)
    if not facts.is_accepting:
        yield Condition("not-accepting-jobs", Health.STOPPED)
    if PDF not in facts.formats:
        yield Condition("no-pdf", Health.FAULT)
    if facts.state not in (IDLE, PROCESSING, STOPPED):
        yield Condition("state-unknown", Health.FAULT)
    elif facts.state == STOPPED and all(condition.health < Health.STOPPED for condition in named):
        yield Condition("stopped", Health.STOPPED)


def _named(reason: str, state: int) -> Iterator[Condition]:
    """An unknown reason weighs what its suffix says; without one it is an error only if the printer stands."""
    suffix = next((suffix for suffix in SUFFIXES if reason.endswith(suffix)), "")
    stem = reason.removesuffix(suffix)
    if stem in ("none", ""):
        return
    if health := HEALTH_OF.get(stem):
        yield Condition(stem, min(health, Health.ATTENTION) if suffix == "-report" else health)
    elif suffix == "-error":
        yield Condition(stem, Health.FAULT)
    elif suffix == "-warning" or (not suffix and state == STOPPED):
        yield Condition(stem, Health.ATTENTION)
