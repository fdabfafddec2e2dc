"""One set of simulated devices a test process; every test gets a kiosk of its own before calm devices."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulators.console import Console
from simulators.rig import Rig
from tests.drivers.card_bench import real_reader
from tests.journeys.bench import NOON, Bench

DEVICES = ("printer", "finger", "page_printer", "payment_host", "agency")
SETTINGS = 'kid = "SG-02"\n[agency]\nsoft_seconds = 1\nhard_seconds = 2\n'
FAST = 20.0  # times the true speed of motors, baud rates and hosts


@pytest.fixture(scope="session")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rig, Console]]:
    run = tmp_path_factory.mktemp("run")
    with Rig(run, only=DEVICES, speed=FAST, clock_start=NOON) as rig:
        # The card reader is the one of this test process; the office is away: what it would hear stays in the outbox.
        rig.simulators["card"], rig.addresses["card"] = real_reader()
        addresses = {**rig.addresses, "office": "mqtt://127.0.0.1:9"}
        (run / "addresses.json").write_text(json.dumps(addresses))
        console = Console(rig.simulators)
        yield rig, console
        console.close()


@pytest.fixture
def kiosk(rig: tuple[Rig, Console], tmp_path: Path) -> Iterator[Bench]:
    with Bench(*rig, tmp_path / "state") as bench:
        yield bench


@pytest.fixture
def another(rig: tuple[Rig, Console]) -> Callable[[Path], Bench]:
    """A kiosk on the same state, as after a restart."""
    return lambda state: Bench(*rig, state)


@pytest.fixture
def hasty(rig: tuple[Rig, Console], tmp_path: Path) -> Iterator[Bench]:
    """A kiosk that waits for hosts and agencies a second or two."""
    settings = tmp_path / "kiosk.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    bench = Bench(*rig, tmp_path / "state", settings=settings)
    bench.is_hasty()
    with bench:
        yield bench


# -- the agency ------------------------------------------------------------------------------
