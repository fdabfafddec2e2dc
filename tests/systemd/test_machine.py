"""The machine around the kiosk: no key leaves it, nothing of a visitor stays, nobody can log in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.systemd.staged import PATH, SHIPPED


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("sysctl.d/70-kiosk.conf", "kernel.sysrq = 0"),
        ("sysctl.d/70-kiosk.conf", "kernel.core_pattern = |/bin/false"),
        ("sysctl.d/70-kiosk.conf", "fs.suid_dumpable = 0"),
        ("logind.conf.d/kiosk.conf", "NAutoVTs=0"),
        ("logind.conf.d/kiosk.conf", "ReserveVT=0"),
        ("xorg/10-kiosk.conf", 'Option "DontVTSwitch" "true"'),
        ("xorg/10-kiosk.conf", 'Option "DontZap" "true"'),
        ("tmpfiles.d/kiosk.conf", "d /var/lib/kiosk   0700 kiosk kiosk -"),
    ],
)
def test_the_machine_is_told(file: str, line: str) -> None:
    lines = [each.strip() for each in (SHIPPED / file).read_text(encoding="utf-8").splitlines()]
    assert lines.count(line) == 1


def test_sysusers_makes_both_users_without_a_login(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    argv = ["systemd-sysusers", f"--root={tmp_path}", "--dry-run", str(SHIPPED / "sysusers.d/kiosk.conf")]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, env={"PATH": PATH, "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Would create user kiosk") == 2 or done.stderr.count("Creating user 'kiosk") == 2, done


def test_tmpfiles_has_only_lines_of_a_form_that_systemd_knows() -> None:
    for line in (SHIPPED / "tmpfiles.d/kiosk.conf").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, path, mode, user, group, age, *_ = [*line.split(), "-"]
            assert kind in ("d", "R")
            assert path.startswith("/")
            assert mode == "-" or (mode.isdigit() and len(mode) == 4)
            assert {user, group} <= {"root", "kiosk", "-"}
            assert age == "-"


def test_the_readme_installs_every_file() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    shipped = [path.relative_to(SHIPPED) for path in SHIPPED.rglob("*") if path.is_file() and path.name != "README.md"]
    assert [str(path) for path in shipped if str(path) not in readme] == []
