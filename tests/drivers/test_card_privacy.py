"""No digit of a card outlives its payment: not in events, logs, tapes, exceptions, nor in the kiosk's own memory."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from drivers.base import Verdict
from drivers.card.driver import Approval, Authorise, AwaitRemoval
from drivers.card.host_driver import Reverse
from drivers.card.order import Order
from simulators.emv_issuer import SPECIAL_CARDS, card_of
from simulators.payment_host import PaymentHostSimulator
from tests.drivers.card_bench import CardBench, real_reader
from tests.drivers.conftest import TestInbox

pytestmark = pytest.mark.filterwarnings("ignore:.*TripleDES")
KIOSK = """
import sys
from datetime import datetime
from drivers.base import Finished, Progress
from drivers.card.driver import Authorise, CardDriver
from drivers.card.order import Order
from drivers.clock import SystemClock

def inbox(event):
    if isinstance(event, Progress | Finished):
        print(getattr(event, "word", "") or event.verdict.name, flush=True)

driver = CardDriver("card", inbox, SystemClock(), *sys.argv[1:])
driver.start()
for line in sys.stdin:
    order = Order("TEST00000001", 1, datetime(2021, 3, 2, 10), 1000, "SG000002", "0000000000")
    driver.submit(Authorise(line.strip(), order, 10.0))
driver.stop()
"""


def spellings(pan: str) -> list[bytes]:
    """As text, packed as chips do, and in the two-byte characters of some libraries."""
    return [pan.encode(), bytes.fromhex(pan), pan.encode("utf-16-le"), pan.encode("utf-32-le")]


@pytest.fixture
def bench(inbox: TestInbox) -> Iterator[CardBench]:
    with CardBench(inbox) as bench:
        yield bench


@pytest.mark.parametrize("kind", ["hong", "decline", "expired", "two-numbers", "bad-luhn"])
@pytest.mark.parametrize("fault", ["answer", "garbage", "close"])
def test_nothing_that_can_be_read_later_holds_the_number(
    bench: CardBench, caplog: pytest.LogCaptureFixture, kind: str, fault: str
) -> None:
    caplog.set_level(logging.DEBUG)
    bench.host.do([fault])
    ended = bench.pay(kind)
    card = SPECIAL_CARDS.get(kind) or card_of(kind)
    told = [repr(bench.inbox.events), repr(ended), caplog.text, *bench.card.tape.dump(), repr(vars(bench.card))]
    for line in told:
        compact = line.replace(" ", "").upper()
        assert card.pan not in compact
        assert card.pan.encode().hex().upper() not in compact
    assert len(bench.card.tape.dump()) > 20  # the technician still sees commands and status words


def test_no_word_of_the_interface_has_a_place_for_a_number() -> None:
    names = {field.name for kind in (Order, Authorise, AwaitRemoval, Reverse, Approval) for field in fields(kind)}
    assert names & {"pan", "track", "track2", "expiry", "cvc", "pin", "card"} == set()


def test_the_kiosk_process_forgets_the_card_with_the_payment(tmp_path: Path) -> None:
    """Scanned from outside, as a thief of a core dump would."""
    simulator, where = real_reader()
    host = PaymentHostSimulator()
    arguments = [where["reader"], where["socket"], host.start(tmp_path)]
    kiosk = subprocess.Popen(
        [sys.executable, "-c", KIOSK, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert kiosk.stdin
    assert kiosk.stdout
    try:
        kiosk.stdin.write("visit-1\n")
        kiosk.stdin.flush()
        words = []
        for line in kiosk.stdout:
            words.append(line.strip())
            if line == "present-subject\n":
                simulator.do(["insert", "kim"])
            if words[-1] in Verdict.__members__:
                break
        assert words[-1] == "DONE", words
        assert [copies_in(kiosk.pid, spelling) for spelling in spellings(card_of("kim").pan)] == [0, 0, 0, 0]
    finally:
        simulator.do(["remove"])
        kiosk.communicate()
        host.stop()


def copies_in(pid: int, wanted: bytes) -> int:
    found = 0
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            start, end = (int(word, 16) for word in line.split()[0].split("-"))
            if " rw" not in line:
                continue
            memory.seek(start)
            try:
                found += memory.read(end - start).count(wanted)
            except OSError:  # pages that cannot be read cannot be dumped
                continue
    return found
