"""One clerk serves one person: what it fetched is theirs, and it is gone when they are."""

from __future__ import annotations

import hashlib
import json
import os
import re
import select
import threading
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

from drivers.secret import Secret
from kiosk.clerk import messages as say
from kiosk.clerk.desk import ClerkLost, ClerkSaid
from kiosk.clerk.sealing import Sealer, Unsealable
from tests.clerk.agency import RRN, TEMPLATE, Reply, usual
from tests.clerk.conftest import PATIENCE, Bench
from tests.documents import records

VISIT = "0123456789abcdef"


def pid_of(bench: Bench, visit: str = VISIT) -> int:
    return bench.desk._serving[visit].pid


def is_gone(pid: int) -> bool:
    """Waits for the kernel: the process is dead, and its memory with it."""
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([fd], [], [], PATIENCE)[0])
    finally:
        os.close(fd)


def test_a_visit_gets_its_paper_sealed(bench: Bench) -> None:
    assert bench.identify() == say.Identified("ab" * 16, True)
    fetched = bench.fetch()
    assert isinstance(fetched, say.Fetched)
    assert (fetched.document, fetched.pages, fetched.sheets, fetched.exempt) == ("resident-copy", 1, 1, ())
    pdf = bytes(bench.sealer.unseal(fetched.number, fetched.sealed).reveal())
    assert hashlib.sha256(pdf).hexdigest() == fetched.sha256
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
    assert "홍길동" in text
    assert "200원" in text
    assert not re.search(r"\d{6}-\d{7}", text)
    assert "홍길동" not in repr(fetched)


def test_the_agency_is_asked_for_this_visit_with_these_options(bench: Bench) -> None:
    bench.identify()
    bench.fetch(relation_to_head="include")
    (first, identity), (second, document) = bench.agency.asked
    assert (first, identity["visit"], identity["rrn"]) == ("/v1/identity", VISIT, RRN.decode())
    assert (second, document["subject_token"], document["options"]) == (
        "/v1/documents",
        "t",
        {"relation_to_head": "include"},
    )


def test_sealed_pages_open_only_for_their_number_and_with_their_key() -> None:
    sealer = Sealer()
    sealed = sealer.seal("1", b"pages")
    assert bytes(sealer.unseal("1", sealed).reveal()) == b"pages"
    for other, number, data in ((sealer, "2", sealed), (Sealer(), "1", sealed), (sealer, "1", sealed[:-1] + b"?")):
        with pytest.raises(Unsealable):
            other.unseal(number, data)


def test_an_exempt_person_reads_no_sum_on_the_paper(bench: Bench) -> None:
    fee = {"exempt": ["basic_livelihood"], "sheets": 1}
    bench.agency.reply = lambda path, asked: (
        (200, records.answer(records.chosen(), visit=asked["visit"], fee=fee))
        if path == "/v1/documents"
        else usual(path, asked)
    )
    bench.identify()
    bench.desk.fetch(VISIT, "resident-copy", {}, {}, won=200, waived_for=("basic_livelihood",))
    fetched = bench.said()
    assert isinstance(fetched, say.Fetched)
    with pypdfium2.PdfDocument(bytes(bench.sealer.unseal(fetched.number, fetched.sealed).reveal())) as document:
        assert "면제" in document[0].get_textpage().get_text_range()


def test_number_and_finger_are_wiped_once_sent(bench: Bench) -> None:
    rrn, template = Secret(RRN), Secret(TEMPLATE)
    bench.desk.open(VISIT)
    bench.desk.identify(VISIT, rrn, template)
    bench.said()
    assert (len(rrn), len(template)) == (0, 0)


def test_number_and_finger_of_an_ended_visit_are_wiped_unsent(bench: Bench) -> None:
    rrn, template = Secret(RRN), Secret(TEMPLATE)
    bench.desk.open(VISIT)
    bench.desk.end(VISIT)
    bench.desk.identify(VISIT, rrn, template)
    bench.identify("next")
    assert (len(rrn), len(template)) == (0, 0)
    assert [asked["visit"] for _, asked in bench.agency.asked] == ["next"]


