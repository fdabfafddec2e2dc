"""The bytes of chip and host as pure values: what is understood, what is refused, and that nothing else can happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card import iso8583
from drivers.card.card_checks import fault_of, is_luhn, masked, spelled
from drivers.card.iso8583 import CardData, Unreadable, answer_to_sale, parse
from drivers.card.order import Order
from drivers.card.tlv import BadTlv, dol, element, elements, fill
from drivers.secret import Secret
from simulators import iso8583_wire
from tests.drivers.card_bench import AT

ORDER = Order("ABCDEF012301", 77, AT, 1200, "SG000002", "0000000000")
NUMBER, TRACK = b"4761739001010010", b"4761739001010010=30122010000000000"
CHIP = bytes.fromhex("9F2608AABBCCDDEEFF00119F270180")
# One sale as it goes over the line, checked by hand against the standard; DE7 is universal time.
GOLDEN_SALE = (
    "30323030" "37323338303638303238433038323030"  # 0200, fields 2 3 4 7 11 12 13 22 23 25 35 37 41 42 49 55
    "3136" "34373631373339303031303130303130"  # DE2
    "303030303030" "303030303030303031323030"  # DE3, DE4: 1,200 won
    "30333032303130303030" "303030303737"  # DE7: 2 March 01:00:00, DE11
    "313030303030" "30333032" "303531" "303031" "3237"  # DE12, DE13, DE22: chip, DE23, DE25: unattended
    "3334" "343736313733393030313031303031303d3330313232303130303030303030303030"  # DE35
    "414243444546303132333031" "5347303030303032" "303030303030303030302020202020"  # DE37, DE41, DE42
    "343130" "303135" "9f2608aabbccddeeff00119f270180"  # DE49: won, DE55
)  # fmt: skip
GOLDEN_REPEAT = (
    b"0421B220000008C08000000000420000000" b"00000" b"000000000012000302010000000077ABCDEF012301SG000002"
    b"0000000000     410020000007703020100000000000000000000000000000000000400000000000000D00000000D00000000"
)  # fmt: skip
MANY = settings(max_examples=300, deadline=None)
PURCHASE = {
    0x5A: "4761739001010010",
    0x57: "4761739001010010D3012201",
    0x5F24: "301231",
    0x9F07: "FF00",
}


def a_sale() -> Secret:
    return iso8583.sale(ORDER, CardData(Secret(NUMBER), Secret(TRACK), 1, CHIP))


def an_answer(**changes: str) -> dict[str, str]:
    sale = iso8583_wire.parse(bytes(a_sale().reveal()))
    fields = {number: sale[number] for number in (4, 7, 11, 37, 41, 42)} | {38: "100001", 39: "00"}
    fields |= {63: "견본은행            견본카드            견본체크            ", 55: "910A00112233445566773030"}
    fields |= {int(name[2:]): value for name, value in changes.items()}
    message = iso8583_wire.Message("0210", {number: value for number, value in fields.items() if value})
    return parse(iso8583_wire.build(message))


def a_card(**changes: str) -> dict[int, memoryview]:
    facts = {**PURCHASE, 0x5F28: "0410", 0x8C: "9F0206", 0x8D: "8A02"}
    facts |= {int(name[1:], 16): value for name, value in changes.items()}
    return {tag: memoryview(bytes.fromhex(value)) for tag, value in facts.items()}


def test_a_sale_goes_out_exactly_so() -> None:
    assert bytes(a_sale().reveal()).hex() == GOLDEN_SALE


def test_a_repeated_partial_reversal_goes_out_exactly_so_and_holds_no_card_data() -> None:
    assert iso8583.reversal(ORDER, 400, 1) == GOLDEN_REPEAT


def test_the_other_side_reads_the_same_fields() -> None:
    fields = iso8583_wire.parse(bytes(a_sale().reveal())).fields
    assert (fields[2], fields[35]) == (NUMBER.decode(), TRACK.decode())
    assert (fields[4], fields[37], fields[55]) == ("000000001200", "ABCDEF012301", CHIP.hex().upper())


def test_an_approval_is_read_with_its_names() -> None:
    answer = answer_to_sale(ORDER, an_answer())
    assert answer
    assert (answer.code, answer.approval_no, answer.card_name, answer.acquirer) == (
        *("00", "100001"),
        *("견본체크", "견본카드"),
    )
    assert answer.issuer_data.hex() == "00112233445566773030"


@pytest.mark.parametrize(
    "change",
    [
        {"de4": "000000001201"},
        {"de7": "0302010001"},
        {"de11": "000078"},
        {"de37": "ABCDEF012302"},
        {"de41": "SG000003"},
        {"de42": "000000000100000"},
        {"de38": ""},
        {"de39": ""},
    ],
)
def test_an_answer_that_differs_in_anything_is_not_ours(change: dict[str, str]) -> None:
    assert answer_to_sale(ORDER, an_answer(**change)) is None


@pytest.mark.parametrize("change", [{"order_id": "한글"}, {"stan": 0}, {"won": 0}, {"terminal_id": "123456789"}])
def test_an_order_that_cannot_be_reversed_is_never_made(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"order id|trace number|terminal id"):
        replace(ORDER, **change)  # type: ignore[arg-type]


@MANY
@given(st.binary(max_size=300))
def test_no_bytes_from_the_host_do_more_than_be_refused(data: bytes) -> None:
    try:
        fields = parse(data)
    except Unreadable:
        return
    assert answer_to_sale(ORDER, fields) is None


@MANY
@given(st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_a_damaged_answer_is_refused_or_not_ours_or_the_same(at: int, noise: bytes) -> None:
    message = iso8583_wire.Message("0210", {int(n): v for n, v in an_answer().items() if n.isdigit() and int(n) > 1})
    whole = iso8583_wire.build(message)
    at %= len(whole)
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    try:
        answer = answer_to_sale(ORDER, parse(damaged))
    except Unreadable:
        return
    assert answer is None or len(answer.code) == 2


@MANY
@given(st.binary(max_size=200))
def test_no_bytes_from_a_chip_do_more_than_be_refused(data: bytes) -> None:
    for read in (elements, dol):
        try:
            found = list(read(memoryview(data)))
        except BadTlv:
            continue
        assert sum(1 for _ in found) <= 2 * len(data)


@MANY
@given(st.lists(st.tuples(st.sampled_from([0x5A, 0x9F26, 0x82]), st.binary(max_size=127)), max_size=5))
def test_what_is_written_is_read_again(values: list[tuple[int, bytes]]) -> None:
    data = b"".join(element(tag, value) for tag, value in values)
    assert [(tag, bytes(value)) for tag, value in elements(memoryview(data))] == values


def test_numbers_are_filled_on_the_left_and_the_rest_on_the_right() -> None:
    wanted = dol(memoryview(bytes.fromhex("9F02049F37069F3702")))
    assert fill(wanted, {0x9F02: b"\0\0\0\0\x12\0", 0x9F37: b"abcd"}) == b"\0\0\x12\0abcd\0\0ab"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"x5A": "4761739001010011"}, "chip-failed"),
        ({"x5A": "5413330089020011"}, "chip-failed"),
        ({"x57": "4761739001010010D2912201"}, "chip-failed"),
        ({"x57": ""}, "chip-failed"),
        ({"x5F24": "210301", "x57": "4761739001010010D2103201"}, "declined:54"),
        ({"x5F24": "210302", "x57": "4761739001010010D2103201"}, ""),
        ({"x9F07": "FE00"}, "unsupported"),
        ({"x9F07": "D700"}, "unsupported"),
        ({"x9F07": "1500", "x5F28": "0840"}, ""),
    ],
)
def test_a_card_is_checked_before_the_bank_is_bothered(change: dict[str, str], reason: str) -> None:
    fault = fault_of(a_card(**change), date(2021, 3, 2))
    assert (fault.reason if fault else "") == reason


@pytest.mark.parametrize("number", ["4761739001010010", "5413330089020011", "378282246310005"])
def test_a_number_shows_six_and_four_digits_at_most(number: str) -> None:
    packed = bytes.fromhex(number + "F" * (len(number) % 2))
    secret = spelled(memoryview(packed))
    assert is_luhn(secret.reveal())
    assert masked(secret) == number[:6] + "*" * (len(number) - 10) + number[-4:]
    assert masked(Secret(b"123456789012")) == "********9012"
