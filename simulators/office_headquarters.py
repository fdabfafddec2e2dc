"""A small headquarters: takes reports, commits them, and only then acknowledges.

Not responsible for the broker, nor for boards and people; it keeps the contract of the wire.
"""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from simulators.office_store import OfficeStore, Reported, facts

STATE = "hq/v1/state"
LARGEST_BATCH = 500
STANDING_SECONDS = 2.0
Message = tuple[str, bytes]  # topic, payload


class Headquarters(threading.Thread):
    """Away and back by `leave` and `come_back`; its database outlives both."""

    def __init__(self, port: int, file: Path, now: Callable[[], datetime]) -> None:
        super().__init__(name="sim-office", daemon=True)
        self._port, self._now = port, now
        self.file, self._store = file, OfficeStore(file)
        self._work: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._client: paho.Client | None = None
        self._interrupted = threading.Event()
        self.slow_seconds = 0.0
        self.busy_ms = 0.0

    @property
    def away(self) -> bool:
        return self._client is None

    # -- for the console ------------------------------------------------------------------------

    def come_back(self) -> None:
        if self._client is not None:
            return
        client = paho.Client(CallbackAPIVersion.VERSION2, "hq-ingest", protocol=MQTTProtocolVersion.MQTTv5)
        client.will_set(STATE, self._state("offline"), 1, retain=True)
        client.reconnect_delay_set(1, 1)
        standing = threading.Event()
        client.on_socket_open = _at_once
        client.on_connect = self._connected
        client.on_publish = lambda *_: standing.set()  # the first thing said is that we are there
        client.on_message = lambda c, data, message: self._work.put((message.topic, bytes(message.payload)))
        self._client = client
        client.connect_async("127.0.0.1", self._port, 30, clean_start=True)
        client.loop_start()
        standing.wait(STANDING_SECONDS)  # without a broker it goes on trying by itself

    def leave(self) -> None:
        """Orderly: kiosks are told to keep their reports."""
        if (client := self._client) is None:
            return
        self._client = None
        with contextlib.suppress(RuntimeError):  # no broker, nobody to say goodbye to
            client.publish(STATE, self._state("offline"), 1, retain=True).wait_for_publish(2)
        client.disconnect()
        client.loop_stop()

    def stop(self) -> None:
        self.leave()
        self._interrupted.set()
        self._work.put(None)
        if self.is_alive():
            self.join()
        self._store.close()

    def facts(self) -> dict[str, Any]:
        return {**facts(self.file), "duplicates": self._store.duplicates}

    # -- paho's thread: hands over and returns ----------------------------------------------------

    def _connected(self, client: paho.Client, data: Any, flags: Any, code: Any, properties: Any) -> None:
        client.subscribe([("kiosk/v1/+/e/+", 1), ("kiosk/v1/+/birth", 1)])
        client.publish(STATE, self._state("online"), 1, retain=True)

    def _state(self, word: str) -> bytes:
        return json.dumps({"v": 1, "ts": self._now().isoformat(timespec="milliseconds"), "state": word}).encode()

    # -- the thread -------------------------------------------------------------------------------

    def run(self) -> None:
        while (message := self._work.get()) is not None:
            began = time.monotonic()
            self._take(self._batch(message))
            self.busy_ms += (time.monotonic() - began) * 1000

    def _batch(self, first: Message) -> list[Message]:
        """What waits already goes into the same commit."""
        batch = [first]
        while len(batch) < LARGEST_BATCH and not self._work.empty():
            if (message := self._work.get()) is None:
                self._work.put(None)
                break
            batch.append(message)
        return batch

    def _take(self, batch: list[Message]) -> None:
        if self.slow_seconds:
            self._interrupted.wait(self.slow_seconds)
        reports = [report for topic, payload in batch if (report := _report(topic, payload))]
        complete = self._store.take(reports)
        for topic, payload in batch:
            if topic.endswith("/birth") and payload:
                complete.update(self._birth(json.loads(payload)))
        for (kid, epoch), upto in complete.items():
            self._acknowledge(kid, epoch, upto)

    def _birth(self, birth: dict[str, Any]) -> dict[tuple[str, str], int]:
        kid, epoch = birth["kid"], birth["epoch"]
        self._store.note_birth(kid, epoch, birth["outbox"]["first"])
        return {(kid, epoch): self._store.upto(kid, epoch)}

    def _acknowledge(self, kid: str, epoch: str, upto: int) -> None:
        if client := self._client:
            client.publish(f"hq/v1/{kid}/ack", json.dumps({"epoch": epoch, "upto": upto}), 1)


def _at_once(client: Any, data: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _report(topic: str, payload: bytes) -> Reported | None:
    parts = topic.split("/")
    if parts[3] != "e" or not payload:
        return None
    said = json.loads(payload)
    return Reported(parts[2], said["epoch"], said["seq"], said["type"], payload.decode())
