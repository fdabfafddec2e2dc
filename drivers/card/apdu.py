"""Commands to a chip and their answers, with what T=0 makes of them; remembers every answer to be able to wipe it.

Not responsible for what the commands mean.
"""

from __future__ import annotations

from typing import NamedTuple

from drivers.card.reader import CardFault, Contact

OK = 0x9000
MOST_PIECES = 16  # no honest chip hands over one answer in more


class Answer(NamedTuple):
    status: int
    data: memoryview

    @property
    def is_ok(self) -> bool:
        return self.status == OK


class Channel:
    def __init__(self, contact: Contact) -> None:
        self._contact = contact
        self._heard: list[bytearray] = []

    def tell(self, cla: int, ins: int, p1: int, p2: int, data: bytes) -> Answer:
        """A command with data, and an answer.  Raises CardFault, LinkLost."""
        tail = b"\0" if self._contact.is_block_oriented else b""  # T=0 fetches the answer with GET RESPONSE
        return self._exchange(bytes((cla, ins, p1, p2, len(data))) + data + tail)

    def ask(self, cla: int, ins: int, p1: int, p2: int) -> Answer:
        """A command without data."""
        return self._exchange(bytes((cla, ins, p1, p2, 0)))

    def wipe(self) -> None:
        for buffer in self._heard:
            buffer[:] = bytes(len(buffer))
        self._heard.clear()

    def _exchange(self, command: bytes) -> Answer:
        pieces = [self._once(command)]
        if pieces[0][-2] == 0x6C:
            pieces = [self._once(command[:4] + pieces[0][-1:])]
        while pieces[-1][-2] == 0x61:
            if len(pieces) > MOST_PIECES:
                raise CardFault("an answer without end")
            pieces.append(self._once(bytes((0x00, 0xC0, 0, 0, pieces[-1][-1]))))
        whole = pieces[0] if len(pieces) == 1 else self._keep(_joined(pieces))
        return Answer(int.from_bytes(whole[-2:], "big"), memoryview(whole)[:-2])

    def _once(self, command: bytes) -> bytearray:
        return self._keep(self._contact.transmit(command))

    def _keep(self, buffer: bytearray) -> bytearray:
        self._heard.append(buffer)
        return buffer


def _joined(pieces: list[bytearray]) -> bytearray:
    """One answer with the last status word; a bytearray that grows or is assigned to leaves copies behind."""
    whole = bytearray(sum(len(piece) - 2 for piece in pieces) + 2)
    room, at = memoryview(whole), 0
    for piece in pieces:
        room[at : at + len(piece)] = memoryview(piece)
        at += len(piece) - 2
    return whole
