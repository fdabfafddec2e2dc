"""The kiosk's standing line to the payment host: sign-on, an echo every minute, and reversals (망취소).

Sales go over a line of their own (`payment`), so that a hanging sale never holds up a reversal.  Not responsible for
which order is reversed, nor for trying again: the kiosk's durable queue decides.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from drivers.base import Condition, Health, Inbox, LinkLost, Status, Task, Verdict
from drivers.card import iso8583
from drivers.card.host_link import BINARY_2, Framing, HostTalk, open_host
from drivers.card.order import Order, Patience
from drivers.clock import Clock
from drivers.driver import Driver

ENDS_IT = ("00", "25")  # reversed, not found: either way the host has nothing of this order (any more)
NOT_SIGNED_ON = Status(frozenset({Condition("not-signed-on", Health.STOPPED)}))


@dataclass(frozen=True)
class Reverse:
    """DONE: the host keeps `kept_won` of the order, at most.  NOT_DONE: not sent.  UNKNOWN: ask again, as a repeat."""

    visit: str
    order: Order
    kept_won: int = 0
    attempt: int = 0  # 0: a 0420; else its repeat 0421


class PaymentHostDriver(Driver[HostTalk]):
    def __init__(
        self,
        device: str,
        inbox: Inbox,
        clock: Clock,
        address: str,
        terminal_id: str,
        *,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        framing: Framing = BINARY_2,
    ) -> None:
        """`address`: "tcp://HOST:PORT"."""
        super().__init__(device, inbox, clock)
        self._address, self._terminal_id = address, terminal_id
        self._patience, self._framing = patience, framing
        self.poll_seconds = patience.echo_every
        self._numbers = itertools.cycle(range(1, 1_000_000))  # DE11 of sign-on and echo
        self._heard_at = 0.0
        self._is_doubtful = False  # it owes us an answer
        self._is_signed_on = False

    @contextlib.contextmanager
    def connect(self) -> Iterator[HostTalk]:
        link = open_host(self._address, self.clock, self._patience.connect)
        talk = HostTalk(link, self.clock, self.wake_fd, self.drain_wake, self._framing)
        with contextlib.closing(talk):
            self._is_signed_on = self._ask(talk, iso8583.SIGN_ON) == "00"
            yield talk

    def poll(self, talk: HostTalk) -> Status:
        """An echo, unless the host was heard a moment ago."""
        if self._is_doubtful or self.clock.monotonic() - self._heard_at >= self._patience.echo_every / 2:
            self._ask(talk, iso8583.ECHO)
        return Status() if self._is_signed_on else NOT_SIGNED_ON

    def wait_idle(self, talk: HostTalk, seconds: float | None) -> Status | None:
        if not self._is_doubtful:
            self.clock.wait((self.wake_fd, talk.fileno()), seconds)
            talk.discard()
        return None

    def perform(self, talk: HostTalk, task: Task) -> tuple[Verdict, Any]:
        assert isinstance(task.command, Reverse)
        command: Reverse = task.command
        if not talk.is_alive():
            self._is_doubtful = True
            return Verdict.NOT_DONE, "host-away"
        task.touched = True
        talk.send(iso8583.reversal(command.order, command.kept_won, command.attempt), self._patience.connect)
        seconds = self._patience.answer
        code = self._answer(talk, seconds, lambda fields: iso8583.answer_to_reversal(command.order, fields))
        if not code:
            self._is_doubtful = True  # the next thing asked of it is whether it is there at all
            return Verdict.UNKNOWN, "no-answer"
        return (Verdict.DONE, code) if code in ENDS_IT else (Verdict.UNKNOWN, f"refused:{code}")

    def _ask(self, talk: HostTalk, code: str) -> str:
        """Sign-on or echo; the response code.  Silence is a lost line."""
        number = next(self._numbers)
        talk.send(iso8583.network(code, self.clock.now(), number, self._terminal_id), self._patience.connect)
        answer = self._answer(talk, self._patience.echo, lambda fields: iso8583.answer_to_network(number, code, fields))
        if not answer:
            raise LinkLost("payment host: silent")
        self._is_doubtful = False
        return answer

    def _answer(self, talk: HostTalk, seconds: float, read: Callable[[dict[str, str]], str]) -> str:
        """The code that `read` finds; passes over what belongs elsewhere, such as an answer that came too late."""
        until = self.clock.monotonic() + seconds
        while message := talk.receive(until - self.clock.monotonic(), lambda: self._stopping):
            with contextlib.suppress(iso8583.Unreadable):
                if code := read(iso8583.parse(message)):
                    self._heard_at = self.clock.monotonic()
                    return code
        return ""
