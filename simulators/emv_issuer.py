"""What an issuing bank knows: its test cards, its master key, and how cryptograms are made and checked.

The card simulator is personalised from here and the payment host verifies with it.  Public test numbers only; the key
is the one of the textbooks.  3DES comes from pyemv.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyemv import ac, kd

# cryptography moves 3DES to its attic; test cards still need it, and nobody here can change it.
warnings.filterwarnings("ignore", module="pyemv")

MASTER_KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
CVN_10 = 0x0A
SIGNED_TAGS = ("9F02", "9F03", "9F1A", "95", "5F2A", "9A", "9C", "9F37", "82", "9F36")
KLSC_CREDIT = bytes.fromhex("D4100000011010")
T_MONEY = bytes.fromhex("D4100000030001")


@dataclass(frozen=True)
class TestCard:
    """One personalised card; `pan` is a public test number, never a real one."""

    __test__ = False

    pan: str
    issuer: str
    name: str
    acquirer: str
    sequence: str = "01"
    expiry: str = "301231"  # YYMMDD
    usage: bytes = b"\xff\x00"  # 9F07, Application Usage Control
    aid: bytes = KLSC_CREDIT
    track_pan: str = ""  # in tag 57, when it is another one than in 5A
    refusal: str = ""  # the DE39 with which its bank answers


RESIDENTS_CARDS = (
    TestCard("4761739001010010", "견본은행", "견본체크", "견본카드"),
    TestCard("5413330089020011", "보기은행", "보기신용", "보기카드"),
    TestCard("4012888888881881", "연습은행", "연습체크", "연습카드"),
)
SPECIAL_CARDS = {
    "decline": TestCard("4000000000000002", "견본은행", "견본체크", "견본카드", refusal="51"),
    "expired": replace(RESIDENTS_CARDS[0], expiry="201231"),
    "domestic-off": replace(RESIDENTS_CARDS[0], usage=b"\x00\x00"),
    "two-numbers": replace(RESIDENTS_CARDS[0], track_pan="4012888888881881"),
    "bad-luhn": replace(RESIDENTS_CARDS[0], pan="4761739001010011"),
    "other-aid": replace(RESIDENTS_CARDS[0], aid=T_MONEY),
}
CARDS_OF_BANK = {card.pan: card for card in (*RESIDENTS_CARDS, SPECIAL_CARDS["decline"])}


def card_of(resident: str) -> TestCard:
    """The same card every time for the same resident."""
    return RESIDENTS_CARDS[zlib.crc32(resident.encode()) % len(RESIDENTS_CARDS)]


def cryptogram(pan: str, sequence: str, values: Mapping[str, bytes], verification: bytes) -> bytes:
    """ARQC, TC or AAC of CVN 10 (8 bytes) over the values of SIGNED_TAGS; `verification` (CVR) ends 9F10."""
    blob = b"".join(values[tag] for tag in SIGNED_TAGS) + verification
    return ac.generate_ac(kd.derive_icc_mk_a(MASTER_KEY, pan, sequence), blob, ac.PaddingType.VISA)


def authentication_data(pan: str, sequence: str, arqc: bytes, code: bytes) -> bytes:
    """Tag 91: the bank's own cryptogram over its decision, and the decision."""
    return ac.generate_arpc_1(kd.derive_icc_mk_a(MASTER_KEY, pan, sequence), arqc, code) + code
