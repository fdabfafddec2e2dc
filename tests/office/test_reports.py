"""A report leaves the kiosk when headquarters have committed it, and for no other reason."""

from __future__ import annotations

import time
from datetime import timedelta

from kiosk.office.reporter import Pace
from tests.office.bench import KID, Bench, Witness, until

DAY = 86_400.0


def hear(witness: Witness, seq: int, after: int = 0) -> None:
    witness.wait_for("e/cancelled", lambda m: m.json()["seq"] == seq, after)


def test_reports_arrive_in_order_and_leave_when_committed(bench: Bench) -> None:
    reporter = bench.reporter()
    for _ in range(50):
        bench.outbox.add()
    reporter.kick()
    bench.until_delivered()
    assert [event["seq"] for event in bench.stored()] == list(range(1, 51))
    assert bench.office.state()["invalid"] == []


def test_a_report_says_when_it_happened_and_what_became_of_the_paper(bench: Bench) -> None:
    at = "2021-03-02T10:00:00.123+09:00"
    facts = {"document": "resident-copy", "job": "AB-1-1", "order": "", "copies": 1, "pages": 1, "won": 0}
    bench.outbox.add("issued", at, **facts)
    bench.outbox.add("reversed", order="ABCDEFGHIJ01", won=200, reason="print-unknown")
    bench.reporter()
    bench.until_delivered()
    issued, reversed_ = bench.stored()
    assert (issued["ts"], issued["result"], issued["pages"]) == (at, "ok", 1)
    assert (reversed_["result"], reversed_["won"], reversed_["simulated"]) == ("reversed", 200, True)
    assert bench.office.state()["invalid"] == []


def test_that_the_broker_took_a_report_releases_nothing(bench: Bench) -> None:
    """Headquarters listen but hang before their commit; the broker confirms every message."""
    bench.office.headquarters.slow_seconds = 3600.0
    witness = bench.witness()
    reporter = bench.reporter()
    bench.until_status("ready")
    for _ in range(5):
        bench.outbox.add()
    reporter.kick()
    hear(witness, 5)
    reporter.raise_alarm("card", "later")
    witness.wait_for("a/card/later")
    bench.clock.settle()
    assert bench.outbox.released == []
    assert len(bench.outbox.rows) == 5


def test_an_acknowledgement_of_another_epoch_or_of_what_was_never_sent_is_ignored(bench: Bench) -> None:
    bench.office.headquarters.slow_seconds = 3600.0
    witness = bench.witness()
    bench.outbox.add()
    bench.outbox.add()
    reporter = bench.reporter()
    hear(witness, 2)
    witness.say(f"hq/v1/{KID}/ack", {"epoch": "ffffffffffffffff", "upto": 2})
    witness.say(f"hq/v1/{KID}/ack", {"epoch": bench.outbox.epoch, "upto": 3})
    witness.say(f"hq/v1/{KID}/ack", {"epoch": bench.outbox.epoch, "upto": 1})
    until(lambda: bool(bench.outbox.released))
    reporter.raise_alarm("card", "later")
    witness.wait_for("a/card/later")
    assert bench.outbox.released == [1]


def test_while_headquarters_are_away_reports_stay_and_afterwards_they_go(bench: Bench) -> None:
    bench.office.do(["away"])
    witness = bench.witness()
    reporter = bench.reporter()
    bench.until_status("headquarters-away")
    bench.outbox.add()
    reporter.kick()
    reporter.raise_alarm("card", "later")
    witness.wait_for("a/card/later")
    assert not [m for m in witness.heard if "/e/" in m.topic]
    bench.office.do(["back"])
    bench.until_delivered()
    bench.until_status("ready")


def test_after_a_loss_nothing_is_sent_before_headquarters_are_heard_again(bench: Bench) -> None:
    reporter = bench.reporter()
    bench.until_status("ready")
    bench.office.do(["broker", "kill"])
    bench.office.do(["away"])
    bench.office.do(["broker", "start"])
    witness = bench.witness()
    bench.outbox.add()
    reporter.kick()
    bench.after_loss()
    assert bench.statuses[-1] == "headquarters-away"
    witness.wait_for("birth")
    reporter.raise_alarm("card", "later")
    witness.wait_for("a/card/later")
    assert not [m for m in witness.heard if "/e/" in m.topic]


def test_unacknowledged_reports_are_sent_again_ever_more_seldom(bench: Bench) -> None:
    bench.office.headquarters.slow_seconds = 3600.0
    witness = bench.witness()
    reporter = bench.reporter()
    bench.until_status("ready")
    bench.outbox.add()
    reporter.kick()
    hear(witness, 1)
    bench.until_confirmed()
    for seconds in (10, 20, 40, 80, 160, 300, 300):
        before = len(witness.heard)
        bench.clock.advance(seconds - 1.0)
        assert not [m for m in witness.heard[before:] if "/e/" in m.topic], seconds
        bench.clock.advance(1.0)
        hear(witness, 1, before)
        bench.until_confirmed()
    assert bench.wire.connects == 1


