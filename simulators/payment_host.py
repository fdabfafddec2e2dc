"""The payment host (VAN) at the other end of a TCP line: ISO 8583 frames, and everything that can happen to an answer.

Words: silent, deaf, answer, decline [CODE], approve, late S, slow S, garbage, truncate, mismatch, close, unplug, plug.
What is charged and given back is the bank's business (`iso8583_bank`); its ledger outlives every line.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulators.base import Refused, Simulator
from simulators.faults import number
from simulators.iso8583_bank import Bank
from simulators.iso8583_line import Caller, Framing, HostLine, binary_framing
from simulators.iso8583_wire import Malformed, build, parse

MODES = ("answer", "silent", "deaf", "garbage", "truncate", "mismatch", "close")
HELP = f"{', '.join(MODES)}, decline [CODE], approve, late S, slow S, unplug, plug, state"


class PaymentHostSimulator(Simulator):
    role = "payment_host"

    def __init__(self, speed: float = 1.0, framing: Framing = binary_framing) -> None:
        super().__init__(speed)
        self.bank = Bank()
        self._lock = threading.RLock()
        self._line = HostLine(self._receive, framing)
        self._mode = "answer"
        self._late_seconds = 0.0  # for money only
        self._slow_seconds = 0.0  # for everything
        self._received: list[str] = []

    def start(self, directory: Path) -> Any:
        return f"tcp://127.0.0.1:{self._line.open()}"

    def stop(self) -> None:
        self._line.stop()

    def state(self) -> dict[str, Any]:
        with self._lock:
            facts = {"mode": self._mode, "decline": self.bank.refusal, "plugged": self._line.is_plugged}
            return {**super().state(), **facts, "received": list(self._received), **self.bank.state()}

    def do(self, words: list[str]) -> dict[str, Any]:
        with self._lock:
            match words:
                case ["answer"]:
                    self._mode, self._late_seconds, self._slow_seconds = "answer", 0.0, 0.0
                case [mode] if mode in MODES:
                    self._mode = mode
                case ["approve"]:
                    self.bank.refusal = ""
                case ["decline", *code] if len(code) < 2 and re.fullmatch("[0-9A-Z]{2}|", "".join(code)):
                    self.bank.refusal = "".join(code) or "51"
                case ["late", seconds]:
                    self._late_seconds = number(0, 3600)(seconds)
                case ["slow", seconds]:
                    self._slow_seconds = number(0, 3600)(seconds)
                case ["unplug"] | ["plug"] | ["state"]:
                    pass
                case _:
                    raise Refused(f"payment_host: {' '.join(words)!r} is not known; say {HELP}")
        if words in (["unplug"], ["plug"]):
            self._line.plug(words == ["plug"])
        return self.state()

    def _receive(self, caller: Caller, frame: bytes) -> None:
        """One frame came, on the line's thread."""
        with self._lock:
            try:
                message = parse(frame)
            except Malformed as fault:
                self._received.append(f"malformed: {fault}")
                caller.close()
                return
            self._received.append(message.mti)
            is_money = message.mti != "0800"
            if self._mode == "deaf":
                return
            answer = self.bank.answer(message)
            if self._mode == "mismatch" and is_money:
                answer = replace(answer, fields={**answer.fields, 37: answer[37][::-1]})
            self._send(caller, build(answer), is_money)
        self.on_moment(message.mti)

    def _send(self, caller: Caller, frame: bytes, is_money: bool) -> None:
        wait = (self._slow_seconds + (self._late_seconds if is_money else 0)) / self.speed
        self.busy_ms += wait * 1000
        match self._mode if is_money or self._mode == "silent" else "answer":
            case "silent":
                pass
            case "close":
                caller.close()
            case "garbage":
                caller.send(os.urandom(len(frame)), wait)
            case "truncate":
                caller.send(frame, wait, missing=len(frame) // 2)
            case _:
                caller.send(frame, wait)
