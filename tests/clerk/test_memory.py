"""A killed kiosk leaves no clerk behind, and a living one no digit of the number and no byte of the finger."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path

from tests.clerk.agency import TestAgency

ROOT = Path(__file__).parent.parent.parent
KIOSK = """
import os, queue, sys
from drivers.clock import SystemClock
from drivers.secret import Secret
from kiosk.clerk.desk import Agency, ClerkSaid, Desk
from kiosk.clerk.sealing import Sealer

def canary(length, digits):
    out, mask = Secret(), os.urandom(length)
    for _ in range(length):
        out.append(48 + os.urandom(1)[0] % 10 if digits else os.urandom(1)[0])
    return out, mask, bytes(a ^ b for a, b in zip(out.reveal(), mask))

def copies(mask, hidden):
    '''How often the canary lies in this process's writable memory; it is put together in a wiped buffer.'''
    found, needle = 0, bytearray(a ^ b for a, b in zip(mask, hidden))
    own = {id(needle)}
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if "rw" not in rights or "[v" in line:
                continue
            start, end = (int(x, 16) for x in span.split("-"))
            memory.seek(start)
            try:
                found += memory.read(end - start).count(needle)
            except OSError:
                pass
    return found - 1  # the needle itself

url, ca, keys, soft, hard, visits = sys.argv[1:]
inbox = queue.SimpleQueue()
desk = Desk(inbox.put, SystemClock(), Agency(url, ca, keys), True, Sealer().key)
desk.start()
kept = canary(13, True)
assert copies(*kept[1:]) == 1, "the search itself finds nothing"
left = []
for i in range(int(visits)):
    (rrn, *a), (template, *b) = canary(13, True), canary(512, False)
    desk.open(f"visit-{i}")
    desk.identify(f"visit-{i}", rrn, template)
    assert isinstance(inbox.get(timeout=30), ClerkSaid)
    desk.fetch(f"visit-{i}", "resident-copy", {}, {})
    assert isinstance(inbox.get(timeout=30), ClerkSaid)
    desk.end(f"visit-{i}")
    left += [copies(*a), copies(*b)]
desk.stop()
print(left)
"""


def test_no_copy_of_a_number_or_a_finger_stays_behind(agency: TestAgency) -> None:
    address = [str(part) for part in astuple(agency.address())]
    done = subprocess.run(
        [sys.executable, "-c", KIOSK, *address, "3"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[0, 0, 0, 0, 0, 0]"


ORPHAN = """
import sys, time
from drivers.clock import SystemClock
from drivers.secret import Secret
from kiosk.clerk.desk import Agency, Desk
desk = Desk(print, SystemClock(), Agency(*sys.argv[1:], 300.0, 300.0), True, bytes(32))
desk.start()
desk.open("visit")
desk.identify("visit", Secret(b"8003121234567"), Secret(bytes(512)))
while not desk._serving:
    time.sleep(0.01)
print(desk._serving["visit"].pid, flush=True)
time.sleep(60)
"""


def test_a_clerk_dies_with_a_killed_kiosk_even_while_it_waits_for_an_answer(agency: TestAgency) -> None:
    agency.answers.clear()
    address = [str(part) for part in astuple(agency.address())[:3]]
    kiosk = subprocess.Popen([sys.executable, "-c", ORPHAN, *address], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert kiosk.stdout
    with kiosk.stdout as said:
        clerk = os.pidfd_open(int(said.readline()))
    assert agency.reached.wait(30)
    kiosk.kill()
    kiosk.wait()
    assert select.select([clerk], [], [], 20)[0], "the clerk outlived its kiosk"
    os.close(clerk)
