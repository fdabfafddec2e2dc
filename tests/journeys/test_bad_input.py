"""Garbage, silence and lies on every line: never a sheet, never a won, always a sentence; the next one is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.flow import intents as tap
from kiosk.flow.session import At
from simulators.console import Console
from simulators.rig import Rig
from tests.journeys.bench import Bench
from tests.journeys.judge import next_visitor_is_served, next_visitor_is_welcome, refused, says, settled

SETTINGS = 'kid = "SG-02"\n[agency]\nsoft_seconds = 1\nhard_seconds = 2\n'


@pytest.fixture
def hasty(rig: tuple[Rig, Console], tmp_path: Path) -> Iterator[Bench]:
    """A kiosk that waits for hosts and agencies a second or two."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    bench = Bench(*rig, tmp_path / "state", settings=settings)
    bench.is_hasty()
    with bench:
        yield bench


# -- the agency ------------------------------------------------------------------------------


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


# -- serial lines ----------------------------------------------------------------------------

LINE_FAULTS = ("noise on", "mute on", "stall 2", "say 1b 00 ff 37 22 4a 00 ef 01")


@pytest.mark.parametrize("words", LINE_FAULTS)
def test_a_bad_line_to_the_scanner_is_said_and_heals(kiosk: Bench, words: str) -> None:
    kiosk.start().choose()
    kiosk.do(f"finger {words}")
    kiosk.do("finger place hong")
    kiosk.type_number()
    end = kiosk.until_at(At.SORRY, At.OPTIONS)
    says(kiosk)
    assert kiosk.kiosk.session.reason in ("", "finger-offline", "finger-failed", "no-match")
    if end is At.SORRY:
        next_visitor_is_served(kiosk)
    else:
        kiosk.order()
        kiosk.kiosk.touch(tap.Confirmed())
        kiosk.until_at(At.PAY)


def test_a_scanner_that_speaks_byte_by_byte_is_understood(kiosk: Bench) -> None:
    kiosk.do("finger split 1")
    kiosk.do("printer split 1")
    kiosk.to_payment().pay()
    kiosk.until_at(At.TAKE)
    kiosk.press(tap.Leaves())
    kiosk.press(tap.WantsReceipt(True))
    kiosk.until_at(At.MORE)
    assert kiosk.kiosk.session.reason == ""
    settled(kiosk)


@pytest.mark.parametrize("words", LINE_FAULTS)
def test_a_bad_line_to_the_receipt_printer_costs_no_document(hasty: Bench, words: str) -> None:
    hasty.to_payment().pay()
    hasty.until_at(At.TAKE)
    hasty.do("card remove")
    hasty.press(tap.Leaves())
    hasty.do(f"printer {words}")
    hasty.press(tap.WantsReceipt(True))
    hasty.until_at(At.MORE)
    says(hasty)
    settled(hasty)
    next_visitor_is_served(hasty)


# -- the A4 printer --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["jam at 1", "fault garbage at print-job", "fault lost at send-document", "fault http-503", "cover open"]
)
def test_a_page_printer_in_trouble_gives_back_what_is_not_on_paper(hasty: Bench, words: str) -> None:
    hasty.start().choose().identify().order(2)
    hasty.do(f"page_printer {words}")
    hasty.kiosk.touch(tap.Confirmed())
    hasty.until(lambda: hasty.kiosk.session.word == "present-subject" or hasty.kiosk.session.at is At.SORRY, "asked")
    if hasty.kiosk.session.at is At.PAY:
        hasty.pay()
    hasty.until_at(At.SORRY, At.ASSIST, At.TAKE)
    says(hasty)
    settled(hasty)
    next_visitor_is_served(hasty)


# -- the number ------------------------------------------------------------------------------


def test_digits_that_are_no_date_get_a_hint_and_a_wrong_checksum_only_one(kiosk: Bench) -> None:
    kiosk.start().choose()
    number = kiosk.digits()
    for digits, hint in ((number[:2] + "1399" + number[6:], "date"), (number[:5], "length")):
        for digit in digits:
            kiosk.press(tap.Digit(int(digit)))
        kiosk.kiosk.touch(tap.Submitted())
        assert (kiosk.kiosk.session.at, kiosk.kiosk.entry.hint) == (At.RRN, hint)
        says(kiosk)
        kiosk.press(tap.ErasedAll())
    for digit in number[:12] + str((int(number[12]) + 1) % 10):
        kiosk.press(tap.Digit(int(digit)))
    kiosk.press(tap.Submitted())
    assert kiosk.kiosk.entry.hint == "checksum"
    says(kiosk)
    kiosk.press(tap.Submitted())
    kiosk.until_at(At.FINGER)
