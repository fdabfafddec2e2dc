"""Whole visits before true devices: what was charged, what came out, what the agency and headquarters were told."""

from __future__ import annotations

from drivers.base import Verdict
from kiosk.flow import intents as tap
from kiosk.flow.session import At
from tests.journeys.bench import Bench


def test_one_resident_takes_home_one_certificate(kiosk: Bench) -> None:
    before = kiosk.sheets()
    kiosk.to_payment().pay()
    kiosk.until_at(At.TAKE)
    assert kiosk.sheets() == before + 1
    kiosk.do("card remove")
    kiosk.press(tap.Leaves())
    kiosk.press(tap.WantsReceipt(True))
    kiosk.until_at(At.MORE)
    assert kiosk.kiosk.session.reason == ""
    assert [row["kept"] for row in kiosk.ledger()] == [200]
    assert kiosk.until_told() == ["done"]
    assert ("issued", 200) in [(kind, body.get("won")) for kind, body in kiosk.reports()]
    text = str(kiosk.rig.simulators["printer"].state()["text"])
    for wanted in ("승인번호", "주민등록표 등본", "200원", "일시불", "환불"):
        assert wanted in text


def test_three_copies_are_three_jobs_and_one_payment(kiosk: Bench) -> None:
    before = kiosk.sheets()
    kiosk.to_payment(copies=3).pay()
    kiosk.until_at(At.TAKE)
    assert kiosk.sheets() == before + 3
    assert [row["kept"] for row in kiosk.ledger()] == [600]
    assert kiosk.until_told() == ["done"]


def test_an_exempt_resident_pays_nothing_and_sees_no_card_screen(kiosk: Bench) -> None:
    kiosk.do("agency exempt on")
    kiosk.to_payment()
    kiosk.until_at(At.TAKE)
    assert kiosk.ledger() == []
    assert kiosk.until_told() == ["done"]


def test_a_declined_card_charges_nothing_and_another_one_may_be_tried(kiosk: Bench) -> None:
    kiosk.do("payment_host decline 51")
    kiosk.to_payment().pay()
    kiosk.until(lambda: kiosk.kiosk.session.payment.reason, "the card declined")
    assert sum(row["charged"] for row in kiosk.ledger()) == 0
    kiosk.do("card remove")
    kiosk.until(lambda: not kiosk.kiosk.session.card_in, "the card taken")
    kiosk.do("payment_host approve")
    kiosk.press(tap.TriesAgain())
    kiosk.until(lambda: kiosk.kiosk.session.word == "present-subject", "asked for the card")
    kiosk.pay()
    kiosk.until_at(At.TAKE)
    assert sum(row["kept"] for row in kiosk.ledger()) == 200


def test_leaving_at_the_card_screen_charges_nothing_and_voids_the_document(kiosk: Bench) -> None:
    kiosk.to_payment()
    kiosk.until(lambda: kiosk.kiosk.session.word == "present-subject", "asked for the card")
    kiosk.press(tap.Cancelled())
    kiosk.until_at(At.SORRY)
    assert kiosk.ledger() == []
    assert kiosk.until_told() == ["void"]


def test_a_payment_host_that_never_answers_prints_nothing_and_gets_a_reversal(kiosk: Bench) -> None:
    before = kiosk.sheets()
    kiosk.do("payment_host close")  # takes the question and hangs up without a word
    kiosk.to_payment().pay()
    kiosk.until_at(At.REVERSING)
    kiosk.do("payment_host answer")
    kiosk.until_at(At.SORRY, At.ASSIST)
    kiosk.kiosk.debts.settler.hurry()
    kiosk.until(lambda: not kiosk.kiosk.debts.settler.open, "given back")
    assert sum(row["kept"] for row in kiosk.ledger()) == 0
    assert kiosk.sheets() == before
    assert kiosk.until_told() == ["void"]


def test_paper_out_before_the_payment_sells_nothing(kiosk: Bench) -> None:
    kiosk.start().choose().identify().order()
    kiosk.do("page_printer empty")
    kiosk.until(lambda: kiosk.health("page_printer") >= 2, "paper out noticed")
    kiosk.kiosk.touch(tap.Confirmed())
    kiosk.until_at(At.SORRY)
    assert kiosk.ledger() == []
    assert kiosk.until_told() == ["void"]
    kiosk.press(tap.Leaves())
    kiosk.until_at(At.OUT_OF_SERVICE)
    kiosk.do("page_printer refill 250")
    kiosk.until_at(At.ATTRACT)


def test_a_printer_that_dies_in_the_middle_gives_the_money_back_and_calls_staff(kiosk: Bench) -> None:
    kiosk.do("at page 1: page_printer unplug")
    kiosk.to_payment(copies=2).pay()
    kiosk.until_at(At.ASSIST)
    verdicts = [item.verdict for item in kiosk.kiosk.session.items]
    assert Verdict.UNKNOWN in verdicts
    done = verdicts.count(Verdict.DONE)
    assert [row["kept"] for row in kiosk.ledger()] == [200 * done]
    assert kiosk.rows("select reason from staff_list") == [("print-unknown",)]
    assert kiosk.until_told() == ["unknown"]
    kiosk.do("page_printer plug")
    kiosk.press(tap.Leaves())
    kiosk.until_at(At.ATTRACT)
    jobs = kiosk.printed_jobs()
    kiosk.until_ready("page_printer")
    assert kiosk.printed_jobs() == jobs, "nothing came out for the next visitor"


def test_a_receipt_printer_without_paper_does_not_stop_the_document(kiosk: Bench) -> None:
    kiosk.do("printer set paper_mm 0")
    kiosk.until(lambda: kiosk.health("printer") >= 2, "paper out noticed")
    kiosk.to_payment().pay()
    kiosk.until_at(At.TAKE)
    kiosk.press(tap.Leaves())
    kiosk.press(tap.WantsReceipt(True))
    kiosk.until_at(At.MORE)
    assert kiosk.kiosk.session.reason == "receipt-failed"


def test_another_document_for_the_same_resident_needs_no_second_finger(kiosk: Bench) -> None:
    kiosk.to_payment().pay()
    kiosk.until_at(At.TAKE)
    kiosk.do("card remove")
    kiosk.until(lambda: not kiosk.kiosk.session.card_in, "the card taken")
    kiosk.press(tap.Leaves())
    kiosk.press(tap.WantsReceipt(False))
    kiosk.do("finger lift")
    kiosk.press(tap.WantsMore())
    kiosk.choose()
    kiosk.until_at(At.OPTIONS)
    kiosk.order()
    kiosk.kiosk.touch(tap.Confirmed())
    kiosk.until(lambda: kiosk.kiosk.session.word == "present-subject", "asked for the card")
    kiosk.pay()
    kiosk.until_at(At.TAKE)
    assert sum(row["kept"] for row in kiosk.ledger()) == 400
    assert kiosk.until_told() == ["done", "done"]
