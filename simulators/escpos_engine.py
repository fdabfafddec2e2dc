"""The printer's insides: receive buffer, interpreter, motor and knife.  Time is fed by `tick`.

Real-time commands are obeyed on arrival, even when the same bytes are part of a picture, as the real one does it.
Not responsible for the line it hangs on, nor for files.
"""

from __future__ import annotations

from collections.abc import Callable

from simulators.escpos_grammar import length_of, name_of
from simulators.escpos_modes import SETTERS
from simulators.escpos_sensors import Sensors
from simulators.escpos_strip import DOTS_PER_MM, Strip
from simulators.escpos_typesetter import Typesetter

BUFFER_BYTES = 4096
BUSY_BELOW = 256  # bytes of room at which the line is held
MM_PER_SECOND = 200.0
CUT_SECONDS = 0.2
BOOT_SECONDS = 1.5
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))
NAMES = {66: b"KIOSK SIM", 67: b"RP-80", 69: b"KOREA"}  # GS I


class Engine:
    """Obeys bytes and moves paper; `on_cut` gets every strip that fell."""

    def __init__(self, sensors: Sensors, typesetter: Typesetter) -> None:
        self.sensors = sensors
        self.typesetter = typesetter
        self.on_cut: Callable[[Strip], None] = lambda strip: None
        self.jam_after_mm = float("inf")
        self.moving_seconds = 0.0
        self.cuts = self.kicks = 0
        self.boot_seconds = 0.0
        self._start()

    def _start(self) -> None:
        self._received = bytearray()
        self._order = b""
        self._seen = b""
        self._debt = 0.0  # seconds the mechanism still needs for what it began
        self._items = 0  # of automatic status back
        self._watched = b""
        self.typesetter.reset()

    def power_cycle(self) -> None:
        """Memory and modes are gone; the paper hangs where it was."""
        self._start()
        self.boot_seconds = BOOT_SECONDS

    # -- the line -------------------------------------------------------------------------------

    @property
    def waiting_bytes(self) -> int:
        return len(self._received) + len(self._order)

    @property
    def has_room(self) -> bool:
        return BUFFER_BYTES - len(self._received) >= BUSY_BELOW

    def receive(self, data: bytes) -> bytes:
        if self.boot_seconds > 0:
            return b""
        return b"".join(self._arrive(byte) for byte in data)

    def _arrive(self, byte: int) -> bytes:
        self._seen = self._seen[-9:] + bytes((byte,))
        if len(self._received) < BUFFER_BYTES:
            self._received.append(byte)
        else:
            self.typesetter.complain("receive buffer overrun")
        if self._seen == CLEAR:
            self._clear()
            return b"\x37\x25\x00"
        if self._seen[-3:-1] == b"\x10\x04" and byte in (1, 2, 3, 4):
            return self.sensors.answer(byte)
        if self._seen[-3:] == b"\x10\x05\x02":
            self._clear()
        return b""

    def _clear(self) -> None:
        self._received.clear()
        self._order = b""
        self.typesetter.clear()

    # -- time -----------------------------------------------------------------------------------

    @property
    def can_move(self) -> bool:
        return self.boot_seconds <= 0 and not self.sensors.offline and self.jam_after_mm > 0

    @property
    def wants_tick(self) -> float | None:
        if self.boot_seconds > 0:
            return self.boot_seconds
        return self._debt if self.can_move and self._debt > 0 else None

    def tick(self, seconds: float) -> bytes:
        self.boot_seconds = max(0.0, self.boot_seconds - seconds)
        said = b""
        if self.can_move:
            self._debt -= seconds
        while self.can_move and self._debt <= 1e-9 and self._complete_order():
            said += self._obey()
        if not self._received:
            self._debt = max(0.0, self._debt)
        return said + self._changes()

    def _complete_order(self) -> bool:
        """Draw from the receive buffer what the next order needs; False while some of it is still to come."""
        while (missing := self._missing()) and self._received:
            self._order += self._received[:missing]
            del self._received[:missing]
        return not missing

    def _missing(self) -> int:
        if not self._order:
            return 1
        return max(0, length_of(self._order, self.typesetter.modes.double_byte) - len(self._order))

    def _changes(self) -> bytes:
        """Automatic status back: four bytes whenever something watched changed."""
        if not self._items or self._watched == (watched := self.sensors.watched(self._items)):
            return b""
        self._watched = watched
        return self.sensors.report()

    def _spend(self, seconds: float) -> None:
        self._debt += seconds
        self.moving_seconds += seconds

    def _move(self, dots: int) -> None:
        mm = dots / DOTS_PER_MM
        self.sensors.paper_mm = max(0.0, self.sensors.paper_mm - mm)
        self.jam_after_mm -= mm
        self._spend(mm / MM_PER_SECOND)

    # -- orders ---------------------------------------------------------------------------------

    def _obey(self) -> bytes:
        order, self._order = self._order, b""
        self.typesetter.strip.data += order
        name = name_of(order)
        if setter := SETTERS.get(name):
            changed = setter(self.typesetter.modes, order[2] if len(order) > 2 else 0)
            if changed is None:
                self.typesetter.complain(f"{name} {order[2:].hex(' ')} out of range")
            self.typesetter.modes = changed or self.typesetter.modes
            return b""
        if name in ("ESC p", "GS V", "ESC i", "ESC m") or name.startswith(("GS a", "GS r", "GS I", "GS ( H")):
            return self._obey_outside(name, order)
        self._move(self._obey_on_paper(name, order))
        return b""

    def _obey_on_paper(self, name: str, order: bytes) -> int:
        """Returns the dots the paper moved."""
        setter = self.typesetter
        match name:
            case "text":
                return setter.text(order)
            case "LF":
                return setter.feed_line()
            case "HT":
                return setter.tab()
            case "ESC @":
                self._items = 0
                setter.reset()
            case "ESC d":
                return setter.feed_lines(order[2])
            case "ESC J":
                return setter.feed_line(dots=order[2])
            case "ESC *":
                return setter.put_columns(order)
            case "GS v":
                return setter.print_raster(order)
            case "GS ( L" | "GS ( k":
                return (setter.graphics if name[-1] == "L" else setter.two_dimensional)(order[5:])
            case "GS 8":
                return setter.graphics(order[7:])
            case "GS k":
                return setter.barcode(order)
            case "NUL" | "CR" | "DLE":
                pass
            case _:
                return self._print_unknown(order)
        return 0

    def _print_unknown(self, order: bytes) -> int:
        """What the manual does not list comes out as text, as on the real one."""
        self.typesetter.complain(f"unknown {order[:3].hex(' ')}")
        return self.typesetter.text(order[1:2]) if len(order) == 2 and 0x20 <= order[1] < 0x7F else 0

    def _obey_outside(self, name: str, order: bytes) -> bytes:
        """Knife, drawer and answers; an answer comes when all before it is on paper."""
        match name, order[2:]:
            case "GS V" | "ESC i" | "ESC m", how:
                self._cut(how)
            case "ESC p", _:
                self.kicks += 1
            case "GS a", how:
                self._items = how[0]
                self._watched = self.sensors.watched(self._items)
                return self.sensors.report() if self._items else b""
            case "GS r", b"\x01" | b"1":
                return self.sensors.paper_status()
            case "GS r", b"\x02" | b"2":
                return b"\x00"
            case "GS I", kind if kind[0] in NAMES:
                return b"\x5f" + NAMES[kind[0]] + b"\x00"
            case "GS ( H", body if body[1:5] == b"\x06\x00\x30\x30" and all(32 <= byte <= 126 for byte in body[5:]):
                return b"\x37\x22" + body[5:] + b"\x00"
            case _:
                self.typesetter.complain(f"{name} {order[2:].hex(' ')}")
        return b""

    def _cut(self, how: bytes) -> None:
        if how[:1] not in (b"", b"\x00", b"\x01", b"0", b"1", b"A", b"B"):
            self.typesetter.complain(f"GS V {how.hex(' ')}")
            return
        if how[:1] in (b"A", b"B"):
            self._move(self.typesetter.feed_to_knife(how[1]))
        if self.typesetter.can_cut():
            self.cuts += 1
            self._spend(CUT_SECONDS)
            self.on_cut(self.typesetter.take_strip())
