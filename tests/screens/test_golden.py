"""Each Korean portrait screen looks as it did when somebody last looked at it and liked it."""

from collections.abc import Iterator

import pygame
import pytest

from screens.canvas.window import Window
from tests.screens.glass import NAMES, window
from tests.screens.golden import GOLDEN, differing, drawn


@pytest.fixture(scope="module")
def glass() -> Iterator[Window]:
    opened = window()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_looks_as_it_was_approved(name: str, glass: Window) -> None:
    approved = pygame.image.load(str(GOLDEN / f"{name}.png")).convert()
    share = differing(drawn(name, glass).convert(), approved)
    assert share < 0.001, f"{share:.2%} of the pixels differ; see tests/screens/golden.py to approve the new look"


def test_every_screen_has_a_picture_and_no_picture_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(NAMES)


def test_a_missing_button_would_be_seen(glass: Window) -> None:
    """The tolerance is for antialiasing; it must not swallow a change."""
    one = drawn("notice", glass).convert()
    other = one.copy()
    other.fill((244, 245, 246), (20, 522, 66, 40))
    assert differing(one, other) >= 0.001
