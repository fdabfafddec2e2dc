"""A root directory with our units and the few things they name, so that `systemd-analyze` needs no running systemd."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "systemd"
UNITS = sorted(path.name for path in (SHIPPED / "system").glob("*.service"))
PROGRAMS = ("opt/kiosk/.venv/bin/python", "usr/lib/xorg/Xorg")
# What Debian brings; only their names matter here.
TARGETS = ("sysinit", "basic", "shutdown", "network", "time-sync", "multi-user", "sockets")
NEIGHBOURS = {
    "pcscd.socket": "[Socket]\nListenStream=/run/pcscd/pcscd.comm\n",
    "pcscd.service": "[Service]\nExecStart=/usr/lib/xorg/Xorg\n",
    "systemd-tmpfiles-setup.service": "[Service]\nExecStart=/usr/lib/xorg/Xorg\n",
}


class StagedRoot:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.units = directory / "etc/systemd/system"
        shutil.copytree(SHIPPED / "system", self.units)
        theirs = directory / "usr/lib/systemd/system"
        theirs.mkdir(parents=True)
        for name in TARGETS:
            (theirs / f"{name}.target").write_text(f"[Unit]\nDescription={name}\n", encoding="utf-8")
        for name, text in NEIGHBOURS.items():
            (theirs / name).write_text(text, encoding="utf-8")
        for name in PROGRAMS:
            program = directory / name
            program.parent.mkdir(parents=True)
            program.write_text("#!/bin/sh\n", encoding="utf-8")
            program.chmod(0o755)

    def replace(self, unit: str, old: str, new: str) -> None:
        path = self.units / unit
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{unit} holds no {old!r} to spoil"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def verify(self, unit: str) -> str:
        """What systemd complains of; nothing if it is content."""
        done = analyze("verify", f"--root={self.directory}", "--man=no", unit)
        return done.stderr.strip() or ("" if done.returncode == 0 else f"exit {done.returncode}")

    def is_exposed(self, unit: str) -> bool:
        """Above 1.5 of 10."""
        done = analyze("security", f"--root={self.directory}", "--offline=yes", "--threshold=15", unit)
        assert "Overall exposure level" in done.stdout, done.stderr
        return done.returncode != 0


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    argv = ["systemd-analyze", "--no-pager", *words]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, env={"LC_ALL": "C.UTF-8", "PATH": PATH})


PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
