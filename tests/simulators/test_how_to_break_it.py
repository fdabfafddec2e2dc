"""The page for technicians: each fault word on it is one that the simulated devices know."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.console_socket import ask
from simulators.residents import RESIDENTS

HOME = Path(__file__).parents[2]
PAGE = (HOME / "docs" / "how-to-break-it.md").read_text(encoding="utf-8")
ROLES = ("finger", "card", "payment_host", "page_printer", "printer", "agency", "office", "at")
LINES = [word for word in re.findall(r"`([^`\n]+)`", PAGE) if word.split()[0] in ROLES and " " in word]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """As the page says it, with a directory seen from here: the card reader's daemon sees it from elsewhere."""
    directory = tmp_path_factory.mktemp("run")
    command = [sys.executable, "-m", "simulators", "up", "--dir", directory.name]
    around = {**os.environ, "PYTHONPATH": str(HOME)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=directory.parent, env=around) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("{"), "the simulators did not come up"
        yield directory
        process.send_signal(signal.SIGTERM)


def test_every_word_on_the_page_is_known_to_its_device(run: Path) -> None:
    assert len(LINES) > 80
    refused = {}
    for line in LINES:
        if "…" in line:
            continue
        if line.startswith("card insert"):
            ask(run, "card remove")
        answer = ask(run, line)
        if not answer["ok"]:
            refused[line] = answer["error"]
    assert refused == {}
    assert not ask(run, "page_printer dance")["ok"]


def test_the_residents_on_the_page_are_those_who_can_come() -> None:
    for resident in RESIDENTS.values():
        assert f"| `{resident.id}` ({resident.name}) | {resident.rrn[:6]} {resident.rrn[6:]} |" in PAGE
