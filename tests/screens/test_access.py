"""Accessibility that can be read from the scene: colours, words on buttons, focus order, nothing personal."""

import itertools

import pytest

from kiosk.flow import intents
from screens import issue as show
from screens.boxes import Box, Scene
from screens.focus import moved
from screens.inspect import tree
from screens.profile import PORTRAIT
from screens.theme import contrast
from tests.screens.glass import NAMES, PROFILES, THEMES, laid_out, scene
from tests.screens.samples import TIMES, samples

LOOKS = pytest.mark.parametrize(("profile", "theme"), list(itertools.product(PROFILES, THEMES)))
LEAST = {"light": 4.5, "contrast": 7.0}
FLASH = {"Digit", "Erased", "ErasedAll"}


def each_scene(profile: str, theme: str) -> list[Scene]:
    return [scene(name, profile, theme, language) for name in NAMES for language in ("ko", "en")]


def written_on(box: Box, of: Scene) -> list[Box]:
    return [each for each in of.boxes if each.owner == box.owner and each.role == "text"]


@LOOKS
def test_text_has_contrast_to_what_it_stands_on(profile: str, theme: str) -> None:
    for each in each_scene(profile, theme):
        for box in each.boxes:
            if box.role == "text":
                assert contrast(box.fg, box.bg) >= LEAST[theme], (each.name, box.text)


@LOOKS
def test_text_stays_readable_while_its_button_is_pressed(profile: str, theme: str) -> None:
    for each in each_scene(profile, theme):
        for button in each.targets:
            assert button.pressed
            for text in written_on(button, each):
                assert contrast(text.fg, button.pressed) >= 4.5, (each.name, text.text)


@LOOKS
def test_outlines_and_icons_can_be_made_out(profile: str, theme: str) -> None:
    for each in each_scene(profile, theme):
        assert contrast(each.focus_ring, each.page) >= 3
        for box in each.boxes:
            if box.role == "icon":
                assert contrast(box.fg, box.bg) >= 3, (each.name, box.icon)
            if box.action is not None and box.border:
                assert contrast(box.border, each.page) >= 3, (each.name, box.spoken)


def test_no_yellow_on_blue_and_no_red_on_green() -> None:
    for theme in THEMES.values():
        for ground in (theme.page, theme.surface, theme.tint, theme.danger_tint):
            red, green, blue = ground
            assert not (blue > red + 30 and theme.icon[0] > 200 and theme.icon[2] < 120), theme.name
            assert not (green > red + 30 and green > blue + 30), theme.name


@LOOKS
def test_every_button_has_words(profile: str, theme: str) -> None:
    for each in each_scene(profile, theme):
        for box in each.targets:
            assert written_on(box, each), (each.name, box.spoken)
            assert box.spoken, each.name


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_chosen_shows_it_by_more_than_colour(theme: str) -> None:
    for name in ("options", "options-second"):
        each = scene(name, "portrait", theme, "ko")
        chosen = [box for box in each.targets if box.chosen and type(box.action).__name__ == "ChoseOption"]
        assert len(chosen) == 4
        for box in chosen:
            marks = [part.icon for part in each.boxes if part.owner == box.owner and part.icon]
            assert marks == ["check"]


def test_high_contrast_shows_that_it_is_on_by_more_than_colour() -> None:
    icons = {}
    for theme in THEMES:
        each = scene("category", "portrait", theme, "ko")
        tool = next(box for box in each.targets if type(box.action).__name__ == "SwitchedContrast")
        icons[theme] = next(box.icon for box in each.boxes if box.owner == tool.owner and box.icon)
    assert icons["light"] != icons["contrast"]


@pytest.mark.parametrize("name", NAMES)
def test_at_most_one_button_is_the_primary_one(name: str) -> None:
    screen = samples(PORTRAIT.sizes)[name]()
    assert sum(choice.primary for choice in screen.choices) <= 1
    asks = {type(choice.intent).__name__ for choice in screen.choices} - {"Cancelled", "WentBack", "TurnedPage"}
    listing = {"ChoseCategory", "ChoseDocument", "ChoseCopies"}
    if asks and not asks & listing and not asks <= FLASH:
        assert sum(choice.primary for choice in screen.choices) == 1, asks


@pytest.mark.parametrize("name", [name for name in NAMES if name != "starting"])
def test_staff_contrast_and_language_are_one_press_away(name: str) -> None:
    each = scene(name, "portrait", "light", "ko")
    assert {"SwitchedContrast", "SwitchedLanguage", "CalledStaff"} <= {
        type(box.action).__name__ for box in each.targets
    }
    assert any(box.text == "032-000-0102" for box in each.boxes)


@LOOKS
def test_the_keys_reach_every_choice_from_top_to_bottom_and_go_round(profile: str, theme: str) -> None:
    for each in each_scene(profile, theme):
        count, focus, seen = len(each.targets), 0, []
        for _ in range(count):
            focus = moved(focus, 1, count)
            seen.append(each.targets[focus - 1])
        assert {box.owner for box in seen} == {box.owner for box in each.boxes if box.action is not None}
        for one, other in itertools.pairwise(seen):
            below = other.rect.y + other.rect.h // 2 >= one.rect.y
            assert below, (each.name, one.spoken, other.spoken)
        if count:
            assert moved(focus, 1, count) == 1
            assert moved(1, -1, count) == count


def test_the_focus_ring_is_two_millimetres_wide() -> None:
    for name, profile in PROFILES.items():
        assert scene("category", name, "light", "ko").ring_px >= 2 * profile.px_per_mm


def test_how_many_digits_are_in_is_shown_and_never_which() -> None:
    shown = laid_out(show.rrn(intents, 7, TIMES), PORTRAIT, THEMES["light"], "ko")
    assert shown.personal
    dots = [box for box in shown.boxes if box.role == "dot" and box.bg == THEMES["light"].text]
    assert len(dots) == 7
    assert not any(box.pii and box.role == "text" for box in shown.boxes)
    told = [node for node in tree(shown)["nodes"] if node["role"] == "field"]  # type: ignore[attr-defined]
    assert [node["spoken"] for node in told] == ["7/13"]


def test_the_inspection_tree_names_role_text_rectangle_action_and_order() -> None:
    nodes = tree(scene("notice", "portrait", "light", "ko"))["nodes"]
    agree = next(node for node in nodes if node.get("action") == "Agreed")  # type: ignore[attr-defined]
    assert agree["role"] == "button"
    assert agree["text"] == "동의하고 계속"
    assert len(agree["rect"]) == 4
    assert agree["focus"] >= 1
    keys = [node for node in tree(scene("rrn", "portrait", "light", "ko"))["nodes"] if node.get("action") == "Digit"]  # type: ignore[attr-defined]
    assert {node["values"] for node in keys} == {"Digit(*)"}


def test_an_option_with_too_many_values_goes_on_to_the_next_one() -> None:
    each = scene("options-last", "landscape", "light", "en")
    turning = [box for box in each.boxes if box.icon == "arrows-clockwise"]
    button = next(box for box in each.targets if box.owner == turning[0].owner)
    assert button.action == intents.ChoseOption("rrn_back_household", "self")


def test_a_screen_that_shows_a_number_is_laid_out_anew_and_remembered_nowhere() -> None:
    shown = [laid_out(show.rrn(intents, 7, TIMES), PORTRAIT, THEMES["light"], "ko") for _ in range(2)]
    assert shown[0] == shown[1]
    assert shown[0] is not shown[1]
    plain = [laid_out(show.copies(intents, 9, TIMES), PORTRAIT, THEMES["light"], "ko") for _ in range(2)]
    assert plain[0] is plain[1]
