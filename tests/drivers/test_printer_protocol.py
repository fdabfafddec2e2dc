"""The receipt printer's bytes alone: answers are told apart by shape, whatever comes between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.base import Health
from drivers.printer import protocol
from drivers.printer.delivery import WINDOW_BYTES, Delivery
from drivers.printer.profile import Fence
from drivers.printer.protocol import Answer, Cleared, Echo, Garbled, PaperStatus, Replies, Report

# What a printer that behaves as the manual says answers to DLE EOT 1-4.
ANSWERS = {
    (0x12, 0x12, 0x12, 0x12): (),
    (0x12, 0x12, 0x12, 0x1E): ("media-low",),
    (0x1A, 0x32, 0x12, 0x7E): ("media-empty",),
    (0x1A, 0x16, 0x12, 0x12): ("cover-open",),
    (0x1A, 0x12, 0x12, 0x12): ("paused",),
    (0x1A, 0x52, 0x1A, 0x12): ("cutter-stuck",),
    (0x1A, 0x52, 0x52, 0x12): ("head-hot",),
    (0x1A, 0x52, 0x32, 0x12): ("broken",),
}
REPORTS = {
    "10 00 00 00": (),
    "18 00 0f 00": ("media-empty",),
    "38 00 0f 00": ("cover-open", "media-empty"),
    "10 00 03 00": ("media-low",),
    "18 08 00 00": ("cutter-stuck",),
    "18 00 00 00": ("paused",),
}


@pytest.mark.parametrize(("answers", "codes"), ANSWERS.items(), ids=str)
def test_four_answers_make_one_status(answers: tuple[int, ...], codes: tuple[str, ...]) -> None:
    pairs = zip(answers, protocol.ANSWER_BITS.values(), strict=True)
    assert protocol.status_of(protocol.conditions(*pair) for pair in pairs).codes == codes


@pytest.mark.parametrize(("report", "codes"), REPORTS.items())
def test_a_report_makes_the_same_status(report: str, codes: tuple[str, ...]) -> None:
    (reply,) = Replies().feed(bytes.fromhex(report))
    assert isinstance(reply, Report)
    assert reply.status.codes == codes


def test_what_stops_the_printer_is_worse_than_what_wants_a_visit() -> None:
    assert protocol.MEDIA_LOW.health is Health.ATTENTION
    assert {protocol.MEDIA_EMPTY.health, protocol.COVER_OPEN.health} == {Health.STOPPED}


@given(st.lists(st.integers(1, 3)))
def test_answers_are_told_apart_however_they_are_cut(sizes: list[int]) -> None:
    stream = bytes.fromhex("12 10 00 00 00 37 22 4a 30 30 31 00 37 25 00 18 00 0f 00 16")
    replies = Replies()
    heard: list[protocol.Reply] = []
    for size in [*sizes, len(stream)]:
        heard += replies.feed(stream[:size])
        stream = stream[size:]
    assert [type(reply) for reply in heard] == [Answer, Report, Echo, Cleared, Report, Answer]
    assert heard[2] == Echo(b"J001")


@given(st.binary(max_size=40))
def test_noise_never_swallows_the_next_answer_for_ever(noise: bytes) -> None:
    replies = Replies()
    list(replies.feed(noise))
    heard = [reply for _ in range(8) for reply in replies.feed(b"\x12")]  # a shape is at most seven bytes long
    assert Answer(0x12) in heard


@given(st.binary(max_size=40))
def test_noise_never_makes_an_echo_of_our_tag(noise: bytes) -> None:
    heard = list(Replies().feed(noise))
    assert Echo(b"J001") not in heard or b"\x37\x22J001\x00" in noise


def test_half_an_echo_is_dropped_when_something_else_follows() -> None:
    heard = list(Replies().feed(bytes.fromhex("37 22 4a 30 37 22 4a 30 30 31 00")))
    assert heard[-1] == Echo(b"J001")
    assert isinstance(heard[0], Garbled)


def test_a_bare_byte_is_a_paper_status_only_while_one_is_due() -> None:
    replies = Replies()
    assert list(replies.feed(b"\x00")) == [Garbled()]
    replies.paper_status_due = True
    assert list(replies.feed(b"\x00\x10\x00\x00\x00")) == [PaperStatus(0), *Replies().feed(b"\x10\x00\x00\x00")]


def send_all(delivery: Delivery) -> bytes:
    sent = b""
    while piece := delivery.piece:
        delivery.took(len(piece))
        sent += piece
    return sent


def test_only_so_much_waits_in_the_printer_unconfirmed() -> None:
    stretches = [b"x" * 1000 + protocol.fence(b"~%03d" % n) for n in range(9)]
    delivery = Delivery(b"".join(stretches) + b"end", b"J001", Fence.PROCESS_ID)
    sent = send_all(delivery)
    assert 2000 < len(sent) <= WINDOW_BYTES
    for number in range(9):
        delivery.heed(Echo(b"~%03d" % number))
        sent += send_all(delivery)
    assert sent.startswith(b"".join(stretches) + b"end")
    assert not delivery.is_confirmed
    delivery.heed(Echo(b"J001"))
    assert delivery.is_confirmed


def test_a_checkpoint_that_was_lost_is_never_made_up_for_by_a_later_one() -> None:
    """A printer that lost its power in between would echo the end of a document whose middle is gone."""
    delivery = Delivery(b"a" + protocol.fence(b"~000") + b"b", b"J001", Fence.PROCESS_ID)
    send_all(delivery)
    delivery.heed(Echo(b"J001"))
    assert not delivery.is_confirmed


def test_an_echo_before_the_last_byte_left_proves_nothing() -> None:
    delivery = Delivery(b"x" * 2000, b"J001", Fence.PROCESS_ID)
    delivery.took(len(delivery.piece))
    delivery.heed(Echo(b"J001"))
    send_all(delivery)
    assert not delivery.is_confirmed
