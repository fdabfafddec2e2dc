"""How a simulated print server misbehaves on the network: the words, and what they do to an answer.

Not responsible for jams and empty trays; those are the mechanism's.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from simulators import ipp_codec as ipp
from simulators.base import Refused
from simulators.ipp_codec import Message
from simulators.ipp_http import Connection

GARBAGE = bytes(range(251, 0, -7)) * 3


class Fault(enum.Enum):
    NONE = "none"
    REFUSE = "refuse"  # nobody listens
    HANG = "hang"  # the request is read and never obeyed
    RESET = "reset"  # the connection breaks before the request is obeyed
    LOST = "lost"  # obeyed, but the answer never leaves
    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    SHORT = "short"  # HTTP promises more than it sends
    WRONG_JOB = "wrong-job"  # another job's number
    WRONG_NAME = "wrong-name"  # another job under the same number, as after a restart
    WRONG_REQUEST = "wrong-request"
    HTTP_503 = "http-503"
    BUSY = "busy"


UNOBEYED = (Fault.HANG, Fault.RESET, Fault.HTTP_503, Fault.BUSY)
OPERATION_WORDS = {
    "print-job": 0x02,
    "validate-job": 0x04,
    "create-job": 0x05,
    "send-document": 0x06,
    "cancel-job": 0x08,
    "get-job-attributes": 0x09,
    "get-jobs": 0x0A,
    "get-printer-attributes": 0x0B,
}


@dataclass
class NetworkFault:
    kind: Fault = Fault.NONE
    operation: int = 0  # only at this one; 0: at all

    def obey(self, words: list[str]) -> None:
        """`KIND [at OPERATION]`."""
        match words:
            case [kind, *rest] if kind in {fault.value for fault in Fault} and (not rest or rest[0] == "at"):
                operation = OPERATION_WORDS.get(rest[1].lower(), 0) if len(rest) == 2 else 0
                if rest and not operation:
                    raise Refused(f"at which operation? one of: {', '.join(OPERATION_WORDS)}")
                self.kind, self.operation = Fault(kind), operation
            case _:
                raise Refused(f"which fault? one of: {', '.join(fault.value for fault in Fault)}; [at OPERATION]")

    def at(self, operation: int) -> Fault:
        return self.kind if self.operation in (0, operation) else Fault.NONE


def send(connection: Connection, answer: Message, fault: Fault) -> None:
    """Put an answer on the line, bent as the fault wants it."""
    match fault:
        case Fault.HANG | Fault.LOST:
            return
        case Fault.HTTP_503:
            connection.answer(b"", "503 Service Unavailable")
        case Fault.GARBAGE:
            connection.answer(GARBAGE)
        case Fault.TRUNCATED:
            data = ipp.encode(answer)
            connection.answer(data[: len(data) * 2 // 3])
        case Fault.SHORT:
            connection.answer(ipp.encode(answer), cut=7)
        case Fault.WRONG_REQUEST:
            answer.request_id += 1
            connection.answer(ipp.encode(answer))
        case Fault.WRONG_JOB | Fault.WRONG_NAME:
            connection.answer(ipp.encode(_of_another_job(answer, fault)))
        case _:
            connection.answer(ipp.encode(answer))


def _of_another_job(answer: Message, fault: Fault) -> Message:
    for group in answer.groups:
        for i, (name, tag, values) in enumerate(group.attributes):
            if name == "job-id" and fault is Fault.WRONG_JOB:
                group.attributes[i] = ipp.Attribute(name, tag, [values[0] + 1000])
            elif name == "job-name" and fault is Fault.WRONG_NAME:
                group.attributes[i] = ipp.Attribute(name, tag, ["another job"])
    return answer
