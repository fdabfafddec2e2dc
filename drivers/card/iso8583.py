"""ISO 8583 (1987) to the payment host: sales, reversals and sign-on out, answers in.

Pure.  The card number is written into the finished frame, never into a string, so that it can be wiped.  Not
responsible for framing, time or what an answer means for the money.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import iso8583
from iso8583.specs import default_ascii

from drivers.card.order import Order
from drivers.card.tlv import BadTlv, elements
from drivers.secret import Secret

SPEC: dict[str, Any] = copy.deepcopy(default_ascii)
SPEC["55"] |= {"data_enc": "b", "max_len": 255}
SPEC["63"] |= {"data_enc": "cp949", "max_len": 200}  # three names of 20 bytes: issuer, acquirer, card
SIGN_ON, ECHO = "001", "301"
SALE, PURCHASE, CHIP_READ, UNATTENDED, WON = "0200", "000000", "051", "27", "410"
NAME_BYTES = 20
ISSUER_AUTHENTICATION_DATA = 0x91


class Unreadable(Exception):
    """Not a message as agreed; the text holds none of it."""


@dataclass(frozen=True)
class CardData:
    """What goes to the bank and nowhere else."""

    number: Secret
    track: Secret
    sequence: int  # 5F34
    chip: bytes  # DE55, without the number


@dataclass(frozen=True)
class Answer:
    """A 0210 that belongs to the order."""

    code: str
    approval_no: str
    issuer_data: bytes  # tag 91, for the chip
    card_name: str
    acquirer: str


def sale(order: Order, card: CardData) -> Secret:
    """A 0200."""
    fields = {
        "t": SALE,
        **_key(order),
        "2": "0" * len(card.number),
        "3": PURCHASE,
        "12": f"{order.at:%H%M%S}",
        "13": f"{order.at:%m%d}",
        "22": CHIP_READ,
        "23": f"{card.sequence:03d}",
        "25": UNATTENDED,
        "35": "0" * len(card.track),
        "49": WON,
        "55": card.chip.hex(),
    }
    raw, encoded = iso8583.encode(fields, SPEC)
    for field, secret in (("2", card.number), ("35", card.track)):
        at = _place(encoded, field)
        memoryview(raw)[at : at + len(secret)] = secret.reveal()  # a bytearray would make a copy on the way
    frame = Secret(raw)
    raw[:] = bytes(len(raw))
    return frame


def reversal(order: Order, kept_won: int, attempt: int) -> bytes:
    """A 0420, or its repeat 0421; gives everything back but `kept_won`."""
    original = f"{SALE}{order.stan:06d}{_utc(order.at)}".ljust(42, "0")
    fields = {"t": "0421" if attempt else "0420", **_key(order), "3": PURCHASE, "49": WON, "90": original}
    if kept_won:
        fields["95"] = f"{kept_won:012d}".ljust(24, "0") + 2 * "D00000000"
    raw, _ = iso8583.encode(fields, SPEC)
    return bytes(raw)


def network(code: str, at: datetime, stan: int, terminal_id: str) -> bytes:
    """A 0800: SIGN_ON or ECHO."""
    fields = {"t": "0800", "7": _utc(at), "11": f"{stan:06d}", "41": terminal_id.ljust(8), "70": code}
    raw, _ = iso8583.encode(fields, SPEC)
    return bytes(raw)


def parse(frame: bytes | bytearray) -> dict[str, str]:
    """Fields by number, "t" the type; chip data as hex.  Raises Unreadable."""
    try:
        fields, _ = iso8583.decode(frame, SPEC)
    except (iso8583.DecodeError, ValueError):
        raise Unreadable("not an ISO 8583 message") from None
    return dict(fields)


def answer_to_sale(order: Order, fields: dict[str, str]) -> Answer | None:
    """None if it is not a complete answer to exactly this order."""
    if fields["t"] != "0210" or not _belongs(order, fields) or len(fields.get("39", "")) != 2:
        return None
    if fields["39"] == "00" and not fields.get("38", "").strip():
        return None
    names = fields.get("63", "").encode("cp949")
    acquirer, card_name = names[NAME_BYTES : 2 * NAME_BYTES], names[2 * NAME_BYTES : 3 * NAME_BYTES]
    return Answer(fields["39"], fields.get("38", "").strip(), _issuer_data(fields), _name(card_name), _name(acquirer))


def answer_to_reversal(order: Order, fields: dict[str, str]) -> str:
    """The response code; "" if it is not an answer to this reversal."""
    is_answer = fields["t"] in ("0430", "0431") and _belongs(order, fields)
    return fields.get("39", "") if is_answer else ""


def answer_to_network(stan: int, code: str, fields: dict[str, str]) -> str:
    is_answer = fields["t"] == "0810" and fields.get("11") == f"{stan:06d}" and fields.get("70") == code
    return fields.get("39", "") if is_answer else ""


def _key(order: Order) -> dict[str, str]:
    """What names a transaction; an answer must bring all of it back."""
    return {
        "4": f"{order.won:012d}",
        "7": _utc(order.at),
        "11": f"{order.stan:06d}",
        "37": order.order_id,
        "41": order.terminal_id.ljust(8),
        "42": order.merchant_no.ljust(15),
    }


def _belongs(order: Order, fields: dict[str, str]) -> bool:
    return all(fields.get(number) == value for number, value in _key(order).items())


def _utc(at: datetime) -> str:
    """DE7 is in universal time; a time without an offset is taken as it stands."""
    return f"{at.astimezone(UTC) if at.tzinfo else at:%m%d%H%M%S}"


def _place(encoded: Any, field: str) -> int:
    """Where the field's data begin in the frame."""
    at = 0
    for key in ("h", "t", "p", "1", *map(str, range(2, 129))):
        part = encoded.get(key, {"len": b"", "data": b""})
        if key == field:
            return at + len(part["len"])
        at += len(part["len"]) + len(part["data"])
    raise KeyError(field)


def _issuer_data(fields: dict[str, str]) -> bytes:
    """Tag 91 of the host's DE55: 8 to 16 bytes for the chip; empty if there is none."""
    data = memoryview(bytes.fromhex(fields.get("55", "")))
    try:
        return bytes(dict(elements(data)).get(ISSUER_AUTHENTICATION_DATA, b""))
    except BadTlv:
        return b""


def _name(text: bytes) -> str:
    return text.decode("cp949", "replace").strip()
