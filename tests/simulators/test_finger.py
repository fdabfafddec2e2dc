"""The simulated scanner module is as strict as its manual, and serves clients that are not ours."""

from __future__ import annotations

import pytest

from simulators.base import Refused
from simulators.finger import FingerSimulator
from simulators.memory_host import MemoryHost
from simulators.residents import thumb
from simulators.zfm import ZfmModule
from simulators.zfm_sensor import likeness
from simulators.zfm_wire import ACK, COMMAND, DATA, END_OF_DATA, Ok, Packet, Receiver, data_packets, packet

ADDRESS = 0xFFFFFFFF


class Client:
    """Talks to the module directly, time passing as needed."""

    def __init__(self) -> None:
        self.module = ZfmModule(lambda moment: None)
        self.receiver = Receiver()

    def raw(self, data: bytes) -> list[Packet]:
        self.receiver.take(self.module.receive(data) + self.module.tick(1.0) + self.module.tick(1.0))
        found = []
        while came := self.receiver.next(self.module.cells.memory.address):
            found.append(came)
        return found

    def ask(self, name: int, parameters: bytes = b"") -> tuple[int, bytes]:
        answers = self.raw(packet(ADDRESS, COMMAND, bytes([name]) + parameters))
        assert len(answers) == 1
        assert answers[0].kind == ACK
        return answers[0].body[0], answers[0].body[1:]

    def enrol(self, resident: str, page: int) -> None:
        self.module.cells.sensor.place(resident, "")
        assert self.ask(0x01)[0] == self.ask(0x02, b"\x01")[0] == Ok.OK
        assert self.ask(0x06, b"\x01" + page.to_bytes(2, "big"))[0] == Ok.OK


@pytest.fixture
def client() -> Client:
    return Client()


def test_a_wrong_sum_is_a_packet_error(client: Client) -> None:
    damaged = bytearray(packet(ADDRESS, COMMAND, b"\x01"))
    damaged[-1] ^= 1
    assert [a.body[0] for a in client.raw(bytes(damaged))] == [Ok.PACKET_ERROR]


@pytest.mark.parametrize(("kind", "body"), [(ACK, b"\x01"), (COMMAND, b"\x02"), (COMMAND, b"\x01\x00"), (DATA, b"x")])
def test_a_packet_that_makes_no_sense_is_a_packet_error(client: Client, kind: int, body: bytes) -> None:
    assert [a.body[0] for a in client.raw(packet(ADDRESS, kind, body))] == [Ok.PACKET_ERROR]


def test_another_module_s_packet_is_not_answered(client: Client) -> None:
    assert client.raw(packet(1, COMMAND, b"\x01")) == []


def test_a_command_byte_by_byte_is_a_command(client: Client) -> None:
    said = [a for byte in packet(ADDRESS, COMMAND, b"\x01") for a in _slowly(client, byte)]
    assert [a.body[0] for a in said] == [Ok.NO_FINGER]


def _slowly(client: Client, byte: int) -> list[Packet]:
    client.receiver.take(client.module.receive(bytes([byte])) + client.module.tick(0.1))
    came = client.receiver.next(ADDRESS)
    return [came] if came else []


def test_a_torn_command_is_given_up_after_a_while(client: Client) -> None:
    assert client.raw(packet(ADDRESS, COMMAND, b"\x01")[:7]) == []
    assert client.ask(0x01)[0] == Ok.NO_FINGER


def test_an_unknown_command_is_reported(client: Client) -> None:
    assert client.ask(0x77)[0] == Ok.UNSUPPORTED
    assert client.module.not_known == ["77"]


def test_captures_of_one_thumb_resemble_each_other_and_no_other(client: Client) -> None:
    client.module.cells.sensor.place("hong", "")
    one, two = client.module.cells.sensor.template(), client.module.cells.sensor.template()
    assert one != two
    assert one[:2] == b"\x03\x03"
    assert likeness(one, thumb("hong")) >= 0.95
    assert likeness(one, thumb("kim")) < 0.1


