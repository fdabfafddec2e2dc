"""The conversation of a payment, with a reader in memory: what the host can do to an answer, and who may pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from drivers.base import Finished, Progress, Verdict
from drivers.card.driver import Approval
from tests.drivers.card_bench import QUICK, CardBench, an_order
from tests.drivers.conftest import TestInbox

pytestmark = pytest.mark.filterwarnings("ignore:.*TripleDES")


@pytest.fixture
def bench(inbox: TestInbox) -> Iterator[CardBench]:
    with CardBench(inbox) as bench:
        yield bench


def test_what_the_host_keeps_is_what_the_approvals_say(bench: CardBench) -> None:
    for won, card in ((200, "kim"), (400, "hong"), (1600, "lee")):
        assert bench.pay(card, an_order(won)).verdict is Verdict.DONE
        bench.remove()
    assert bench.host.state()["kept"] == 2200


def test_a_declined_card_is_not_charged(bench: CardBench) -> None:
    order = an_order()
    ended = bench.pay("decline", order)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "declined:51")
    assert bench.entry(order)["charged"] == 0
    assert any("> 80 ae 00 00" in line for line in bench.card.tape.dump())  # the chip was told as well


@pytest.mark.parametrize(
    ("card", "reason"), [("bad-luhn", "chip-failed"), ("two-numbers", "chip-failed"), ("domestic-off", "unsupported")]
)
def test_a_card_that_contradicts_itself_never_reaches_the_host(bench: CardBench, card: str, reason: str) -> None:
    ended = bench.pay(card)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, reason)
    assert "0200" not in bench.host.state()["received"]


@pytest.mark.parametrize("fault", ["silent", "deaf", "garbage", "truncate", "mismatch", "close", "late 1.2"])
def test_an_answer_that_is_lost_or_wrong_leaves_the_order_unknown_until_reversed(bench: CardBench, fault: str) -> None:
    order = an_order()
    bench.host.do(fault.split())
    ended = bench.pay("hong", order)
    assert (ended.verdict, ended.result) == (Verdict.UNKNOWN, "no-answer")
    bench.host.do(["answer"])
    seen = len(bench.inbox.events)
    while (back := bench.reverse(order)).verdict is not Verdict.DONE:
        assert (back.verdict, back.result) == (Verdict.NOT_DONE, "offline")  # it was found silent, and comes back
        bench.ready("payment_host", seen)
    assert bench.host.state()["kept"] == 0


def test_a_late_approval_never_revives_the_order(bench: CardBench) -> None:
    bench.host.do(["late", "0.8"])
    late = an_order()
    assert bench.pay("hong", late).verdict is Verdict.UNKNOWN
    bench.remove()
    bench.host.do(["answer"])
    fresh = bench.pay("kim")
    assert fresh.verdict is Verdict.DONE
    ends = [event for event in bench.inbox.events if isinstance(event, Finished)]
    assert [event.ticket for event in ends if event.verdict is Verdict.DONE] == [fresh.ticket]


@pytest.mark.parametrize("code", ["10", "68", "94"])
def test_an_answer_that_decides_nothing_is_unknown(bench: CardBench, code: str) -> None:
    bench.host.do(["decline", code])
    ended = bench.pay("hong")
    assert (ended.verdict, ended.result) == (Verdict.UNKNOWN, "no-answer")


def test_the_same_order_is_never_charged_twice(bench: CardBench) -> None:
    order = an_order()
    first = bench.pay("hong", order)
    bench.remove()
    again = bench.pay("hong", order)  # answered as the first time, which this chip cannot believe
    assert isinstance(first.result, Approval)
    assert (again.verdict, again.result) == (Verdict.UNKNOWN, "chip-after-approval")
    bench.remove()
    assert bench.pay("hong", replace(order, stan=order.stan + 500)).verdict is Verdict.UNKNOWN
    assert bench.host.state()["charged"] == order.won


def test_without_a_host_no_card_is_asked_for(bench: CardBench) -> None:
    bench.host.do(["unplug"])
    ticket = bench.card.submit(bench.command(an_order()))
    ended = bench.finished(ticket)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "host-away")
    assert bench.inbox.words(ticket) == []


def test_a_host_that_leaves_while_the_card_is_awaited_was_not_asked(bench: CardBench) -> None:
    ticket = bench.authorise(an_order())
    bench.host.do(["unplug"])
    bench.insert("hong")
    ended = bench.finished(ticket)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "host-away")


def test_a_line_that_was_renewed_while_the_card_was_awaited_does_not_hurt(bench: CardBench) -> None:
    ticket = bench.authorise(an_order())
    bench.host.do(["unplug"])
    bench.host.do(["plug"])
    bench.insert("hong")
    assert bench.finished(ticket).verdict is Verdict.DONE


def test_who_changes_their_mind_before_the_card_is_in_pays_nothing(bench: CardBench) -> None:
    ticket = bench.authorise(an_order())
    bench.card.cancel(ticket)
    ended = bench.finished(ticket)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "cancelled")
    assert bench.host.state()["ledger"] == []


def test_cancelling_after_the_host_was_asked_does_not_hide_the_charge(bench: CardBench) -> None:
    bench.host.do(["slow", "0.3"])
    ticket = bench.authorise(an_order())
    bench.host.on_moment = lambda word: bench.card.cancel(ticket) if word == "0200" else None
    bench.insert("hong")
    assert bench.finished(ticket).verdict is Verdict.DONE


def test_who_does_not_come_with_a_card_is_not_waited_for(bench: CardBench) -> None:
    ended = bench.finished(bench.authorise(an_order(), seconds=0.1))
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "timeout")


def test_a_forgotten_card_never_pays_for_the_next_visitor(bench: CardBench) -> None:
    assert bench.pay("hong").verdict is Verdict.DONE
    ticket = bench.card.submit(bench.command(an_order(), visit="visit-2", seconds=0.2))
    ended = bench.finished(ticket)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "timeout")
    assert bench.inbox.words(ticket) == ["remove-subject"]


def test_a_card_that_lay_there_too_long_must_come_out_first(inbox: TestInbox) -> None:
    with CardBench(inbox, patience=replace(QUICK, fresh=-0.001)) as bench:
        bench.insert("hong")
        ticket = bench.card.submit(bench.command(an_order()))
        inbox.wait_for(Progress, lambda e: e.ticket == ticket and e.word == "remove-subject")
        bench.remove()
        inbox.wait_for(Progress, lambda e: e.ticket == ticket and e.word == "present-subject")
        bench.card.cancel(ticket)
        assert bench.finished(ticket).verdict is Verdict.NOT_DONE


def test_who_was_quicker_than_the_question_may_pay(bench: CardBench) -> None:
    bench.insert("hong")
    assert bench.finished(bench.card.submit(bench.command(an_order()))).verdict is Verdict.DONE


def test_stopping_while_the_host_is_asked_leaves_the_order_unknown(inbox: TestInbox) -> None:
    with CardBench(inbox, patience=replace(QUICK, answer=10.0)) as bench:
        bench.host.do(["silent"])
        ticket = bench.authorise(an_order())
        bench.insert("hong")
        inbox.wait_for(Progress, lambda e: e.ticket == ticket and e.word == "authorising")
        while "0200" not in bench.host.state()["received"]:
            bench.card.clock.wait((), 0.01)
    assert bench.finished(ticket).verdict is Verdict.UNKNOWN
