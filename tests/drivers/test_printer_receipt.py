"""Receipts as bytes: the printer's own Hangul, nothing cut short, nothing that could be a command."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer.columns import columns_of
from drivers.printer.paper import Barcode, Cut, Feed, Line, Pair, Qr, Rule, Text
from drivers.printer.profile import EPSON_80, NARROW_80, Profile, Rom
from drivers.printer.raster import harmless
from drivers.printer.receipt import OPENING, encode
from simulators.escpos_strip import Picture
from simulators.printer import ReceiptPrinter

FONT = Path(__file__).parents[2] / "config" / "fonts" / "PretendardGOV-Regular.otf"
DRAWING = Profile(font=FONT)
FULL_ROM = Profile(rom=Rom.CP949)
SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]


def printed(lines: list[Line], profile: Profile = EPSON_80) -> ReceiptPrinter:
    """What an independent reading of the manual makes of our bytes."""
    printer = ReceiptPrinter(profile.dots)
    for at in range(0, len(data := encode([*lines, Cut()], profile)), 1000):
        printer.receive(data[at : at + 1000])
        printer.tick(60.0)
    assert printer.typesetter.complaints == []
    return printer


def rows(lines: list[Line], profile: Profile = EPSON_80) -> list[str]:
    return printed(lines, profile).receipts[0].split("\n")[:-1]


def test_a_small_receipt_is_these_bytes() -> None:
    """The golden transcript: change it only with the manual open."""
    lines: list[Line] = [Text("영수증", align="center", bold=True), Pair("금액", "200원"), Feed(2), Cut()]
    assert (
        encode(lines, EPSON_80).hex(" ")
        == (
            "1b 40 1b 74 00 1c 26 1b 52 0d 1d 61 0e "  # reset, code page 0, Hangul, Korea, reports
            "1b 61 01 1b 45 01 bf b5 bc f6 c1 f5 0a "  # centre, bold, 영수증
            "1b 61 00 1b 45 00 b1 dd be d7 " + "20 " * 39 + "32 30 30 bf f8 0a "
            "1b 64 02 1d 56 42 00"
        )
    )


def test_the_opening_is_the_one_that_two_encoders_agree_on() -> None:
    assert OPENING.startswith(bytes.fromhex("1b40 1b7400 1c26 1b520d"))


def test_a_receipt_of_forty_lines_is_small() -> None:
    title = Text("영 수 증", align="center", bold=True, double=True)
    lines = [Pair("카드번호", "476173******0010") for _ in range(35)]  # a pair fills its row: the dearest line there is
    receipt = encode([title, *lines, *[Rule()] * 4, Cut()], EPSON_80)
    assert len(receipt) <= 2000
    assert len(receipt) * 40 <= 40 * 30 * EPSON_80.dots // 8  # of the same as one picture


@pytest.mark.parametrize("first", range(0, len(SYLLABLES), 1397))
def test_all_syllables_come_back_as_they_were_written(first: int) -> None:
    batch = SYLLABLES[first : first + 1397]
    text = ["".join(batch[at : at + 24]) for at in range(0, len(batch), 24)]
    assert rows([Text(row) for row in text], FULL_ROM) == text


def test_no_syllable_becomes_eight_bytes_of_jamo() -> None:
    """Python's euc_kr writes 똠 as a4 d4 a4 a8 a4 c7 a4 b1, without an error."""
    for syllable in "똠뷁쌰펲믜":
        data = encode([Text(syllable)], FULL_ROM)[len(OPENING) :]
        assert data == syllable.encode("cp949") + b"\n"
        assert b"\xa4\xd4" not in encode([Text(syllable)], EPSON_80)


def test_only_the_line_with_a_glyph_the_rom_lacks_is_drawn() -> None:
    printer = printed([Text("홍길동"), Pair("성명", "똠방각하"), Text("서구청")], DRAWING)
    assert printer.last
    assert [isinstance(line.marks[0], Picture) for line in printer.last.lines if line.marks] == [False, True, False]
    name = printer.last.lines[1].marks[0]
    assert (name.dots_high, name.dots_wide) == (24, 576)
    assert len(encode([Text("똠")], DRAWING)) < 200  # cropped to what is black


def test_a_hanja_name_outside_the_code_is_drawn_and_without_a_font_marked() -> None:
    assert printed([Text("洪吉東 𠀋")], DRAWING).last
    assert rows([Text("값 𠀋")]) == ["값 〓"]


def test_our_pictures_hold_no_real_time_command() -> None:
    for name in ("똠방각하", "뷁", "쌰펲믜" * 8):
        data = encode([Text(name, double=True)], DRAWING)
        assert not any(bytes((0x10, second)) in data for second in (0x04, 0x05, 0x14))


def test_a_picture_that_would_hold_one_gets_a_dot_more() -> None:
    assert harmless(b"\x10\x04\x01\x10\x14\x10\x10\x05") == b"\x18\x04\x01\x18\x14\x10\x18\x05"


def test_names_at_the_edges_and_long_ones_on_rows_of_their_own() -> None:
    assert rows([Pair("금액", "200원")]) == ["금액" + " " * 39 + "200원"]
    long = "가족관계등록부의 증명서 발급(상세)"
    assert rows([Pair(long, "민원봉사과 032-000-0000")]) == [long, " " * 25 + "민원봉사과 032-000-0000"]


@pytest.mark.parametrize("profile", [EPSON_80, NARROW_80], ids=["48", "42"])
def test_a_rule_is_as_wide_as_the_paper(profile: Profile) -> None:
    assert rows([Rule()], profile) == ["-" * profile.columns]


@given(st.text(st.sampled_from("가나다라 abc,.(123)₩")), st.sampled_from([EPSON_80, NARROW_80]))
def test_text_wraps_and_is_never_cut_short(text: str, profile: Profile) -> None:
    out = rows([Text("가" + text)], profile)
    assert "".join(out).replace(" ", "") == "가" + text.replace(" ", "")
    assert all(columns_of(row) <= profile.columns for row in out)


@given(st.text(st.characters(codec="cp949")))
def test_no_text_can_be_a_command(text: str) -> None:
    printed([Text(text), Pair(text, text)], FULL_ROM)


def test_a_name_that_tries_to_be_a_command_is_a_name() -> None:
    printer = printed([Text("홍\x1b@길\x10\x04\x01동\x1dV\x00")])
    assert printer.engine.cuts == 1


def test_large_type_is_as_wide_as_it_is_counted() -> None:
    printer = printed([Text("가나다라마바사아자차카타파", double=True)])
    assert printer.last
    assert [line.dots_wide for line in printer.last.lines if line.marks] == [576, 48]


def test_the_symbols_are_the_ones_a_scanner_reads() -> None:
    assert "[QR https://example.kr/r/1]" in "\n".join(rows([Qr("https://example.kr/r/1")]))
    assert "[CODE128 1234-5678]" in "\n".join(rows([Barcode("1234-5678")]))


def test_a_long_document_has_a_checkpoint_at_least_every_three_kilobytes() -> None:
    data = encode([Text("똠방각하 " * 5, double=True) for _ in range(20)], DRAWING)
    assert max(map(len, data.split(b"\x1d(H\x06\x00\x30\x30~"))) < 3072 - 11
    assert b"\x1d(H" not in encode([Text("가나다") for _ in range(100)], EPSON_80)
