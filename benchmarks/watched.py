"""The kiosk as it is, with two of its moments told on stderr: an approval came, and it was on the disk.

`python -m benchmarks.watched run …` takes what `python -m kiosk` takes.
"""

from __future__ import annotations

import sys
import time

from drivers.base import Finished
from drivers.card.driver import Approval
from kiosk.__main__ import main
from kiosk.flow.effects import PrintPaper
from kiosk.journal.journal import Committed
from kiosk.loop import Inbox
from kiosk.runtime import Runtime

MARK = "moment"


def tell(name: str, at: float) -> None:
    sys.stderr.write(f"{MARK} {name} {at}\n")  # in one piece: other threads log meanwhile


def watch() -> None:
    """The journal's own thread says when a step is on the disk; which step it was is known a little later."""
    post, committed = Inbox.post, Runtime.committed
    flushed: dict[int, float] = {}

    def posted(inbox: Inbox, event: object) -> None:
        match event:
            case Committed(step=step):
                flushed[step] = time.monotonic()
            case Finished(result=Approval()):
                tell("approved", time.monotonic())
        post(inbox, event)

    def stored(runtime: Runtime, event: Committed) -> None:
        at = flushed.pop(event.step)
        if any(isinstance(act, PrintPaper) for act in runtime._pending[event.step].acts):
            tell("stored", at)
        committed(runtime, event)

    Inbox.post, Runtime.committed = posted, stored  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    watch()
    sys.exit(main())
