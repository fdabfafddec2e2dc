"""One connection to the broker, MQTT 5; the only paho of the product.

It has no thread: the office thread waits on its socket and lets it turn, so there is no network thread that could
die unseen, no lock to meet, and an idle kiosk sleeps until the keepalive.  A connection is one object: whatever
paho had queued dies with it.  Not responsible for what is said or when to come back.
"""

from __future__ import annotations

import functools
import logging
import socket
import ssl
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from drivers.base import LinkLost
from drivers.clock import Clock

log = logging.getLogger(__name__)

CONNECT_SECONDS = 5.0  # until TCP and TLS stand
CONFIRM_SECONDS = 30.0  # paho does not resend: a confirmation that never comes would block its place for ever
REFUSED = 0x80  # from here on a reason code is a refusal (MQTT 5, 2.4)
GOODBYE_SECONDS = 2.0
QOS = 1
WINDOW = 20  # messages under way at a time; paho would ignore a smaller Receive Maximum


@dataclass(frozen=True)
class Tls:
    """PEM files; without a certificate of our own only the server is checked."""

    ca: str = ""
    certificate: str = ""
    key: str = ""


NO_CERTIFICATE = Tls()


@dataclass(frozen=True)
class Connected:
    """The broker consents; nothing may be said before."""


@dataclass(frozen=True)
class Came:
    topic: str
    payload: bytes
    retained: bool


@dataclass(frozen=True)
class Refused:
    """The broker took notice of what we asked and will not do it."""

    what: str
    code: int


LinkEvent = Connected | Came | Refused


@dataclass(frozen=True)
class Will:
    topic: str
    payload: bytes


def _guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """A bug in a callback is a line in the log; it never reaches paho."""

    @functools.wraps(callback)
    def call(*arguments: Any) -> None:
        try:
            callback(*arguments)
        except Exception as error:
            log.error("office: %s in %s", type(error).__name__, callback.__name__)

    return call


class MqttLink:
    """Used by one thread.  After `LinkLost` only `close` may be called."""

    def __init__(self, address: str, client_id: str, will: Will, clock: Clock, keepalive: int, tls: Tls) -> None:
        parts = urlsplit(address)
        self._clock, self._keepalive = clock, keepalive
        self._host, self._port = parts.hostname or "", parts.port or (8883 if parts.scheme == "mqtts" else 1883)
        self._events: deque[LinkEvent] = deque()
        self._open: dict[int, float] = {}  # message id -> when it was handed over
        self._window = 0
        self._up_to = clock.monotonic() + CONFIRM_SECONDS  # for the broker's first word
        self._client = client = paho.Client(CallbackAPIVersion.VERSION2, client_id, protocol=MQTTProtocolVersion.MQTTv5)
        client.connect_timeout = CONNECT_SECONDS
        client.will_set(will.topic, will.payload, QOS, retain=True)
        if parts.scheme == "mqtts":
            client.tls_set_context(_context(tls))
        client.on_socket_open = _guarded(_at_once)
        client.on_connect, client.on_message = _guarded(self._connected), _guarded(self._came)
        client.on_publish, client.on_subscribe = _guarded(self._published), _guarded(self._subscribed)

    # -- for the office thread ------------------------------------------------------------------

    def open(self) -> None:
        """Raises LinkLost; the broker's consent comes as `Connected`."""
        try:
            self._check(self._client.connect(self._host, self._port, self._keepalive, clean_start=True))
        except (OSError, ValueError) as error:
            raise LinkLost(f"no broker: {error}") from error

    def fileno(self) -> int:
        sock = self._client.socket()
        if sock is None:
            raise LinkLost("the broker hung up")
        return int(sock.fileno())

    @property
    def wants_write(self) -> bool:
        return bool(self._client.want_write())

    @property
    def room(self) -> int:
        """How many messages it takes now."""
        return self._window - len(self._open)

    @property
    def seconds(self) -> float:
        """How long it may be left alone."""
        return max(0.0, min(self._keepalive / 2, self._patience_ends - self._clock.monotonic()))

    @property
    def _patience_ends(self) -> float:
        return min((self._up_to, *(at + CONFIRM_SECONDS for at in self._open.values())))

    def turn(self) -> None:
        """Read, write and keep alive without waiting; raises LinkLost."""
        self._check(self._client.loop_read())
        while (sock := self._client.socket()) is not None and getattr(sock, "pending", int)():
            self._check(self._client.loop_read())  # decrypted already: no poll would show it
        if self.wants_write:
            self._check(self._client.loop_write())
        self._check(self._client.loop_misc())
        if self._clock.monotonic() >= self._patience_ends:
            raise LinkLost("the broker does not confirm")

    def take_events(self) -> Iterable[LinkEvent]:
        while self._events:
            yield self._events.popleft()

    def publish(self, topic: str, payload: bytes, retain: bool) -> None:
        handed = self._client.publish(topic, payload, QOS, retain)
        self._check(handed.rc)
        self._open[handed.mid] = self._clock.monotonic()

    def subscribe(self, topics: Iterable[str]) -> None:
        self._check(self._client.subscribe([(topic, QOS) for topic in topics])[0])

    def unsubscribe(self, topics: Iterable[str]) -> None:
        self._check(self._client.unsubscribe(list(topics))[0])

    def close(self) -> None:
        """Say goodbye, so that the will stays unsaid; what was said last is confirmed first.

        With nothing unread left in the socket: closing it would reset the line, and the goodbye could be lost.
        """
        until = self._clock.monotonic() + GOODBYE_SECONDS
        try:
            while self._open and self._clock.monotonic() < until:
                self._clock.wait((self.fileno(),), until - self._clock.monotonic())
                self.turn()
            self._client.disconnect()
        except Exception as error:  # half-open is what it is closed for
            log.debug("office: %s while closing", type(error).__name__)
        self.drop()

    def drop(self) -> None:
        """Let the socket go without a word: the broker says the will."""
        if (sock := self._client.socket()) is not None:
            sock.close()

    # -- called by paho, inside `turn`: append and nothing else ---------------------------------

    def _connected(self, client: Any, data: Any, flags: Any, code: Any, properties: Any) -> None:
        if code.value >= REFUSED:
            self._events.append(Refused("connect", code.value))
        else:
            self._up_to = float("inf")
            self._window = min(WINDOW, getattr(properties, "ReceiveMaximum", WINDOW))
            self._events.append(Connected())

    def _came(self, client: Any, data: Any, message: paho.MQTTMessage) -> None:
        self._events.append(Came(message.topic, bytes(message.payload), bool(message.retain)))

    def _published(self, client: Any, data: Any, mid: int, code: Any, properties: Any) -> None:
        self._open.pop(mid, None)
        if code.value >= REFUSED:
            self._events.append(Refused("publish", code.value))

    def _subscribed(self, client: Any, data: Any, mid: int, codes: Any, properties: Any) -> None:
        for code in codes:
            if code.value >= REFUSED:
                self._events.append(Refused("subscribe", code.value))

    @staticmethod
    def _check(code: Any) -> None:
        if code != paho.MQTT_ERR_SUCCESS:
            raise LinkLost(f"the line to the broker broke: {paho.error_string(code)}")


def _at_once(client: Any, data: Any, sock: socket.socket) -> None:
    """Else a small message waits 40 ms for the other side's acknowledgement of the one before."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _context(tls: Tls) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=tls.ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    if tls.certificate:
        context.load_cert_chain(tls.certificate, tls.key or None)
    return context
