"""An option that no code reads is a lie, and a wait that outlasts the kiosk's own patience is one too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from config.load import PROFILES as SCREENS
from config.load import load, read_toml
from config.options import read_options
from config.schema import Options, Settings
from config.surroundings import Profile
from drivers.card.order import Patience
from kiosk.assembly import card_patience
from kiosk.clerk.desk import COMPOSE_SECONDS
from kiosk.errands import FIRST_SECONDS as OUTCOME_FIRST
from kiosk.face import SILENT_SECONDS
from kiosk.flow.session import At
from kiosk.settle import FIRST_SECONDS, SLOWEST_SECONDS
from screens.profile import PROFILES

HOME = Path(__file__).parents[2]
READERS = ("kiosk", "drivers", "screens")
DEFAULT = Settings(kid="SG-02")


def declared() -> Iterator[tuple[str, str]]:
    """(section, option); the section of the first level is "settings"."""
    for field in msgspec.structs.fields(Settings):
        if isinstance(field.type, type) and issubclass(field.type, Options):
            yield from ((field.name, inner.name) for inner in msgspec.structs.fields(field.type))
        else:
            yield "settings", field.name


def names_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(before the dot, after it) of each attribute that is read: settings.printing.take_seconds gives two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            yield (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")), node.attr


@pytest.fixture(scope="module")
def read() -> set[tuple[str, str]]:
    paths = [path for folder in READERS for path in (HOME / folder).rglob("*.py")]
    found = {pair for path in paths for pair in names_in(ast.parse(path.read_text(encoding="utf-8")))}
    loading = ast.parse((HOME / "config/load.py").read_text(encoding="utf-8"))  # finds the directories, and the site
    return found | {pair for pair in names_in(loading) if pair[0] in ("storage", "settings")}


@pytest.mark.parametrize(("section", "option"), tuple(declared()))
def test_every_option_is_read_by_the_product(section: str, option: str, read: set[tuple[str, str]]) -> None:
    assert (section, option) in read, f"{section}.{option}: wire it, or take it out of config/schema.py"


def longest(section: str, option: str) -> int:
    kind = next(field.type for field in msgspec.structs.fields(Settings) if field.name == section)
    assert isinstance(kind, type)
    field = next(field for field in msgspec.structs.fields(kind) if field.name == option)
    info = msgspec.inspect.type_info(field.type)
    assert isinstance(info, msgspec.inspect.IntType)
    assert info.le is not None
    return info.le


def test_no_wait_that_may_be_set_outlasts_the_patience_of_its_screen() -> None:
    chip = Patience()
    money = longest("payment", "card_seconds") + chip.chip + chip.connect + longest("payment", "answer_seconds")
    assert money < SILENT_SECONDS[At.PAY]
    assert longest("finger", "capture_seconds") < SILENT_SECONDS[At.FINGER]
    asked = longest("agency", "hard_seconds") + COMPOSE_SECONDS
    assert asked < min(SILENT_SECONDS[At.IDENTIFYING], SILENT_SECONDS[At.FETCHING])
    assert longest("printing", "pages_seconds") < SILENT_SECONDS[At.PRINTING]
    assert longest("printing", "receipt_seconds") < SILENT_SECONDS[At.RECEIPT_PRINTING]


def test_what_holds_without_a_settings_file_holds_with_the_shipped_one() -> None:
    config = load(HOME / "config/kiosk.toml")
    assert card_patience(config) == Patience()
    assert config.settings.payment.reversal_first_seconds == FIRST_SECONDS
    assert config.settings.payment.reversal_most_seconds == SLOWEST_SECONDS
    assert config.settings.agency.outcome_retry_seconds == OUTCOME_FIRST
    assert config.settings == DEFAULT


def test_the_glass_of_the_settings_is_the_glass_that_is_drawn_for() -> None:
    for name, built in PROFILES.items():
        profile = load_profile(name)
        assert (profile.width_px, profile.height_px, profile.bottom_mm) == (built.width, built.height, built.bottom_mm)
        assert round(profile.px_per_mm, 1) == round(built.px_per_mm, 1)


def load_profile(name: str) -> Profile:
    faults: list[object] = []
    table = read_toml(SCREENS, faults.append) or {}
    assert set(table) == set(PROFILES), "a screen that is in the settings and not built cannot be opened"
    profile = read_options(Profile, table[name], "profiles.toml", faults.append)
    assert profile
    assert not faults
    return profile
