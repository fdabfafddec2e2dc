"""The A4 page printer as a network device: IPP/2.0 over HTTP on 127.0.0.1, with a page clock and a paper path.

Here are the words that break and mend it; the mechanism is in `ipp_engine`, the network in `ipp_host`.
What came out lies in `page_printer.out/`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from simulators.base import Refused, Simulator
from simulators.faults import number, set_value, switch, whole
from simulators.ipp_engine import OUTPUT_CAPACITY, Engine
from simulators.ipp_host import IppHost
from simulators.ipp_jobs import Job, JobState
from simulators.ipp_output import OutputTray
from simulators.port_host import Time

TRAY_CAPACITY = 500
WORDS = (
    "jam at N|now|clear, empty, refill N, cover open|closed, toner ok|low|out, offline refuse|hang|reset, online, "
    "fault KIND [at OPERATION], reboot, unplug, plug, abort, take, render N, set NAME VALUE"
)


class PagePrinterSimulator(Simulator):
    role = "page_printer"
    mechanics: Mapping[str, Callable[[str], Any]] = {
        "tray_sheets": whole(0, TRAY_CAPACITY),
        "output_sheets": whole(0, OUTPUT_CAPACITY),
        "first_page_seconds": number(0.001, 600),
        "page_seconds": number(0.001, 600),
        "cancel_stuck": switch,
        "cancel_early": switch,
    }

    def __init__(self, speed: float = 1.0, clock: Time | None = None) -> None:
        super().__init__(speed)
        self.engine = Engine()
        self.engine.on_page = self._page_came
        self.boot_seconds = 5.0
        self.host: IppHost | None = None
        self._clock = clock

    def start(self, directory: Path) -> str:
        self._tray = OutputTray(directory / f"{self.role}.out")
        self.engine.on_end = self._tray.put
        self.host = IppHost(self.engine, self.role, self.speed, self._clock)
        self.host.start()
        return self.host.uris.printer

    def dial(self) -> socket.socket:
        """A connection in memory, for a client under a fed clock; ConnectionRefusedError while nobody listens."""
        return self._host.call(self._host.dial)

    def stop(self) -> None:
        if self.host:
            self.host.stop()
            self.host = None

    def do(self, words: list[str]) -> dict[str, Any]:
        return self._host.call(lambda: self._obey(words))

    def state(self) -> dict[str, Any]:
        return self._host.call(self._state)

    @property
    def _host(self) -> IppHost:
        assert self.host, "the page printer is not started"
        return self.host

    # -- the words ---------------------------------------------------------------------------

    def _obey(self, words: list[str]) -> dict[str, Any]:
        facts = self._obey_network(words)
        if facts is None:
            facts = self._obey_mechanics(words)
        self.engine.tick(0)
        return facts

    def _obey_network(self, words: list[str]) -> dict[str, Any] | None:
        match words:
            case ["offline", ("refuse" | "hang" | "reset") as kind]:
                self._host.fault.obey([kind])
            case ["fault", *rest]:
                self._host.fault.obey(rest)
            case ["online"]:
                self._host.fault.obey(["none"])
            case ["unplug" | "plug" as word]:
                self._host.is_plugged = word == "plug"
            case ["reboot"]:
                self._host.reboot(self.boot_seconds)
            case ["set", "boot_seconds", seconds]:
                self.boot_seconds = number(0, 3600)(seconds)
            case ["set", "answer_seconds", seconds]:
                self._host.answer_seconds = number(0, 3600)(seconds)
            case _:
                return None
        return {}

    def _obey_mechanics(self, words: list[str]) -> dict[str, Any]:
        engine = self.engine
        match words:
            case ["jam", "at", page]:
                engine.jam_at = whole(1, 1000)(page)
            case ["jam", "now" | "clear" as word]:
                engine.jam() if word == "now" else engine.clear_jam()
            case ["empty"]:
                engine.tray_sheets = 0
            case ["refill", sheets]:
                engine.tray_sheets = min(TRAY_CAPACITY, engine.tray_sheets + whole(1, TRAY_CAPACITY)(sheets))
            case ["cover", "open" | "closed" as word]:
                engine.open_cover() if word == "open" else engine.close_cover()
            case ["toner", ("ok" | "low" | "out") as state]:
                engine.toner = state
            case ["abort"]:
                return {"aborted": self._abort()}
            case ["take"]:
                taken, engine.output_sheets = engine.output_sheets, 0
                return {"taken": taken}
            case ["render", job]:
                return {"pictures": self._tray.render(whole(1, 10**6)(job))}
            case ["set", *rest]:
                return set_value(engine, self.mechanics, rest)
            case _:
                raise Refused(f"{' '.join(words)!r} is not known here; words: {WORDS}")
        return {}

    def _abort(self) -> int:
        """The printer itself gives its job up; returns which, 0 if there is none."""
        job = self.engine.active
        return job.id if job and self.engine.end(job, JobState.ABORTED, "aborted-by-system") else 0

    # -- what it tells -----------------------------------------------------------------------

    def _page_came(self, job: Job, page: int) -> None:
        self.on_moment(f"page {page}")

    def _state(self) -> dict[str, Any]:
        engine = self.engine
        self.busy_ms = engine.busy_seconds * 1000 / self.speed
        return super().state() | {
            "printer_state": engine.state,
            "reasons": list(engine.reasons),
            "tray_sheets": engine.tray_sheets,
            "output_sheets": engine.output_sheets,
            "wasted_sheets": engine.wasted_sheets,
            "jobs": [self._job(job) for job in engine.jobs.values()],
            "asked": {f"{operation:#06x}": count for operation, count in sorted(self._host.asked.items())},
            "print_job_at": self._host.print_job_at,
        }

    def _job(self, job: Job) -> dict[str, Any]:
        state, reasons = self.engine.state_of(job)
        facts = {"id": job.id, "name": job.name, "state": state.name.lower(), "reasons": list(reasons)}
        return facts | {"pages": job.pages, "impressions": job.impressions}
