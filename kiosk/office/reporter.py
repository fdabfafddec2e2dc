"""The office thread: tells headquarters how this kiosk is and what it did; service never waits for it.

Reports leave the outbox only by headquarters' acknowledgement of their own commit, never because a broker took
them.  Not responsible for what is worth telling, nor for commands.
"""

from __future__ import annotations

import contextlib
import logging
import os
import random
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass

from drivers.base import OFFLINE, LinkLost, Status, StatusChanged
from drivers.clock import Clock
from kiosk.office import messages as say
from kiosk.office.conversation import ConnectionNumberBehind, Conversation, Machine
from kiosk.office.mqtt_link import NO_CERTIFICATE, MqttLink, Tls, Will
from kiosk.office.pump import OutboxPort, Pump
from kiosk.office.snapshot import Snapshot

log = logging.getLogger(__name__)

MOST_SPREAD_SECONDS = 120.0


@dataclass(frozen=True)
class Pace:
    keepalive_seconds: int = 30
    window: int = 20
    spread_seconds: float = 30.0  # a fleet comes back spread over this time, later over more
    resend_first_seconds: float = 10.0
    resend_most_seconds: float = 300.0


class Reporter(threading.Thread):
    """`inbox` hears StatusChanged("office", …); every method may be called from any thread and never waits."""

    def __init__(
        self,
        address: str,
        machine: Machine,
        outbox: OutboxPort,
        clock: Clock,
        inbox: Callable[[StatusChanged], None] = lambda event: None,
        pace: Pace = Pace(),
        tls: Tls = NO_CERTIFICATE,
        dice: Callable[[], float] = random.random,
        clock_quality: Callable[[], say.ClockQuality] = lambda: "unknown",
    ) -> None:
        super().__init__(name="office", daemon=True)
        self.machine = machine
        self._address, self._outbox, self._clock, self._inbox = address, outbox, clock, inbox
        self._pace, self._tls, self._dice, self._clock_quality = pace, tls, dice, clock_quality
        self._pump = Pump(pace.window, pace.resend_first_seconds, pace.resend_most_seconds)
        self._snapshot = Snapshot(self._header)
        self._service = "out-of-service"
        self._told: Status | None = None
        self._talk: Conversation | None = None  # the present connection
        self._bd = self._failures = 0
        self._stopping = False
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self._wake_fd)

    # -- for the kiosk ----------------------------------------------------------------------------

    def kick(self) -> None:
        """New rows are in the outbox."""
        self._pump.kick()
        self._wake()

    def set_status(self, service: str) -> None:
        """in-service, out-of-service or closed."""
        if service != self._service:
            self._service = service
            self._wake()

    def set_devices(self, devices: say.Devices) -> None:
        self._put("m/devices", devices)

    def set_supplies(self, supplies: say.Supplies) -> None:
        self._put("m/supplies", supplies)

    def set_health(self, health: say.Health) -> None:
        """Fed by the main loop; headquarters hold it for stale after 150 s."""
        self._put("m/health", health, always=True)

    def raise_alarm(self, device: str, type: str, severity: say.Severity = "major", text: str = "") -> None:
        """The retained mirror; the alarm's history goes through the outbox."""
        name = f"{device}/{type}"
        since = self._clock.now().isoformat(timespec="milliseconds")
        alarm = say.Alarm(id=name, device=device, severity=severity, text=text or type, since=since)
        if not self._snapshot.holds(f"a/{name}"):
            self._put(f"a/{name}", alarm)

    def clear_alarm(self, device: str, type: str) -> None:
        if self._snapshot.drop(f"a/{device}/{type}"):
            self._wake()

    def stop(self) -> None:
        """Says goodbye if the line stands; what was not acknowledged stays in the outbox."""
        self._stopping = True
        self._wake()
        if self.is_alive():
            self.join()

    # -- the thread -------------------------------------------------------------------------------

    def run(self) -> None:
        while not self._stopping:
            try:
                self._converse()
            except ConnectionNumberBehind as behind:
                self._bd = behind.bd
                continue
            except LinkLost as error:
                log.debug("office: %s", error)
            except Exception as error:  # a bug here must cost a connection, never the kiosk
                log.error("office: %s", type(error).__name__)
            self._pump.pause()
            self._report(OFFLINE)
            self._rest()

    def _converse(self) -> None:
        link = self._new_link()
        self._talk = talk = Conversation(
            link,
            self._bd,
            self.machine,
            self._outbox,
            self._pump,
            self._snapshot,
            self._clock,
            self._header,
            lambda: self._service,
        )
        try:
            link.open()
            while not self._stopping:
                talk.step()
                if talk.standing:
                    self._failures = 0
                    self._report(talk.status)
                self._sleep(talk)
                link.turn()
            talk.say_goodbye()
            link.close()
        finally:
            link.drop()

    def _new_link(self) -> MqttLink:
        self._bd = max(self._bd + 1, int(self._clock.now().timestamp()))  # grows across restarts without a store
        lost = say.Status(state="lost", bd=self._bd, service="out-of-service")
        will = Will(self.machine.root + "status", say.encode(self._header(), lost))
        return MqttLink(self._address, self.machine.kid, will, self._clock, self._pace.keepalive_seconds, self._tls)

    def _sleep(self, talk: Conversation) -> None:
        fd = talk.link.fileno()
        self._clock.wait((fd, self._wake_fd), talk.seconds, (fd,) if talk.link.wants_write else ())
        self._drain_wake()

    def _rest(self) -> None:
        """Full jitter, so that a fleet does not come back in one second; nothing but the end shortens it."""
        spread = min(self._pace.spread_seconds * 2.0 ** min(self._failures, 16), MOST_SPREAD_SECONDS)
        until = self._clock.monotonic() + spread * self._dice()
        self._failures += 1
        while not self._stopping and (left := until - self._clock.monotonic()) > 0:
            self._clock.wait((self._wake_fd,), left)
            self._drain_wake()

    # -- small things -----------------------------------------------------------------------------

    def _header(self, ts: str = "") -> say.Header:
        return say.Header(
            kid=self.machine.kid,
            ts=ts or self._clock.now().isoformat(timespec="milliseconds"),
            tsq=self._clock_quality(),
            simulated=self.machine.simulated,
        )

    def _put(self, topic: str, facts: say.Part, always: bool = False) -> None:
        if self._snapshot.put(topic, facts, always):
            self._wake()

    def _report(self, status: Status) -> None:
        if status != self._told:
            log.info("office: %s", ", ".join(status.codes) or "ready")
            self._told = status
            self._inbox(StatusChanged("office", status))

    def _wake(self) -> None:
        os.eventfd_write(self._wake_fd, 1)

    def _drain_wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._wake_fd)
