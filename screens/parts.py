"""What several screens share: the way back, the way home, pages, steps, and the frame around all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from screens.intents import Intents
from screens.model import Choice, Frame, Pager, Phrase, Step, Words, say

STEPS = 5  # choose, identify, options, pay, take
OTHER_LANGUAGE = {"ko": "en", "en": "ko"}

T = TypeVar("T")


def back(intents: Intents) -> Choice:
    return Choice(say("go.back"), intents.WentBack(), "arrow-left")


def home(intents: Intents) -> Choice:
    return Choice(say("go.home"), intents.Cancelled(), "house", key="cancel")


def cancel(intents: Intents) -> Choice:
    return Choice(say("go.cancel"), intents.Cancelled(), "x", key="cancel")


def forward(phrase: Phrase, intent: object, icon: str = "arrow-right") -> Choice:
    return Choice(phrase, intent, icon, primary=True, key="enter")


def step(n: int) -> Step:
    return Step(n, STEPS)


def page_of(items: Sequence[T], page: int, size: int) -> tuple[int, int, tuple[T, ...]]:
    """The page that is really there, how many there are, and what is on it."""
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 0), pages - 1)
    return page, pages, tuple(items[page * size : (page + 1) * size])


def pager(intents: Intents, page: int, pages: int) -> Pager | None:
    if pages < 2:
        return None
    previous = Choice(say("go.previous-page"), intents.TurnedPage(-1), "caret-left") if page else None
    following = Choice(say("go.next-page"), intents.TurnedPage(1), "caret-right") if page < pages - 1 else None
    return Pager(page, pages, previous, following)


def names(text: str) -> frozenset[str]:
    """The reasons that have a sentence of their own; a test holds them against the string tables."""
    return frozenset(text.split())


def known(prefix: str, reason: str, told: frozenset[str]) -> str:
    """The key of a reason's sentence; `declined:51` is `declined`, and what has no sentence is honestly `other`."""
    name = reason.split(":")[0]
    return f"{prefix}.{name if name in told else 'other'}"


def frame(
    intents: Intents, site: Words, phone: str, language: str, *, contrast_on: bool, simulated: bool = False
) -> Frame:
    other = OTHER_LANGUAGE[language]
    return Frame(
        site=site,
        phone=phone,
        language=Choice(say("tool.language"), intents.SwitchedLanguage(other), "globe"),
        contrast=Choice(
            say("tool.contrast"),
            intents.SwitchedContrast(),
            "check-circle" if contrast_on else "circle-half",
            chosen=contrast_on,
        ),
        staff=Choice(say("tool.staff"), intents.CalledStaff(), "headset"),
        simulated=simulated,
    )
