"""The kiosk's side of the clerks: one thread that starts them ahead, asks them, and ends them with their visit.

Not responsible for what they say.  `end` returns with the clerk killed, and from then on nothing of that visit
reaches the inbox.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping

from drivers.clock import Clock
from drivers.secret import Secret
from kiosk.clerk import messages as say
from kiosk.clerk.calls import Agency, ClerkLost, ClerkSaid, Inbox, Order, OrderPad, failed
from kiosk.clerk.child import Child, ClerkGone

RETRY_SECONDS = 5.0  # before the next attempt, when a clerk died by itself
COMPOSE_SECONDS = 5.0  # on top of the agency's hard limit


__all__ = ["Agency", "ClerkLost", "ClerkSaid", "Desk"]


class Desk(threading.Thread):
    def __init__(self, inbox: Inbox, clock: Clock, agency: Agency, sample: bool, key: bytes) -> None:
        """`inbox` must not block.  A clerk is started ahead as soon as the thread is."""
        super().__init__(name="clerk-desk", daemon=True)
        self._inbox, self._clock, self._agency = inbox, clock, agency
        self._sample, self._key = sample, key
        self._pad = OrderPad()
        self._lock = threading.Lock()  # guards _live and _serving, which `end` reads
        self._live: set[str] = set()
        self._serving: dict[str, Child] = {}
        self._spare: Child | None = None
        self._spare_at = 0.0
        self._runner: Child | None = None
        self._errands: deque[say.Tell | say.Probe] = deque()
        self._stopping = False

    # -- for the kiosk ------------------------------------------------------------------

    def open(self, visit: str) -> None:
        with self._lock:
            self._live.add(visit)
        self._pad.write(Order(visit, say.Open(visit)))

    def identify(self, visit: str, rrn: Secret, template: Secret, format: str = "zfm-512") -> None:
        """13 ASCII digits and a captured template; both secrets are wiped once sent, or never to be sent."""
        message = say.Identify(rrn.reveal(), template.reveal(), format)
        self._pad.write(Order(visit, message, (rrn, template)))

    def fetch(
        self,
        visit: str,
        document: str,
        options: Mapping[str, str],
        inputs: Mapping[str, str],
        won: int | None = None,
        waived_for: tuple[str, ...] = (),
    ) -> None:
        """`won` is the fee that the form prints, unless the person belongs to a group of `waived_for`."""
        chosen, given = tuple(sorted(options.items())), tuple(sorted(inputs.items()))
        self._pad.write(Order(visit, say.Fetch(document, chosen, given, won, waived_for)))

    def end(self, visit: str) -> None:
        with self._lock:
            self._live.discard(visit)
            if child := self._serving.get(visit):
                child.kill()
        self._pad.wake()

    def errand(self, number: str, outcome: str) -> None:
        """Tell the agency what became of a document; ends as ClerkSaid("", Told | NotTold)."""
        self._pad.write(Order("", say.Tell(number, outcome)))

    def probe(self) -> None:
        """Ask whether the agency is there; ends as ClerkSaid("", Probed)."""
        self._pad.write(Order("", say.Probe()))

    def stop(self) -> None:
        self._stopping = True
        self._pad.wake()
        if self.is_alive():
            self.join()

    # -- the thread ---------------------------------------------------------------------

    def run(self) -> None:
        try:
            while not self._stopping:
                self._prepare()
                self._wait()
                self._pad.read_all(self._carry_out)
                for child in self._children():
                    self._listen(child)
                self._bury_ended()
                self._run_errand()
        finally:
            self._close()

    def _wait(self) -> None:
        due = [child.due for child in self._children() if child.due is not None]
        if self._spare is None and not self._live:
            due.append(self._spare_at)
        seconds = max(0.0, min(due) - self._clock.monotonic()) if due else None
        fds = [fd for child in self._children() for fd in (child.fileno(), child.pidfd)]
        self._clock.wait((self._pad.wake_fd, *fds), seconds)

    def _prepare(self) -> None:
        """The next visitor's clerk warms up while nobody is there."""
        if self._spare is None and not self._live and self._clock.monotonic() >= self._spare_at:
            try:
                self._spare = self._spawn(warm=True)
            except ClerkGone:
                self._spare_at = self._clock.monotonic() + RETRY_SECONDS

    def _carry_out(self, order: Order) -> None:
        match order.message:
            case say.Tell() | say.Probe():
                self._errands.append(order.message)
            case say.Open():
                self._assign(order)
            case _ if child := self._serving.get(order.visit):
                self._send(child, order.message)
            case _:
                self._post(order.visit, ClerkLost(order.visit, "clerk-lost"))

    def _assign(self, order: Order) -> None:
        if order.visit not in self._live:
            return
        try:
            child = self._spare or self._spawn(warm=True)
        except ClerkGone:
            self._post(order.visit, ClerkLost(order.visit, "clerk-lost"))
            return
        self._spare, child.visit = None, order.visit
        with self._lock:
            self._serving[order.visit] = child
        self._send(child, order.message, answered=False)

    def _run_errand(self) -> None:
        """One after the other by one clerk of their own, which knows nobody."""
        if not self._errands:
            if self._runner:
                self._forget(self._runner)
            return
        try:
            self._runner = self._runner or self._spawn(warm=False)
        except ClerkGone:
            self._post("", ClerkSaid("", failed(self._errands.popleft())))
            return
        if self._runner.due is None:
            self._send(self._runner, self._errands[0])

    def _send(self, child: Child, message: say.ToClerk, answered: bool = True) -> None:
        try:
            child.send(message)
        except ClerkGone:
            self._lose(child, "clerk-lost")
            return
        if answered:
            child.due = self._clock.monotonic() + self._agency.hard_seconds + COMPOSE_SECONDS

    def _listen(self, child: Child) -> None:
        try:
            for message in child.receive():
                self._hear(child, message)
        except ClerkGone:
            self._lose(child, "clerk-lost")
            return
        if child.due is not None and self._clock.monotonic() >= child.due:
            self._lose(child, "clerk-silent")

    def _hear(self, child: Child, message: say.FromClerk) -> None:
        if isinstance(message, say.Ready) or child.due is None:  # unasked: nobody's answer
            return
        child.due = None
        if child is self._runner:
            self._errands.popleft()
        self._post(child.visit, ClerkSaid(child.visit, message))

    def _lose(self, child: Child, reason: str) -> None:
        if child is self._spare:
            self._spare_at = self._clock.monotonic() + RETRY_SECONDS
        elif child is self._runner and self._errands:
            self._post("", ClerkSaid("", failed(self._errands.popleft())))
        else:
            self._post(child.visit, ClerkLost(child.visit, reason))
        self._forget(child)

    def _post(self, visit: str, event: ClerkSaid | ClerkLost) -> None:
        with self._lock:  # `end` waits for a post under way, and none begins after it
            if not visit or visit in self._live:
                self._inbox(event)

    def _bury_ended(self) -> None:
        for visit, child in list(self._serving.items()):
            if visit not in self._live:
                self._forget(child)

    def _forget(self, child: Child) -> None:
        with self._lock:
            self._serving.pop(child.visit, None)
            child.bury()
        if child is self._spare:
            self._spare = None
        if child is self._runner:
            self._runner = None

    def _spawn(self, warm: bool) -> Child:
        agency = self._agency
        return Child(
            say.Begin(
                key=self._key if warm else b"",
                url=agency.url,
                ca=agency.ca,
                seal_keys=agency.seal_keys,
                sample=self._sample,
                soft_seconds=agency.soft_seconds,
                hard_seconds=agency.hard_seconds,
                warm=warm,
            )
        )

    def _children(self) -> list[Child]:
        return [child for child in (self._spare, self._runner, *self._serving.values()) if child]

    def _close(self) -> None:
        for child in self._children():
            self._forget(child)
        self._pad.read_all(lambda order: None)
