"""What a printer says about itself, and how much of a problem that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.base import Health
from drivers.page_printer.conditions import PrinterFacts, status_of

FINE = PrinterFacts(3, ("none",), True, ("iso_a4_210x297mm",), ("application/pdf",))


def test_a_printer_without_complaints_is_ready() -> None:
    assert status_of(FINE).health is Health.READY
    assert status_of(FINE).codes == ()


@pytest.mark.parametrize("suffix", ["", "-warning", "-error"])
@pytest.mark.parametrize(
    ("stem", "health"),
    [
        ("media-low", Health.ATTENTION),
        ("toner-low", Health.ATTENTION),
        ("media-empty", Health.STOPPED),
        ("media-jam", Health.STOPPED),
        ("cover-open", Health.STOPPED),
        ("toner-empty", Health.STOPPED),
        ("fuser-over-temp", Health.FAULT),
    ],
)
def test_a_known_reason_weighs_the_same_with_any_suffix(stem: str, suffix: str, health: Health) -> None:
    status = status_of(replace(FINE, reasons=(stem + suffix,)))
    assert (status.codes, status.health) == ((stem,), health)


@pytest.mark.parametrize(
    ("reason", "state", "codes", "health"),
    [
        ("drum-cracked-error", 5, ("drum-cracked",), Health.FAULT),
        ("drum-cracked-warning", 3, ("drum-cracked",), Health.ATTENTION),
        ("drum-cracked-report", 3, (), Health.READY),
        ("wifi-not-configured", 3, (), Health.READY),
        ("media-empty-report", 3, ("media-empty",), Health.ATTENTION),  # of interest only, says the standard
        ("none", 3, (), Health.READY),
    ],
)
def test_an_unknown_reason_weighs_what_its_suffix_says(
    reason: str, state: int, codes: tuple[str, ...], health: Health
) -> None:
    status = status_of(replace(FINE, reasons=(reason,), state=state))
    assert status.health is health
    assert set(codes) <= set(status.codes)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FINE, media_ready=("na_letter_8.5x11in",)), "media-needed"),
        (replace(FINE, media_ready=()), "media-needed"),  # it does not say: unknown is not ready
        (replace(FINE, is_accepting=False), "not-accepting-jobs"),
        (replace(FINE, formats=("image/urf",)), "no-pdf"),
        (replace(FINE, state=0), "state-unknown"),
        (replace(FINE, state=5), "stopped"),
    ],
)
def test_what_is_missing_stops_the_service(facts: PrinterFacts, code: str) -> None:
    status = status_of(facts)
    assert status.codes == (code,)
    assert status.health >= Health.STOPPED


def test_an_empty_tray_is_one_condition_not_two() -> None:
    assert status_of(replace(FINE, state=5, reasons=("media-empty-error",), media_ready=())).codes == ("media-empty",)
