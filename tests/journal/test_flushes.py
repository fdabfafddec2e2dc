"""How often the disk is waited for, counted by strace: counts do not depend on the machine."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

CALLS = "trace=fsync,fdatasync,sync_file_range,msync,write"


@pytest.fixture(scope="module")
def flushes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Flushes a step of one paid visit with two copies."""
    folder = tmp_path_factory.mktemp("flushes")
    trace = folder / "trace"
    command = ["strace", "-f", "-o", str(trace), "-e", CALLS, sys.executable, "-m", "tests.journal.flushed"]
    subprocess.run([*command, str(folder / "kiosk.db")], check=True, timeout=60, capture_output=True)
    counts: dict[str, int] = {}
    step = "before"
    for line in trace.read_text().splitlines():
        if found := re.search(r'write\(1, "step (\w+)', line):
            step = found[1]
        elif re.search(r"\b(fsync|fdatasync|msync|sync_file_range)\(", line):
            counts[step] = counts.get(step, 0) + 1
    return counts


def test_one_flush_stands_before_the_first_byte_of_a_paid_job(flushes: dict[str, int]) -> None:
    assert flushes["4"] == 1, "approval stored and job claimed in one flush"


def test_a_finished_job_costs_two_flushes_at_most(flushes: dict[str, int]) -> None:
    """The next copy is claimed in the same flush that ends the one before."""
    assert flushes["5"] == 1
    assert flushes["4"] + flushes["5"] <= 2


def test_no_step_of_a_visit_waits_for_the_disk_twice(flushes: dict[str, int]) -> None:
    assert max(flushes[step] for step in "1234567") == 1, flushes
