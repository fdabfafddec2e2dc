"""The window without a display: what is drawn, what presses and keys become, and that nothing is drawn twice."""

import threading
from collections.abc import Iterator

import pygame
import pytest

from kiosk.flow import intents
from screens import issue as show
from screens.boxes import Box, Rect, Scene
from screens.canvas.changes import changed
from screens.canvas.window import Chosen, Quit, Touched, Window
from screens.profile import INK, PORTRAIT
from screens.theme import LIGHT
from tests.screens.glass import METRICS, NAMES, laid_out, scene, window
from tests.screens.samples import PAPER, TIMES


class FedTime:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> FedTime:
    return FedTime()


@pytest.fixture
def glass(time: FedTime) -> Iterator[Window]:
    opened = window()
    opened._now = time
    pygame.event.clear()
    yield opened
    opened.close()


def pixels(of: Window) -> bytes:
    return pygame.image.tobytes(of.surface, "RGB")


def rrn(filled: int) -> Scene:
    return laid_out(show.rrn(intents, filled, TIMES), PORTRAIT, LIGHT, "ko", False)


def printing(part: int) -> Scene:
    return laid_out(show.printing(PAPER, part, 2), PORTRAIT, LIGHT, "ko", False)


def middle(box: Box) -> tuple[int, int]:
    return box.rect.x + box.rect.w // 2, box.rect.y + box.rect.h // 2


def target(of: Scene, action: object) -> Box:
    return next(box for box in of.targets if box.action == action)


def mouse(kind: int, at: tuple[int, int], touch: bool = False) -> None:
    pygame.event.post(pygame.event.Event(kind, pos=at, button=1, touch=touch))


def key(code: int, mod: int = 0) -> None:
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))


def test_a_screen_shown_before_renders_no_text_again(glass: Window) -> None:
    shown = [scene(name, "portrait", "light", "ko") for name in ("category", "notice", "copies")]
    for each in shown:
        glass.show(each)
    before = glass.renders
    assert before > 0
    for each in [*shown, *shown]:
        glass.show(each)
    assert glass.renders == before


@pytest.mark.parametrize(("one", "other"), [(rrn(3), rrn(4)), (rrn(12), rrn(13)), (printing(1), printing(2))])
def test_a_small_change_redraws_at_most_three_rectangles_and_leaves_the_same_picture(
    glass: Window, one: Scene, other: Scene
) -> None:
    parts = changed(one, other)
    assert parts is not None
    assert 1 <= len(parts) <= 3
    glass.show(one)
    glass.show(other)
    partly = pixels(glass)
    glass.scene = None
    glass.show(other)
    assert pixels(glass) == partly


def test_another_screen_is_one_flip() -> None:
    assert changed(rrn(3), printing(1)) is None


def test_an_unchanged_screen_is_not_drawn_again() -> None:
    assert changed(rrn(3), rrn(3)) == []


