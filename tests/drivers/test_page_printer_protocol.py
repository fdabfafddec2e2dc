"""IPP bytes: what is asked, what is understood, and that nothing malformed gets through as anything but Malformed."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.page_printer.protocol import Answer, Attribute, Group, Malformed, Tag, decode, encode
from simulators import ipp_codec

HEAD = b"\x02\x00\x00\x00\x00\x00\x00\x07"


def value(tag: int, name: str, raw: bytes) -> bytes:
    return bytes([tag]) + struct.pack(">H", len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw


OPERATION = b"\x01" + value(0x47, "attributes-charset", b"utf-8")
WHOLE = (
    HEAD
    + OPERATION
    + b"\x02"
    + value(0x21, "job-id", b"\0\0\0\x2a")
    + value(0x44, "job-state-reasons", b"none")
    + value(0x44, "", b"job-printing")
    + value(0x36, "job-name", b"\0\x02ko\0\x05job-a")
    + value(0x13, "time-at-completed", b"")
    + value(0x34, "media-col", b"")
    + value(0x4A, "", b"media-size")
    + value(0x34, "", b"")
    + value(0x4A, "", b"x-dimension")
    + value(0x21, "", b"\0\0\x52\x08")
    + value(0x37, "", b"")
    + value(0x37, "", b"")
    + value(0x22, "is-fine", b"\1")
    + b"\x03"
)


def test_an_answer_is_understood_value_by_value() -> None:
    answer = decode(WHOLE)
    assert (answer.status, answer.request_id, answer.is_ok) == (0, 7, True)
    job = answer.first(Group.JOB)
    assert job.number("job-id") == 42
    assert job.words("job-state-reasons") == ("none", "job-printing")
    assert job.word("job-name") == "job-a"
    assert job.values["time-at-completed"] == ()
    assert job.values["media-col"] == ()
    assert job.number("is-fine") == 1


def test_a_request_is_what_the_standard_wants() -> None:
    """Checked by the simulator's own reading of RFC 8010."""
    head = (Attribute("attributes-charset", Tag.CHARSET, ("utf-8",)), Attribute("my-jobs", Tag.BOOLEAN, (True,)))
    data = encode(0x0A, 9, head, (Attribute("copies", Tag.INTEGER, (1,)),))
    message = ipp_codec.decode(data + b"%PDF")
    assert (message.version, message.code, message.request_id, message.document) == ((2, 0), 0x0A, 9, b"%PDF")
    assert message.group(1).first("my-jobs") is True
    assert message.group(2).first("copies") == 1


@pytest.mark.parametrize("length", range(len(WHOLE)))
def test_an_answer_cut_anywhere_is_malformed(length: int) -> None:
    with pytest.raises(Malformed):
        decode(WHOLE[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"\x03" + HEAD[1:] + OPERATION + b"\x03",  # IPP 3
        HEAD + b"\x03",  # no groups
        HEAD + b"\x02" + value(0x21, "job-id", b"\0\0\0\1") + b"\x03",  # no operation group first
        HEAD + value(0x21, "job-id", b"\0\0\0\1") + b"\x03",  # an attribute before any group
        HEAD + b"\x01" + value(0x44, "", b"none") + b"\x03",  # a further value of nothing
        HEAD + OPERATION + b"\x02" + value(0x21, "job-id", b"\0\x2a") + b"\x03",  # a short integer
        HEAD + OPERATION + b"\x02" + value(0x21, "job-id", b"\0\0\0\0\x2a") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x22, "b", b"\2") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x33, "r", b"\0\0\0\1") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x31, "d", b"\0") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x42, "job-name", b"\xff\xfe") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x36, "job-name", b"\0\x02ko\0\x05job") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x36, "job-name", b"\0\x02ko\0\x01job") + b"\x03",
        HEAD + OPERATION + b"\x02" + value(0x34, "media-col", b"") + b"\x03",  # a collection that does not end
        HEAD + OPERATION + b"\x02" + value(0x34, "c", b"") + value(0x34, "", b"") * 20 + b"\x03",
        WHOLE + b"\0",  # something behind the end
    ],
)
def test_what_breaks_the_rules_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
def test_noise_never_raises_anything_else(noise: bytes) -> None:
    for data in (noise, HEAD + noise, HEAD + OPERATION + noise):
        with contextlib.suppress(Malformed):
            assert isinstance(decode(data), Answer)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, 3))
def test_an_altered_byte_never_raises_anything_else(place: int, byte: int, cut: int) -> None:
    data = bytearray(WHOLE)
    data[place] = byte
    with contextlib.suppress(Malformed):
        assert isinstance(decode(bytes(data[: len(data) - cut])), Answer)


NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
VALUES = {
    ipp_codec.INTEGER: st.integers(-(2**31), 2**31 - 1),
    ipp_codec.ENUM: st.integers(-(2**31), 2**31 - 1),
    ipp_codec.BOOLEAN: st.booleans(),
    ipp_codec.TEXT: st.text(max_size=60),
    ipp_codec.KEYWORD: NAMES,
}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_a_printer_says_is_what_is_heard(data: st.DataObject) -> None:
    group = ipp_codec.Group(ipp_codec.JOB)
    for name in data.draw(st.lists(NAMES, unique=True, max_size=6)):
        tag = data.draw(st.sampled_from(sorted(VALUES)))
        group.add(name, tag, *data.draw(st.lists(VALUES[tag], min_size=1, max_size=4)))
    head = ipp_codec.Group(ipp_codec.OPERATION)
    answer = decode(ipp_codec.encode(ipp_codec.Message((2, 0), 0, 1, [head, group])))
    heard = answer.first(Group.JOB).values
    assert heard == {a.name: tuple(a.values) for a in group.attributes}
