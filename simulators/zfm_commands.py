"""What each ZFM command does to the module, from the command table of the manual.

Every command answers at its full length, also when it failed: there are clients that read fixed lengths.
Not responsible for packets, time or order; `zfm` is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from simulators.zfm_memory import NOTE_PAGES, Memory
from simulators.zfm_sensor import CONDITIONS, SAME_FINGER, TEMPLATE_BYTES, Sensor, likeness
from simulators.zfm_wire import Ok

Reply = tuple[Ok, bytes]
SCORE_OF_EQUAL = 200


def word(data: bytes) -> int:
    return int.from_bytes(data, "big")


def pair(*values: int) -> bytes:
    return b"".join(value.to_bytes(2, "big") for value in values)


@dataclass
class Cells:
    """What a module holds while it has power, and what it keeps without."""

    memory: Memory = field(default_factory=Memory)
    sensor: Sensor = field(default_factory=Sensor)
    buffers: dict[int, bytes] = field(default_factory=dict)
    image: bytes = b""
    image_fault: Ok = Ok.OK  # why no template can be made of the image
    captured: bytes = b""  # the template that is in the image
    led: str = "off"
    is_trusted: bool = False  # the password was right
    upload: bytes = b""  # goes out as data packets behind the answer
    awaits: int | None = None  # where data packets go: buffer 1 or 2, 0 the image

    def lose_power(self) -> None:
        self.buffers.clear()
        self.image = self.captured = self.upload = b""
        self.led, self.is_trusted, self.awaits = "off", False, None


def take_image(cells: Cells, _: bytes) -> Reply:
    code = cells.sensor.look()
    if code is Ok.OK:
        cells.image, cells.captured = cells.sensor.image(), cells.sensor.template()
        cells.image_fault = CONDITIONS.get(cells.sensor.condition, Ok.OK)
    return code, b""


def image_to_template(cells: Cells, body: bytes) -> Reply:
    if body[0] not in (1, 2):
        return Ok.WRONG_REGISTER_CONTENT, b""
    if not cells.image:
        return Ok.NO_PRIMARY_IMAGE, b""
    if cells.image_fault is Ok.OK:
        cells.buffers[body[0]] = cells.captured
    return cells.image_fault, b""


def match(cells: Cells, _: bytes) -> Reply:
    share = likeness(cells.buffers.get(1, b""), cells.buffers.get(2, b""))
    return (Ok.OK if share >= SAME_FINGER else Ok.NO_MATCH), pair(round(share * SCORE_OF_EQUAL))


def search(cells: Cells, body: bytes) -> Reply:
    first, count = word(body[1:3]), word(body[3:5])
    sample = cells.buffers.get(body[0], b"")
    pages = range(first, min(first + count, cells.memory.capacity))
    scores = {p: likeness(sample, cells.memory.templates[p]) for p in pages if p in cells.memory.templates}
    best = max(scores, key=lambda page: scores[page], default=0)
    if scores.get(best, 0.0) < SAME_FINGER:
        return Ok.NOT_FOUND, pair(0, 0)
    return Ok.OK, pair(best, round(scores[best] * SCORE_OF_EQUAL))


def combine(cells: Cells, _: bytes) -> Reply:
    one, two = cells.buffers.get(1, b""), cells.buffers.get(2, b"")
    if likeness(one, two) < SAME_FINGER:
        return Ok.CANNOT_COMBINE, b""
    cells.buffers[2] = one
    return Ok.OK, b""


def store(cells: Cells, body: bytes) -> Reply:
    page = word(body[1:3])
    if page >= cells.memory.capacity:
        return Ok.BEYOND_LIBRARY, b""
    if body[0] not in cells.buffers:
        return Ok.NO_TEMPLATE, b""
    cells.memory.templates[page] = cells.buffers[body[0]]
    return Ok.OK, b""


def load(cells: Cells, body: bytes) -> Reply:
    page = word(body[1:3])
    if page >= cells.memory.capacity:
        return Ok.BEYOND_LIBRARY, b""
    if page not in cells.memory.templates:
        return Ok.TEMPLATE_UNREADABLE, b""
    cells.buffers[body[0]] = cells.memory.templates[page]
    return Ok.OK, b""


def delete(cells: Cells, body: bytes) -> Reply:
    first, count = word(body[:2]), word(body[2:])
    if not cells.memory.holds(first, count):
        return Ok.DELETE_FAILED, b""
    for page in range(first, first + count):
        cells.memory.templates.pop(page, None)
    return Ok.OK, b""


def empty(cells: Cells, _: bytes) -> Reply:
    cells.memory.templates.clear()
    return Ok.OK, b""


def upload_template(cells: Cells, body: bytes) -> Reply:
    cells.upload = cells.buffers.get(body[0], b"")
    return (Ok.OK if cells.upload else Ok.NO_TEMPLATE), b""


def upload_image(cells: Cells, _: bytes) -> Reply:
    cells.upload = cells.image
    return (Ok.OK if cells.image else Ok.NO_IMAGE), b""


def download_template(cells: Cells, body: bytes) -> Reply:
    if body[0] not in (1, 2):
        return Ok.WRONG_REGISTER_CONTENT, b""
    cells.awaits = body[0]
    return Ok.OK, b""


def download_image(cells: Cells, _: bytes) -> Reply:
    cells.awaits = 0
    return Ok.OK, b""


def downloaded(cells: Cells, target: int, data: bytes) -> None:
    """The last data packet has come; what is not as long as a template leaves the buffer unusable."""
    if target == 0:
        cells.image, cells.captured, cells.image_fault = data, data[:TEMPLATE_BYTES], Ok.TOO_FEW_POINTS
    elif len(data) == TEMPLATE_BYTES:
        cells.buffers[target] = data
    else:
        cells.buffers.pop(target, None)


def set_parameter(cells: Cells, body: bytes) -> Reply:
    limits = {4: ("baud_steps", 1, 12), 5: ("security", 1, 5), 6: ("packet_code", 0, 3)}
    if body[0] not in limits:
        return Ok.INVALID_REGISTER, b""
    name, low, high = limits[body[0]]
    if not low <= body[1] <= high:
        return Ok.WRONG_REGISTER_CONTENT, b""
    setattr(cells.memory, name, body[1])
    return Ok.OK, b""


def read_parameters(cells: Cells, _: bytes) -> Reply:
    return Ok.OK, cells.memory.parameters(2 * cells.is_trusted + 8 * bool(cells.image))


def set_password(cells: Cells, body: bytes) -> Reply:
    cells.memory.password = word(body)
    return Ok.OK, b""


def verify_password(cells: Cells, body: bytes) -> Reply:
    cells.is_trusted = word(body) == cells.memory.password
    return (Ok.OK if cells.is_trusted else Ok.WRONG_PASSWORD), b""


def set_address(cells: Cells, body: bytes) -> Reply:
    cells.memory.address = word(body)
    return Ok.OK, b""


def write_note(cells: Cells, body: bytes) -> Reply:
    if body[0] >= NOTE_PAGES:
        return Ok.WRONG_NOTEPAD_PAGE, b""
    cells.memory.notes[body[0]] = body[1:]
    return Ok.OK, b""


def read_note(cells: Cells, body: bytes) -> Reply:
    if body[0] >= NOTE_PAGES:
        return Ok.WRONG_NOTEPAD_PAGE, bytes(32)
    return Ok.OK, cells.memory.notes[body[0]]


def light(cells: Cells, body: bytes) -> Reply:
    if body[0] not in range(1, 7) or body[2] not in (1, 2, 3):
        return Ok.WRONG_REGISTER_CONTENT, b""
    cells.led = "off" if body[0] in (4, 6) else "on"
    return Ok.OK, b""


def led(state: str) -> Callable[[Cells, bytes], Reply]:
    def switch(cells: Cells, _: bytes) -> Reply:
        cells.led = state
        return Ok.OK, b""

    return switch


def check_sensor(cells: Cells, _: bytes) -> Reply:
    return (Ok.SENSOR_FAULT if cells.sensor.is_broken else Ok.OK), b""


def say(code: Ok, data: bytes = b"") -> Callable[[Cells, bytes], Reply]:
    return lambda cells, body: (code, data)


def random_number(cells: Cells, _: bytes) -> Reply:
    return Ok.OK, os.urandom(4)


def count(cells: Cells, _: bytes) -> Reply:
    return Ok.OK, pair(len(cells.memory.templates))


def index(cells: Cells, body: bytes) -> Reply:
    return Ok.OK, cells.memory.index_table(body[0])
