"""Tells systemd that the kiosk is up and alive (sd_notify); silent where nobody listens.

Fed only by a main loop that came round: a frozen screen is restarted by the watchdog, a dead broker is not.
"""

from __future__ import annotations

import contextlib
import os
import socket


class Watch:
    def __init__(self, address: str | None = None, period_us: str | None = None) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "") if address is None else address
        period = os.environ.get("WATCHDOG_USEC", "") if period_us is None else period_us
        self.seconds = int(period) / 2e6 if period.isdigit() and int(period) else None
        """How often `alive` wants to be called; None: nobody watches."""

    def ready(self) -> None:
        self._say("READY=1")

    def alive(self) -> None:
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    def _say(self, words: str) -> None:
        if not self._address:
            return
        path = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as talk, contextlib.suppress(OSError):
            talk.sendto(words.encode(), path)
