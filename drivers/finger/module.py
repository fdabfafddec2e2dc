"""The conversation with one ZFM module over one open link: commands, answers, deadlines.

Not responsible for what an answer means to the visit (`driver`), nor for coming back after a loss.
"""

from __future__ import annotations

from drivers.base import LinkLost
from drivers.clock import Clock
from drivers.finger import protocol
from drivers.finger.protocol import Code, Command, Kind, Packet, Parameters, Unframer
from drivers.secret import Secret
from drivers.tape import Direction, Tape, TapedLink

ANSWER_SECONDS = 1.0
UPLOAD_SECONDS = 3.0  # 1,536 bytes at 9600 baud are 1.8 s
TEMPLATE_BYTES = 512
LONGEST_TEMPLATE = 2048
BUFFERS = (1, 2)
ATTEMPTS = 2


def wipe(data: bytearray) -> None:
    data[:] = bytes(len(data))


class FingerModule:
    """Raises LinkLost when the module does not answer in time or as the manual says."""

    def __init__(self, link: TapedLink, tape: Tape, clock: Clock) -> None:
        self._link = link
        self._tape = tape
        self._clock = clock
        self._unframer = Unframer()
        self.packet_bytes = 128
        self.is_dirty = True  # its buffers may hold somebody's template: always so at first

    def fileno(self) -> int:
        return self._link.fileno()

    # -- commands -------------------------------------------------------------------------

    def identify(self, password: int) -> Parameters:
        code, _ = self._ask(Command.VERIFY_PASSWORD, password.to_bytes(4, "big"))
        if code is not Code.OK:
            raise LinkLost(f"password refused: {code.name}; set the module's password in the configuration")
        return self.parameters()

    def parameters(self) -> Parameters:
        code, body = self._ask(Command.READ_PARAMETERS)
        try:
            if code is not Code.OK:
                raise ValueError(code.name)
            found = protocol.read_parameters(body)
        except ValueError as error:
            raise LinkLost(f"no parameters: {error}") from None
        self.packet_bytes = found.packet_bytes
        return found

    def check_sensor(self) -> Code:
        """OK, SENSOR_FAULT, or UNSUPPORTED by older modules."""
        return self._ask(Command.CHECK_SENSOR)[0]

    def light(self, is_on: bool) -> None:
        """Modules without a light of their own say that they know no such command."""
        self._ask(Command.LED_ON if is_on else Command.LED_OFF)

    def look(self) -> Code:
        return self._ask(Command.GEN_IMAGE)[0]

    def make_template(self) -> Code:
        self.is_dirty = True
        return self._ask(Command.IMAGE_TO_TEMPLATE, b"\x01")[0]

    def upload_template(self) -> Secret:
        """The template in buffer 1."""
        try:
            code, _ = self._ask(Command.UPLOAD_TEMPLATE, b"\x01")
            if code is not Code.OK:
                raise LinkLost(f"template not given: {code.name}")
            return self._collect(self._clock.monotonic() + UPLOAD_SECONDS)
        finally:
            self._unframer.wipe()

    def forget(self) -> None:
        """Write over both template buffers."""
        for buffer in BUFFERS if self.is_dirty else ():
            code, _ = self._ask(Command.DOWNLOAD_TEMPLATE, bytes([buffer]))
            if code is not Code.OK:
                raise LinkLost(f"buffer {buffer} not written over: {code.name}")
            until = self._clock.monotonic() + ANSWER_SECONDS
            self._send(protocol.data_packets(bytes(TEMPLATE_BYTES), self.packet_bytes), until)
        self.is_dirty = False

    # -- the line -------------------------------------------------------------------------

    def drain(self) -> None:
        """Forget what came unasked."""
        while self._receive():
            self._unframer.wipe()
        self._unframer.wipe()

    def _ask(self, name: Command, parameters: bytes = b"") -> tuple[Code, bytearray]:
        """One question, its answer, one deadline for both; asked again if the module could not read it."""
        until = self._clock.monotonic() + ANSWER_SECONDS
        for _ in range(ATTEMPTS):
            self.drain()
            self._send(protocol.command(name, parameters), until)
            answer = self._next_packet(until)
            if answer.kind != Kind.ACK:
                wipe(answer.body)
                raise LinkLost(f"{name.name}: data instead of an answer")
            self._tape.record(Direction.RECEIVED, protocol.packet(Kind.ACK, bytes(answer.body)))
            if (code := Code(answer.body[0])) is not Code.PACKET_ERROR:
                break
        return code, answer.body[1:]

    def _send(self, data: bytes, until: float) -> None:
        while data:
            data = data[self._link.write(data) :]
            if data:
                self._wait(until, writing=True)

    def _next_packet(self, until: float) -> Packet:
        while (packet := self._unframer.next()) is None:
            self._wait(until)
            self._receive()
        return packet

    def _receive(self) -> int:
        count = self._link.readinto(self._unframer.space())
        self._unframer.took(count)
        return count

    def _wait(self, until: float, writing: bool = False) -> None:
        left = until - self._clock.monotonic()
        fd = self._link.fileno()
        if left <= 0 or not self._clock.wait(() if writing else (fd,), left, (fd,) if writing else ()):
            raise LinkLost("no answer in time")

    def _collect(self, until: float) -> Secret:
        """The data packets up to the last, joined."""
        gathered, count = bytearray(LONGEST_TEMPLATE), 0
        try:
            while True:
                packet = self._next_packet(until)
                end = count + len(packet.body)
                if packet.kind not in (Kind.DATA, Kind.END_OF_DATA) or end > LONGEST_TEMPLATE:
                    raise LinkLost("template broken off")
                gathered[count:end] = packet.body
                wipe(packet.body)
                count = end
                if packet.kind == Kind.END_OF_DATA:
                    return self._seal(gathered, count)
        finally:
            wipe(gathered)

    def _seal(self, gathered: bytearray, count: int) -> Secret:
        """A lost data packet leaves a template that is too short by a packet: never pass it on."""
        if count % self.packet_bytes or count < TEMPLATE_BYTES:
            raise LinkLost(f"template of {count} bytes")
        exact = gathered[:count]
        secret = Secret(exact)
        wipe(exact)
        return secret
