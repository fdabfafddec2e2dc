"""A kiosk in a process of its own that plays one visit by words from outside, and dies when it is told to.

    python -m tests.power.runner ADDRESSES STATE COPIES [before|after ACT N]

It asks for what it cannot know ("do card insert resident", "digits") on its standard output, one answer a line.
`before PrintPaper 2` kills it with the step on the disk and the second sheet not asked for; `after`, just asked.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.flow import intents as tap
from kiosk.flow.effects import Act
from kiosk.flow.session import At
from kiosk.journal.journal import Committed
from tests.journeys.play import Play


def told(words: str) -> bytearray:
    """Say a line, and take the answer byte by byte: no buffer keeps what was typed."""
    os.write(1, words.encode() + b"\n")
    answer = bytearray()
    while (byte := os.read(0, 1)) not in (b"\n", b""):
        answer += byte
    return answer


class RemotePlay(Play):
    def do(self, line: str) -> dict[str, Any]:
        told(f"do {line}")
        return {}

    def type_number(self, digits: str = "") -> RemotePlay:
        number = told("digits")
        for digit in number:
            self.press(tap.Digit(digit - ord("0")))
        number[:] = bytes(len(number))
        self.press(tap.Submitted())
        if self.kiosk.entry.hint == "checksum":
            self.press(tap.Submitted())
        return self

    def say_ids(self) -> None:
        session = self.kiosk.session
        told(f"ids {json.dumps([session.visit, session.payment.order])}")


def dies(perform: Callable[[Act, Committed], None], when: str, act: str, left: int) -> Callable[..., None]:
    def performed(done: Act, committed: Committed) -> None:
        nonlocal left
        left -= type(done).__name__ == act
        is_it = type(done).__name__ == act and left == 0
        if is_it and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        perform(done, committed)
        if is_it:
            os.kill(os.getpid(), signal.SIGKILL)

    return performed


def main(addresses: str, state: str, copies: str, *death: str) -> None:
    play = RemotePlay(Path(addresses), Path(state))
    if death:
        when, act, count = death
        play.kiosk.runtime._perform = dies(play.kiosk.performer.perform, when, act, int(count))
    with play:
        play.start()
        play.say_ids()
        play.choose().identify().order(int(copies))
        play.kiosk.touch(tap.Confirmed())
        play.say_ids()
        play.until_asked_for_card()
        play.pay()
        play.until_at(At.TAKE, At.SORRY, At.ASSIST)
        play.do("card remove")
        if play.kiosk.session.at is At.TAKE:
            play.press(tap.Leaves())
            play.press(tap.WantsReceipt(True))
            play.until_at(At.MORE)
        play.leave()
        play.until_at(At.ATTRACT)
        for role, driver in play.assembly.drivers.items():
            if tape := getattr(driver, "tape", None):
                Path(state, f"{role}.tape").write_text("\n".join(tape.dump()), encoding="utf-8")
        told("over")


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    main(*sys.argv[1:])