def test_a_press_is_seen_before_anything_else_happens_and_leaves_no_trace(glass: Window, time: FedTime) -> None:
    shown = scene("category", "portrait", "light", "ko")
    glass.show(shown)
    still, tile = pixels(glass), target(shown, intents.ChoseCategory("land"))
    mouse(pygame.MOUSEBUTTONDOWN, middle(tile))
    assert glass.wait(1) == [Touched()]
    corner = (tile.rect.right - 40, tile.rect.y + tile.rect.h // 2)
    assert tuple(glass.surface.get_at(corner))[:3] == LIGHT.pressed
    mouse(pygame.MOUSEBUTTONUP, middle(tile))
    assert glass.wait(1) == [Chosen(intents.ChoseCategory("land"))]
    assert pixels(glass) == still


def test_a_touch_is_not_counted_again_as_a_mouse(glass: Window) -> None:
    shown = scene("category", "portrait", "light", "ko")
    glass.show(shown)
    x, y = middle(target(shown, intents.ChoseCategory("land")))
    where = {"finger_id": 1, "x": x / 1080, "y": y / 1920, "touch_id": 1, "dx": 0.0, "dy": 0.0, "pressure": 1.0}
    pygame.event.post(pygame.event.Event(pygame.FINGERDOWN, where))
    mouse(pygame.MOUSEBUTTONDOWN, (x, y), touch=True)
    pygame.event.post(pygame.event.Event(pygame.FINGERUP, where))
    mouse(pygame.MOUSEBUTTONUP, (x, y), touch=True)
    assert glass.wait(1) == [Touched(), Chosen(intents.ChoseCategory("land"))]


def test_keys_move_a_ring_and_enter_presses(glass: Window) -> None:
    shown = scene("notice", "portrait", "light", "ko")
    glass.show(shown)
    still = pixels(glass)
    key(pygame.K_TAB)
    assert glass.wait(1) == [Touched()]
    assert glass.focus == 1
    assert pixels(glass) != still
    key(pygame.K_TAB, pygame.KMOD_SHIFT)
    key(pygame.K_RETURN)
    assert glass.wait(1) == [Touched(), Chosen(shown.targets[-1].action)]


def test_the_tactile_keypad_types_confirms_and_cancels(glass: Window, time: FedTime) -> None:
    glass.show(rrn(13))
    for code in (pygame.K_7, pygame.K_KP0, pygame.K_BACKSPACE, pygame.K_RETURN, pygame.K_ESCAPE):
        key(code)
    said = [each.action for each in glass.wait(1) if isinstance(each, Chosen)]
    assert said == [
        intents.Digit(7),
        intents.Digit(0),
        intents.Erased(),
        intents.Submitted(),
        intents.Cancelled(),
    ]


def test_a_bouncing_key_counts_once(glass: Window, time: FedTime) -> None:
    glass.show(rrn(3))
    key(pygame.K_5)
    key(pygame.K_5)
    assert glass.wait(1) == [Chosen(intents.Digit(5)), Touched()]
    time.now = 0.6
    key(pygame.K_5)
    assert glass.wait(1) == [Chosen(intents.Digit(5))]


def test_another_thread_ends_the_wait(glass: Window) -> None:
    threading.Timer(0.05, glass.wake).start()
    assert glass.wait(20) == []


def test_closing_the_window_is_told(glass: Window) -> None:
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert glass.wait(1) == [Quit()]


def test_a_personal_line_is_kept_in_no_cache(glass: Window) -> None:
    fonts = glass.fonts
    fonts.line("가나다", 46, "Bold", (0, 0, 0), personal=True)
    before, held = fonts.renders, fonts._lines.held_bytes
    fonts.line("가나다", 46, "Bold", (0, 0, 0), personal=True)
    assert fonts.renders == before + 1
    assert fonts._lines.held_bytes == held


def test_the_caches_stay_within_their_budget(glass: Window) -> None:
    for name in NAMES:
        for theme in ("light", "contrast"):
            for language in ("ko", "en"):
                glass.show(scene(name, "portrait", theme, language))
    assert glass.painter._shapes.held_bytes <= 24_000_000
    assert glass.fonts._lines.held_bytes <= 12_000_000


def test_hangul_is_really_twelve_millimetres_high() -> None:
    line = METRICS.font(PORTRAIT.em(0), "Regular").render("민", True, (0, 0, 0))
    tall = line.get_bounding_rect().h
    assert tall / PORTRAIT.px_per_mm >= 11.9  # antialiasing takes part of the outermost row
    assert tall >= INK * PORTRAIT.em(0) - 1


@pytest.mark.parametrize("name", ["category", "confirm", "pay-declined", "assist"])
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_the_colours_a_text_declares_are_the_ones_on_the_glass(glass: Window, name: str, theme: str) -> None:
    shown = scene(name, "portrait", theme, "ko")
    glass.show(shown)
    hero = next(box.rect for box in shown.boxes if box.role == "hero")
    for box in shown.boxes:
        if box.role == "text" and not hero.contains(box.rect):
            seen = colours(glass, box.rect)
            assert box.bg in seen, box.text
            assert min(sum(abs(a - b) for a, b in zip(box.fg, each, strict=True)) for each in seen) <= 12, box.text


def colours(of: Window, rect: Rect) -> set[tuple[int, int, int]]:
    part = of.surface.subsurface((rect.x, rect.y, rect.w, rect.h))
    data = pygame.image.tobytes(part, "RGB")
    return {(data[n], data[n + 1], data[n + 2]) for n in range(0, len(data), 3)}
