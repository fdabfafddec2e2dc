"""What a technician finds on a tape, and what nobody ever finds there."""

from collections import deque

from drivers.tape import Direction, Tape
from tests.clock import FedClock


class Wire:
    """A link that says what it was given."""

    def __init__(self, *said: bytes) -> None:
        self.said = deque(said)
        self.closed = False

    def fileno(self) -> int:
        return 0

    def read(self) -> bytes:
        return self.said.popleft() if self.said else b""

    def write(self, data: bytes) -> int:
        return min(len(data), 3)

    def close(self) -> None:
        self.closed = True


def test_both_directions_are_kept_with_their_time() -> None:
    clock = FedClock()
    tape = Tape("printer", clock)
    link = tape.wrap(Wire(b"\x12"))
    link.write(b"\x10\x04\x01")
    clock.advance(0.25)
    assert link.read() == b"\x12"
    assert tape.dump() == ["# printer", "0.0000 > 10 04 01", "0.2500 < 12"]


def test_only_bytes_that_really_went_out_are_on_the_tape() -> None:
    tape = Tape("printer", FedClock())
    assert tape.wrap(Wire()).write(b"abcdef") == 3
    assert tape.dump()[1:] == ["0.0000 > 61 62 63"]


def test_silence_is_not_recorded() -> None:
    tape = Tape("printer", FedClock())
    tape.wrap(Wire()).read()
    assert tape.dump() == ["# printer"]


def test_a_hidden_direction_is_counted_but_never_kept() -> None:
    tape = Tape("finger", FedClock(), hides=frozenset({Direction.RECEIVED}))
    link = tape.wrap(Wire(b"template", b"more"))
    link.write(b"ask")
    link.read()
    link.readinto(bytearray(16))
    assert tape.dump()[1:] == ["0.0000 > 61 73 6b", "0.0000 < [8 bytes not kept]", "0.0000 < [4 bytes not kept]"]


def test_what_passes_in_a_redacted_stretch_is_not_kept_even_if_it_raises() -> None:
    tape = Tape("card", FedClock())
    link = tape.wrap(Wire(b"4761739001010010"))
    try:
        with tape.redacted():
            link.read()
            raise RuntimeError
    except RuntimeError:
        link.write(b"abc")
    assert tape.dump()[1:] == ["0.0000 < [16 bytes not kept]", "0.0000 > 61 62 63"]


def test_the_oldest_bytes_make_room() -> None:
    tape = Tape("printer", FedClock(), kept_bytes=100)
    link = tape.wrap(Wire())
    for i in range(100):
        link.write(bytes([i]) * 3)
    lines = tape.dump()
    assert len(lines) == 1 + 25
    assert lines[-1].endswith("> 63 63 63")
