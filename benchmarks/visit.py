"""What the software adds to a resident's visit: its time less that of devices, offices and the resident's own hand."""

from __future__ import annotations

import time

from benchmarks.figures import Figure, figure
from benchmarks.played import played

GOAL_SECONDS = 1.0


def measure(visits: int = 3) -> list[Figure]:
    whole, others, ours = [], [], []
    with played() as resident:
        for _ in range(visits):
            busy, hands, begun = resident.stage.do("state")["busy_ms"], resident.pointer.paused, time.monotonic()
            resident.take_home_one_copy()
            seconds = time.monotonic() - begun
            busy = (resident.stage.do("state")["busy_ms"] - busy) / 1000
            hands = resident.pointer.paused - hands
            whole.append(seconds)
            others.append(busy + hands)
            ours.append(seconds - busy - hands)
    return [
        figure("a resident's visit", whole, "s"),
        figure("… devices, offices and the resident's hand", others, "s"),
        figure("… everything else", ours, "s", GOAL_SECONDS),
    ]
