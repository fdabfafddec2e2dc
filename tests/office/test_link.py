"""The traps of the wire: bugs in callbacks, half-open lines, refusals, small windows, certificates."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme

from drivers.base import LinkLost
from drivers.clock import SystemClock
from kiosk.office.conversation import Conversation
from kiosk.office.mqtt_link import Connected, LinkEvent, MqttLink, Refused, Tls, Will
from tests.office.bench import KID, Bench, until

WILL = Will(f"kiosk/v1/{KID}/status", b"{}")


@contextmanager
def broker(directory: Path, *lines: str) -> Iterator[int]:
    """A mosquitto of special settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = directory / "mosquitto.conf"
    settings.write_text("\n".join([f"listener {port} 127.0.0.1", "user root", *lines]) + "\n", encoding="utf-8")
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin") or "mosquitto"
    process = subprocess.Popen([program, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def is_up() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(is_up)
        yield port
    finally:
        process.terminate()
        process.wait()


def link_to(port: int, scheme: str = "mqtt", tls: Tls | None = None) -> MqttLink:
    return MqttLink(f"{scheme}://127.0.0.1:{port}", KID, WILL, SystemClock(), 30, tls or Tls())


def turn_until(link: MqttLink, *kinds: type) -> LinkEvent:
    """The first event of one of these kinds."""
    for _ in range(100):
        for event in link.take_events():
            if isinstance(event, kinds):
                return event
        SystemClock().wait((link.fileno(),), 1.0, (link.fileno(),) if link.wants_write else ())
        link.turn()
    pytest.fail("nothing of the kind came")


def open_and_wait(link: MqttLink) -> None:
    link.open()
    turn_until(link, Connected)


def test_a_bug_in_a_callback_does_not_end_the_conversation(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    read, fail = MqttLink._came, [True, True, True]

    def came(self: MqttLink, client: Any, data: Any, message: Any) -> None:
        if fail:
            fail.pop()
            raise ZeroDivisionError
        read(self, client, data, message)

    monkeypatch.setattr(MqttLink, "_came", came)
    reporter = bench.reporter()
    witness = bench.witness()
    for i in range(5):
        reporter.raise_alarm("card", f"number-{i}")
        witness.wait_for(f"a/card/number-{i}")
    assert not fail
    assert bench.wire.connects == 1


def test_a_bug_in_the_office_thread_costs_a_connection_and_not_the_thread(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = bench.reporter()
    bench.until_status("ready")
    monkeypatch.setattr(Conversation, "_say_reports", lambda self: 1 // 0)
    reporter.kick()
    bench.until_status("offline")
    monkeypatch.undo()
    bench.outbox.add()
    bench.after_loss()
    bench.until_delivered()


def test_a_half_open_line_is_noticed_by_the_missing_confirmation(bench: Bench) -> None:
    reporter = bench.reporter()
    bench.until_status("ready")
    bench.until_confirmed()
    bench.wire.freeze()
    reporter.raise_alarm("card", "unheard")
    bench.clock.settle()
    bench.clock.advance(29.0)
    assert bench.statuses[-1] == "ready"
    bench.clock.advance(1.5)
    bench.until_status("offline")
    bench.wire.freeze(False)
    bench.after_loss()
    bench.witness().wait_for("a/card/unheard")


def test_a_refused_report_stays_and_the_refusal_is_told(bench: Bench, tmp_path: Path) -> None:
    acl = tmp_path / "acl"
    acl.write_text(f"topic read hq/#\ntopic readwrite kiosk/v1/{KID}/status\ntopic read kiosk/#\n", encoding="utf-8")
    with broker(tmp_path, "allow_anonymous true", f"acl_file {acl}") as port:
        link = link_to(port)
        link.open()
        turn_until(link, Connected)
        link.publish(f"kiosk/v1/{KID}/e/issued", b"{}", retain=False)
        assert turn_until(link, Refused) == Refused("publish", 0x87)
        link.close()


def test_a_small_receive_maximum_is_kept_though_paho_would_not(tmp_path: Path) -> None:
    with broker(tmp_path, "allow_anonymous true", "max_inflight_messages 3") as port:
        link = link_to(port)
        link.open()
        assert link.room == 0
        turn_until(link, Connected)
        assert link.room == 3
        link.publish("kiosk/v1/x", b"1", retain=False)
        assert link.room == 2
        link.close()


def test_no_broker_is_a_lost_link() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        with pytest.raises(LinkLost):
            link_to(probe.getsockname()[1]).open()


def test_over_tls_both_sides_show_their_certificate(tmp_path: Path) -> None:
    authority, other = trustme.CA(), trustme.CA()
    files = {name: tmp_path / f"{name}.pem" for name in ("ca", "other", "server", "kiosk", "rogue")}
    authority.cert_pem.write_to_path(str(files["ca"]))
    other.cert_pem.write_to_path(str(files["other"]))
    for name, issuer in (("server", authority), ("kiosk", authority), ("rogue", other)):
        who = ("127.0.0.1", "localhost") if name == "server" else ()
        issuer.issue_cert(*who, common_name=KID).private_key_and_cert_chain_pem.write_to_path(str(files[name]))
    settings = (f"cafile {files['ca']}", f"certfile {files['server']}", f"keyfile {files['server']}")
    more = ("require_certificate true", "use_identity_as_username true", "allow_anonymous false")
    with broker(tmp_path, *settings, *more) as port:
        link = link_to(port, "mqtts", Tls(str(files["ca"]), str(files["kiosk"]), str(files["kiosk"])))
        link.open()
        turn_until(link, Connected)
        link.close()
        with pytest.raises(LinkLost, match="no broker"):
            link_to(port, "mqtts", Tls(str(files["other"]), str(files["kiosk"]))).open()
        for certificate in ("", str(files["rogue"])):
            stranger = link_to(port, "mqtts", Tls(str(files["ca"]), certificate))
            with pytest.raises((LinkLost, ssl.SSLError)):
                open_and_wait(stranger)


def test_the_record_of_a_run_holds_what_passed(bench: Bench) -> None:
    reporter = bench.reporter()
    bench.outbox.add()
    reporter.kick()
    bench.until_delivered()
    lines = (bench.directory / "office.out" / "mqtt.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(set(json.loads(line)) == {"ts", "topic", "payload", "retain"} for line in lines)