def test_a_stored_thumb_is_found_again_and_others_are_not(client: Client) -> None:
    client.enrol("hong", 3)
    client.enrol("kim", 9)
    assert client.ask(0x1D) == (Ok.OK, b"\x00\x02")
    assert client.ask(0x1F, b"\x00")[1][:2] == bytes([0b1000, 0b10])
    code, found = client.ask(0x04, b"\x01" + b"\x00\x00\x00\xc8")
    assert (code, found[:2]) == (Ok.OK, b"\x00\x09")
    client.ask(0x0C, b"\x00\x09\x00\x01")
    assert client.ask(0x04, b"\x01" + b"\x00\x00\x00\xc8") == (Ok.NOT_FOUND, bytes(4))


def test_failures_answer_at_full_length(client: Client) -> None:
    assert client.ask(0x03) == (Ok.NO_MATCH, bytes(2))
    assert client.ask(0x1B, b"\x01\x00\x00\x00\x0a") == (Ok.NOT_FOUND, bytes(4))
    assert client.ask(0x19, b"\x20") == (Ok.WRONG_NOTEPAD_PAGE, bytes(32))


def test_a_downloaded_template_matches_the_finger_on_the_glass(client: Client) -> None:
    client.module.cells.sensor.place("hong", "")
    client.ask(0x01)
    client.ask(0x02, b"\x01")
    client.ask(0x09, b"\x02")
    assert client.raw(data_packets(ADDRESS, thumb("hong"), 128)) == []  # never acknowledged
    assert client.ask(0x03)[0] == Ok.OK


def test_a_template_goes_out_in_the_packet_size_that_was_set(client: Client) -> None:
    client.ask(0x0E, b"\x06\x00")
    client.module.cells.sensor.place("hong", "")
    client.ask(0x01)
    client.ask(0x02, b"\x01")
    answer, *data = client.raw(packet(ADDRESS, COMMAND, b"\x08\x01"))
    assert answer.body == b"\x00"
    assert {len(piece.body) for piece in data} == {32}
    assert [piece.kind for piece in data] == [DATA] * 15 + [END_OF_DATA]


def test_a_new_speed_holds_after_the_answer(client: Client) -> None:
    assert client.ask(0x0E, b"\x04\x0c")[0] == Ok.OK
    client.module.tick(0.1)
    assert client.module.baudrate == 115200


def test_a_new_address_answers_from_there(client: Client) -> None:
    answers = client.raw(packet(ADDRESS, COMMAND, b"\x15\x00\x00\x00\x05"))
    assert [a.body[0] for a in answers] == [Ok.OK]


def test_a_password_is_needed_once_set(client: Client) -> None:
    client.ask(0x12, b"\x00\x00\x00\x07")
    client.module.power_cycle()
    client.raw(b"")
    assert client.ask(0x01)[0] == Ok.PASSWORD_NEEDED
    assert client.ask(0x13, b"\x00\x00\x00\x08")[0] == Ok.WRONG_PASSWORD
    assert client.ask(0x13, b"\x00\x00\x00\x07")[0] == Ok.OK
    assert client.ask(0x01)[0] == Ok.NO_FINGER


def test_power_takes_the_buffers_and_leaves_the_library(client: Client) -> None:
    client.enrol("lee", 0)
    client.module.power_cycle()
    assert client.module.tick(1.0) == b"\x55"
    assert client.module.cells.buffers == {}
    assert client.ask(0x07, b"\x02\x00\x00")[0] == Ok.OK


@pytest.mark.parametrize("line", ["place nobody", "place hong sticky", "lift now", "sing"])
def test_a_word_that_is_not_known_is_refused(line: str) -> None:
    simulator = FingerSimulator()
    simulator.live_behind(MemoryHost(simulator.module, "nowhere"))
    with pytest.raises(Refused):
        simulator.do(line.split())
