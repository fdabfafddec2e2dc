"""What headquarters should see of this kiosk at present: one retained message a topic, the latest only.

While the broker is away nothing piles up.  Not responsible for history; that is the outbox.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import msgspec

from kiosk.office.messages import Header, Part, encode

log = logging.getLogger(__name__)

CLEARED = b""


class Snapshot:
    """Written by any thread, read by the office's.  Topics are below kiosk/v1/{kid}/."""

    def __init__(self, header: Callable[[], Header]) -> None:
        self._header = header
        self._lock = threading.Lock()
        self._facts: dict[str, Part] = {}
        self._encoded: dict[str, bytes] = {}
        self._dirty: dict[str, None] = {}  # in the order of change

    def put(self, topic: str, facts: Part, always: bool = False) -> bool:
        """Stamped with the time of now, whenever it is sent; whether it has to be sent."""
        try:
            encoded = encode(self._header(), facts)
        except (TypeError, msgspec.ValidationError) as error:  # a bug; what it holds may not leave the machine
            log.error("office: %s is not told (%s)", topic, type(error).__name__)
            return False
        with self._lock:
            if self._facts.get(topic) == facts and not always:
                return False
            self._facts[topic], self._encoded[topic] = facts, encoded
            self._dirty[topic] = None
            return True

    def drop(self, topic: str) -> bool:
        with self._lock:
            if self._facts.pop(topic, None) is None:
                return False
            self._encoded.pop(topic)
            self._dirty[topic] = None
            return True

    def holds(self, topic: str) -> bool:
        with self._lock:
            return topic in self._facts

    def drop_stray(self, topic: str) -> None:
        """The broker still holds what we do not say: left from before a start."""
        with self._lock:
            if topic not in self._facts:
                self._dirty[topic] = None

    def all_again(self) -> None:
        with self._lock:
            self._dirty = dict.fromkeys([*self._facts, *self._dirty])

    def take(self) -> tuple[str, bytes] | None:
        """The next message to be sent."""
        with self._lock:
            topic = next(iter(self._dirty), None)
            if topic is None:
                return None
            del self._dirty[topic]
            return topic, self._encoded.get(topic, CLEARED)
