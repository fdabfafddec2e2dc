"""An EMV contact card (T=0, CVN 10, textbook key) as a model: commands in, answers out, no wire and no time.

As strict as the books: wrong lengths, a second request for an ARQC or a false ARPC are refused.  Not responsible for
being pulled, slow or mute; `card` adds that.
"""

from __future__ import annotations

from simulators.emv_issuer import CVN_10, TestCard, authentication_data, cryptogram
from simulators.emv_tlv import dol, tlv

ATR = bytes.fromhex("3B6500002063CB6800")
PSE = b"1PAY.SYS.DDF01"
COUNTRY = bytes.fromhex("0410")
PROFILE = bytes.fromhex("1C00")  # cardholder verification, risk management, issuer authentication
LOCATOR = bytes.fromhex("10010200")  # SFI 2, records 1 to 2, none for offline authentication
TERMINAL_PART = "9F02069F03069F1A0295055F2A029A039C019F3704"
CDOL1, CDOL2 = bytes.fromhex(TERMINAL_PART), bytes.fromhex("8A02910A" + TERMINAL_PART)
OK, WRONG_LENGTH, CONDITIONS, NOT_FOUND, NO_RECORD, NO_INS = (
    bytes.fromhex(word) for word in ("9000", "6700", "6985", "6A82", "6A83", "6D00")
)


class EmvCard:
    def __init__(self, card: TestCard) -> None:
        self.card = card
        self.counter = 0  # ATC
        self.last_kind = ""  # of the last cryptogram: ARQC, TC or AAC
        self.power(False)

    def power(self, is_on: bool) -> None:
        self._selected = ""
        self._cryptograms = 0
        self._arqc = b""
        self._waiting = b""

    def atr(self) -> bytes:
        return ATR

    def answer(self, command: bytes) -> bytes | None:
        if len(command) < 4:
            return WRONG_LENGTH
        cla, ins, p1, p2 = command[:4]
        p3 = command[4] if len(command) > 4 else 0
        match (cla, ins):
            case (0x00, 0xC0):
                return self._get_response(p3)
            case (0x00, 0xA4) if p1 == 4:
                return self._select(command[5 : 5 + p3])
            case (0x00, 0xB2):
                return self._record(p2 >> 3, p1, p3)
            case (0x80, 0xA8) if self._selected == "application":
                return self._options(command[5 : 5 + p3])
            case (0x80, 0xAE) if self._selected == "application":
                return self._generate(p1, command[5 : 5 + p3])
        return NO_INS

    def _later(self, data: bytes) -> bytes:
        """T=0: what a command with data has to say is fetched with GET RESPONSE."""
        self._waiting = data
        return bytes([0x61, len(data) & 0xFF])

    def _get_response(self, length: int) -> bytes:
        if not self._waiting:
            return CONDITIONS
        data, self._waiting = self._waiting[: length or 256], b""
        return data + OK

    def _select(self, name: bytes) -> bytes:
        aid = self.card.aid
        if name == PSE:
            self._selected = "pse"
            return self._later(tlv("6F", tlv("84", PSE) + tlv("A5", tlv("88", b"\x01") + tlv("5F2D", b"koen"))))
        if name and aid.startswith(name):
            self._selected = "application"
            named = tlv("50", b"KOREACREDIT") + tlv("87", b"\x01") + tlv("9F38", bytes.fromhex("9F1A02"))
            return self._later(tlv("6F", tlv("84", aid) + tlv("A5", named + tlv("5F2D", b"koen"))))
        return NOT_FOUND

    def _record(self, file: int, number: int, length: int) -> bytes:
        record = self._records().get((self._selected, file, number))
        if record is None:
            return NO_RECORD
        return record + OK if length == len(record) else bytes([0x6C, len(record)])

    def _records(self) -> dict[tuple[str, int, int], bytes]:
        card = self.card
        track = (card.track_pan or card.pan) + "D" + card.expiry[:4] + "2010000000000"
        entry = tlv("61", tlv("4F", card.aid) + tlv("50", b"KOREACREDIT") + tlv("87", b"\x01"))
        first = tlv("57", bytes.fromhex(track + "F" * (len(track) % 2))) + tlv("5F20", b"TEST/KIOSK")
        number = bytes.fromhex(card.pan + "F" * (len(card.pan) % 2))
        dates = tlv("5F24", bytes.fromhex(card.expiry)) + tlv("5F25", bytes.fromhex("180101"))
        rules = tlv("5F28", COUNTRY) + tlv("9F07", card.usage) + tlv("8E", bytes.fromhex("00000000000000001F00"))
        lists = tlv("8C", CDOL1) + tlv("8D", CDOL2)
        codes = tlv("9F0D", bytes(5)) + tlv("9F0E", bytes(5)) + tlv("9F0F", bytes.fromhex("F8F8FCF8F0"))
        second = tlv("5A", number) + tlv("5F34", bytes.fromhex(card.sequence)) + dates + rules + lists + codes
        return {
            ("pse", 1, 1): tlv("70", entry),
            ("application", 2, 1): tlv("70", first),
            ("application", 2, 2): tlv("70", second + tlv("9F08", b"\x00\x02")),
        }

    def _options(self, data: bytes) -> bytes:
        if data[:2] != b"\x83\x02" or len(data) != 4:
            return WRONG_LENGTH
        self.counter += 1
        return self._later(tlv("77", tlv("82", PROFILE) + tlv("94", LOCATOR)))

    def _generate(self, control: int, data: bytes) -> bytes:
        wanted = {0x00: "AAC", 0x40: "TC", 0x80: "ARQC"}.get(control & 0xC0)
        is_first = self._cryptograms == 0
        if self._cryptograms >= 2 or not self.counter or wanted is None or (wanted == "ARQC" and not is_first):
            return CONDITIONS
        asked = dol(CDOL1 if is_first else CDOL2)
        if len(data) != sum(length for _, length in asked):
            return WRONG_LENGTH
        values, at = {}, 0
        for tag, length in asked:
            values[tag], at = data[at : at + length], at + length
        self._cryptograms += 1
        kind = "ARQC" if is_first and wanted == "TC" else wanted  # never offline
        if kind == "TC" and not self._bank_said_yes(values):
            kind = "AAC"
        return self._later(self._cryptogram(kind, values))

    def _bank_said_yes(self, values: dict[str, bytes]) -> bool:
        proof = authentication_data(self.card.pan, self.card.sequence, self._arqc, values["8A"])
        return values["8A"] == b"00" and values["91"] == proof

    def _cryptogram(self, kind: str, values: dict[str, bytes]) -> bytes:
        verification = bytes.fromhex({"ARQC": "03A00000", "TC": "03600000", "AAC": "03200000"}[kind])
        counter = self.counter.to_bytes(2, "big")
        signed = {**values, "82": PROFILE, "9F36": counter}
        proof = cryptogram(self.card.pan, self.card.sequence, signed, verification)
        if kind == "ARQC":
            self._arqc = proof
        self.last_kind = kind
        identity = bytes([{"ARQC": 0x80, "TC": 0x40, "AAC": 0x00}[kind]])
        history = bytes([6, 1, CVN_10]) + verification
        return tlv("77", tlv("9F27", identity) + tlv("9F36", counter) + tlv("9F26", proof) + tlv("9F10", history))
