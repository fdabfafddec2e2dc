"""The fingerprint scanner: one capture for one visit, and nothing of it left in the module.

Not responsible for whose finger it is: the agency compares.  Never fetches the image (7 s, and nobody's business).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drivers.base import Condition, Health, Inbox, Link, LinkLost, Status, Task, Verdict
from drivers.clock import Clock
from drivers.driver import Driver
from drivers.finger.module import FingerModule
from drivers.finger.protocol import Code
from drivers.role_watch import RoleWatch
from drivers.secret import Secret
from drivers.serial_link import SerialLink
from drivers.tape import Direction, Tape

BAUDRATE = 57600
LOOK_SECONDS = 0.2
LOOKS = 3  # a finger still being laid down gives a bad image or two
POORER_BY = 25  # quality points a look that was no good
REASONS = {
    Code.TOO_DRY: "too-dry",
    Code.TOO_WET: "too-wet",
    Code.TOO_MESSY: "too-messy",
    Code.TOO_FEW_POINTS: "too-few-points",
    Code.NO_PRIMARY_IMAGE: "too-few-points",
    Code.RESIDUAL_PRINT: "residual-print",
}
NOT_YET = {Code.NO_FINGER, Code.IMAGE_FAILED}
BROKEN = {Code.SENSOR_FAULT, Code.HARDWARE_FAULT}
READY = Status()
SENSOR_FAULT = Status(frozenset({Condition("sensor-fault", Health.FAULT)}))


@dataclass(frozen=True)
class Capture:
    """Wait `seconds` for a finger.  DONE: `Captured`; NOT_DONE: timeout, cancelled, too-wet, too-dry, too-messy,
    too-few-points, residual-print or offline."""

    visit: str
    seconds: float = 15.0


@dataclass(frozen=True)
class Captured:
    """`quality` says how readily the module made a template of it (the protocol has no figure): 100 at first look.
    `live` is the module's word, which refuses prints left on the glass; whether the finger lives the agency judges."""

    template: Secret
    quality: int
    live: bool

    @property
    def format(self) -> str:
        """What the agency's matcher has to know."""
        return f"zfm-{len(self.template)}"


class FingerDriver(Driver[FingerModule]):
    poll_seconds = 5.0

    def __init__(
        self,
        device: str,
        inbox: Inbox,
        clock: Clock,
        path: Path | str,
        baudrate: int = BAUDRATE,
        password: int = 0,
        open_link: Callable[[Path | str, int], Link] = SerialLink,
    ) -> None:
        super().__init__(device, inbox, clock)
        # Templates come from there, late and torn as well; the module records the answers that hold none.
        self.tape = Tape(device, clock, hides=frozenset({Direction.RECEIVED}))
        self._path = path
        self._baudrate = baudrate
        self._password = password
        self._open_link = open_link
        self._watch = RoleWatch(path)

    # -- the link -------------------------------------------------------------------------

    @contextlib.contextmanager
    def connect(self) -> Iterator[FingerModule]:
        self._watch.has_returned()  # what came before this attempt is no reason for another
        link = self.tape.wrap(self._open_link(self._path, self._baudrate))
        try:
            module = FingerModule(link, self.tape, self.clock)
            module.identify(self._password)
            module.forget()  # the one before us may have died over a capture
            module.light(False)
            yield module
            with contextlib.suppress(LinkLost):
                module.forget()
        finally:
            with contextlib.suppress(LinkLost):
                link.close()

    def stop(self) -> None:
        super().stop()
        self._watch.close()

    def wait_for_return(self, seconds: float) -> None:
        until = self.clock.monotonic() + seconds
        while (left := until - self.clock.monotonic()) > 0:
            ready = self.clock.wait((self.wake_fd, self._watch.fileno()), left)
            if self.wake_fd in ready or self._watch.has_returned():
                return

    def poll(self, talk: FingerModule) -> Status:
        talk.parameters()
        return SENSOR_FAULT if talk.check_sensor() in BROKEN else READY

    def wait_idle(self, talk: FingerModule, seconds: float | None) -> Status | None:
        talk.forget()
        if talk.fileno() in self.clock.wait((self.wake_fd, talk.fileno()), seconds):
            talk.drain()  # a module that woke up says 55; noise says anything; a cable that is gone raises
        return None

    # -- the capture ------------------------------------------------------------------------

    def perform(self, talk: FingerModule, task: Task) -> tuple[Verdict, Any]:
        """Nothing leaves the machine here, so nothing is ever UNKNOWN and `touched` stays False."""
        match task.command:
            case Capture(seconds=seconds):
                talk.light(True)
                captured = self._capture(talk, task, self.clock.monotonic() + seconds)
                talk.light(False)
                return captured
        return Verdict.NOT_DONE, "unsupported"

    def _capture(self, talk: FingerModule, task: Task, until: float) -> tuple[Verdict, Any]:
        self.tell(task, "present-subject")
        reason, poor_looks = "", 0
        while True:
            code = self._look(talk, task, is_first=not poor_looks)
            if code is Code.OK:
                return self._take(talk, task, poor_looks)
            if code in REASONS:
                reason, poor_looks = REASONS[code], poor_looks + 1
                if poor_looks == LOOKS:
                    self.tell(task, "remove-subject")
                    return Verdict.NOT_DONE, reason
            elif code not in NOT_YET:
                raise LinkLost(f"the module cannot look: {code.name}")
            if ended := self._rest(talk, task, until):
                return Verdict.NOT_DONE, ended if task.cancelled else reason or ended

    def _look(self, talk: FingerModule, task: Task, is_first: bool) -> Code:
        """OK when there is a template of what lies on the glass."""
        code = talk.look()
        if code is not Code.OK:
            return code
        if is_first:
            self.tell(task, "subject-detected")
        return talk.make_template()

    def _rest(self, talk: FingerModule, task: Task, until: float) -> str:
        """Between two looks; why there is none any more, if so."""
        left = min(LOOK_SECONDS, until - self.clock.monotonic())
        if left > 0 and not self.is_over(task):
            if talk.fileno() in self.clock.wait((self.wake_fd, talk.fileno()), left):
                talk.drain()
            self.drain_wake()
        if self.is_over(task):
            return "cancelled"
        return "timeout" if self.clock.monotonic() >= until else ""

    def _take(self, talk: FingerModule, task: Task, poor_looks: int) -> tuple[Verdict, Captured]:
        template = talk.upload_template()
        self.tell(task, "remove-subject")
        return Verdict.DONE, Captured(template, 100 - POORER_BY * poor_looks, live=True)
