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


def tell(name: str) -> None:
    sys.stderr.write(f"{MARK} {name} {time.monotonic()}\n")  # in one piece: other threads log meanwhile


def watch() -> None:
    post, committed = Inbox.post, Runtime.committed

    def posted(inbox: Inbox, event: object) -> None:
        if isinstance(event, Finished) and isinstance(event.result, Approval):
            tell("approved")
        post(inbox, event)

    def stored(runtime: Runtime, event: Committed) -> None:
        if any(isinstance(act, PrintPaper) for act in runtime._pending[event.step].acts):
            tell("stored")
        committed(runtime, event)

    Inbox.post, Runtime.committed = posted, stored  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    watch()
    sys.exit(main())
