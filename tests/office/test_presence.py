"""How headquarters see that a kiosk is there, gone, or was never told to go."""

from __future__ import annotations

from collections.abc import Callable

from drivers.base import Condition, Health, Status
from kiosk.office import messages as say
from tests.office.bench import Bench, Heard


def is_state(word: str) -> Callable[[Heard], bool]:
    return lambda message: bool(message.payload) and message.json()["state"] == word


def test_a_kiosk_is_online_for_whoever_looks_later(bench: Bench) -> None:
    reporter = bench.reporter()
    reporter.set_status("in-service")
    bench.witness().wait_for("status", lambda m: m.json()["service"] == "in-service")
    seen = bench.witness().wait_for("status")
    assert seen.retained
    assert (seen.json()["state"], seen.json()["service"], seen.json()["simulated"]) == ("online", "in-service", True)


def test_a_broken_line_is_told_by_the_will_and_the_kiosk_comes_back_under_a_higher_number(bench: Bench) -> None:
    bench.reporter()
    witness = bench.witness()
    first = witness.wait_for("status", is_state("online")).json()
    before = len(witness.heard)
    bench.wire.cut()
    lost = witness.wait_for("status", is_state("lost"), before).json()
    assert lost["bd"] == first["bd"]
    bench.after_loss()
    again = witness.wait_for("status", is_state("online"), before).json()
    assert again["bd"] > first["bd"]


def test_a_goodbye_is_no_loss(bench: Bench) -> None:
    reporter = bench.reporter()
    witness = bench.witness()
    witness.wait_for("status", is_state("online"))
    reporter.stop()
    witness.wait_for("status", is_state("offline"))
    assert not [m for m in witness.heard if m.topic.endswith("/status") and m.json()["state"] == "lost"]


def test_every_connect_is_a_birth_with_everything_that_is_so_at_present(bench: Bench) -> None:
    reporter = bench.reporter()
    reporter.set_health(say.Health(uptime_s=5, loop_ms=2.5))
    reporter.raise_alarm("page_printer", "media-jam", "critical")
    witness = bench.witness()
    bench.until_status("ready")
    for _ in range(2):
        before = len(witness.heard)
        bench.wire.cut()
        bench.after_loss()
        birth = witness.wait_for("birth", lambda m: not m.retained, before).json()
        assert birth["outbox"] == {"first": 1, "next": 1}
        assert birth["epoch"] == bench.outbox.epoch
        assert witness.wait_for("m/health", lambda m: not m.retained, before).json()["uptime_s"] == 5
        assert witness.wait_for("a/page_printer/media-jam", lambda m: not m.retained, before).json()["since"]


def test_a_measurement_keeps_the_time_it_was_taken_at(bench: Bench) -> None:
    reporter = bench.reporter()
    reporter.set_health(say.Health(uptime_s=5, loop_ms=2.5))
    witness = bench.witness()
    taken = witness.wait_for("m/health").json()["ts"]
    bench.wire.cut()
    before = len(witness.heard)
    bench.after_loss()
    assert witness.wait_for("m/health", lambda m: not m.retained, before).json()["ts"] == taken


def test_a_cleared_alarm_disappears_from_the_broker(bench: Bench) -> None:
    reporter = bench.reporter()
    reporter.raise_alarm("printer", "media-empty")
    witness = bench.witness()
    witness.wait_for("a/printer/media-empty")
    reporter.clear_alarm("printer", "media-empty")
    witness.wait_for("a/printer/media-empty", lambda m: m.payload == b"")
    later = bench.witness()
    later.say("kiosk/v1/SG-02/marker", {})  # what is retained comes before it
    later.wait_for("marker")
    assert [m.topic for m in later.heard if m.retained and "/a/" in m.topic] == []


def test_an_alarm_from_before_a_start_does_not_stay_for_ever(bench: Bench) -> None:
    witness = bench.witness()
    witness.say("kiosk/v1/SG-02/a/finger/offline", {"old": 1}, retain=True)
    witness.wait_for("a/finger/offline")
    bench.reporter()
    witness.wait_for("a/finger/offline", lambda m: m.payload == b"")


def test_a_foreign_loss_does_not_have_the_last_word(bench: Bench) -> None:
    bench.reporter()
    witness = bench.witness()
    own = witness.wait_for("status", is_state("online")).json()
    bench.until_status("ready")
    bench.until_confirmed()
    before = len(witness.heard)
    witness.say("kiosk/v1/SG-02/status", {**own, "state": "lost", "bd": own["bd"] - 1}, retain=True)
    witness.wait_for("status", is_state("lost"), before)

    def is_back() -> bool:
        return any(m.topic.endswith("/status") and m.json()["state"] == "online" for m in witness.heard[before:])

    for _ in range(1000):
        if is_back():
            break
        bench.clock.advance(0.02)
    assert witness.wait_for("status", is_state("online"), before).json()["bd"] == own["bd"]


def test_a_clock_that_went_back_does_not_make_the_kiosk_look_older_than_its_own_loss(bench: Bench) -> None:
    witness = bench.witness()
    future = 4_000_000_000
    lost = {"v": 1, "kid": "SG-02", "ts": "2096-10-02T07:06:40Z", "tsq": "ntp", "simulated": True, "state": "lost"}
    witness.say("kiosk/v1/SG-02/status", {**lost, "bd": future, "service": "closed"}, retain=True)
    bench.reporter()
    witness.wait_for("status", lambda m: m.json()["state"] == "online" and m.json()["bd"] == future + 1)


def test_devices_are_levels_and_codes() -> None:
    jam, low = Condition("media-jam", Health.STOPPED), Condition("toner-low", Health.ATTENTION)
    told = say.devices_of({"page_printer": Status(frozenset({jam, low})), "finger": Status(), "agency": Status()})
    assert (told.page_printer, told.finger, told.card) == (2, 0, 4)
    assert told.conditions == ("page_printer:media-jam", "page_printer:toner-low")


def test_nothing_heard_is_trusted_to_be_readable(bench: Bench) -> None:
    reporter = bench.reporter()
    witness = bench.witness()
    witness.wait_for("status", is_state("online"))
    junk = [b"", b"{", b"\xff\xfe", b"[]", b'{"epoch": 7, "upto": "x"}', b'{"upto": 9999999999999999999999999}']
    for topic in ("hq/v1/state", "hq/v1/SG-02/ack", "kiosk/v1/SG-02/status"):
        for payload in junk:
            witness.say(topic, payload)
    reporter.raise_alarm("card", "still-alive")
    witness.wait_for("a/card/still-alive")
    assert bench.wire.connects == 1
