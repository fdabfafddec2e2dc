"""ZFM packets are found in whatever the line brings, and nothing the line brings can hang or crash."""

from __future__ import annotations

import random

import pytest

from drivers.finger import protocol
from drivers.finger.protocol import Code, Command, Kind, Unframer

ACK = bytes.fromhex("ef01 ffffffff 07 0003 00 000a")  # from the manual


def packets(unframer: Unframer) -> list[tuple[int, bytes]]:
    found = []
    while packet := unframer.next():
        found.append((packet.kind, bytes(packet.body)))
    return found


def test_a_command_is_spelled_as_the_manual_spells_it() -> None:
    assert protocol.command(Command.GEN_IMAGE) == bytes.fromhex("ef01 ffffffff 01 0003 01 0005")
    spelled = bytes.fromhex("ef01 ffffffff 01 0007 13 00000000 001b")
    assert protocol.command(Command.VERIFY_PASSWORD, bytes(4)) == spelled


def test_data_goes_out_in_the_module_s_pieces_and_the_last_says_so() -> None:
    unframer = Unframer()
    unframer.feed(protocol.data_packets(bytes(512), 128))
    assert packets(unframer) == [(Kind.DATA, bytes(128))] * 3 + [(Kind.END_OF_DATA, bytes(128))]


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xef",
        b"\x00\xff\xef\x01",
        ACK[:5],
        ACK[:-1] + b"\x00",
        b"\xef\x01\xff\xff\xff\xff\x07\xff\xff",
        b"\xef" * 9,
    ],
)
def test_a_packet_is_found_behind_garbage(before: bytes) -> None:
    unframer = Unframer()
    unframer.feed(before + ACK)
    assert packets(unframer) == [(Kind.ACK, b"\x00")]


def test_a_packet_may_come_byte_by_byte() -> None:
    unframer = Unframer()
    for byte in ACK:
        assert not packets(unframer)
        unframer.feed(bytes([byte]))
    assert packets(unframer) == [(Kind.ACK, b"\x00")]


def test_a_packet_for_another_address_is_nobody_s() -> None:
    unframer = Unframer()
    unframer.feed(bytes.fromhex("ef01 00000001 07 0003 00 000a"))
    assert not packets(unframer)


def test_a_code_no_manual_knows_is_other() -> None:
    assert Code(0xEE) is Code.OTHER


def test_a_wiped_unframer_holds_nothing() -> None:
    unframer = Unframer()
    unframer.feed(protocol.packet(Kind.DATA, b"ridges and valleys"))
    packets(unframer)
    unframer.wipe()
    assert not any(unframer._buffer)


def test_no_random_line_crashes_or_hangs_the_driver() -> None:
    dice = random.Random(57600)
    for _ in range(100_000):
        unframer = Unframer()
        line = bytearray(protocol.packet(Kind.ACK, dice.randbytes(dice.randrange(1, 20))))
        for _ in range(dice.randrange(1, 4)):
            line[dice.randrange(len(line))] ^= 1 << dice.randrange(8)
        unframer.feed(bytes(line) + ACK)
        assert packets(unframer)[-1:] in ([(Kind.ACK, b"\x00")], [])


def test_an_endless_babble_leaves_room_for_more() -> None:
    unframer = Unframer()
    for _ in range(100):
        unframer.feed(b"\xef\x01\xff\xff\xff\xff\x07\x00\xff" * 10)
        packets(unframer)
    assert len(unframer.space()) > 256
