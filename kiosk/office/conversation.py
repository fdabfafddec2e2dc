"""One connection to headquarters, from the broker's consent to the loss of the line.

What is heard is trusted as little as a wire deserves: what cannot be read, is of another epoch or acknowledges what
was never given out, is ignored.  Not responsible for coming back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from drivers.base import Condition, Health, LinkLost, Status
from drivers.clock import Clock
from kiosk.office import messages as say
from kiosk.office.mqtt_link import Came, Connected, LinkEvent, MqttLink, Refused
from kiosk.office.pump import NEVER, OutboxPort, OutboxRow, Pump
from kiosk.office.snapshot import Snapshot

log = logging.getLogger(__name__)

OUTBOX_RETRY_SECONDS = 30.0
REPUBLISH_SECONDS = 5.0  # two machines under one name must not shout at each other without a pause
HQ_STATE = "hq/v1/state"
Answer = TypeVar("Answer")


class ConnectionNumberBehind(Exception):
    """The broker remembers a later connection of ours than this one: the clock went back."""

    def __init__(self, bd: int) -> None:
        super().__init__(f"connection number is behind {bd}")
        self.bd = bd


class _HqState(msgspec.Struct):
    state: str


class _Ack(msgspec.Struct):
    epoch: str
    upto: int


class _OwnStatus(msgspec.Struct):
    state: str
    bd: int


@dataclass(frozen=True)
class Machine:
    """What a kiosk says of itself at birth."""

    kid: str
    app: str
    cfg: str = ""
    ops: tuple[str, ...] = ()
    devices: dict[str, str] = field(default_factory=dict)
    simulated: bool = False

    @property
    def root(self) -> str:
        return f"kiosk/v1/{self.kid}/"


@dataclass
class Conversation:
    link: MqttLink
    bd: int
    machine: Machine
    outbox: OutboxPort
    pump: Pump
    snapshot: Snapshot
    clock: Clock
    header: Callable[..., say.Header]
    service: Callable[[], str]
    standing: bool = False  # the broker consented
    _epoch: str = ""
    _retry_at: float = NEVER
    _republish_at: float = NEVER
    _published_at: float = float("-inf")
    _refused: bool = False

    @property
    def status(self) -> Status:
        found = set()
        if not self.pump.flowing:
            found.add(Condition("headquarters-away", Health.ATTENTION))
        if self._refused:
            found.add(Condition("refused", Health.ATTENTION))
        return Status(frozenset(found))

    @property
    def seconds(self) -> float:
        """Until `step` is of use without anything heard."""
        due = min(self.pump.due, self._retry_at, self._republish_at)
        return max(0.0, min(self.link.seconds, due - self.clock.monotonic()))

    def step(self) -> None:
        """Hear what came, say what is to be said."""
        for event in self.link.take_events():
            self._hear(event)
        if self.standing:
            self._on_time(self.clock.monotonic())
            self.snapshot.put("status", self._own_status())
            self._say_snapshot()
            self._say_reports()

    def say_goodbye(self) -> None:
        if self.standing:
            self.link.unsubscribe(self._topics)
            status = say.Status(state="offline", bd=self.bd, service="closed")
            self.link.publish(self.machine.root + "status", say.encode(self.header(), status), retain=True)

    def _on_time(self, now: float) -> None:
        self.pump.expire(now)
        if now >= self._retry_at:
            self._retry_at = NEVER
            self._give_birth()
            self.pump.kick()
        if now >= self._republish_at:
            self._republish_at, self._published_at = NEVER, now
            self.snapshot.put("status", self._own_status(), always=True)

    @property
    def _topics(self) -> tuple[str, ...]:
        root = self.machine.root
        return HQ_STATE, f"hq/v1/{self.machine.kid}/ack", root + "status", root + "a/+/+"

    # -- saying -----------------------------------------------------------------------------------

    def _own_status(self) -> say.Status:
        return msgspec.convert({"state": "online", "bd": self.bd, "service": self.service()}, say.Status)

    def _greet(self) -> None:
        """The broker keeps nothing that matters: everything is said anew on every connect."""
        self.link.subscribe(self._topics)
        self.standing, self._published_at = True, self.clock.monotonic()
        self.snapshot.put("status", self._own_status(), always=True)
        self._give_birth()
        self.snapshot.all_again()

    def _give_birth(self) -> None:
        bounds = self._ask_outbox(self.outbox.bounds, (0, 0))
        self._epoch = self._ask_outbox(lambda: self.outbox.epoch, "")
        if not bounds[1] or not self._epoch:
            return
        self.pump.know(bounds[1])
        machine, outbox = self.machine, say.Bounds(first=bounds[0], next=bounds[1])
        birth = say.Birth(
            bd=self.bd,
            epoch=self._epoch,
            app=machine.app,
            cfg=machine.cfg,
            ops=machine.ops,
            devices=machine.devices,
            outbox=outbox,
        )
        self.snapshot.put("birth", birth, always=True)

    def _say_snapshot(self) -> None:
        while self.link.room > 0 and (message := self.snapshot.take()):
            topic, payload = message
            self.link.publish(self.machine.root + topic, payload, retain=True)

    def _say_reports(self) -> None:
        if not self._epoch:
            return
        for row in self.pump.fill(self.link.room, self._rows_after, self.clock.monotonic()):
            kind, payload = say.encode_event(self.header(row.at), self._epoch, row.seq, row.type, row.body)
            self.link.publish(f"{self.machine.root}e/{kind}", payload, retain=False)

    def _rows_after(self, after: int, limit: int) -> Sequence[OutboxRow]:
        return self._ask_outbox(lambda: self.outbox.unsent(after, limit), ())

    def _ask_outbox(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """The journal may have failed; alarms and status still go out."""
        try:
            return question()
        except Exception as error:
            log.warning("office: the outbox does not answer (%s)", type(error).__name__)
            self._retry_at = self.clock.monotonic() + OUTBOX_RETRY_SECONDS
            return otherwise

    # -- hearing ----------------------------------------------------------------------------------

    def _hear(self, event: LinkEvent) -> None:
        match event:
            case Connected():
                self._greet()
            case Refused("connect", code):
                raise LinkLost(f"the broker refuses us ({code:#x})")
            case Refused(what, code):
                log.warning("office: the broker refuses a %s (%#x)", what, code)
                self._refused = True
            case Came(topic, payload, retained):
                try:
                    self._read(topic, payload, retained)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    log.warning("office: %s cannot be read", topic)

    def _read(self, topic: str, payload: bytes, retained: bool) -> None:
        below = topic.removeprefix(self.machine.root)
        if topic == HQ_STATE:
            self._headquarters(payload)
        elif topic == f"hq/v1/{self.machine.kid}/ack":
            self._acknowledged(msgspec.json.decode(payload, type=_Ack))
        elif below == "status" and payload:
            self._own_topic(msgspec.json.decode(payload, type=_OwnStatus), retained)
        elif below.startswith("a/") and retained and payload:
            self.snapshot.drop_stray(below)

    def _headquarters(self, payload: bytes) -> None:
        if payload and msgspec.json.decode(payload, type=_HqState).state == "online":
            self.pump.resume()
        else:
            self.pump.pause()

    def _acknowledged(self, ack: _Ack) -> None:
        if ack.epoch == self._epoch and self.pump.acknowledged(ack.upto, self.clock.monotonic()):
            self._refused = False
            self._ask_outbox(lambda: self.outbox.release(ack.upto), None)

    def _own_topic(self, status: _OwnStatus, retained: bool) -> None:
        """An old will, or another machine under our name, must not have the last word."""
        if retained:
            if status.bd >= self.bd:
                raise ConnectionNumberBehind(status.bd)
        elif (status.state, status.bd) != ("online", self.bd):
            self._republish_at = max(self.clock.monotonic(), self._published_at + REPUBLISH_SECONDS)
