"""One open link to the receipt printer: questions, answers, and clearing its memory.

Not responsible for documents and verdicts (`delivery`, `driver`).
"""

from __future__ import annotations

import contextlib
import termios
from collections.abc import Iterator

from drivers.base import Link, LinkLost, Status
from drivers.clock import Clock
from drivers.printer import protocol
from drivers.printer.protocol import Answer, Cleared, Echo, Garbled, Replies, Reply, Report

ANSWER_SECONDS = 1.0
AGAIN_SECONDS = 0.1  # behind garbled bytes: perhaps the answer was among them
KNIFE_TAG = b"~CUT"


class Conversation:
    def __init__(self, link: Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._replies = Replies()
        self.is_report_due = False
        self.knife_fell = False  # what hung from an unfinished document is off

    def fileno(self) -> int:
        return self._link.fileno()

    def offer(self, data: bytes) -> int:
        """Hand over what the line takes now; returns how many bytes it took."""
        return self._link.write(data)

    def say(self, data: bytes) -> None:
        """Hand over all of it, or the link counts as lost."""
        deadline = self._clock.monotonic() + ANSWER_SECONDS
        while data := data[self.offer(data) :]:
            left = deadline - self._clock.monotonic()
            if left <= 0:
                raise LinkLost("the printer takes no bytes")
            self._clock.wait((), left, (self.fileno(),))

    def hear(self) -> list[Reply]:
        """What has arrived, without waiting."""
        heard = list(self._replies.feed(self._link.read()))
        self.knife_fell = self.knife_fell or Echo(KNIFE_TAG) in heard
        self.is_report_due = self.is_report_due and not any(isinstance(reply, Report) for reply in heard)
        return heard

    def expect_paper_status(self, due: bool) -> None:
        self._replies.paper_status_due = due

    def status(self) -> Status:
        """Only while no document is on its way: picture data may contain questions, too."""
        return protocol.status_of(protocol.conditions(self._ask(n), bits) for n, bits in protocol.ANSWER_BITS.items())

    def purge(self) -> None:
        """Empty the printer's memory and what waits before it, so that no earlier visitor's document can come out."""
        with contextlib.suppress(termios.error):  # not a serial port
            termios.tcflush(self.fileno(), termios.TCOFLUSH)
        for reply in self._exchange(protocol.CLEAR):
            if isinstance(reply, Cleared):
                return

    def cut_off(self) -> None:
        """Part what may hang from an unfinished document from what comes next."""
        self.knife_fell = False
        self.say(protocol.RESET + b"\x1dVB\x00")

    def want_reports(self) -> None:
        """Changes told unasked, and the present state once."""
        self.is_report_due = True
        self.say(protocol.REPORT_CHANGES)

    def _ask(self, kind: int) -> int:
        for reply in self._exchange(protocol.ask(kind)):
            if isinstance(reply, Answer):
                return reply.value
        raise AssertionError  # the exchange ends with LinkLost only

    def _exchange(self, question: bytes) -> Iterator[Reply]:
        """Replies until the caller has what it wants; after noise the question is put again."""
        self.hear()  # what came before answers nothing
        self.say(question)
        deadline = self._clock.monotonic() + ANSWER_SECONDS
        garbled = False
        while (left := deadline - self._clock.monotonic()) > 0:
            if not self._clock.wait((self.fileno(),), min(left, AGAIN_SECONDS) if garbled else left) and garbled:
                self.say(question)
                garbled = False
            heard = self.hear()
            garbled = garbled or any(isinstance(reply, Garbled) for reply in heard)
            yield from heard
        raise LinkLost(f"no answer to {question.hex(' ')}")
