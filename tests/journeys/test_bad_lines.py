"""Garbage, silence and noise on the lines of the devices, and digits that are no date: said, healed, never charged."""

from __future__ import annotations

import pytest

from kiosk.flow import intents as tap
from kiosk.flow.session import At
from tests.journeys.bench import Bench
from tests.journeys.judge import next_visitor_is_served, says, settled

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
