"""All simulated devices of one kiosk: started together, addressed by one file, stopped together.

Not responsible for the console nor for any device; a role's module is imported only when the role is wanted.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from simulators.base import Simulator

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "printer": "simulators.printer:PrinterSimulator",
        "finger": "simulators.finger:FingerSimulator",
        "page_printer": "simulators.page_printer:PagePrinterSimulator",
        "card": "simulators.card:CardSimulator",
        "payment_host": "simulators.payment_host:PaymentHostSimulator",
        "agency": "simulators.agency:AgencySimulator",
        "office": "simulators.office:OfficeSimulator",
    }
)


class CannotStart(Exception):
    """A role did not come up; the text names it, the cause and what to do."""


class Rig:
    """`with Rig(run, only=["printer"]) as rig: rig.addresses`; leaving stops every device."""

    def __init__(
        self,
        directory: Path,
        only: Iterable[str] = (),
        speed: float = 1.0,
        clock_start: datetime | None = None,
        roles: Mapping[str, str] = ROLES,
    ) -> None:
        wanted = list(only) or list(roles)
        if unknown := sorted(set(wanted) - set(roles)):
            raise CannotStart(f"no such role: {', '.join(unknown)}; roles are {', '.join(roles)}")
        self.directory = directory
        self.simulators: dict[str, Simulator] = {}
        self.addresses: dict[str, Any] = {"simulated": True}
        self._wanted = {role: roles[role] for role in roles if role in wanted}
        self._speed = speed
        self._clock_start = clock_start
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Rig:
        self.directory.mkdir(parents=True, exist_ok=True)
        with self._stack:
            for role, place in self._wanted.items():
                self._start(role, place)
            self._write_addresses()
            self._stack = self._stack.pop_all()  # all came up: now they stay until `__exit__`
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self, role: str, place: str) -> None:
        try:
            simulator = self._build(place)
            # Registered first: a device that comes up halfway has something to take down as well.
            self._stack.callback(simulator.stop)
            self.addresses[role] = simulator.start(self.directory)
        except Exception as error:
            remedy = f"mend that, or leave it out: --only {','.join(r for r in self._wanted if r != role) or '…'}"
            raise CannotStart(f"{role} did not start ({type(error).__name__}: {error}); {remedy}") from error
        self.simulators[role] = simulator

    def _build(self, place: str) -> Simulator:
        module, name = place.split(":")
        kind = getattr(importlib.import_module(module), name)
        settings: dict[str, Any] = {"speed": self._speed}
        if "clock_start" in inspect.signature(kind).parameters:
            settings["clock_start"] = self._clock_start
        simulator: Simulator = kind(**settings)
        return simulator

    def _write_addresses(self) -> None:
        """Whole or not at all: a kiosk may be waiting for this file."""
        fresh = self.directory / f".addresses.{os.getpid()}"
        fresh.write_text(json.dumps(self.addresses, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(self.directory / "addresses.json")
        self._stack.callback((self.directory / "addresses.json").unlink, missing_ok=True)
