"""The units: systemd takes every line of them, and they give the kiosk as little as it needs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.systemd.staged import PROGRAMS, SHIPPED, UNITS, StagedRoot

REPOSITORY = SHIPPED.parent
SITE_DROP_IN = "[Service]\nIPAddressAllow=192.0.2.10 192.0.2.20 198.51.100.7\n"
UNDER_MDWE = """
import ctypes, subprocess, sys
ctypes.CDLL(None).prctl(65, 1, 0, 0, 0)  # PR_SET_MDWE, what MemoryDenyWriteExecute= asks; older kernels refuse it
import cbor2, iso8583, msgspec, paho.mqtt.client, pygame, serial, smartcard.scard, sqlite3, typst, zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
ec.generate_private_key(ec.SECP256R1())
assert typst.compile(b"mdwe", format="pdf").startswith(b"%PDF")
subprocess.run([sys.executable, "-I", "-c", ""], check=True)
"""


@pytest.fixture
def root(tmp_path: Path) -> StagedRoot:
    return StagedRoot(tmp_path / "root")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_every_line(unit: str, root: StagedRoot) -> None:
    assert root.verify(unit) == ""


@pytest.mark.parametrize("unit", UNITS)
def test_the_exposure_is_one_and_a_half_at_most(unit: str, root: StagedRoot) -> None:
    assert not root.is_exposed(unit)


def test_the_exposure_holds_with_the_addresses_of_a_site(root: StagedRoot) -> None:
    drop_in = root.units / "kiosk.service.d"
    drop_in.mkdir()
    (drop_in / "network.conf").write_text(SITE_DROP_IN, encoding="utf-8")
    assert root.verify("kiosk.service") == ""
    assert not root.is_exposed("kiosk.service")


def test_a_misspelt_line_is_noticed(root: StagedRoot) -> None:
    root.replace("kiosk.service", "ProtectClock=", "ProtectClok=")
    assert "Unknown key 'ProtectClok'" in root.verify("kiosk.service")


def test_a_missing_program_is_noticed(root: StagedRoot) -> None:
    (root.directory / PROGRAMS[0]).unlink()
    assert "is not executable" in root.verify("kiosk.service")


def test_a_hole_in_the_sandbox_is_noticed(root: StagedRoot) -> None:
    root.replace("kiosk.service", "CapabilityBoundingSet=", "# CapabilityBoundingSet=")
    assert root.is_exposed("kiosk.service")


@pytest.mark.parametrize(
    "line",
    [
        "Type=notify", "NotifyAccess=main", "WatchdogSec=20", "Restart=always", "User=kiosk", "StateDirectory=kiosk",
        "LimitCORE=0", "MemorySwapMax=0", "ProtectSystem=strict", "ProtectProc=invisible", "NoExecPaths=/",
        "MemoryDenyWriteExecute=yes", "DevicePolicy=closed", "IPAddressDeny=any", "StartLimitIntervalSec=0",
        "UMask=0077", "WatchdogSignal=SIGKILL",
    ],
)  # fmt: skip
def test_the_kiosk_s_unit_says(line: str) -> None:
    assert line in unit("kiosk.service")


def test_a_crashed_kiosk_is_back_within_two_seconds() -> None:
    delays = [re.search(r"^RestartSec=(\d+)ms$", "\n".join(unit(name)), re.MULTILINE) for name in UNITS]
    assert all(delay and int(delay[1]) <= 500 for delay in delays)


def test_the_unit_starts_the_kiosk_as_it_wants_to_be_started() -> None:
    line = next(line for line in unit("kiosk.service") if line.startswith("ExecStart="))
    words = line.partition("=")[2].split()
    assert words[:5] == ["/opt/kiosk/.venv/bin/python", "-I", "-m", "kiosk", "run"]
    # -I leaves the working directory out of the path (on a kiosk a .pth file brings it in), so this asks without it.
    argv = [sys.executable, "-m", "kiosk", "run", "--help"]
    help_text = subprocess.run(argv, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60).stdout
    assert [word for word in words if word.startswith("--") and word not in help_text] == []


def test_everything_the_kiosk_loads_runs_without_writable_code() -> None:
    argv = [sys.executable, "-c", UNDER_MDWE]
    env = {"SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, env=env)
    assert done.returncode == 0, done.stderr


def test_the_x_server_lets_nobody_out() -> None:
    (line,) = [line for line in unit("kiosk-screen.service") if line.startswith("ExecStart=")]
    assert set(line.split()) >= {"-novtswitch", "tcp", "local", "-noreset"}
    assert (SHIPPED / "xorg/X0.hosts").read_text(encoding="utf-8") == "si:localuser:kiosk\n"


def unit(name: str) -> list[str]:
    return (SHIPPED / "system" / name).read_text(encoding="utf-8").splitlines()
