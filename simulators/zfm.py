"""A ZFM fingerprint module: packets in, packets out, at the speed of its sensor; written from the manual.

Not responsible for the line (`port_host`) nor for who puts a thumb where (`finger`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from simulators import zfm_commands as does
from simulators.faults import number, switch, whole
from simulators.zfm_commands import Cells, Reply
from simulators.zfm_memory import BAUD_STEP
from simulators.zfm_wire import ACK, COMMAND, DATA, END_OF_DATA, Ok, Packet, Receiver, data_packets, packet

AWAKE = b"\x55"
POWER_UP_SECONDS = 0.05
TORN_PACKET_SECONDS = 0.5  # after that a half packet is given up
BLIND_LOOK_SECONDS = 0.03  # GenImg with nothing on the glass
SWITCH_SECONDS = 0.02  # between the last answer at the old baud rate and the new one


class Order(NamedTuple):
    parameter_bytes: int
    obey: Callable[[Cells, bytes], Reply]


COMMANDS: Mapping[int, Order] = {
    0x01: Order(0, does.take_image),
    0x02: Order(1, does.image_to_template),
    0x03: Order(0, does.match),
    0x04: Order(5, does.search),
    0x05: Order(0, does.combine),
    0x06: Order(3, does.store),
    0x07: Order(3, does.load),
    0x08: Order(1, does.upload_template),
    0x09: Order(1, does.download_template),
    0x0A: Order(0, does.upload_image),
    0x0B: Order(0, does.download_image),
    0x0C: Order(4, does.delete),
    0x0D: Order(0, does.empty),
    0x0E: Order(2, does.set_parameter),
    0x0F: Order(0, does.read_parameters),
    0x12: Order(4, does.set_password),
    0x13: Order(4, does.verify_password),
    0x14: Order(0, does.random_number),
    0x15: Order(4, does.set_address),
    0x18: Order(33, does.write_note),
    0x19: Order(1, does.read_note),
    0x1B: Order(5, does.search),
    0x1D: Order(0, does.count),
    0x1F: Order(1, does.index),
    0x28: Order(0, does.take_image),
    0x30: Order(0, does.say(Ok.OK)),
    0x35: Order(4, does.light),
    0x36: Order(0, does.check_sensor),
    0x39: Order(0, does.say(Ok.OK, b"SIM algorithm".ljust(32, b"\0"))),
    0x3A: Order(0, does.say(Ok.OK, b"SIM firmware".ljust(32, b"\0"))),
    0x3C: Order(0, does.say(Ok.OK, b"SIM ZFM".ljust(46, b"\0"))),
    0x3D: Order(0, does.say(Ok.OK)),
    0x40: Order(0, does.say(Ok.OK)),
    0x50: Order(0, does.led("on")),
    0x51: Order(0, does.led("off")),
    0x53: Order(0, does.say(Ok.ECHO)),
}
NEEDS_NO_PASSWORD = {0x13, 0x0F, 0x40, 0x53}
LOOKS, EXTRACTION, SET_PARAMETER, SOFT_RESET = {0x01, 0x28}, 0x02, 0x0E, 0x3D


class ZfmModule:
    """A `port_host.Device`."""

    def __init__(self, on_moment: Callable[[str], None]) -> None:
        self.cells = Cells()
        self.settings: Mapping[str, Callable[[str], Any]] = {
            "capture_seconds": number(0, 60),
            "extract_seconds": number(0, 60),
            "sensor_broken": switch,
            "password": whole(0, 0xFFFFFFFF),
        }
        self.capture_seconds, self.extract_seconds = 0.25, 0.20
        self.baudrate = 57600
        self.busy_seconds = 0.0
        self.images = 0
        self.not_known: list[str] = []
        self._on_moment = on_moment
        self._receiver = Receiver()
        self._download = bytearray()
        self._later: deque[tuple[float, bytes]] = deque()  # what is said after so much of the module's time
        self._orders: deque[Packet] = deque()
        self._silent_seconds = 0.0

    @property
    def sensor_broken(self) -> bool:
        return self.cells.sensor.is_broken

    @sensor_broken.setter
    def sensor_broken(self, broken: bool) -> None:
        self.cells.sensor.is_broken = broken

    @property
    def password(self) -> int:
        return self.cells.memory.password

    @password.setter
    def password(self, password: int) -> None:
        self.cells.memory.password = password

    # -- the line -------------------------------------------------------------------------

    @property
    def wants_tick(self) -> float | None:
        if self._later:
            return max(0.0, self._later[0][0])
        return TORN_PACKET_SECONDS if self._receiver.is_amid_packet else None

    def receive(self, data: bytes) -> bytes:
        self._silent_seconds = 0.0
        self._receiver.take(data)
        while came := self._receiver.next(self.cells.memory.address):
            self._orders.append(came)
        return self._work_off()

    def tick(self, seconds: float) -> bytes:
        said = b""
        while self._later and self._later[0][0] <= seconds:
            after, words = self._later.popleft()
            seconds -= after
            said += words
            said += self._work_off()
        if self._later:
            after, words = self._later[0]
            self._later[0] = (after - seconds, words)
        elif self.baudrate != (baudrate := self.cells.memory.baud_steps * BAUD_STEP):
            self.baudrate = baudrate
        self._silent_seconds += seconds
        if self._silent_seconds >= TORN_PACKET_SECONDS:
            self._receiver.forget()
        return said

    def power_cycle(self) -> None:
        self.cells.lose_power()
        self._receiver.forget()
        self._orders.clear()
        self._later.clear()
        self._later.append((POWER_UP_SECONDS, AWAKE))

    # -- the work -------------------------------------------------------------------------

    def _work_off(self) -> bytes:
        """One order after the other; one that takes time holds the rest."""
        said = b""
        while self._orders and not self._later:
            seconds, words = self._obey(self._orders.popleft())
            if seconds > 0:
                self._later.append((seconds, words))
            else:
                said += words
        return said

    def _obey(self, came: Packet) -> tuple[float, bytes]:
        if came.kind in (DATA, END_OF_DATA) and self.cells.awaits is not None:
            self._take_data(came)
            return 0.0, b""
        self.cells.awaits = None
        self._download.clear()
        order = COMMANDS.get(came.body[0]) if came.body else None
        if not came.is_intact or came.kind != COMMAND or not came.body:
            return 0.0, self._answer(Ok.PACKET_ERROR)
        if order is None:
            self.not_known.append(came.body.hex())
            return 0.0, self._answer(Ok.UNSUPPORTED)
        if len(came.body) != 1 + order.parameter_bytes:
            return 0.0, self._answer(Ok.PACKET_ERROR)
        if self.password and not self.cells.is_trusted and came.body[0] not in NEEDS_NO_PASSWORD:
            return 0.0, self._answer(Ok.PASSWORD_NEEDED)
        return self._carry_out(came.body[0], order, came.body[1:])

    def _carry_out(self, name: int, order: Order, parameters: bytes) -> tuple[float, bytes]:
        code, data = order.obey(self.cells, parameters)
        seconds = self._seconds_of(name, code)
        words = self._answer(code, data)
        if self.cells.upload:
            words += data_packets(self.cells.memory.address, self.cells.upload, self.cells.memory.packet_bytes)
            self.cells.upload = b""
            self._on_moment("upload")
        if name == SET_PARAMETER:
            self._later.append((0.0, words))
            return SWITCH_SECONDS, b""
        if name == SOFT_RESET:
            self.cells.lose_power()
            self._later.append((0.0, words))
            return POWER_UP_SECONDS, AWAKE
        return seconds, words

    def _seconds_of(self, name: int, code: Ok) -> float:
        if name in LOOKS and code is Ok.OK:
            self.images += 1
            self.busy_seconds += self.capture_seconds
            self._on_moment(f"image {self.images}")
            return self.capture_seconds
        if name == EXTRACTION:
            self.busy_seconds += self.extract_seconds
            return self.extract_seconds
        return BLIND_LOOK_SECONDS if name in LOOKS else 0.0

    def _answer(self, code: Ok, data: bytes = b"") -> bytes:
        return packet(self.cells.memory.address, ACK, bytes([code]) + data)

    def _take_data(self, came: Packet) -> None:
        """Data packets are never acknowledged; a damaged one spoils the whole."""
        target = self.cells.awaits
        self._download += came.body if came.is_intact else b""
        if came.kind == END_OF_DATA and target is not None:
            does.downloaded(self.cells, target, bytes(self._download))
            self.cells.awaits = None
            self._download.clear()
