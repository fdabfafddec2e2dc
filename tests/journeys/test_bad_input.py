"""Garbage, silence and lies on every line: never a sheet, never a won, always a sentence; the next one is served."""

from __future__ import annotations

import pytest

from kiosk.flow import intents as tap
from kiosk.flow.session import At
from tests.journeys.bench import Bench
from tests.journeys.judge import next_visitor_is_served, next_visitor_is_welcome, refused, says, settled


@pytest.mark.parametrize(
    ("words", "reasons"),
    [
        ("away", {"agency-away"}),
        ("garbage", {"bad-answer", "agency-error"}),
        ("maintenance on", {"maintenance"}),
        ("wrong-visit", {"wrong-person"}),
        ("lost-answer", {"agency-away", "bad-answer"}),
        ("slow 200", {"agency-slow"}),  # 10 s at this speed
    ],
)
def test_an_agency_that_cannot_identify_ends_the_visit_in_words(hasty: Bench, words: str, reasons: set[str]) -> None:
    hasty.start().choose()
    hasty.do(f"agency {words}")
    hasty.do("finger place hong")
    hasty.type_number()
    refused(hasty, *reasons)
    assert hasty.ledger() == []
    next_visitor_is_welcome(hasty)


@pytest.mark.parametrize(
    ("words", "reasons"),
    [
        ("away", {"agency-away"}),
        ("garbage", {"bad-answer"}),
        ("maintenance on", {"maintenance"}),
        ("wrong-visit", {"wrong-person"}),
        ("wrong-person", {"wrong-person"}),
        ("wrong-document", {"wrong-document"}),
        ("mixed-up", {"bad-seal", "bad-answer"}),
        ("bad-seal", {"bad-seal"}),
        ("lost-answer", {"agency-away", "bad-answer"}),
        ("slow 200", {"agency-slow"}),
    ],
)
def test_a_document_that_is_not_the_right_one_in_time_is_never_printed(
    hasty: Bench, words: str, reasons: set[str]
) -> None:
    hasty.start().choose().identify()
    hasty.do(f"agency {words}")
    hasty.kiosk.touch(tap.ToldOptions())
    hasty.press(tap.ChoseCopies(1))
    hasty.until_at(At.SORRY)
    hasty.do("agency back")
    hasty.do("agency maintenance off")
    hasty.kiosk.debts.errands._due = 0.0  # the agency is back: tried at once
    refused(hasty, *reasons)
    assert set(hasty.outcomes()) <= {"void"}
    next_visitor_is_welcome(hasty)


def test_a_document_that_came_slowly_and_was_not_wanted_is_void(hasty: Bench) -> None:
    hasty.start().choose().identify()
    hasty.do("agency slow 10")
    hasty.kiosk.touch(tap.ToldOptions())
    hasty.press(tap.ChoseCopies(1))
    hasty.until_at(At.CONFIRM)
    hasty.kiosk.touch(tap.Cancelled())
    hasty.until_at(At.ATTRACT)
    assert hasty.until_told() == ["void"]
    next_visitor_is_served(hasty)


# -- the payment host ------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["silent", "deaf", "garbage", "truncate", "mismatch", "late 60"])
def test_a_host_that_does_not_say_yes_charges_nothing_in_the_end(hasty: Bench, words: str) -> None:
    hasty.to_payment()
    hasty.until_asked_for_card()
    hasty.do(f"payment_host {words}")
    hasty.pay()
    hasty.until_at(At.REVERSING)
    says(hasty)
    hasty.do("payment_host answer")
    refused(hasty, "payment-unclear")
    assert set(hasty.until_told()) == {"void"}
    next_visitor_is_welcome(hasty)


def test_a_host_that_stays_silent_keeps_its_reversal_in_the_queue_and_a_person_is_told(hasty: Bench) -> None:
    hasty.to_payment()
    hasty.until_asked_for_card()
    hasty.do("payment_host silent")
    hasty.pay()
    hasty.until_at(At.ASSIST)
    hasty.until(lambda: hasty.kiosk.session.word == "claim-printed", "the claim slip printed")
    says(hasty)
    assert hasty.kiosk.debts.settler.open == 1
    assert hasty.rows("select reason from staff_list") == [("unreversed",)]
    hasty.do("payment_host answer")
    settled(hasty)
    next_visitor_is_served(hasty)


# -- the card --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["mute", "chip-dead", "bad-luhn", "expired", "upside-down"])
def test_a_card_that_cannot_pay_says_so_and_another_one_can(kiosk: Bench, kind: str) -> None:
    kiosk.to_payment()
    kiosk.until_asked_for_card()
    if not kiosk.do(f"card insert {kind}").get("ok"):
        pytest.fail(f"no such card: {kind}")
    if kind == "upside-down":  # no reader sees it: the visitor turns it round
        kiosk.do("card remove")
    else:
        kiosk.until(lambda: kiosk.kiosk.session.payment.reason, "refused")
        says(kiosk)
        assert sum(row["charged"] for row in kiosk.ledger()) == 0
        kiosk.do("card remove")
        kiosk.until(lambda: not kiosk.kiosk.session.card_in, "the card taken")
        kiosk.press(tap.TriesAgain())
        kiosk.until_asked_for_card()
    kiosk.pay()
    kiosk.until_at(At.TAKE)
    settled(kiosk)


@pytest.mark.parametrize("apdu", [1, 4, 7, 8])
def test_a_card_pulled_at_any_command_costs_nothing_or_one_document(kiosk: Bench, apdu: int) -> None:
    before = kiosk.sheets()
    kiosk.to_payment()
    kiosk.until_asked_for_card()
    kiosk.do(f"card remove at {apdu} apdu")
    kiosk.pay()
    kiosk.until(lambda: kiosk.kiosk.session.payment.reason or kiosk.kiosk.session.at is not At.PAY, "an end")
    says(kiosk)
    if kiosk.kiosk.session.at is At.PAY:
        kiosk.press(tap.Cancelled())
    kiosk.until_at(At.SORRY, At.ASSIST, At.TAKE)
    settled(kiosk)
    assert kiosk.sheets() - before == (kiosk.kiosk.session.at is At.TAKE)
    next_visitor_is_served(kiosk)
