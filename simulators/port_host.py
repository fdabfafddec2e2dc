"""One thread that stands between a simulated device and its line: pace, ticks, faults.

It owns the device: everybody else's words are carried out on this thread.  It sleeps until the line, a word or
the device's own next movement needs it.  What kind of port the line is, `pty_host` and `memory_host` know.
"""

from __future__ import annotations

import abc
import contextlib
import math
import os
import queue
import select
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

from simulators.base import Refused
from simulators.faults import Faults, hexadecimal, number, set_value, switch

BITS_PER_BYTE = 10  # 8N1
SLICE_SECONDS = 0.01  # bytes travel in pieces of at most this much line time
LEAST_SECONDS = 1e-6  # a rest of a tick that rounding left must still move a fed clock
ANSWER_SECONDS = 10.0  # for words from other threads
Result = TypeVar("Result")


class Device(Protocol):
    """A device model apart from its wire."""

    baudrate: int
    settings: Mapping[str, Callable[[str], Any]]  # what `set NAME VALUE` may change, and how to read VALUE

    @property
    def wants_tick(self) -> float | None:
        """While something moves: seconds until the next `tick` is of use; None: nothing moves."""
        ...

    def receive(self, data: bytes) -> bytes:
        """Take what came over the line; returns what it says at once."""
        ...

    def tick(self, seconds: float) -> bytes:
        """Let so much of the device's own time pass (0: only look); returns what it says unasked."""
        ...

    def power_cycle(self) -> None: ...


class Time(Protocol):
    """Where seconds come from; a test may feed them."""

    def monotonic(self) -> float: ...

    def wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]: ...


class RealTime:
    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, readable: Iterable[int], seconds: float | None, writable: Iterable[int] = ()) -> set[int]:
        poll = select.poll()
        for fd in readable:
            poll.register(fd, select.POLLIN)
        # Rounded up: a wait that ends early would turn into a spin.
        return {fd for fd, _ in poll.poll(None if seconds is None else math.ceil(seconds * 1000))}