def test_the_clerk_is_gone_with_its_visit(bench: Bench) -> None:
    bench.identify()
    pid = pid_of(bench)
    bench.desk.end(VISIT)
    assert is_gone(pid)


def test_an_answer_for_somebody_who_left_never_arrives(bench: Bench) -> None:
    bench.identify()
    bench.agency.reached.clear()
    bench.agency.answers.clear()
    bench.desk.fetch(VISIT, "resident-copy", {}, {})
    assert bench.agency.reached.wait(PATIENCE)
    pid = pid_of(bench)
    bench.desk.end(VISIT)
    bench.agency.answers.set()
    assert is_gone(pid)
    assert isinstance(bench.identify("next"), say.Identified)
    assert bench.inbox.empty()


def test_even_an_answer_already_on_the_pipe_does_not_pass_the_end(bench: Bench) -> None:
    """The desk's thread is held at the very moment before it posts."""
    post, before, go = bench.desk._post, threading.Event(), threading.Event()

    def held(visit: str, event: ClerkSaid | ClerkLost) -> None:
        before.set()
        assert go.wait(PATIENCE)
        post(visit, event)

    bench.identify()
    bench.desk._post = held  # type: ignore[method-assign]
    bench.desk.fetch(VISIT, "resident-copy", {}, {})
    assert before.wait(PATIENCE)
    bench.desk.end(VISIT)
    go.set()
    bench.desk._post = post  # type: ignore[method-assign]
    bench.identify("next")
    assert bench.inbox.empty()


def test_a_clerk_serves_one_subject_only(bench: Bench) -> None:
    bench.identify()
    bench.desk.identify(VISIT, Secret(b"8207242234567"), Secret(TEMPLATE))
    assert bench.said() == say.Refused("wrong-person")


def test_nothing_is_fetched_for_somebody_unidentified(bench: Bench) -> None:
    bench.desk.open(VISIT)
    assert bench.fetch() == say.Refused("wrong-person")
    assert bench.agency.asked == []


def test_the_next_clerk_waits_already(bench: Bench) -> None:
    bench.identify()
    first = pid_of(bench)
    bench.desk.end(VISIT)
    bench.identify("next")
    assert pid_of(bench, "next") != first


def test_a_crashed_clerk_is_a_lost_visit_and_not_a_lost_desk(bench: Bench) -> None:
    bench.identify()
    os.kill(pid_of(bench), 11)
    assert bench.event() == ClerkLost(VISIT, "clerk-lost")
    bench.desk.fetch(VISIT, "resident-copy", {}, {})
    assert bench.event() == ClerkLost(VISIT, "clerk-lost")
    bench.desk.end(VISIT)
    assert isinstance(bench.identify("next"), say.Identified)


def test_a_clerk_leaves_no_core_and_no_debugger_in(bench: Bench) -> None:
    bench.identify()
    limits = Path(f"/proc/{pid_of(bench)}/limits").read_text()
    assert re.search(r"Max core file size\s+0\s+0", limits)
    assert bench.desk._key not in Path(f"/proc/{pid_of(bench)}/cmdline").read_bytes()
    assert Path(f"/proc/{pid_of(bench)}/environ").read_bytes().strip(b"\0") == b"" or os.geteuid() == 0


def test_nobody_else_lives_after_the_desk_stops(bench: Bench) -> None:
    bench.identify()
    pid = pid_of(bench)
    bench.desk.stop()
    assert is_gone(pid)


def no_match(path: str, asked: dict[str, Any]) -> Reply:
    return 403, json.dumps({"visit": asked["visit"], "error": "no-match", "tries_left": 2}).encode()


def test_a_second_try_may_succeed(bench: Bench) -> None:
    bench.agency.reply = no_match
    assert bench.identify() == say.NotIdentified("no-match", 2)
    bench.agency.reply = usual
    bench.desk.identify(VISIT, Secret(RRN), Secret(TEMPLATE))
    assert bench.said() == say.Identified("ab" * 16, True)
