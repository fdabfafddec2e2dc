"""How long from an approved payment to the first byte at the A4 printer, in the real kiosk before real sockets.

The approval is on the disk (one flush) before anything moves; then the printer is asked how it is and whether it
would take the job, and gets it on a fresh connection.
"""

from __future__ import annotations

from benchmarks.figures import Figure, figure
from benchmarks.played import played
from benchmarks.watched import MARK
from demo.resident import Resident

GOAL_MS = 20.0


def measure(visits: int = 7) -> list[Figure]:
    stored, approved = [], []
    with played(speed=20.0, program="benchmarks.watched") as resident:
        for _ in range(visits):
            resident.take_home_one_copy()
            at = resident.stage.do("page_printer state")["print_job_at"]
            moments = told(resident)
            stored.append((at - moments["stored"]) * 1000)
            approved.append((at - moments["approved"]) * 1000)
    return [
        figure("approval stored → first byte at the printer", stored, "ms", GOAL_MS),
        figure("approval at the kiosk → first byte at the printer", approved, "ms"),
    ]


def told(resident: Resident) -> dict[str, float]:
    """The last of each moment the kiosk told."""
    lines = (resident.stage.directory / "kiosk.log").read_text().splitlines()
    return {line.split()[1]: float(line.split()[2]) for line in lines if line.startswith(MARK)}
