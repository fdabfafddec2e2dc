"""Every screen fits: nothing overflows or overlaps, all text is big enough, all targets can be hit."""

import itertools

import pytest

from screens.boxes import Box, Rect, Scene
from screens.profile import INK
from tests.screens.glass import NAMES, PROFILES, scene

EVERY = pytest.mark.parametrize(
    ("profile", "theme", "language", "simulated"),
    [*itertools.product(PROFILES, ("light", "contrast"), ("ko", "en"), (True, False))],
)
SOLID = {"card", "button", "toggle", "picture"}


def scenes(profile: str, theme: str, language: str, simulated: bool) -> list[Scene]:
    return [scene(name, profile, theme, language, simulated) for name in NAMES]


def texts(of: Scene) -> list[Box]:
    return [box for box in of.boxes if box.role == "text"]


@EVERY
def test_all_text_is_at_least_twelve_millimetres_high(profile: str, theme: str, language: str, simulated: bool) -> None:
    for each in scenes(profile, theme, language, simulated):
        for box in texts(each):
            assert box.em * INK / PROFILES[profile].px_per_mm >= 12, (each.name, box.text)


@EVERY
def test_nothing_leaves_the_glass_or_its_button(profile: str, theme: str, language: str, simulated: bool) -> None:
    for each in scenes(profile, theme, language, simulated):
        glass, panels = Rect(0, 0, *each.size), {box.owner: box for box in each.boxes if box.action is not None}
        for box in each.boxes:
            assert glass.contains(box.rect), (each.name, box)
            if box.owner:
                assert panels[box.owner].rect.contains(box.rect), (each.name, box.text or box.icon, box.rect)


@EVERY
def test_no_text_overlaps_another(profile: str, theme: str, language: str, simulated: bool) -> None:
    for each in scenes(profile, theme, language, simulated):
        for one, other in itertools.combinations(texts(each), 2):
            assert not one.rect.meets(other.rect), (each.name, one.text, other.text)


@EVERY
def test_no_panel_overlaps_another(profile: str, theme: str, language: str, simulated: bool) -> None:
    for each in scenes(profile, theme, language, simulated):
        solid = [box for box in each.boxes if box.role in SOLID]
        for one, other in itertools.combinations(solid, 2):
            inside = one.rect.contains(other.rect)  # an option's card holds its values
            assert inside or not one.rect.meets(other.rect), (each.name, one.rect, other.rect)


@EVERY
def test_text_stands_wholly_on_its_panel_or_beside_it(profile: str, theme: str, language: str, simulated: bool) -> None:
    for each in scenes(profile, theme, language, simulated):
        for text, panel in itertools.product(texts(each), [box for box in each.boxes if box.role in SOLID]):
            assert panel.rect.contains(text.rect) or not panel.rect.meets(text.rect), (each.name, text.text)


@EVERY
def test_the_body_stays_between_the_title_and_the_toolbar(
    profile: str, theme: str, language: str, simulated: bool
) -> None:
    for each in scenes(profile, theme, language, simulated):
        hero = next(box for box in each.boxes if box.role == "hero").rect
        top = each.size[1] - PROFILES[profile].px(PROFILES[profile].tools_mm)
        for box in each.boxes:
            if box.rect.y >= hero.bottom and box.rect.bottom < each.size[1] and box.rect.y < top:
                assert box.rect.bottom <= top, (each.name, box)
        for box in texts(each):
            assert hero.contains(box.rect) or not hero.meets(box.rect), (each.name, box.text)


@EVERY
def test_targets_are_big_and_apart(profile: str, theme: str, language: str, simulated: bool) -> None:
    mm = PROFILES[profile].px_per_mm
    for each in scenes(profile, theme, language, simulated):
        for box in each.targets:
            wide, tall = box.rect.w / mm, box.rect.h / mm
            assert min(wide, tall) >= 12, (each.name, box.spoken)
            assert wide * tall >= 150, (each.name, box.spoken)
            if box.key == "enter":
                assert min(wide, tall) >= 20, (each.name, box.spoken)
        for one, other in itertools.combinations(each.targets, 2):
            apart = one.rect.grown(int(2.5 * mm))
            assert not apart.meets(other.rect), (each.name, one.spoken, other.spoken)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_ways_out_and_the_tools_never_move(profile: str, language: str) -> None:
    places: dict[str, set[Rect]] = {}
    for each in scenes(profile, "light", language, False):
        for box in each.targets:
            name = type(box.action).__name__
            if name in ("SwitchedContrast", "SwitchedLanguage", "CalledStaff", "WentBack", "Cancelled"):
                places.setdefault(name, set()).add(box.rect)
    assert len(places) == 5
    for place, rects in places.items():
        assert len(rects) == 1, (place, rects)


@pytest.mark.parametrize("name", NAMES)
def test_a_ribbon_does_not_hide_that_a_screen_still_fits_without_it(name: str) -> None:
    with_ribbon, without = scene(name, "portrait", "light", "ko", True), scene(name, "portrait", "light", "ko", False)
    assert any(box.text == "모의 장치" for box in with_ribbon.boxes)
    assert not any(box.text == "모의 장치" for box in without.boxes)
    assert [box.action for box in with_ribbon.targets] == [box.action for box in without.targets]
