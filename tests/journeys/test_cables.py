"""A cable is pulled at some moment of a visit: the money follows the paper, and the device is back by itself."""

from __future__ import annotations

import time
from typing import Any

import pytest

from kiosk.flow import intents as tap
from kiosk.flow.session import At
from tests.journeys.bench import Bench
from tests.journeys.judge import next_visitor_is_served, says, settled

RETURNS = {"printer": 1.0, "finger": 1.0, "card": 2.0, "page_printer": 2.0, "payment_host": 30.0}
LATE_IS = 5.0  # times slower than promised is no busy machine any more

# (device, where the visit stands when its cable is pulled)
PULLED = [
    ("finger", At.ATTRACT),
    ("finger", At.FINGER),
    ("finger", At.CONFIRM),
    ("printer", At.PAY),
    ("printer", At.RECEIPT_PRINTING),
    ("page_printer", At.RRN),
    ("page_printer", At.CONFIRM),
    ("page_printer", At.PAY),
    ("page_printer", At.PRINTING),
    ("card", At.CONFIRM),
    ("card", At.PAY),
    ("payment_host", At.CONFIRM),
    ("payment_host", At.PAY),
    ("payment_host", At.PRINTING),
]
ENDS = (At.SORRY, At.ASSIST, At.MORE, At.ATTRACT)


def go_on(bench: Bench) -> None:
    """One step of a resident who takes whatever comes."""
    session = bench.kiosk.session
    match session.at:
        case At.ATTRACT:
            bench.start()
        case At.CATEGORY:
            bench.choose()
        case At.RRN:
            bench.type_number()
        case At.OPTIONS:
            bench.kiosk.touch(tap.ToldOptions())
        case At.COPIES:
            bench.press(tap.ChoseCopies(1))
        case At.CONFIRM:
            bench.kiosk.touch(tap.Confirmed())
        case At.PAY if session.payment.reason:
            bench.press(tap.Cancelled())
        case At.TAKE:
            bench.press(tap.Leaves())
        case At.RECEIPT:
            bench.press(tap.WantsReceipt(True))


def play_to(bench: Bench, *states: At) -> None:
    """On until one of them, with the thumb on the glass and the card at the slot."""
    while bench.kiosk.session.at not in states:
        before = bench.kiosk.session
        go_on(bench)
        if bench.kiosk.session.at is At.FINGER and At.FINGER not in states:
            bench.do("finger place hong")
        if bench.kiosk.session.word == "present-subject" and bench.kiosk.session.at is At.PAY:
            bench.do("card insert resident")
        bench.until(lambda before=before: bench.kiosk.session != before, "a step")  # type: ignore[misc]


@pytest.mark.parametrize(("role", "at"), PULLED, ids=[f"{role}-{at.value}" for role, at in PULLED])
def test_a_pulled_cable_costs_nobody_anything(kiosk: Bench, role: str, at: At, record_property: Any) -> None:
    kiosk.until_at(At.ATTRACT)
    before = kiosk.sheets()
    play_to(kiosk, at)
    kiosk.do(f"{role} unplug")
    if at is At.ATTRACT:
        kiosk.until(lambda: kiosk.health(role) == 4, "noticed")
    else:
        play_to(kiosk, *ENDS)
    says(kiosk)
    pulled_at_end = kiosk.kiosk.session
    kiosk.until(lambda: kiosk.health(role) == 4, "noticed")
    kiosk.do(f"{role} plug")
    plugged = time.monotonic()
    kiosk.until_ready(role)
    seconds = time.monotonic() - plugged
    record_property("seconds", round(seconds, 2))
    print(f"{role} back after {seconds:.2f} s")
    assert seconds < RETURNS[role] * LATE_IS
    assert kiosk.kiosk.session.visit == pulled_at_end.visit
    settled(kiosk)
    done = kiosk.kiosk.session.printed
    assert kiosk.sheets() - before in (done, done + 1)
    next_visitor_is_served(kiosk)
