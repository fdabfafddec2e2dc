"""The terminal's side of an EMV contact transaction, online only: a conversation over a `Channel`.

No offline data authentication and no PIN: a civil document costs a few hundred won.  Every answer of the chip stays
in the channel's buffers, of which everything here is a view, so one `wipe` forgets the card.  Not responsible for
the payment host.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from drivers.card.apdu import Answer, Channel
from drivers.card.card_checks import fault_of
from drivers.card.refusal import ChipFailed, Refusal, Unsupported
from drivers.card.tlv import BadTlv, dol, element, elements, fill, is_constructed

PSE = b"1PAY.SYS.DDF01"
# Korean domestic applications first (old KLSC credit, Master type, debit, new KLSC), then those of co-branded cards.
AIDS = tuple(
    bytes.fromhex(aid)
    for aid in (
        "D4100000011010",
        "D4100000012010",
        "D4100000012020",
        "A0000008781010",
        "A0000000031010",
        "A0000000041010",
    )
)
KOREA, WON = b"\x04\x10", b"\x04\x10"
TERMINAL = {
    0x9F03: bytes(6),  # no cash back
    0x9F1A: KOREA,
    0x5F2A: WON,
    0x95: bytes.fromhex("8000008000"),  # offline data authentication not performed; above the floor limit of 0
    0x9C: b"\x00",  # goods and services
    0x9F33: bytes.fromhex("200800"),  # chip only; no cardholder verification; no data authentication
    0x9F34: bytes.fromhex("1F0002"),  # no verification required, successful
    0x9F35: b"\x24",  # a merchant's unattended terminal, online only
}
CHIP_DATA = (
    *(0x9F26, 0x9F27, 0x9F10, 0x9F37, 0x9F36, 0x95, 0x9A, 0x9C, 0x9F02, 0x5F2A, 0x82, 0x9F1A),
    *(0x9F03, 0x9F33, 0x9F34, 0x9F35, 0x84),
)
ISSUER_AUTHENTICATION = 0x04  # in the first byte of 82
DECLINED_OFFLINE = "Z1"  # EMV's own response code for it
MOST_RECORDS = 10
ARQC, TC, AAC = 0x80, 0x40, 0x00  # what a cryptogram says: ask the bank, approved, declined


class Chip:
    """One transaction with one card: `read`, `request`, then `conclude` with the bank's answer."""

    def __init__(self, channel: Channel, won: int, at: datetime, unpredictable: bytes) -> None:
        self._channel = channel
        self._at = at
        self._card: dict[int, memoryview] = {}
        self._told = {
            **TERMINAL,
            0x9F02: bytes.fromhex(f"{won:012d}"),
            0x9A: bytes.fromhex(f"{at:%y%m%d}"),
            0x9F21: bytes.fromhex(f"{at:%H%M%S}"),
            0x9F37: unpredictable,
        }

    def value(self, tag: int) -> memoryview:
        """What the card said; empty if it did not."""
        return self._card.get(tag, memoryview(b""))

    @property
    def sequence(self) -> int:
        """Which of several cards with one number; 0 if the card does not say."""
        digits = bytes(self.value(0x5F34)).hex()
        return int(digits) if digits.isdecimal() else 0

    def read(self) -> None:
        """Select, start, read and check; raises Refusal, CardFault, LinkLost."""
        with _understood():
            self._select()
            self._start()
        if fault := fault_of(self._card, self._at.date()):
            raise fault

    def request(self) -> None:
        """The first cryptogram; a chip that declines by itself raises Refusal."""
        with _understood():
            kind = self._cryptogram(ARQC, 0x8C)
        if kind == AAC:
            raise Refusal(f"declined:{DECLINED_OFFLINE}")
        if kind != ARQC:
            raise ChipFailed("approved without the bank")

    def chip_data(self) -> bytes:
        """DE55; holds no card number."""
        values = ((tag, self._told.get(tag) or self.value(tag)) for tag in CHIP_DATA)
        return b"".join(element(tag, value) for tag, value in values if value)

    def conclude(self, is_approved: bool, code: str, issuer_data: bytes) -> bool:
        """Tell the chip what the bank said; whether it agrees with an approval."""
        self._told |= {0x8A: code.encode("ascii"), 0x91: issuer_data}
        with _understood():
            wanted = {tag for tag, _ in dol(self.value(0x8D))}
            if issuer_data and 0x91 not in wanted and self.value(0x82)[0] & ISSUER_AUTHENTICATION:
                self._channel.tell(0x00, 0x82, 0, 0, issuer_data)
            return self._cryptogram(TC if is_approved else AAC, 0x8D) == TC

    # -- selecting ----------------------------------------------------------------------

    def _select(self) -> None:
        for aid in self._offered() or AIDS:
            answer = self._channel.tell(0x00, 0xA4, 4, 0, aid)
            if answer.is_ok:
                self._keep(answer)
                return
        raise Unsupported("none of the card's applications is ours")

    def _offered(self) -> list[bytes]:
        """The card's applications that we know, its favourite first; empty when it has no directory."""
        answer = self._channel.tell(0x00, 0xA4, 4, 0, PSE)
        if not answer.is_ok:
            return []
        directory = dict(elements(answer.data)).get(0x88)
        if not directory:
            raise ChipFailed("a directory without a file")
        names: list[tuple[int, bytes]] = []
        for record in range(1, MOST_RECORDS + 1):
            answer = self._channel.ask(0x00, 0xB2, record, directory[0] << 3 | 4)
            if not answer.is_ok:
                break
            names += (_entry(value) for tag, value in elements(answer.data) if tag == 0x61)
        ours = [name for _, name in sorted(names, key=lambda n: n[0]) if name.startswith(AIDS)]
        if not ours:
            raise Unsupported("none of the card's applications is ours")
        return ours

    # -- reading ------------------------------------------------------------------------

    def _start(self) -> None:
        """GET PROCESSING OPTIONS, and every record that it points to."""
        told = fill(dol(self.value(0x9F38)), self._told)
        answer = self._channel.tell(0x80, 0xA8, 0, 0, element(0x83, told))
        if not answer.is_ok:
            raise ChipFailed(f"no processing options: {answer.status:04X}")
        if answer.data and answer.data[0] == 0x80:
            _, body = next(elements(answer.data))
            self._card |= {0x82: body[:2], 0x94: body[2:]}
        else:
            self._keep(answer)
        locator = self.value(0x94)
        if len(self.value(0x82)) != 2 or not locator or len(locator) % 4:
            raise ChipFailed("no profile or no list of records")
        for file, first, last, _ in (locator[at : at + 4] for at in range(0, len(locator), 4)):
            for record in range(first, min(last, first + MOST_RECORDS - 1) + 1):
                self._keep(self._channel.ask(0x00, 0xB2, record, file & 0xF8 | 4))

    def _keep(self, answer: Answer) -> None:
        if not answer.is_ok:
            raise ChipFailed(f"a record cannot be read: {answer.status:04X}")
        for tag, value in elements(answer.data):
            if not is_constructed(tag) and self._card.setdefault(tag, value) is not value:
                raise ChipFailed("the card says one thing twice")

    def _cryptogram(self, control: int, list_tag: int) -> int:
        """GENERATE AC; which kind came."""
        told = fill(dol(self.value(list_tag)), self._told)
        answer = self._channel.tell(0x80, 0xAE, control, 0, told)
        if not answer.is_ok:
            raise ChipFailed(f"no cryptogram: {answer.status:04X}")
        said = dict(elements(answer.data))
        if body := said.get(0x80):
            said = {0x9F27: body[:1], 0x9F36: body[1:3], 0x9F26: body[3:11], 0x9F10: body[11:]}
        if len(said.get(0x9F27, b"")) != 1 or len(said.get(0x9F26, b"")) != 8 or len(said.get(0x9F36, b"")) != 2:
            raise ChipFailed("an incomplete cryptogram")
        self._card |= said
        return said[0x9F27][0] & 0xC0


def _entry(template: memoryview) -> tuple[int, bytes]:
    """One application of the directory: its rank (1 is best, 0 is none) and its name."""
    facts = dict(elements(template))
    rank = facts[0x87][0] & 0x0F if facts.get(0x87) else 0
    return rank or 16, bytes(facts.get(0x4F, b""))


@contextmanager
def _understood() -> Iterator[None]:
    """What cannot be parsed is a failed chip."""
    try:
        yield
    except BadTlv as fault:
        raise ChipFailed(str(fault)) from None
