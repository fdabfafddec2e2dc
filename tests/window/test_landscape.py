"""The landscape machine: a whole visit in English and high contrast, both switched on at the glass; then as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from demo.resident import Resident
from screens.theme import CONTRAST, LIGHT, Colour
from simulators.residents import RESIDENTS
from tests.window.machine import Machine, machine

EDGE = (3, 700)  # beside everything that stands on a screen: the page's own colour


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("landscape"), 1280, 1024) as kiosk:
        yield kiosk


@dataclass
class Painter(Resident):
    """Notes the colour of each screen instead of keeping a picture."""

    colours: dict[str, Colour] = field(default_factory=dict)

    def picture(self, name: str) -> None:
        self.colours[name] = self.pointer.colour(*EDGE)


def test_a_whole_visit_in_english_and_high_contrast_leaves_the_machine_as_it_was(kiosk: Machine) -> None:
    first = kiosk.at_rest()
    guest = Painter(kiosk.stage, kiosk.eyes, kiosk.pointer, RESIDENTS["hong"].rrn)
    guest.press(first, "SwitchedLanguage")
    english = kiosk.eyes.until(lambda seen: seen.language == "en")
    guest.press(english, "SwitchedContrast")
    kiosk.eyes.until(lambda seen: kiosk.pointer.colour(*EDGE) == CONTRAST.page)
    kiosk.eyes.seen.clear()
    guest.go("attract", "Started")
    guest.take_home_one_copy(is_started=True)
    last = guest.colours.pop("attract")
    visit = [seen for seen in kiosk.eyes.seen if seen.name != "attract"]
    assert {seen.language for seen in visit} == {"en"}
    bare = [seen.name for seen in visit if "SIMULATED" not in seen.texts]
    assert not bare, f"no ribbon on {bare}"
    assert len(guest.colours) >= 10
    assert set(guest.colours.values()) == {CONTRAST.page}, guest.colours
    assert kiosk.eyes.look().language == "ko"
    assert last == LIGHT.page
    assert kiosk.state_of("page_printer")["output_sheets"] == 1
