"""The one thread of a simulated print server: it moves the mechanism, answers requests and carries out words.

It sleeps until one of them needs it.  Not responsible for what the words mean nor for what IPP says.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import threading
import weakref
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from simulators import ipp_codec as ipp
from simulators import ipp_faults
from simulators.ipp_attributes import Uris
from simulators.ipp_codec import Message
from simulators.ipp_engine import Engine
from simulators.ipp_faults import UNOBEYED, Fault, NetworkFault
from simulators.ipp_http import BadHttp, Connection, HttpPort, Request
from simulators.ipp_operations import Service, Status
from simulators.port_host import RealTime, Time

ANSWER_SECONDS = 10.0  # for words from other threads
PRINT_JOB = 0x02
LONGEST_SLEEP_SECONDS = 3600.0  # what a slowed-down motor wants may be more than poll can count
Result = TypeVar("Result")


@dataclass
class Reply:
    due: float
    connection: Connection
    answer: Message
    fault: Fault


class IppHost(threading.Thread):
    def __init__(self, engine: Engine, name: str, speed: float = 1.0, clock: Time | None = None) -> None:
        super().__init__(name=f"sim-{name}", daemon=True)
        self.engine, self.speed = engine, speed
        self.fault = NetworkFault()
        self.is_plugged = True
        self.answer_seconds = 0.0
        self.asked: Counter[int] = Counter()  # requests by operation
        self.print_job_at: float | None = None  # by the clock: when the last Print-Job was here
        self._port = HttpPort()
        self.uris = Uris(f"127.0.0.1:{self._port.number}")
        self._service = Service(engine, self.uris)
        self._boots_at: float | None = None
        self._replies: list[Reply] = []
        self._clock: Time = clock or RealTime()
        self._ticked_at = self._clock.monotonic()
        self._calls: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        weakref.finalize(self, os.close, self._wake)
        self._stopping = False
        self._port.listen()

    # -- for everybody -----------------------------------------------------------------------

    def stop(self) -> None:
        self._stopping = True
        os.eventfd_write(self._wake, 1)
        if self.is_alive() and threading.current_thread() is not self:
            self.join()
        self._port.close()

    def call(self, work: Callable[[], Result]) -> Result:
        """Run `work` on the thread that owns the device."""
        if threading.current_thread() is self or not self.is_alive():
            return work()
        future: Future[Result] = Future()
        self._calls.put((work, future))
        os.eventfd_write(self._wake, 1)
        return future.result(ANSWER_SECONDS)

    def dial(self) -> socket.socket:
        self._listen()
        return self._port.adopt()

    def reboot(self, seconds: float) -> None:
        """Power is lost and comes back; the network answers after so many of the printer's own seconds."""
        self.engine.lose_power()
        self._replies.clear()
        self._boots_at = self._clock.monotonic() + seconds / self.speed

    # -- the thread --------------------------------------------------------------------------

    def run(self) -> None:
        while not self._stopping:
            self._move()
            self._run_calls()
            self._listen()
            for connection in list(self._port.connections.values()):
                self._port.read(connection)
                self._serve(connection)
            self._reply()
            if not self._stopping:
                self._sleep()
        self._run_calls()

    def _move(self) -> None:
        now = self._clock.monotonic()
        seconds, self._ticked_at = (now - self._ticked_at) * self.speed, now
        if self._boots_at is None:
            self.engine.tick(seconds)
        elif now >= self._boots_at:
            self._boots_at = None

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

    def _listen(self) -> None:
        if self.is_plugged and self._boots_at is None and self.fault.at(0) is not Fault.REFUSE:
            self._port.listen()
            self._port.accept()
        else:
            self._port.refuse()

    def _serve(self, connection: Connection) -> None:
        try:
            while request := connection.next_request():
                self._take(connection, request)
        except BadHttp as error:
            connection.answer(b"", error.status)
            self._port.drop(connection)

    def _take(self, connection: Connection, http: Request) -> None:
        try:
            request = ipp.decode(http.body)
        except ipp.BadMessage:
            connection.answer(b"", "400 Bad Request")
            return
        self.asked[request.code] += 1
        if request.code == PRINT_JOB:
            self.print_job_at = self._clock.monotonic()
        fault = self.fault.at(request.code)
        if fault is Fault.RESET:
            self._port.drop(connection)
            return
        answer = Message(request.version, Status.BUSY, request.request_id, _head())
        if fault not in UNOBEYED:
            answer = self._service.answer(request)
        self._replies.append(Reply(self._clock.monotonic() + self.answer_seconds, connection, answer, fault))

    def _reply(self) -> None:
        now = self._clock.monotonic()
        for reply in [reply for reply in self._replies if reply.due <= now]:
            self._replies.remove(reply)
            ipp_faults.send(reply.connection, reply.answer, reply.fault)

    def _sleep(self) -> None:
        now = self._clock.monotonic()
        due = [reply.due for reply in self._replies]
        if self._boots_at is not None:
            due.append(self._boots_at)
        elif (wants := self.engine.wants_tick) is not None:
            due.append(now + wants / self.speed)
        seconds = min(LONGEST_SLEEP_SECONDS, max(0.0, min(due) - now)) if due else None
        self._clock.wait([self._wake, *self._port.fds()], seconds)


def _head() -> list[ipp.Group]:
    group = ipp.Group(ipp.OPERATION)
    group.add("attributes-charset", ipp.CHARSET, "utf-8")
    group.add("attributes-natural-language", ipp.LANGUAGE, "en")
    return [group]
