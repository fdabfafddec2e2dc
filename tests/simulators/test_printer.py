"""The simulated receipt printer does what the manual says, and complains of what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from simulators.base import Refused
from simulators.escpos_strip import Picture
from simulators.printer import PrinterSimulator, ReceiptPrinter
from simulators.receipt_picture import draw

HANGUL = b"\x1b@\x1c&\x1bR\x0d"
CUT = b"\x1dVB\x00"
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))


class Desk:
    """A printer in memory, whose time is fed."""

    def __init__(self) -> None:
        self.printer = ReceiptPrinter()

    def say(self, data: bytes, seconds: float = 60.0) -> bytes:
        return self.printer.receive(data) + self.printer.tick(seconds)

    @property
    def text(self) -> str:
        return self.printer.typesetter.strip.text

    @property
    def complaints(self) -> list[str]:
        return self.printer.typesetter.complaints

    def status(self) -> str:
        return b"".join(self.printer.receive(bytes((0x10, 0x04, n))) for n in (1, 2, 3, 4)).hex(" ")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("faults", "answers"),
    [
        ({}, "12 12 12 12"),
        ({"paper_mm": 1000}, "12 12 12 1e"),
        ({"paper_mm": 0}, "1a 32 12 7e"),
        ({"cover_open": True}, "1a 16 12 12"),
        ({"cutter_stuck": True}, "1a 52 1a 12"),
    ],
)
def test_status_in_real_time(desk: Desk, faults: dict[str, float], answers: str) -> None:
    for name, value in faults.items():
        setattr(desk.printer, name, value)
    assert desk.status() == answers


def test_reports_come_at_once_and_then_on_every_change(desk: Desk) -> None:
    assert desk.say(b"\x1da\xff").hex(" ") == "10 00 00 00"
    assert desk.say(b"") == b""
    desk.printer.paper_mm = 0
    assert desk.say(b"").hex(" ") == "18 00 0f 00"
    desk.printer.cover_open = True
    assert desk.say(b"").hex(" ") == "38 00 0f 00"


def test_reset_ends_the_reports(desk: Desk) -> None:
    desk.say(b"\x1da\x0e\x1b@")
    desk.printer.cover_open = True
    assert desk.say(b"") == b""


def test_questions_inside_a_picture_are_answered_and_are_still_picture(desk: Desk) -> None:
    picture = b"\x10\x04\x01" * 24
    assert desk.say(b"\x1dv0\x00" + bytes((72, 0, 1, 0)) + picture) == b"\x12" * 24
    mark = desk.printer.typesetter.strip.lines[0].marks[0]
    assert isinstance(mark, Picture)
    assert mark.rows == picture


def test_clear_takes_what_is_not_on_paper_yet_even_from_within_a_picture(desk: Desk) -> None:
    desk.printer.cover_open = True
    desk.say(b"secret\n\x1dv0\x00" + bytes((72, 0, 9, 0)) + b"xxx")
    assert desk.say(CLEAR) == b"\x37\x25\x00"
    desk.printer.cover_open = False
    desk.say(b"next\n")
    assert desk.text == "next"


def test_a_fence_is_answered_only_when_all_before_it_is_on_paper(desk: Desk) -> None:
    fence = b"\x1d(H\x06\x00\x30\x30J001"
    assert desk.say(b"line\n" * 40 + fence, 0.0) == b""
    assert desk.say(b"", 0.74) == b""  # 40 lines of 3.75 mm at 200 mm a second take 0.75 s
    assert desk.say(b"", 0.02) == b"\x37\x22J001\x00"
    desk.printer.paper_mm = 0
    assert desk.say(b"\x1dr\x01") == b""
    desk.printer.paper_mm = 5000
    assert desk.say(b"") == b"\x00"


def test_hangul_needs_its_mode(desk: Desk) -> None:
    desk.say(b"\x1b@" + "가".encode("cp949") + b"\n" + HANGUL + "가 \\\n".encode("cp949"))
    assert desk.text.split("\n") == ["░í", "가 ₩"]


def test_the_small_rom_prints_boxes_for_what_it_lacks(desk: Desk) -> None:
    desk.printer.rom = "ksx1001"
    desk.say(HANGUL + "가똠나\n".encode("cp949"))
    assert desk.text == "가□나"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\x1bZ", "unknown 1b 5a"),
        (b"\x1d(A\x02\x00\x00\x02", "unknown 1d 28 41"),
        (b"\x1ba\x07", "ESC a 07 out of range"),
        (b"\x1dV\x07", "GS V 07"),
        (b"text\x1dV\x00", "cut in the middle of a line"),
        (b"text\n\x1dV\x00", "cut through the print: feed to the knife first"),
        (b"\x1d(k\x03\x001Q0", "GS ( k 31 51 30"),
        (b"\x1dk\x02123456789012\x00", "GS k 02 31: this model prints CODE128, set A or B"),
        (b"\x1dv0\x00" + bytes((73, 0, 1, 0)) + bytes(73), "picture of 584 dots is wider than the paper"),
        (b"\x1d(H\x06\x00\x30\x30\x01\x02\x03\x04", "GS ( H 48 06 00 30 30 01 02 03 04"),
        (b"\x0c", "unknown 0c"),
    ],
)
def test_what_the_manual_does_not_know_is_reported(desk: Desk, data: bytes, complaint: str) -> None:
    desk.say(data)
    assert desk.complaints == [complaint]


def test_an_unknown_command_comes_out_as_text(desk: Desk) -> None:
    desk.say(b"\x1bZ12\n")
    assert desk.text == "Z12"


def test_a_full_row_goes_on_in_the_next(desk: Desk) -> None:
    desk.say(HANGUL + ("가" * 25).encode("cp949") + b"\n")
    assert desk.text == "가" * 24 + "\n가"


def test_pictures_of_every_kind_show_the_same_dots(desk: Desk) -> None:
    square = b"\xff" * 3
    desk.say(b"\x1b*\x21\x08\x00" + square * 8 + b"\n")
    desk.say(b"\x1dv0\x00\x01\x00\x18\x00" + b"\xff" * 24)
    desk.say(b"\x1d(L\x22\x00\x30\x70\x30\x01\x01\x31\x08\x00\x18\x00" + b"\xff" * 24 + b"\x1d(L\x02\x00\x30\x32")
    marks = [mark for line in desk.printer.typesetter.strip.lines for mark in line.marks]
    assert [(m.dots_wide, m.dots_high, m.rows) for m in marks if isinstance(m, Picture)] == [(8, 24, b"\xff" * 24)] * 3
    assert desk.complaints == []


def test_a_stopped_printer_takes_four_kilobytes_and_holds_the_line(desk: Desk) -> None:
    desk.printer.cover_open = True
    while desk.printer.has_room:
        desk.say(b"x" * 100)
    assert 3800 <= desk.printer.state()["waiting_bytes"] <= 4096


def test_a_power_cycle_forgets_everything_but_the_paper(desk: Desk) -> None:
    desk.say(HANGUL + b"\x1da\x0eline 1\nline 2\nline 3", 0.02)
    desk.printer.power_cycle()
    assert desk.say(b"\x10\x04\x01", 1.0) == b""  # booting
    desk.say(b"", 1.0)
    desk.say("가\n".encode("cp949"))
    assert desk.text.startswith("line 1\n")
    assert desk.text.endswith("░í")
    assert "line 3" not in desk.text


def test_the_motor_counts_its_own_time(desk: Desk) -> None:
    desk.say(b"x\n" * 80)
    assert desk.printer.engine.moving_seconds == pytest.approx(80 * 3.75 / 200)


def test_a_blank_chit_is_no_receipt(desk: Desk) -> None:
    desk.say(CUT)
    assert (desk.printer.engine.cuts, desk.printer.receipts) == (1, [])


def symbols_in(picture: Image.Image) -> set[str]:
    return {symbol.text for symbol in zxingcpp.read_barcodes(picture)}


def test_the_symbols_on_the_picture_can_be_scanned(desk: Desk) -> None:
    qr = b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1\x1d(k\x0c\x001P0https://a\x1d(k\x03\x001Q0"
    desk.say(b"\x1ba\x01" + qr + b"\n\x1dh\x50\x1dw\x02\x1dkI\x0b{B1234-5678\n" + CUT)
    assert desk.complaints == []
    assert desk.printer.last
    assert symbols_in(draw(desk.printer.last)) == {"https://a", "1234-5678"}


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[PrinterSimulator]:
    printer = PrinterSimulator(speed=50)
    printer.start(tmp_path)
    yield printer
    printer.stop()


def test_what_fell_is_kept_as_bytes_text_and_picture(printer: PrinterSimulator, tmp_path: Path) -> None:
    data = HANGUL + "영수증\n".encode("cp949") + CUT
    assert printer.host
    printer.host.call(lambda: (printer.device.receive(data), printer.device.tick(5.0)))
    assert printer.state()["receipts"] == 1
    printer.stop()
    out = tmp_path / "printer.out"
    assert sorted(path.name for path in out.iterdir()) == ["receipt-1.bin", "receipt-1.png", "receipt-1.txt"]
    assert (out / "receipt-1.bin").read_bytes() == data
    assert (out / "receipt-1.txt").read_text(encoding="utf-8").startswith("영수증\n")
    assert Image.open(out / "receipt-1.png").size[0] == 640 + 72


def test_moments_have_names(printer: PrinterSimulator) -> None:
    moments: list[str] = []
    printer.on_moment = moments.append
    assert printer.host
    printer.host.call(lambda: (printer.device.receive(b"a\nb\n"), printer.device.tick(1.0)))
    assert moments == ["line 1", "line 2"]
    assert printer.state()["busy_ms"] == pytest.approx(7.5 / 200 * 1000 / 50, abs=0.1)


def test_an_unknown_word_is_refused_by_name(printer: PrinterSimulator) -> None:
    with pytest.raises(Refused, match="jam_after_mm"):
        printer.do(["set", "toner", "3"])
    with pytest.raises(Refused, match="ksx1001"):
        printer.do(["set", "rom", "jis"])
