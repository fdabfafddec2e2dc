"""Money goes back and outcomes are told until somebody acknowledges, in order, ever more slowly."""

from __future__ import annotations

from dataclasses import replace

from drivers.base import Verdict
from kiosk.errands import Errands
from kiosk.flow.effects import CountReversal, EndReversal, ListForStaff, OutcomeAcknowledged
from kiosk.journal.orders import StoredOrder
from kiosk.journal.owed import Untold
from kiosk.settle import PERSON_AFTER, Settler
from tests.clock import FedClock

ORDER = StoredOrder("ORDER0000001", "VISIT", 1, "2021-03-02T10:00:00+09:00", 200, 0, "T", "M", "", "reversing", 0)


class Host:
    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []
        self.takes = True

    def send(self, order: StoredOrder, attempt: int) -> bool:
        self.sent.append((order.order_id, attempt))
        return self.takes


def settler() -> tuple[FedClock, Host, Settler]:
    clock, host = FedClock(), Host()
    return clock, host, Settler(clock, host.send)


def test_a_reversal_is_repeated_with_doubling_pauses_until_the_host_agrees() -> None:
    clock, host, settle = settler()
    settle.add([ORDER])
    waits = []
    for _ in range(5):
        settle.tick()
        settle.ended(ORDER.order_id, Verdict.UNKNOWN)
        assert settle.due is not None
        waits.append(settle.due - clock.monotonic())
        clock.advance(waits[-1])
    settle.tick()
    assert [attempt for _, attempt in host.sent] == [0, 1, 2, 3, 4, 5], "0420 once, then 0421"
    assert waits == [10.0, 20.0, 40.0, 80.0, 160.0]
    assert settle.ended(ORDER.order_id, Verdict.DONE) == (EndReversal(ORDER.order_id),)
    assert settle.open == 0
    assert settle.due is None


def test_after_six_tries_a_person_is_told_once_and_the_tries_go_on() -> None:
    clock, _host, settle = settler()
    settle.add([ORDER])
    listed = 0
    for _ in range(PERSON_AFTER + 3):
        settle.tick()
        writes = settle.ended(ORDER.order_id, Verdict.NOT_DONE)
        assert CountReversal(ORDER.order_id) in writes
        listed += sum(isinstance(write, ListForStaff) for write in writes)
        clock.advance(300)
    assert listed == 1
    assert settle.open == 1


def test_reversals_go_out_one_at_a_time_and_first_when_the_host_is_back() -> None:
    clock, host, settle = settler()
    settle.add([ORDER, replace(ORDER, order_id="ORDER0000002")])
    settle.tick()
    settle.tick()
    assert [order for order, _ in host.sent] == ["ORDER0000001"]
    settle.ended("ORDER0000001", Verdict.NOT_DONE)
    settle.tick()
    settle.ended("ORDER0000002", Verdict.NOT_DONE)
    clock.advance(1)
    settle.tick()
    assert len(host.sent) == 2
    settle.hurry()
    settle.tick()
    assert len(host.sent) == 3


def test_an_order_that_the_driver_does_not_take_waits_and_is_not_lost() -> None:
    clock, host, settle = settler()
    host.takes = False
    settle.add([ORDER])
    settle.tick()
    clock.advance(10)
    host.takes = True
    settle.tick()
    assert len(host.sent) == 2


def test_outcomes_are_told_in_order_and_an_unanswered_one_holds_the_rest() -> None:
    clock, sent = FedClock(), list[tuple[str, str]]()
    errands = Errands(clock, lambda number, outcome: sent.append((number, outcome)))
    errands.add([Untold(2, "visit:V", "void"), Untold(1, "1234", "done")])
    errands.tick()
    errands.failed()
    errands.tick()
    assert sent == [("1234", "done")]
    clock.advance(10)
    errands.tick()
    assert errands.told("visit:V") == (), "nobody asked that yet"
    assert errands.told("1234") == (OutcomeAcknowledged("1234"),)
    errands.tick()
    assert sent == [("1234", "done"), ("1234", "done"), ("visit:V", "void")]


def test_an_outcome_the_agency_contradicts_goes_to_people_and_holds_nobody_up() -> None:
    clock, sent = FedClock(), list[str]()
    errands = Errands(clock, lambda number, outcome: sent.append(number))
    errands.add([Untold(1, "1234", "done"), Untold(2, "5678", "void")])
    errands.tick()
    assert any(isinstance(write, ListForStaff) for write in errands.refused("1234"))
    errands.tick()
    assert sent == ["1234", "5678"]
