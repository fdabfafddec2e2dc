"""The bank behind the payment host, as a model: messages in, messages out, and a ledger that must come out even.

Approves with a true ARPC, knows every order once, reverses idempotently and in part.  Not responsible for wires, time
or broken answers.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import Any

from simulators.emv_issuer import CARDS_OF_BANK, TestCard, authentication_data, cryptogram
from simulators.emv_tlv import flat, tlv
from simulators.iso8583_wire import Message

NEEDED = {
    "0200": {3, 4, 7, 11, 12, 13, 22, 35, 37, 41, 42, 49, 55},
    "0420": {4, 7, 11, 37, 41, 42, 90},
    "0421": {4, 7, 11, 37, 41, 42, 90},
    "0800": {7, 11, 41, 70},
}
ECHOED = (3, 4, 7, 11, 12, 13, 37, 41, 42, 49, 70, 95)
APPROVED, FORMAT_ERROR, NOT_FOUND, DUPLICATE, WRONG_CRYPTOGRAM, NO_SUCH_CARD, UNSUPPORTED = (
    "00", "30", "25", "94", "88", "14", "40"
)  # fmt: skip


@dataclass
class Entry:
    """One order; charged = reversed + kept, always."""

    order: str
    stan: str
    code: str
    charged: int = 0
    reversed: int = 0
    reversals: int = 0  # how often it was asked for
    arqc_verified: bool = False

    @property
    def kept(self) -> int:
        return self.charged - self.reversed


class Bank:
    def __init__(self) -> None:
        self.refusal = ""  # a DE39 for every sale, whatever the card
        self.ledger: dict[str, Entry] = {}
        self.signed_on: set[str] = set()
        self._answers: dict[str, Message] = {}  # the first answer to each order
        self._approvals = itertools.count(100001)

    def state(self) -> dict[str, Any]:
        entries = [{**asdict(entry), "kept": entry.kept} for entry in self.ledger.values()]
        sums = {name: sum(e[name] for e in entries) for name in ("charged", "reversed", "kept")}
        return {"ledger": entries, **sums, "signed_on": sorted(self.signed_on)}

    def answer(self, message: Message) -> Message:
        if NEEDED.get(message.mti, {0}) - set(message.fields):
            code = FORMAT_ERROR if message.mti in NEEDED else UNSUPPORTED
            return self._reply(message, code)
        match message.mti:
            case "0800":
                return self._network(message)
            case "0200":
                return self._sale(message)
        return self._reversal(message)

    def _reply(self, message: Message, code: str) -> Message:
        mti = f"{int(message.mti[:3]) + 1:03d}0" if message.mti.isdigit() else "0000"
        echoed = {number: message[number] for number in ECHOED if message[number]}
        return Message(mti, {**echoed, 39: code})

    def _network(self, message: Message) -> Message:
        if message[70] == "001":
            self.signed_on.add(message[41])
        return self._reply(message, APPROVED if message[70] in ("001", "002", "301") else UNSUPPORTED)

    def _sale(self, message: Message) -> Message:
        order = message[37]
        if known := self.ledger.get(order):
            is_repeat = known.stan == message[11] and order in self._answers
            return self._answers[order] if is_repeat else self._reply(message, DUPLICATE)
        entry = self.ledger[order] = Entry(order, message[11], "")
        card = CARDS_OF_BANK.get(message[35].replace("D", "=").partition("=")[0])
        entry.code = self._decide(message, card, entry)
        answer = self._reply(message, entry.code)
        if entry.code == APPROVED:
            entry.charged = int(message[4])
            answer.fields[38] = str(next(self._approvals))
        if card and entry.arqc_verified:
            arqc = flat(bytes.fromhex(message[55]))["9F26"]
            proof = authentication_data(card.pan, card.sequence, arqc, entry.code.encode())
            answer.fields[55] = tlv("91", proof).hex().upper()
            answer.fields[63] = "".join(map(_padded, (card.issuer, card.acquirer, card.name)))
        self._answers[order] = answer
        return answer

    def _decide(self, message: Message, card: TestCard | None, entry: Entry) -> str:
        if card is None:
            return NO_SUCH_CARD
        try:
            entry.arqc_verified = _is_genuine(message, card)
        except (ValueError, KeyError):
            return FORMAT_ERROR
        if not entry.arqc_verified:
            return WRONG_CRYPTOGRAM
        return self.refusal or card.refusal or APPROVED

    def _reversal(self, message: Message) -> Message:
        entry, original = self.ledger.get(message[37]), message[90]
        if entry and (original[:4], original[4:10]) != ("0200", entry.stan):
            return self._reply(message, FORMAT_ERROR)
        if entry is None:
            # The sale may still be on its way: remembered, so that it is refused when it comes.
            self.ledger[message[37]] = Entry(message[37], message[11], NOT_FOUND, reversals=1)
            return self._reply(message, NOT_FOUND)
        entry.reversals += 1
        if not entry.charged:
            return self._reply(message, NOT_FOUND)
        kept = int(message[95][:12] or 0)
        if kept >= entry.charged or int(message[4]) != entry.charged:
            return self._reply(message, FORMAT_ERROR)
        entry.reversed = entry.reversed or entry.charged - kept  # the first reversal counts, repeats are answered
        return self._reply(message, APPROVED)


def _is_genuine(message: Message, card: TestCard) -> bool:
    """Whether the cryptogram is the card's own and over this very sale."""
    chip = flat(bytes.fromhex(message[55]))
    says_the_same = chip["9F02"].hex() == message[4] and chip["5F2A"].hex() == "0" + message[49]
    is_ours = cryptogram(card.pan, message[23][1:] or "00", chip, chip["9F10"][3:]) == chip["9F26"]
    return says_the_same and is_ours and chip["9F27"] == b"\x80"


def _padded(name: str) -> str:
    """20 bytes of EUC-KR."""
    return name + " " * (20 - len(name.encode("cp949")))
