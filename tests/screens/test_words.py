"""Each language says everything: no key is missing, none is left over, and every reason has its own sentence."""

import string
import tomllib

import pytest

from screens import arrive, identify, issuing, trouble
from screens.model import Words, say
from screens.words import Strings
from tests.screens.glass import CONFIG, NAMES, PROFILES, STRINGS, scene

REASONS = {
    "sorry": trouble.SORRY_REASONS,
    "assist": trouble.ASSIST_REASONS,
    "closed": arrive.CLOSED_REASONS,
    "rrn": identify.RRN_HINTS,
    "finger": identify.FINGER_WORDS,
    "finger-error": identify.FINGER_ERRORS,
    "pay": issuing.PAY_WORDS,
    "decline": issuing.DECLINES,
    "waiver": issuing.WAIVERS,
    "printer": issuing.PRINTER_TROUBLES,
    "why-not": trouble.SORRY_REASONS,
}


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_keys_with_the_same_values() -> None:
    ko, en = STRINGS["ko"].entries, STRINGS["en"].entries
    assert set(ko) == set(en)
    for key in ko:
        assert names_in(ko[key]) == names_in(en[key]), key


@pytest.mark.parametrize("language", STRINGS)
def test_no_sentence_is_empty_but_the_unit_english_does_not_need(language: str) -> None:
    empty = {key for key, text in STRINGS[language].entries.items() if not text.strip()}
    assert empty <= {"copies.unit"}


@pytest.mark.parametrize("section", REASONS)
def test_every_reason_has_a_sentence_and_so_has_an_unknown_one(section: str) -> None:
    for reason in {*REASONS[section], "other"}:
        assert f"{section}.{reason}" in STRINGS["ko"], reason


def test_a_missing_key_is_an_error_and_never_a_blank_button() -> None:
    with pytest.raises(KeyError):
        STRINGS["ko"][say("no.such-key")]


def test_a_value_may_be_a_name_that_data_brings_in_both_languages() -> None:
    strings = Strings("en", {"a": {"b": "{name}: {won:,}"}})
    assert strings[say("a.b", name=Words("등본", "Copy"), won=1200)] == "Copy: 1,200"


def test_titles_are_short() -> None:
    for key, text in STRINGS["ko"].entries.items():
        if key.endswith(".title"):
            assert len(text.replace(" ", "")) <= 11, text


@pytest.mark.parametrize("language", STRINGS)
def test_the_tables_say_nothing_that_no_screen_uses(language: str) -> None:
    """A sentence nobody can see is a sentence nobody corrects."""
    source = "".join(path.read_text("utf-8") for path in (CONFIG.parent / "screens").rglob("*.py"))
    for key in tomllib.loads((CONFIG / "strings" / f"{language}.toml").read_text("utf-8")):
        if key not in REASONS and key != "category":
            for name in STRINGS[language].entries:
                section, _, rest = name.partition(".")
                if section == key and not rest.startswith("slip-"):
                    assert f'"{name}"' in source, name


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_has_the_same_functions_in_both_languages(name: str) -> None:
    for profile in PROFILES:
        ko, en = (scene(name, profile, "light", language) for language in ("ko", "en"))
        kinds = [{type(box.action).__name__ for box in each.targets} for each in (ko, en)]
        assert kinds[0] == kinds[1]
