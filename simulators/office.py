"""The simulated office: a real broker, a small headquarters, and a record of every message that passed.

The record is RUN/office.out/mqtt.jsonl; each message is checked against the contract on the way, and what does not
keep it is reported in `state`.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from simulators.base import Refused, Simulator
from simulators.faults import number
from simulators.mosquitto import Mosquitto
from simulators.office_contract import Contract
from simulators.office_headquarters import Headquarters


class Recorder:
    """Hears everything on the broker, headquarters' own words as well."""

    def __init__(self, port: int, file: IO[str], now: Any) -> None:
        self._file, self._now, self._contract = file, now, Contract()
        self._lock = threading.Lock()
        self.messages = 0
        self.invalid: list[dict[str, str]] = []
        self._client = paho.Client(CallbackAPIVersion.VERSION2, "recorder", protocol=MQTTProtocolVersion.MQTTv5)
        self._client.reconnect_delay_set(1, 1)
        self._listening = threading.Event()
        self._client.on_connect = lambda client, *_: client.subscribe("#", 1)
        self._client.on_subscribe = lambda *_: self._listening.set()
        self._client.on_message = lambda client, data, message: self._came(message)
        self._client.connect("127.0.0.1", port, 30, clean_start=True)
        self._client.loop_start()
        self._listening.wait(5)

    def _came(self, message: paho.MQTTMessage) -> None:
        try:
            payload: Any = json.loads(message.payload) if message.payload else ""
        except ValueError:
            payload = message.payload.hex()
        line = {"ts": self._now().isoformat(), "topic": message.topic, "payload": payload, "retain": message.retain}
        problem = self._contract.problem(message.topic, bytes(message.payload))
        with self._lock:
            self.messages += 1
            if problem:
                self.invalid.append({"topic": message.topic, "problem": problem})
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def stop(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


class OfficeSimulator(Simulator):
    role = "office"

    def __init__(self, speed: float = 1.0, clock_start: datetime | None = None) -> None:
        super().__init__(speed)
        now = datetime.now(UTC).astimezone()
        self._zone = clock_start.tzinfo if clock_start else now.tzinfo
        self._shift = clock_start - now if clock_start else timedelta()
        self._broker: Mosquitto | None = None
        self._headquarters: Headquarters | None = None
        self._recorder: Recorder | None = None
        self._file: IO[str] | None = None

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._shift).astimezone(self._zone)

    @property
    def broker(self) -> Mosquitto:
        assert self._broker, "not started"
        return self._broker

    @property
    def headquarters(self) -> Headquarters:
        assert self._headquarters, "not started"
        return self._headquarters

    def start(self, directory: Path) -> str:
        out = directory / "office.out"
        out.mkdir(parents=True, exist_ok=True)
        self._broker = Mosquitto(out)
        self._broker.start()
        self._file = (out / "mqtt.jsonl").open("a", encoding="utf-8")
        self._recorder = Recorder(self._broker.port, self._file, self.now)
        self._headquarters = Headquarters(self._broker.port, out / "headquarters.db", self.now)
        self._headquarters.start()
        self._headquarters.come_back()
        return f"mqtt://127.0.0.1:{self._broker.port}"

    def stop(self) -> None:
        if self._headquarters:
            self.busy_ms = self._headquarters.busy_ms
            self._headquarters.stop()
        if self._recorder:
            self._recorder.stop()
        if self._broker:
            self._broker.stop()
        if self._file:
            self._file.close()
        self._headquarters = self._recorder = self._file = None

    def do(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["away"]:
                self.headquarters.leave()
            case ["back"]:
                self.headquarters.come_back()
            case ["broker", "kill"]:
                self.broker.kill()
            case ["broker", "start"]:
                self.broker.start()
            case ["slow", seconds]:
                self.headquarters.slow_seconds = number(0, 3600)(seconds) / self.speed
            case ["state"]:
                return self.state()
            case _:
                known = "away, back (headquarters only), broker kill, broker start, slow S, state"
                raise Refused(f"the office does not know {' '.join(words)!r}; it knows: {known}")
        return {}

    def state(self) -> dict[str, Any]:
        if not (self._headquarters and self._recorder):
            return super().state()
        self.busy_ms = self._headquarters.busy_ms
        record = {"messages": self._recorder.messages, "invalid": self._recorder.invalid}
        here = {"away": self._headquarters.away, "broker": self.broker.runs}
        return {**super().state(), **here, **record, **self._headquarters.facts()}
