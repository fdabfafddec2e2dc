"""What a terminal checks of a card before it bothers the bank, and how a card number is written out.

Pure; numbers come out as `Secret`, and no refusal spells one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from drivers.card.refusal import ChipFailed, Refusal, Unsupported
from drivers.secret import Secret

DIGITS = b"0123456789"
SEPARATOR = b"="
EXPIRED = "declined:54"  # as the bank would say it
FEWEST, MOST = 12, 19
KOREA = b"\x04\x10"
# 9F07, first byte: where the card may be used
ELSEWHERE_THAN_AT_AN_ATM, AT_HOME, ABROAD = 0x01, 0x20 | 0x08, 0x10 | 0x04
MANDATORY = (0x57, 0x5A, 0x5F24, 0x8C, 0x8D)


def spelled(packed: memoryview) -> Secret:
    """Two digits a byte up to the filler F, as ASCII; the D within a track becomes "="."""
    text = bytearray(2 * len(packed))
    count = 0
    for byte in packed:
        for nibble in (byte >> 4, byte & 0x0F):
            if nibble == 0x0F:
                break
            text[count] = DIGITS[nibble] if nibble < 10 else SEPARATOR[0] if nibble == 0x0D else ord("?")
            count += 1
    secret = Secret(memoryview(text)[:count])
    text[:] = bytes(len(text))
    return secret


def masked(number: Secret) -> str:
    """The first six and the last four digits; fewer of a number so short that this would tell it."""
    digits = number.reveal()
    head = 6 if len(digits) >= 14 else 0
    hidden = len(digits) - head - 4
    return bytes(digits[:head]).decode() + "*" * hidden + bytes(digits[len(digits) - 4 :]).decode()


def fault_of(card: Mapping[int, memoryview], today: date) -> Refusal | None:
    """The first thing that is wrong with this card."""
    if any(not card.get(tag) for tag in MANDATORY):
        return ChipFailed("a mandatory value is missing")
    number, track = spelled(card[0x5A]), spelled(card[0x57])
    try:
        if not (FEWEST <= len(number) <= MOST and is_luhn(number.reveal())):
            return ChipFailed("the number is not a card's")
        if not _agrees(number.reveal(), track.reveal(), card[0x5F24]):
            return ChipFailed("chip and track differ")
    finally:
        number.wipe()
        track.wipe()
    if _is_past(card[0x5F24], today):
        return Refusal(EXPIRED)
    return None if _may_be_used_here(card) else Unsupported("not for purchases here")


def is_luhn(digits: memoryview) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        if digit not in DIGITS:
            return False
        value = (digit - ord("0")) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _agrees(number: memoryview, track: memoryview, expiry: memoryview) -> bool:
    """Whether the track starts with the chip's number and goes on with its expiry date (YYMM)."""
    end = len(number)
    year_month = bytes(expiry[:2]).hex().encode()
    return track[:end] == number and track[end : end + 1] == SEPARATOR and track[end + 1 : end + 5] == year_month


def _is_past(expiry: memoryview, today: date) -> bool:
    text = bytes(expiry[:3]).hex()
    century = "20" if text < "50" else "19"  # as EMV reads two digits
    return century + text < f"{today:%Y%m%d}"


def _may_be_used_here(card: Mapping[int, memoryview]) -> bool:
    usage = card.get(0x9F07)
    if not usage:
        return True
    is_home = card.get(0x5F28, KOREA) == KOREA
    return bool(usage[0] & ELSEWHERE_THAN_AT_AN_ATM) and bool(usage[0] & (AT_HOME if is_home else ABROAD))
