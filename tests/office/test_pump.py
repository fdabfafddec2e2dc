"""Go-back-N without a wire: what goes out when, for any order of rows, acknowledgements and silences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.office.pump import NEVER, Pump
from tests.office.bench import MemoryOutbox


def pump_of(window: int = 3) -> Pump:
    pump = Pump(window, 10.0, 300.0)
    pump.resume()
    return pump


def seqs(pump: Pump, outbox: MemoryOutbox, now: float = 0.0, room: int = 20) -> list[int]:
    return [row.seq for row in pump.fill(room, outbox.unsent, now)]


def outbox_of(rows: int) -> MemoryOutbox:
    outbox = MemoryOutbox()
    for _ in range(rows):
        outbox.add()
    return outbox


def test_a_window_goes_out_and_the_rest_follows_the_acknowledgement() -> None:
    pump, outbox = pump_of(), outbox_of(5)
    assert seqs(pump, outbox) == [1, 2, 3]
    assert seqs(pump, outbox) == []
    assert pump.acknowledged(2, 1.0)
    assert seqs(pump, outbox, 1.0) == [4, 5]


def test_the_link_may_take_fewer_than_the_window() -> None:
    pump, outbox = pump_of(), outbox_of(5)
    assert seqs(pump, outbox, room=2) == [1, 2]
    assert seqs(pump, outbox, room=0) == []
    assert seqs(pump, outbox, room=2) == [3]


def test_nothing_flows_while_headquarters_do_not_listen() -> None:
    pump, outbox = pump_of(), outbox_of(2)
    pump.pause()
    assert seqs(pump, outbox) == []
    assert pump.due == NEVER
    pump.resume()
    assert seqs(pump, outbox) == [1, 2]


def test_silence_sends_all_again_with_growing_patience_and_an_answer_resets_it() -> None:
    pump, outbox = pump_of(), outbox_of(3)
    now, waits = 0.0, []
    for _ in range(7):
        assert seqs(pump, outbox, now) == [1, 2, 3]
        waits.append(pump.due - now)
        now = pump.due
        pump.expire(now)
    assert waits == [10, 20, 40, 80, 160, 300, 300]
    assert seqs(pump, outbox, now) == [1, 2, 3]
    pump.acknowledged(1, now)
    assert pump.due == now + 10


def test_an_acknowledgement_from_before_a_start_releases_more_than_was_sent_since() -> None:
    pump, outbox = pump_of(), outbox_of(50)
    pump.know(51)
    assert seqs(pump, outbox) == [1, 2, 3]
    assert pump.acknowledged(40, 0.0)
    assert seqs(pump, outbox) == [41, 42, 43]


def test_nobody_can_acknowledge_what_was_never_given_out() -> None:
    pump, outbox = pump_of(), outbox_of(2)
    assert seqs(pump, outbox) == [1, 2]
    assert not pump.acknowledged(3, 0.0)
    assert not pump.acknowledged(10**30, 0.0)
    assert not pump.acknowledged(0, 0.0)


def test_without_new_rows_the_outbox_is_not_asked_again() -> None:
    pump, asked = pump_of(), []

    def rows(after: int, limit: int) -> list[object]:
        asked.append(after)
        return []

    for _ in range(3):
        pump.fill(20, rows, 0.0)  # type: ignore[arg-type]
    assert asked == [0]
    pump.kick()
    pump.fill(20, rows, 0.0)  # type: ignore[arg-type]
    assert asked == [0, 0]


STEPS = ("add", "fill", "lose", "ack", "silence", "away", "back")


@given(st.lists(st.sampled_from(STEPS), max_size=80), st.integers(1, 8))
def test_whatever_happens_every_report_is_stored_in_order_and_none_leaves_before(steps: list[str], window: int) -> None:
    pump, outbox, stored, now = pump_of(window), MemoryOutbox(), [0], 0.0
    for step in [*steps, "back", *(["silence", "fill", "ack"] * 90)]:
        match step:
            case "add":
                outbox.add()
                pump.kick()
            case "fill":
                sent = seqs(pump, outbox, now)
                assert sent == sorted(sent)
                assert len(sent) <= window
                for seq in sent:
                    stored += [seq] if seq == stored[-1] + 1 else []
            case "lose":
                seqs(pump, outbox, now)
            case "ack":
                if pump.acknowledged(stored[-1], now):
                    outbox.release(stored[-1])
                assert outbox.bounds()[0] <= stored[-1] + 1  # what is not stored is still here
            case "silence":
                now = max(now, pump.due if pump.due != NEVER else now)
                pump.expire(now)
            case "away":
                pump.pause()
            case "back":
                pump.resume()
    assert outbox.rows == []
    assert stored == list(range(stored[-1] + 1))
