"""What the office tests stand on: a kiosk's reporter before a real broker, a wire that can be cut, a witness."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from drivers.base import StatusChanged
from kiosk.office.conversation import Machine
from kiosk.office.mqtt_link import WINDOW
from kiosk.office.reporter import Pace, Reporter
from simulators.office import OfficeSimulator
from simulators.office_store import reports
from tests.clock import FedClock
from tests.office.wire import Wire

PATIENCE_SECONDS = 15.0  # a test that waits so long has failed
KID = "SG-02"
MACHINE = Machine(KID, "0.1.0", "ab" * 32, (), {"printer": "simulated"}, simulated=True)


def until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up, "it never became so"
        time.sleep(0.005)


@dataclass(frozen=True)
class Row:
    seq: int
    type: str
    at: str
    body: bytes


class MemoryOutbox:
    """The durable outbox as the reporter sees it."""

    def __init__(self, epoch: str = "00112233aabbccdd") -> None:
        self.epoch = epoch
        self.rows: list[Row] = []
        self.released: list[int] = []
        self._next = 1
        self._lock = threading.Lock()

    def add(self, kind: str = "cancelled", at: str = "2021-03-02T10:00:00.000+09:00", **facts: Any) -> int:
        facts = facts or {"document": "resident-copy", "reason": "abandoned-rrn"}
        with self._lock:
            self.rows.append(Row(self._next, kind, at, json.dumps(facts).encode()))
            self._next += 1
            return self._next - 1

    def unsent(self, after: int, limit: int) -> Sequence[Row]:
        with self._lock:
            return [row for row in self.rows if row.seq > after][:limit]

    def release(self, upto: int) -> None:
        with self._lock:
            self.released.append(upto)
            self.rows = [row for row in self.rows if row.seq > upto]

    def bounds(self) -> tuple[int, int]:
        with self._lock:
            return (self.rows[0].seq if self.rows else self._next, self._next)


@dataclass(frozen=True)
class Heard:
    topic: str
    payload: bytes
    retained: bool

    def json(self) -> Any:
        return json.loads(self.payload)


class Witness:
    """Hears everything on the broker from now on, what it retains first."""

    def __init__(self, port: int) -> None:
        self.heard: list[Heard] = []
        self._came, ready = threading.Condition(), threading.Event()
        self.client = paho.Client(CallbackAPIVersion.VERSION2, "", protocol=MQTTProtocolVersion.MQTTv5)
        self.client.on_connect = lambda client, *_: client.subscribe("#", 1)
        self.client.on_subscribe = lambda *_: ready.set()
        self.client.on_message = lambda c, d, m: self._hear(Heard(m.topic, bytes(m.payload), bool(m.retain)))
        self.client.connect("127.0.0.1", port, clean_start=True)
        self.client.loop_start()
        assert ready.wait(PATIENCE_SECONDS)

    def _hear(self, message: Heard) -> None:
        with self._came:
            self.heard.append(message)
            self._came.notify_all()

    def wait_for(self, topic: str, fits: Callable[[Heard], bool] = lambda message: True, after: int = 0) -> Heard:
        """The first message of that topic (below the kiosk's root, unless it begins with hq/) that fits."""
        full = topic if topic.startswith("hq/") else f"kiosk/v1/{KID}/{topic}"
        give_up = time.monotonic() + PATIENCE_SECONDS
        with self._came:
            while True:
                for message in self.heard[after:]:
                    if message.topic == full and fits(message):
                        return message
                left = give_up - time.monotonic()
                assert left > 0, f"no such {topic} among {[m.topic for m in self.heard[after:]]}"
                self._came.wait(left)

    def say(self, topic: str, message: Any, retain: bool = False) -> None:
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.client.publish(topic, payload, 1, retain).wait_for_publish(PATIENCE_SECONDS)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@dataclass
class Bench:
    office: OfficeSimulator
    wire: Wire
    directory: Path
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    clock: FedClock = field(default_factory=FedClock)
    statuses: list[str] = field(default_factory=list)
    stack: ExitStack = field(default_factory=ExitStack)

    def reporter(self, **changes: Any) -> Reporter:
        settings: dict[str, Any] = {"pace": Pace(), "dice": lambda: 1.0, **changes}
        reporter = Reporter(self.wire.address, MACHINE, self.outbox, self.clock, self._told, **settings)
        reporter.start()
        self._reporter = reporter
        self.stack.callback(reporter.stop)
        return reporter

    def until_confirmed(self) -> None:
        """The broker confirmed all that was said, so that fed time makes nothing look overdue."""
        talk = self._reporter._talk
        until(lambda: talk is not None and talk.standing and talk.link.room == WINDOW)
        self.clock.settle()

    def _told(self, event: StatusChanged) -> None:
        self.statuses.append(",".join(event.status.codes) or "ready")

    def witness(self) -> Witness:
        witness = Witness(self.office.broker.port)
        self.stack.callback(witness.close)
        return witness

    def until_status(self, word: str) -> None:
        until(lambda: bool(self.statuses) and self.statuses[-1] == word)

    def until_delivered(self) -> None:
        until(lambda: not self.outbox.rows)

    def stored(self) -> list[dict[str, Any]]:
        return reports(self.directory / "office.out" / "headquarters.db")

    def after_loss(self) -> None:
        """The line broke: feed time until the reporter has come back."""
        self.until_status("offline")
        give_up = time.monotonic() + PATIENCE_SECONDS
        connects = self.wire.connects
        while self.statuses[-1] == "offline":
            assert time.monotonic() < give_up, "it does not come back"
            if self.wire.connects == connects:
                self.clock.advance(2.0)
            time.sleep(0.002)  # the broker's own time is not fed


@contextmanager
def office_bench(directory: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        office = OfficeSimulator()
        stack.callback(office.stop)
        office.start(directory)
        wire = Wire(office.broker.port)
        stack.callback(wire.close)
        bench = Bench(office, wire, directory)
        with bench.stack:
            yield bench
