"""What headquarters is told of this machine's state: service, devices, alarms, health.  Codes and counts only."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from config.devices import Devices
from config.load import Config
from drivers.base import Condition, Health, Status, StatusChanged
from drivers.clock import Clock
from kiosk import VERSION
from kiosk.flow.effects import Report
from kiosk.flow.session import At, Session
from kiosk.journal.outbox import Outbox
from kiosk.kiosk import Kiosk
from kiosk.office import messages as say
from kiosk.office.conversation import Machine
from kiosk.office.reporter import Pace, Reporter

SEVERITY: dict[Health, say.Severity] = {
    Health.ATTENTION: "warning",
    Health.STOPPED: "major",
    Health.FAULT: "critical",
    Health.OFFLINE: "major",
}


class Telling:
    def __init__(
        self,
        config: Config,
        devices: Devices,
        clock: Clock,
        outbox: Outbox,
        inbox: Callable[[StatusChanged], None],
        directory: Path,
    ) -> None:
        office = config.settings.office
        pace = Pace(
            office.keepalive_seconds,
            office.window,
            1.0 if devices.simulated else office.connect_spread_seconds,
            office.resend_first_seconds,
            office.resend_most_seconds,
        )
        cfg = hashlib.sha256(config.file.read_bytes()).hexdigest()
        names = dict.fromkeys(("printer", "page_printer", "finger"), "simulated" if devices.simulated else "real")
        machine = Machine(config.settings.kid, VERSION, cfg, (), names, devices.simulated)
        self._reporter = Reporter(devices.office, machine, outbox, clock, inbox, pace)
        self._clock, self._directory = clock, directory
        self._health_seconds = office.health_seconds
        self._begun = clock.monotonic()
        self._next = 0.0
        self._last_round = clock.monotonic()
        self._longest_ms = 0.0
        self._raised: dict[str, dict[str, Condition]] = {}
        self.start, self.stop, self.kick = self._reporter.start, self._reporter.stop, self._reporter.kick

    def device(self, kiosk: Kiosk, role: str, status: Status) -> None:
        """Mirror a device's conditions, and report each that was raised or cleared."""
        self._reporter.set_devices(say.devices_of(kiosk.statuses))
        before = self._raised.get(role, {})
        now = {each.code: each for each in status.conditions if each.health is not Health.READY}
        self._raised[role] = now
        told = []
        for code in now.keys() - before.keys():
            severity = SEVERITY[now[code].health]
            self._reporter.raise_alarm(role, code, severity)
            told.append(Report("alarm-raised", (("device", role), ("alarm", code), ("severity", severity))))
        for code in before.keys() - now.keys():
            self._reporter.clear_alarm(role, code)
            told.append(Report("alarm-cleared", (("device", role), ("alarm", code))))
        kiosk.write(tuple(told))

    def round(self, busy_seconds: float) -> None:
        """The main loop came round; how long it worked."""
        self._longest_ms = max(self._longest_ms, busy_seconds * 1000)

    def beat(self, kiosk: Kiosk) -> float:
        """Say what changed, and once a minute that the main loop lives; when to be called next (monotonic)."""
        now = self._clock.monotonic()
        self._reporter.set_status(service_of(kiosk.session))
        if now >= self._next:
            self._next = now + self._health_seconds
            self._reporter.set_health(
                say.Health(
                    uptime_s=int(now - self._begun),
                    loop_ms=round(self._longest_ms, 1),
                    disk_free_pct=free_percent(self._directory),
                )
            )
            self._longest_ms = 0.0
            kiosk.look_at_the_clock()
        return self._next


def free_percent(directory: Path) -> float | msgspec.UnsetType:
    """Unset where the disk does not answer."""
    try:
        usage = shutil.disk_usage(directory)
    except OSError:
        return msgspec.UNSET
    return round(100 * usage.free / usage.total, 1)


def service_of(session: Session) -> Literal["in-service", "out-of-service", "closed"]:
    """In one word, for headquarters."""
    if session.at not in (At.STARTING, At.OUT_OF_SERVICE):
        return "in-service"
    return "closed" if session.reason == "hours" else "out-of-service"
