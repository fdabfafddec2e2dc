"""Presses: shown at once, done on release, given up by sliding off, counted once if the hand shakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.boxes import Box
from screens.canvas.touch import TREMOR_SECONDS, Touch
from tests.screens.glass import scene

RRN = scene("rrn", "portrait", "light", "ko")


def key(name: str) -> Box:
    return next(box for box in RRN.targets if box.key == name)


def middle(box: Box) -> tuple[int, int]:
    return box.rect.x + box.rect.w // 2, box.rect.y + box.rect.h // 2


@pytest.fixture
def touch() -> Touch:
    touch = Touch()
    touch.turned(RRN)
    return touch


def test_a_press_shows_at_once_and_acts_on_release(touch: Touch) -> None:
    one = key("1")
    touch.down("finger", *middle(one), 0.0)
    assert touch.pressed == one
    assert touch.up("finger", *middle(one), 0.1) == one
    assert touch.pressed is None


def test_sliding_off_gives_the_press_up(touch: Touch) -> None:
    one, nine = key("1"), key("9")
    touch.down("finger", *middle(one), 0.0)
    touch.move("finger", *middle(nine))
    assert touch.pressed is None
    assert touch.up("finger", *middle(nine), 0.1) is None


def test_sliding_back_takes_the_press_up_again(touch: Touch) -> None:
    one, nine = key("1"), key("9")
    touch.down("finger", *middle(one), 0.0)
    touch.move("finger", *middle(nine))
    touch.move("finger", *middle(one))
    assert touch.pressed == one
    assert touch.up("finger", *middle(one), 0.1) == one


def test_the_same_key_within_half_a_second_counts_once(touch: Touch) -> None:
    one = key("1")
    for at in (0.0, 0.2, 0.45):
        touch.down("finger", *middle(one), at)
        touch.up("finger", *middle(one), at + 0.02)
    later = 0.02 + TREMOR_SECONDS
    touch.down("finger", *middle(one), later)
    assert touch.up("finger", *middle(one), later + 0.05) == one


def test_another_key_right_after_counts(touch: Touch) -> None:
    touch.down("finger", *middle(key("1")), 0.0)
    touch.up("finger", *middle(key("1")), 0.05)
    touch.down("finger", *middle(key("2")), 0.1)
    assert touch.up("finger", *middle(key("2")), 0.15) == key("2")


def test_a_shaking_hand_does_not_press_through_to_the_next_screen(touch: Touch) -> None:
    full = scene("rrn-hint", "portrait", "light", "ko")
    touch.turned(full)
    confirm = next(box for box in full.targets if box.key == "enter")
    touch.down("finger", *middle(confirm), 0.0)
    assert touch.up("finger", *middle(confirm), 0.1) == confirm
    following = scene("notice", "portrait", "light", "ko")
    touch.turned(following)
    touch.down("finger", *middle(confirm), 0.2)
    assert touch.up("finger", *middle(confirm), 0.25) is None


def test_a_second_finger_changes_nothing(touch: Touch) -> None:
    one, nine = key("1"), key("9")
    touch.down("first", *middle(one), 0.0)
    touch.down("second", *middle(nine), 0.01)
    assert touch.up("second", *middle(nine), 0.02) is None
    assert touch.up("first", *middle(one), 0.03) == one


def test_a_press_dies_with_its_screen(touch: Touch) -> None:
    touch.down("finger", *middle(key("5")), 0.0)
    touch.turned(scene("notice", "portrait", "light", "ko"))
    assert touch.pressed is None
    assert touch.up("finger", *middle(key("5")), 0.1) is None


kinds, fingers = st.sampled_from(["down", "move", "up"]), st.sampled_from("ab")
moves = st.lists(st.tuples(kinds, fingers, st.integers(0, 1079), st.integers(0, 1919)), max_size=40)


@given(moves)
def test_whatever_fingers_do_a_choice_is_a_target_they_left_inside(events: list[tuple[str, str, int, int]]) -> None:
    touch = Touch()
    touch.turned(RRN)
    for n, (kind, finger, x, y) in enumerate(events):
        if kind == "down":
            touch.down(finger, x, y, float(n))
        elif kind == "move":
            touch.move(finger, x, y)
        else:
            found = touch.up(finger, x, y, float(n))
            assert found is None or (found in RRN.targets and found.rect.holds(x, y))
        assert touch.pressed is None or touch.pressed in RRN.targets
