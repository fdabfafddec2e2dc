"""Cancels what is left of us in a printer's memory, so that nobody finds another person's paper.

Not responsible for when: on every connect, and before any UNKNOWN is announced.
"""

from __future__ import annotations

from collections.abc import Callable

from drivers.clock import Clock
from drivers.page_printer.conversation import Conversation

AGAIN_SECONDS = 0.2


def clear(talk: Conversation, clock: Clock, pause: Callable[[float], None], seconds: float) -> bool:
    """Whether no job of ours waits or prints any more; a sheet under way may take its time to come out."""
    until = clock.monotonic() + seconds
    cancelled: set[int] = set()
    while jobs := talk.jobs(completed=False):
        for job in jobs:
            if job.id not in cancelled:
                talk.cancel(job.id)
                cancelled.add(job.id)
        if clock.monotonic() >= until:
            return False
        pause(AGAIN_SECONDS)
    return True
