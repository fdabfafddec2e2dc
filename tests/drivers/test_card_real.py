"""The card terminal with the real pcscd, a real ISO 8583 line, and a card that is pulled at every moment."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from drivers.base import Progress, Verdict
from drivers.card.driver import Approval, AwaitRemoval
from tests.drivers.card_bench import CardBench, an_order
from tests.drivers.conftest import TestInbox

pytestmark = pytest.mark.filterwarnings("ignore:.*TripleDES")
BEFORE_THE_HOST = 15  # commands to the chip
COMMANDS = 17


@pytest.fixture
def bench(inbox: TestInbox) -> Iterator[CardBench]:
    with CardBench(inbox, is_real=True) as bench:
        yield bench


def test_a_card_pays_and_only_its_masked_number_comes_out(bench: CardBench) -> None:
    order = an_order(1200)
    ended = bench.pay("kim", order)
    assert ended.verdict is Verdict.DONE
    approval = ended.result
    assert isinstance(approval, Approval)
    assert (approval.masked_pan, approval.card_name, approval.acquirer) == ("476173******0010", "견본체크", "견본카드")
    assert approval.approval_no.isdigit()
    entry = bench.entry(order)
    assert entry["arqc_verified"]
    assert entry["kept"] == 1200
    assert bench.simulator.state()["cryptogram"] == "TC"
    assert bench.simulator.state()["apdus"] == COMMANDS
    assert bench.inbox.words(ended.ticket) == ["present-subject", "media-presented", "authorising", "remove-subject"]


@pytest.mark.parametrize("number", range(1, COMMANDS + 1))
def test_a_card_pulled_at_any_command_is_never_called_more_than_is_known(bench: CardBench, number: int) -> None:
    order = an_order()
    ended = bench.pay("hong", order, pull_at=number)
    if number <= BEFORE_THE_HOST:
        assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "card-removed")
        assert "0200" not in bench.host.state()["received"]
    else:
        assert (ended.verdict, ended.result) == (Verdict.UNKNOWN, "chip-after-approval")
        assert bench.entry(order)["charged"] == 1000
        assert bench.reverse(order).verdict is Verdict.DONE
        assert bench.entry(order)["kept"] == 0


@pytest.mark.parametrize(
    ("card", "reason"),
    [("chip-dead", "chip-failed"), ("expired", "declined:54"), ("other-aid", "unsupported")],
)
def test_a_card_that_cannot_pay_is_not_charged_and_says_why(bench: CardBench, card: str, reason: str) -> None:
    ended = bench.pay(card)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, reason)
    assert bench.host.state()["ledger"] == []


def test_a_mute_card_hangs_nobody_and_the_next_one_pays(bench: CardBench) -> None:
    ended = bench.pay("mute")
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "chip-failed")
    assert bench.host.state()["ledger"] == []
    bench.take_out()
    assert bench.pay("hong").verdict is Verdict.DONE


def test_a_card_the_wrong_way_round_is_asked_for_until_the_time_is_over(bench: CardBench) -> None:
    ticket = bench.authorise(an_order(), seconds=1.5)
    bench.insert("upside-down")
    ended = bench.finished(ticket)
    assert (ended.verdict, ended.result) == (Verdict.NOT_DONE, "timeout")


def test_a_slow_card_pays_as_well(bench: CardBench) -> None:
    bench.say("slow 0.05")
    assert bench.pay("hong").verdict is Verdict.DONE
    assert bench.simulator.state()["busy_ms"] >= COMMANDS * 50


def test_the_kiosk_hears_when_the_card_was_taken(bench: CardBench) -> None:
    bench.pay("hong")
    ticket = bench.card.submit(AwaitRemoval("visit-1", 10.0))
    bench.inbox.wait_for(Progress, lambda e: e.ticket == ticket and e.word == "remove-subject")
    bench.remove()
    assert bench.finished(ticket).verdict is Verdict.DONE
    assert bench.inbox.words(ticket) == ["remove-subject", "media-taken"]


def test_a_reader_without_service_is_offline_at_once_and_heals(bench: CardBench) -> None:
    seen = len(bench.inbox.events)
    killed = bench.card.clock.monotonic()
    bench.say("pcscd kill")
    bench.offline("card", seen)
    assert bench.card.clock.monotonic() - killed < 1
    started = bench.card.clock.monotonic()
    bench.say("pcscd start")
    bench.ready("card", seen)
    assert bench.card.clock.monotonic() - started < 2
    assert bench.pay("hong").verdict is Verdict.DONE


def test_an_unplugged_reader_is_offline_until_it_is_back(bench: CardBench) -> None:
    seen = len(bench.inbox.events)
    bench.say("unplug")
    bench.offline("card", seen)
    refused = bench.finished(bench.card.submit(AwaitRemoval("visit-1")))
    assert (refused.verdict, refused.result) == (Verdict.NOT_DONE, "offline")
    bench.say("plug")
    bench.ready("card", seen)
    assert bench.pay("hong").verdict is Verdict.DONE


def test_pcscd_dying_before_the_host_was_asked_charges_nothing(bench: CardBench) -> None:
    ticket = bench.authorise(an_order())
    bench.say("pcscd kill")
    assert bench.finished(ticket).verdict is Verdict.NOT_DONE
    assert bench.host.state()["ledger"] == []


def test_pcscd_dying_after_the_host_was_asked_leaves_it_unknown(bench: CardBench) -> None:
    order = an_order()

    def kill(word: str) -> None:
        if word == "0200":
            bench.say("pcscd kill")

    bench.host.on_moment = kill
    bench.host.do(["slow", "0.3"])
    ended = bench.pay("hong", order)
    assert ended.verdict is Verdict.UNKNOWN
    assert bench.entry(order)["charged"] == 1000


def test_an_idle_terminal_hardly_ever_wakes(bench: CardBench) -> None:
    """Counted by the kernel for the driver's and the watcher's threads, over two idle seconds."""
    threads = (bench.card, bench.card._reader._watcher)  # type: ignore[attr-defined]
    before = sum(_switches(thread.native_id) for thread in threads)
    bench.card.clock.wait((), 2.0)
    assert sum(_switches(thread.native_id) for thread in threads) - before <= 4


def _switches(thread_id: int | None) -> int:
    with open(f"/proc/{os.getpid()}/task/{thread_id}/status") as status:
        return sum(int(line.split()[1]) for line in status if "ctxt_switches" in line)
