"""The standing line to the payment host: sign-on, sign of life, and money that goes back exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.base import Health, Verdict
from drivers.card.host_driver import PaymentHostDriver, Reverse
from drivers.clock import SystemClock
from simulators.payment_host import PaymentHostSimulator
from tests.clock import FedClock
from tests.drivers.card_bench import QUICK, TERMINAL, CardBench, an_order
from tests.drivers.conftest import TestInbox

pytestmark = pytest.mark.filterwarnings("ignore:.*TripleDES")


@pytest.fixture
def bench(inbox: TestInbox) -> Iterator[CardBench]:
    with CardBench(inbox) as bench:
        yield bench


def test_the_kiosk_signs_on_before_anything_else(bench: CardBench) -> None:
    assert bench.host.state()["signed_on"] == [TERMINAL]
    assert bench.host.state()["received"][0] == "0800"


def test_a_paid_order_is_given_back_whole(bench: CardBench) -> None:
    order = an_order(1600)
    bench.pay("hong", order)
    assert bench.reverse(order).verdict is Verdict.DONE
    assert (bench.entry(order)["charged"], bench.entry(order)["kept"]) == (1600, 0)


def test_what_was_printed_stays_paid(bench: CardBench) -> None:
    order = an_order(1600)
    bench.pay("hong", order)
    assert bench.reverse(order, kept_won=400).verdict is Verdict.DONE
    assert (bench.entry(order)["reversed"], bench.entry(order)["kept"]) == (1200, 400)


def test_repeats_give_back_only_once(bench: CardBench) -> None:
    order = an_order(1600)
    bench.pay("hong", order)
    for attempt in range(3):
        assert bench.reverse(order, kept_won=400, attempt=attempt).verdict is Verdict.DONE
    assert bench.host.state()["received"][-3:] == ["0420", "0421", "0421"]
    assert bench.entry(order)["kept"] == 400


def test_an_order_the_host_never_heard_of_is_settled(bench: CardBench) -> None:
    ended = bench.reverse(an_order())
    assert (ended.verdict, ended.result) == (Verdict.DONE, "25")


def test_a_sale_that_arrives_after_its_reversal_is_not_charged(bench: CardBench) -> None:
    order = an_order()
    bench.reverse(order)
    assert bench.pay("hong", order).verdict is Verdict.UNKNOWN
    assert bench.host.state()["charged"] == 0


def test_a_lost_answer_is_asked_for_again_until_it_comes(bench: CardBench) -> None:
    order = an_order()
    bench.pay("hong", order)
    bench.host.do(["silent"])
    ended = bench.reverse(order)
    assert (ended.verdict, ended.result) == (Verdict.UNKNOWN, "no-answer")
    bench.offline("payment_host")  # asked for a sign of life, and silent
    bench.host.do(["answer"])
    bench.ready("payment_host", len(bench.inbox.events) - 1)
    assert bench.reverse(order, attempt=1).verdict is Verdict.DONE
    assert bench.entry(order)["kept"] == 0


def test_without_a_line_a_reversal_is_surely_not_sent(bench: CardBench) -> None:
    order = an_order()
    bench.pay("hong", order)
    bench.host.do(["unplug"])
    assert bench.reverse(order).verdict is Verdict.NOT_DONE
    seen = len(bench.inbox.events)
    bench.host.do(["plug"])
    bench.ready("payment_host", seen)
    assert bench.reverse(order).verdict is Verdict.DONE


def test_a_refused_reversal_is_not_called_done(bench: CardBench) -> None:
    order = an_order()
    bench.pay("hong", order)
    ended = bench.reverse(replace(order, stan=order.stan + 1))  # not the original's trace number
    assert (ended.verdict, ended.result) == (Verdict.UNKNOWN, "refused:30")
    assert bench.entry(order)["kept"] == order.won


@pytest.mark.parametrize("fault", ["garbage", "truncate", "mismatch", "close"])
def test_an_unusable_answer_is_no_answer(bench: CardBench, fault: str) -> None:
    order = an_order()
    bench.pay("hong", order)
    bench.host.do([fault])
    assert bench.reverse(order).verdict is Verdict.UNKNOWN


def test_a_ledger_of_everything_that_can_go_wrong_comes_out_even(bench: CardBench) -> None:
    paid = 0
    for fault in ("answer", "silent", "decline 51", "approve", "garbage", "answer"):
        order = an_order(1000)
        bench.host.do(fault.split())
        ended = bench.pay("kim", order)
        bench.host.do(["answer"])
        bench.remove()
        paid += 1000 if ended.verdict is Verdict.DONE else 0
        seen = len(bench.inbox.events)
        while ended.verdict is Verdict.UNKNOWN and bench.reverse(order).verdict is not Verdict.DONE:
            bench.ready("payment_host", seen)
    state = bench.host.state()
    assert state["kept"] == paid
    assert state["charged"] == state["reversed"] + state["kept"]


def test_an_idle_line_is_asked_for_a_sign_of_life_every_minute(inbox: TestInbox) -> None:
    host, clock = PaymentHostSimulator(), FedClock()
    driver = PaymentHostDriver("payment_host", inbox, clock, host.start(Path()), TERMINAL)
    driver.start()
    inbox.health(Health.READY)
    heard = len(host.state()["received"])
    clock.advance(59.9)
    assert len(host.state()["received"]) == heard
    called = threading.Event()
    host.on_moment = lambda word: called.set()
    clock.advance(0.2)
    assert called.wait(5)
    host.do(["silent"])
    seen = len(inbox.events)
    clock.advance_until(lambda: len(inbox.events) > seen, 70)
    inbox.health(Health.OFFLINE, seen)
    driver.stop()
    host.stop()


def test_a_host_that_was_never_there_is_offline(inbox: TestInbox) -> None:
    driver = PaymentHostDriver("payment_host", inbox, SystemClock(), "tcp://127.0.0.1:1", TERMINAL, patience=QUICK)
    driver.start()
    inbox.condition("offline")
    ended = inbox.finished(driver.submit(Reverse("", an_order())))
    assert ended.verdict is Verdict.NOT_DONE
    driver.stop()
