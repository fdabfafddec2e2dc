"""From a session to its screen: every cause is told, in both languages, and nobody is sent in vain."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from config.load import load
from config.reading import DATA
from drivers.base import Verdict
from kiosk.face import Face, Patience
from kiosk.flow.session import At, Item, Pay, Payment, Session
from kiosk.kiosk import Kiosk
from kiosk.reasons import Where, for_sorry, who_can
from kiosk.shop import Shop
from kiosk.view import View
from screens.facts import PageSizes, Timeouts
from screens.issuing import DECLINES
from screens.model import Row, Say, Screen, Words
from screens.trouble import SORRY_REASONS
from tests.clock import FedClock
from tests.screens.glass import PROFILES, STRINGS, laid_out
from tests.screens.glass import THEMES as LOOKS

HOME = Path(__file__).parents[2]
VISIT = "0011223344556677"
WHERE_TOLD = (At.SORRY, At.ASSIST, At.OUT_OF_SERVICE, At.PAY, At.FINGER, At.DOCUMENT)
ROLES = ("page_printer", "finger", "card", "payment_host", "printer", "journal")


def view(kid: str = "SG-02", why_not: str = "", moment: str = "2021-03-02T10:00:00+09:00") -> View:
    config = load(DATA.parent / "kiosk.toml")
    clock = FedClock(datetime.fromisoformat(moment))
    shop = Shop(dataclasses.replace(config, site=config.catalogue.sites[kid]), clock)
    kiosk = SimpleNamespace(
        shop=shop,
        clock=clock,
        face=Face(),
        patience=Patience(25, 0.0),
        why_not=lambda document: why_not,
        session=Session(),
    )
    return View(cast(Kiosk, kiosk), PageSizes(), Timeouts(), simulated=True)


def shown(on: View, at: At, reason: str, payment: Payment = Payment()) -> Screen:  # noqa: B008 - frozen
    on._kiosk.why_not = lambda document: reason  # type: ignore[method-assign]
    items = (Item("job", 200, Verdict.UNKNOWN),)
    kiosk = cast(SimpleNamespace, on._kiosk)
    kiosk.session = Session(at, VISIT, "resident", "resident-copy", reason=reason, payment=payment, items=items)
    return on.screen()


def phrases(node: object) -> Iterator[Say | Words]:
    if isinstance(node, Say | Words):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from phrases(each)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for field in dataclasses.fields(node):
            yield from phrases(getattr(node, field.name))


def sentences(screen: Screen) -> list[str]:
    """Raises KeyError where a language has none."""
    return [strings[phrase] for strings in STRINGS.values() for phrase in phrases(screen)]


def keys(screen: Screen) -> set[str]:
    return {phrase.key for phrase in phrases(screen) if isinstance(phrase, Say)}


def assert_is_told(on: View, reason: str) -> None:
    for at in WHERE_TOLD:
        payment = Payment(Pay.DECLINED, "", 200, 0, reason) if at is At.PAY else Payment()
        assert all(sentences(shown(on, at, reason, payment))), (at, reason)


# -- every word of the sources ------------------------------------------------------------------


@cache
def words_of_the_sources() -> frozenset[str]:
    """Every text in drivers and kiosk that looks like a reason; more than there are, and none is missing."""
    paths = [path for folder in ("drivers", "kiosk") for path in (HOME / folder).rglob("*.py")]
    texts = {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return frozenset(text for text in texts if re.fullmatch(r"[a-z_]+(-[a-z]+)*(:[a-z-]+)?", text))


def test_every_word_that_may_be_a_cause_has_its_sentences_on_every_screen() -> None:
    words = words_of_the_sources()
    assert {"media-jam", "agency-slow", "wrong-person", "too-wet", "chip-failed", "binding", "not-signed-on"} <= words
    on = view()
    for word in words | {"payment-" + each for each in DECLINES} | {"declined:51"}:
        assert_is_told(on, word)


def test_every_condition_of_every_device_has_its_sentences() -> None:
    on = view()
    for role in ROLES:
        for code in words_of_the_sources():
            assert all(sentences(shown(on, At.OUT_OF_SERVICE, f"{role}:{code},hours")))
            assert all(sentences(shown(on, At.DOCUMENT, f"{role}:{code}")))


@given(some.text() | some.from_regex(r"[a-z_]{1,12}:[a-z-]{0,12}") | some.just("{0}{x!r}:{"))
def test_whatever_a_cause_is_called_no_screen_raises(reason: str) -> None:
    assert_is_told(STANDING, reason)


STANDING = view()


def calls_of(name: str, folder: str) -> set[str]:
    """The texts given first to each call of `name`: raise NoAnswer("agency-slow")."""
    found = set()
    for path in (HOME / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called == name and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("name", ["NoAnswer", "RefusedAnswer", "Refused"])
def test_what_the_clerk_refuses_for_is_told_by_its_own_sentence(name: str) -> None:
    causes = calls_of(name, "kiosk/clerk")
    assert causes
    assert {cause for cause in causes if for_sorry(cause) not in SORRY_REASONS} == set()


def test_what_the_flow_gives_up_for_is_told_by_its_own_sentence() -> None:
    causes = calls_of("because", "kiosk/flow") - {"receipt-failed"}  # that one is told by the screen `more`
    assert {"finger-failed", "agency-slow", "payment-unclear"} <= causes
    assert {cause for cause in causes if for_sorry(cause) not in SORRY_REASONS} == set()


@pytest.mark.parametrize("reason", sorted(SORRY_REASONS))
def test_what_has_a_sentence_has_a_short_one_in_the_list_too(reason: str) -> None:
    for strings in STRINGS.values():
        assert f"why-not.{reason}" in strings


# -- who can do it instead ----------------------------------------------------------------------


def sent_to(screen: Screen) -> tuple[str, ...]:
    rows = {row.label.key: row.value for row in rows_of(screen) if isinstance(row.label, Say)}
    told = (rows.get(key) for key in ("closed.nearest", "closed.nearest-hours", "staff.phone"))
    return tuple(each.ko for each in told if isinstance(each, Words))


def rows_of(node: object) -> Iterator[Row]:
    if isinstance(node, Row):
        yield node
    elif isinstance(node, tuple):
        for each in node:
            yield from rows_of(each)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for field in dataclasses.fields(node):
            yield from rows_of(getattr(node, field.name))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("finger-failed", ("서구청", "09:00~18:00", "032-000-0102")),
        ("finger-offline", ("서구청 제2청사", "08:00~18:00", "032-000-0117")),
        ("page_printer:media-empty", ("서구청 제2청사", "08:00~18:00", "032-000-0117")),
        ("not-here", ("서구청 제2청사", "08:00~18:00", "032-000-0117")),
        ("not-supported", ("서구청", "09:00~18:00", "032-000-0102")),
        ("agency-away", ()),  # every machine would say the same
        ("hours", ()),
        ("not-registered", ()),
        ("payment-declined", ()),
    ],
)
def test_who_is_sent_away_is_told_where_to(reason: str, told: tuple[str, ...]) -> None:
    assert sent_to(shown(view(), At.SORRY, reason)) == told


def test_at_night_when_no_machine_is_open_the_counter_and_its_next_hours_are_named() -> None:
    screen = shown(view(moment="2021-03-05T03:00:00+09:00"), At.SORRY, "finger-offline")
    assert sent_to(screen) == ("서구청", "09:00~18:00", "032-000-0102")


def test_whose_money_came_back_is_told_that_first() -> None:
    paid = Payment(Pay.REVERSED, "001122334401", 200)
    screen = shown(view(), At.SORRY, "page_printer:media-empty", paid)
    assert "sorry.returned" in keys(screen)
    assert sent_to(screen) == ()


def test_a_closed_machine_says_when_it_opens_and_who_is_open() -> None:
    screen = shown(view("SG-04", moment="2021-03-02T23:00:00+09:00"), At.OUT_OF_SERVICE, "hours")
    values = [row.value.ko for row in rows_of(screen) if isinstance(row.value, Words)]
    assert values == ["03-03 08:00", "서구청 현관(1호)", "00:00~24:00", "032-000-0102"]


def test_only_a_cause_of_this_very_machine_sends_to_another_one() -> None:
    assert {who_can(reason) for reason in SORRY_REASONS} == set(Where)
    assert all(who_can(reason) is Where.NOWHERE for reason in SORRY_REASONS if reason.startswith(("agency", "wrong")))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", STRINGS)
def test_every_place_somebody_is_sent_to_fits_on_the_glass(profile: str, language: str) -> None:
    glass = PROFILES[profile]
    for kid in load(DATA.parent / "kiosk.toml").catalogue.sites:
        for at, reason in ((At.SORRY, "finger-failed"), (At.SORRY, "finger-offline"), (At.OUT_OF_SERVICE, "hours")):
            scene = laid_out(
                shown(view(kid, moment="2021-03-05T22:30:00+09:00"), at, reason), glass, LOOKS["light"], language
            )
            texts = [box for box in scene.boxes if box.role == "text"]
            top = scene.size[1] - glass.px(glass.tools_mm)
            hero = next(box for box in scene.boxes if box.role == "hero").rect
            body = [box for box in scene.boxes if box.rect.y >= hero.bottom and box.rect.y < top]
            assert all(box.rect.bottom <= top for box in body if box.rect.bottom < scene.size[1]), (kid, reason)
            assert not any(a.rect.meets(b.rect) for n, a in enumerate(texts) for b in texts[:n]), (kid, reason)