def test_never_more_reports_are_under_way_than_the_window_allows(bench: Bench) -> None:
    bench.office.headquarters.slow_seconds = 3600.0
    witness = bench.witness()
    for _ in range(30):
        bench.outbox.add()
    reporter = bench.reporter(pace=Pace(window=7))
    hear(witness, 7)
    reporter.raise_alarm("card", "later")
    witness.wait_for("a/card/later")
    assert len([m for m in witness.heard if "/e/" in m.topic]) == 7


def test_a_killed_broker_loses_nothing_and_what_comes_twice_is_stored_once(bench: Bench) -> None:
    reporter = bench.reporter()
    for round_ in (1, 2, 3):
        for _ in range(40):
            bench.outbox.add()
        reporter.kick()
        until(lambda least=40 * round_ - 30: len(bench.stored()) > least)  # type: ignore[misc]
        bench.office.do(["broker", "kill"])
        bench.office.do(["broker", "start"])
        bench.after_loss()
    bench.until_delivered()
    assert [event["seq"] for event in bench.stored()] == list(range(1, 121))


def test_reports_that_came_twice_are_stored_once(bench: Bench) -> None:
    bench.outbox.release = lambda upto: None  # type: ignore[method-assign]  # the acknowledgement gets lost
    for _ in range(5):
        bench.outbox.add()
    bench.reporter().kick()
    until(lambda: len(bench.stored()) == 5)
    second = bench.reporter  # another start of the same kiosk
    bench.stack.close()
    second()
    until(lambda: bench.office.state()["duplicates"] >= 5)
    assert len(bench.stored()) == 5


def test_three_days_without_a_broker_then_everything_in_order(bench: Bench) -> None:
    bench.office.do(["broker", "kill"])
    reporter = bench.reporter()
    bench.until_status("offline")
    began = time.monotonic()
    for hour in range(72):
        bench.outbox.add(at=(bench.clock.now() + timedelta(hours=hour)).isoformat(timespec="milliseconds"))
        reporter.kick()
        bench.clock.advance(3600.0)
    assert time.monotonic() - began < 10
    assert len(bench.outbox.rows) == 72
    bench.office.do(["broker", "start"])
    bench.after_loss()
    bench.until_delivered()
    assert [event["seq"] for event in bench.stored()] == list(range(1, 73))
    assert bench.stored()[0]["ts"] < bench.stored()[-1]["ts"]


def test_a_new_disk_is_a_loss_that_headquarters_notice(bench: Bench) -> None:
    for _ in range(3):
        bench.outbox.add()
    bench.outbox.release(2)  # gone without an acknowledgement
    bench.reporter()
    bench.until_delivered()
    losses = bench.office.state()["losses"]
    assert [(loss["expected"], loss["first"]) for loss in losses] == [(1, 3)]
    assert bench.office.state()["progress"][0]["upto"] == 3


def test_a_report_that_is_not_of_its_type_stays_here_but_leaves_no_gap(bench: Bench) -> None:
    bench.outbox.add("issued", document="resident-copy", name="홍길동")
    bench.outbox.add("holiday", where="Jeju")
    bench.outbox.add("cancelled", document="홍길동", reason="x")
    bench.outbox.add()
    bench.reporter()
    bench.until_delivered()
    assert [(event["seq"], event["type"]) for event in bench.stored()] == [
        (1, "withheld"),
        (2, "withheld"),
        (3, "withheld"),
        (4, "cancelled"),
    ]
    record = (bench.directory / "office.out" / "mqtt.jsonl").read_text(encoding="utf-8")
    assert "홍길동" not in record
    assert bench.office.state()["invalid"] == []


def test_an_outbox_that_fails_costs_reports_but_no_alarm(bench: Bench) -> None:
    def broken() -> tuple[int, int]:
        raise RuntimeError("disk")

    bounds = bench.outbox.bounds
    bench.outbox.bounds = broken  # type: ignore[method-assign]
    bench.outbox.add()
    witness = bench.witness()
    reporter = bench.reporter()
    reporter.raise_alarm("journal", "failed", "critical")
    witness.wait_for("a/journal/failed")
    bench.outbox.bounds = bounds  # type: ignore[method-assign]
    bench.until_confirmed()
    bench.clock.advance(31)
    witness.wait_for("birth")
    bench.until_delivered()