class PortHost(threading.Thread, abc.ABC):
    def __init__(self, device: Device, name: str, speed: float = 1.0, clock: Time | None = None) -> None:
        super().__init__(name=f"sim-{name}", daemon=True)
        self.device, self.speed = device, speed
        self.faults = Faults()
        self._clock: Time = clock or RealTime()
        self._calls: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self._wake)
        self._stopping, self._travelled_bytes = False, 0
        self._ticked_at = self._clock.monotonic()
        self._arriving = self._leaving = b""
        self._outgoing = bytearray()
        self._arrives_at = self._leaves_at = self._deaf_until = 0.0

    # -- the port -------------------------------------------------------------------------

    @abc.abstractmethod
    def plug(self) -> None: ...

    @abc.abstractmethod
    def unplug(self) -> None: ...

    @property
    @abc.abstractmethod
    def port(self) -> int | None:
        """The device's end of the line while it is plugged in."""

    @abc.abstractmethod
    def client_baudrate(self) -> int: ...

    def client_left(self) -> None:
        """The client closed its end, where the kind of port shows it."""

    # -- for everybody ----------------------------------------------------------------------

    def stop(self) -> None:
        self._stopping = True
        os.eventfd_write(self._wake, 1)
        if self.is_alive() and threading.current_thread() is not self:
            self.join()

    def call(self, work: Callable[[], Result]) -> Result:
        """Run `work` on the thread that owns the device."""
        if threading.current_thread() is self or not self.is_alive():
            return work()
        future: Future[Result] = Future()
        self._calls.put((work, future))
        os.eventfd_write(self._wake, 1)
        return future.result(ANSWER_SECONDS)

    def do(self, words: list[str]) -> dict[str, Any]:
        return self.call(lambda: self._obey(words))

    def _obey(self, words: list[str]) -> dict[str, Any]:
        match words:
            case ["unplug" | "plug" as word]:
                self._drop_line()
                getattr(self, word)()
            case ["power_cycle"]:
                self._drop_line()
                self.device.power_cycle()
            case ["mute" | "noise" | "split" as word, state]:
                setattr(self.faults, word, switch(state))
            case ["delay", seconds]:
                self.faults.delay_seconds = number(0, 3600)(seconds)
            case ["stall", seconds]:
                self._deaf_until = self._clock.monotonic() + number(0, 3600)(seconds)
            case ["say", *digits] if digits:
                self._outgoing += hexadecimal(digits)
            case ["set", *rest]:
                return set_value(self.device, self.device.settings, rest)
            case _:
                known = "unplug plug power_cycle mute noise split delay stall say set"
                raise Refused(f"{' '.join(words)!r} is not known here; words: {known}")
        return {}

    # -- the thread ---------------------------------------------------------------------------

    def run(self) -> None:
        while not self._stopping:
            self._run_calls()
            self._arrive()
            self._move()
            self._leave()
            if not self._stopping:  # `_run_calls` may have swallowed the wake-up of `stop`
                self._sleep()
        self._run_calls()

    def _run_calls(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._wake)
        with contextlib.suppress(queue.Empty):
            while True:
                work, future = self._calls.get_nowait()
                try:
                    future.set_result(work())
                except Exception as error:
                    future.set_exception(error)

    @property
    def line_seconds(self) -> float:
        """How long bits have travelled so far, both ways; at a true baud this is the device's time."""
        return self._travelled_bytes * BITS_PER_BYTE / (self.device.baudrate * self.speed)

    def _line_seconds(self, count: int) -> float:
        return count * BITS_PER_BYTE / (self.device.baudrate * self.speed)

    def _slice_bytes(self) -> int:
        return max(1, min(4096, int(SLICE_SECONDS / self._line_seconds(1))))

    def _arrive(self) -> None:
        """Bytes reach the device when their last bit has travelled; until then the line takes no more."""
        begins = now = self._clock.monotonic()
        if self._arriving and now >= self._arrives_at:
            data, self._arriving = self._arriving, b""
            begins = self._arrives_at  # what follows at once began to travel when this ended
            self._say(self.device.receive(data))
        if self._arriving or self.port is None or now < self._deaf_until:
            return
        try:
            data = os.read(self.port, self._slice_bytes())
        except OSError:  # nothing there, or a client that just closed
            return
        if not data:
            self.client_left()
        elif self.client_baudrate() == self.device.baudrate:
            self._arrives_at = begins + self._line_seconds(len(data))
            self._arriving = data
            self._travelled_bytes += len(data)

    def _move(self) -> None:
        now = self._clock.monotonic()
        seconds, self._ticked_at = (now - self._ticked_at) * self.speed, now
        self._say(self.device.tick(seconds))

    def _say(self, said: bytes) -> None:
        if bent := self.faults.bend(said):
            if not self._outgoing and not self._leaving:
                self._leaves_at = max(self._leaves_at, self._clock.monotonic() + self.faults.delay_seconds)
            self._outgoing += bent

    def _leave(self) -> None:
        begins = now = self._clock.monotonic()
        if self._leaving and now >= self._leaves_at:
            self._put_on_line(self._leaving)
            self._leaving, begins = b"", self._leaves_at
        if self._outgoing and not self._leaving:
            count = 1 if self.faults.split else self._slice_bytes()
            self._leaving = bytes(self._outgoing[:count])
            del self._outgoing[:count]
            self._travelled_bytes += len(self._leaving)
            self._leaves_at = max(begins, self._leaves_at) + self._line_seconds(len(self._leaving))

    def _put_on_line(self, data: bytes) -> None:
        """A wrong speed is noise to the client, a full or closed line loses the bytes: both as in life."""
        if self.port is not None and self.client_baudrate() == self.device.baudrate:
            with contextlib.suppress(OSError):
                os.write(self.port, data)

    def _drop_line(self) -> None:
        self._arriving = self._leaving = b""
        self._outgoing.clear()

    def _sleep(self) -> None:
        now = self._clock.monotonic()
        wants = self.device.wants_tick
        due = [now + max(wants / self.speed, LEAST_SECONDS)] if wants is not None else []
        due += [self._leaves_at] if self._leaving else []
        listening = self.port is not None and not self._arriving
        if self._arriving:
            due.append(self._arrives_at)
        elif now < self._deaf_until:
            due.append(self._deaf_until)
            listening = False
        fds = [self._wake, self.port] if listening and self.port is not None else [self._wake]
        self._clock.wait(fds, max(0.0, min(due) - now) if due else None)
