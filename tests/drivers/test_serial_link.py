"""A serial line either works or says that it is lost; its simulation keeps a true line's pace."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from drivers.base import LinkLost
from drivers.clock import SystemClock
from drivers.role_watch import RoleWatch
from drivers.serial_link import SerialLink
from simulators.base import Refused
from simulators.faults import whole
from simulators.pty_host import PtyHost

CLOCK = SystemClock()


class Echo:
    """Says back what it hears."""

    def __init__(self) -> None:
        self.baudrate = 57600
        self.settings: Mapping[str, Callable[[str], Any]] = {"volume": whole(0, 10)}
        self.volume = 5
        self.cycles = 0
        self.ticks = 0
        self.wants_tick: float | None = None

    def receive(self, data: bytes) -> bytes:
        return data

    def tick(self, seconds: float) -> bytes:
        self.ticks += 1
        return b""

    def power_cycle(self) -> None:
        self.cycles += 1


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PtyHost]:
    host = PtyHost(Echo(), tmp_path / "echo")
    host.start()
    yield host
    host.stop()


@pytest.fixture
def link(host: PtyHost) -> Iterator[SerialLink]:
    link = SerialLink(host.path, 57600)
    yield link
    link.close()


def collect(link: SerialLink, count: int, seconds: float = 5.0) -> bytes:
    """So many bytes, or what came until then."""
    got = b""
    until = time.monotonic() + seconds
    while len(got) < count and (left := until - time.monotonic()) > 0:
        CLOCK.wait([link.fileno()], left)
        got += link.read()
    return got


def test_bytes_travel_both_ways_unchanged(link: SerialLink) -> None:
    everything = bytes(range(256))
    assert link.write(everything) == 256
    assert collect(link, 256) == everything


def test_nothing_there_is_not_a_lost_link(link: SerialLink) -> None:
    assert link.read() == b""


def test_a_line_has_one_owner(link: SerialLink, host: PtyHost) -> None:
    with pytest.raises(LinkLost, match="lock"):
        SerialLink(host.path, 57600)


def test_a_port_that_does_not_exist_is_lost(tmp_path: Path) -> None:
    with pytest.raises(LinkLost, match="cannot open"):
        SerialLink(tmp_path / "nobody", 9600)


def test_unplugging_wakes_a_waiting_reader_at_once(link: SerialLink, host: PtyHost) -> None:
    host.do(["unplug"])
    assert CLOCK.wait([link.fileno()], 5) == {link.fileno()}
    with pytest.raises(LinkLost):
        link.read()
    with pytest.raises(LinkLost):
        link.write(b"x")
    assert not host.path.is_symlink()


def test_a_plugged_in_device_is_opened_under_the_same_name(host: PtyHost) -> None:
    watch = RoleWatch(host.path)
    host.do(["unplug"])
    watch.has_returned()
    host.do(["plug"])
    assert CLOCK.wait([watch.fileno()], 5)
    assert watch.has_returned()
    link = SerialLink(host.path, 57600)
    link.write(b"again")
    assert collect(link, 5) == b"again"
    link.close()
    watch.close()


def test_the_watch_ignores_other_roles(tmp_path: Path) -> None:
    watch = RoleWatch(tmp_path / "printer")
    (tmp_path / "finger").touch()
    assert CLOCK.wait([watch.fileno()], 5)
    assert not watch.has_returned()
    watch.close()


def test_the_watch_follows_a_directory_made_later(tmp_path: Path) -> None:
    watch = RoleWatch(tmp_path / "kiosk" / "printer")
    (tmp_path / "kiosk").mkdir()
    CLOCK.wait([watch.fileno()], 5)
    assert not watch.has_returned()
    (tmp_path / "kiosk" / "printer").touch()
    CLOCK.wait([watch.fileno()], 5)
    assert watch.has_returned()
    watch.close()


def test_a_wrong_speed_is_met_with_silence(host: PtyHost) -> None:
    link = SerialLink(host.path, 9600)
    link.write(b"hello")
    assert collect(link, 1, seconds=0.2) == b""
    link.close()


def test_a_line_is_as_slow_as_its_baud_rate(link: SerialLink, host: PtyHost) -> None:
    began = time.monotonic()
    link.write(b"x" * 2304)
    assert len(collect(link, 2304)) == 2304
    assert 0.38 <= time.monotonic() - began < 1.0  # 2304 bytes are 0.4 s at 57600 baud; the way back overlaps


def test_a_stalled_device_makes_the_writer_wait(link: SerialLink, host: PtyHost) -> None:
    host.do(["stall", "3600"])
    taken = 0
    while CLOCK.wait([], 0.05, [link.fileno()]):
        taken += link.write(b"x" * 4096)
    assert 4096 <= taken <= 65536  # what a kernel keeps for a stopped device


def test_a_mute_device_says_nothing_and_heals(link: SerialLink, host: PtyHost) -> None:
    host.do(["mute", "on"])
    link.write(b"lost")
    assert collect(link, 1, seconds=0.1) == b""
    host.do(["mute", "off"])
    link.write(b"heard")
    assert collect(link, 5) == b"heard"


def test_noise_is_the_same_every_run(tmp_path: Path) -> None:
    heard = []
    for name in ("one", "two"):
        host = PtyHost(Echo(), tmp_path / name)
        host.start()
        host.do(["noise", "on"])
        link = SerialLink(host.path, 57600)
        link.write(b"hello world")
        heard.append(collect(link, 100, seconds=0.1))
        link.close()
        host.stop()
    assert heard[0] == heard[1] != b"hello world"


def test_split_bytes_come_one_by_one(link: SerialLink, host: PtyHost) -> None:
    host.do(["split", "1"])
    link.write(b"abc")
    pieces: list[bytes] = []
    while len(b"".join(pieces)) < 3:
        CLOCK.wait([link.fileno()], 5)
        pieces.append(link.read())
    assert b"".join(pieces) == b"abc"


def test_an_answer_can_be_delayed(link: SerialLink, host: PtyHost) -> None:
    host.do(["delay", "0.2"])
    began = time.monotonic()
    link.write(b"x")
    assert collect(link, 1) == b"x"
    assert time.monotonic() - began >= 0.2


def test_words_reach_device_and_line(link: SerialLink, host: PtyHost) -> None:
    echo = host.device
    assert isinstance(echo, Echo)
    assert host.do(["set", "volume", "7"]) == {"volume": 7}
    assert echo.volume == 7
    host.do(["say", "37", "22"])
    assert collect(link, 2) == b"\x37\x22"
    host.do(["power_cycle"])
    assert echo.cycles == 1


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("dance", "unplug"),
        ("mute maybe", "on or off"),
        ("set colour red", "volume"),
        ("set volume 11", "0 to 10"),
        ("say xy", "no hex"),
        ("delay soon", "no number"),
    ],
)
def test_an_unknown_word_is_refused_with_what_would_be_right(host: PtyHost, line: str, names: str) -> None:
    with pytest.raises(Refused, match=names):
        host.do(line.split())


def test_a_device_without_moving_parts_costs_nothing(host: PtyHost) -> None:
    echo = host.device
    assert isinstance(echo, Echo)
    before = host.call(lambda: echo.ticks)
    CLOCK.wait([], 0.3)
    assert host.call(lambda: echo.ticks) - before <= 2  # the questions themselves


def test_a_closed_client_leaves_the_device_quiet(host: PtyHost) -> None:
    link = SerialLink(host.path, 57600)
    link.close()
    before = os.times()
    CLOCK.wait([], 0.2)
    after = os.times()
    assert after.user + after.system - before.user - before.system < 0.1
