"""The clerk before the simulated registry: invented residents get their papers, faults never print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from drivers.secret import Secret
from kiosk.clerk import messages as say
from kiosk.clerk.desk import Agency
from kiosk.documents.sheets import grouped
from simulators.agency import AgencySimulator
from simulators.residents import RESIDENTS, thumb
from tests.clerk.conftest import Desktop

VISIT = "0123456789abcdef"
EVERYTHING = {
    "issue_form": "full",
    "addr_history": "all",
    "rrn_back_household": "all",
    "cohabitants": "include",
    **dict.fromkeys(("hh_reason", "hh_date", "event_date", "change_reason"), "include"),
}
LEAST = {"issue_form": "select", **dict.fromkeys(("other_member_names", "relation_to_head"), "omit")}


class Registry(Desktop):
    def __init__(self, directory: Path) -> None:
        self.simulator = AgencySimulator()
        place = self.simulator.start(directory)
        self.address = Agency(place["url"], place["ca"], place["seal_keys"])
        super().__init__(self.address)

    def arrive(self, resident: str, visit: str = VISIT, finger: str = "") -> say.FromClerk:
        self.desk.open(visit)
        self.show(resident, visit, finger)
        return self.said()

    def show(self, resident: str, visit: str = VISIT, finger: str = "") -> None:
        rrn = RESIDENTS[resident].rrn.encode()
        self.desk.identify(visit, Secret(rrn), Secret(thumb(finger or resident)))

    def do(self, words: str) -> None:
        self.simulator.do(words.split())


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    registry = Registry(tmp_path)
    yield registry
    registry.desk.stop()
    registry.simulator.stop()


@pytest.mark.parametrize("options", [{}, EVERYTHING, LEAST], ids=["default", "everything", "least"])
def test_every_resident_gets_a_paper_with_any_options(registry: Registry, options: dict[str, str]) -> None:
    for name, resident in RESIDENTS.items():
        assert isinstance(registry.arrive(name, f"visit{name}"), say.Identified), name
        registry.desk.fetch(f"visit{name}", "resident-copy", options, {}, won=200)
        fetched = registry.said()
        assert isinstance(fetched, say.Fetched), (name, fetched)
        pdf = bytes(registry.sealer.unseal(fetched.number, fetched.sealed).reveal())
        with pypdfium2.PdfDocument(pdf) as document:
            text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
            assert len(document) == fetched.pages == fetched.sheets
        registry.desk.end(f"visit{name}")
        assert resident.name in text
        assert grouped(fetched.number) in text
        assert bool(re.search(r"\d{6}-\d{7}", text)) == (options is EVERYTHING)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("wrong-document", "wrong-document"),
        ("wrong-person", "wrong-person"),
        ("wrong-visit", "wrong-person"),
        ("mixed-up", "bad-seal"),
        ("bad-seal", "bad-seal"),
        ("garbage", "bad-answer"),
        ("lost-answer", "agency-away"),
        ("maintenance on", "maintenance"),
        ("away", "agency-away"),
    ],
)
def test_a_faulty_answer_is_never_fetched(registry: Registry, fault: str, word: str) -> None:
    registry.arrive("hong")
    registry.do(fault)
    registry.desk.fetch(VISIT, "resident-copy", {}, {})
    refused = registry.said()
    assert isinstance(refused, say.Refused)
    assert refused.reason == word
    if refused.number:
        assert [paper["number"] for paper in registry.simulator.state()["issued"]] == [refused.number]


def test_a_slow_registry_is_given_up_in_time(registry: Registry) -> None:
    registry.use(Agency(registry.address.url, registry.address.ca, registry.address.seal_keys, 0.5, 1.0))
    registry.arrive("hong")
    registry.do("slow 30")
    registry.desk.fetch(VISIT, "resident-copy", {}, {})
    assert registry.said() == say.Refused("agency-slow")


def test_another_finger_is_nobody_and_three_are_enough(registry: Registry) -> None:
    assert registry.arrive("hong", finger="kim") == say.NotIdentified("no-match", 2)
    for left in (1, 0, 0):
        registry.show("hong", finger="kim")
        assert registry.said() == say.NotIdentified("no-match", left)


def test_liveness_is_part_of_the_answer(registry: Registry) -> None:
    registry.do("not-live")
    assert registry.arrive("hong") == say.NotIdentified("not-live", 2)


def test_a_number_nobody_has_is_not_registered(registry: Registry) -> None:
    registry.desk.open(VISIT)
    registry.desk.identify(VISIT, Secret(b"0001013000000"), Secret(thumb("hong")))
    assert registry.said() == say.NotIdentified("not-registered", 0)


def test_the_registry_learns_what_became_of_a_paper(registry: Registry) -> None:
    registry.arrive("hong")
    registry.desk.fetch(VISIT, "resident-copy", {}, {})
    fetched = registry.said()
    assert isinstance(fetched, say.Fetched)
    for _ in range(2):  # the same outcome may be told again
        registry.desk.errand(fetched.number, "done")
        assert registry.said() == say.Told(fetched.number, "done")
    registry.desk.errand(fetched.number, "void")
    assert registry.said() == say.NotTold(fetched.number, "void", "conflict")
    registry.desk.errand("1234567890123459", "void")
    assert registry.said() == say.NotTold("1234567890123459", "void", "unknown-number")
    registry.desk.errand(f"visit:{VISIT}", "void")
    assert registry.said() == say.Told(f"visit:{VISIT}", "void")
