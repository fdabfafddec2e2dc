"""From a tree to rectangles: the screen, its frame, a profile and a theme become one scene of boxes in px.

Pure.  Fonts are asked through `Metrics`; a text that does not fit wraps, and what still does not fit is a test failure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from screens import blocks, gauges, grids, lists
from screens.blocks import Height
from screens.boxes import Rect, Scene
from screens.chrome import chrome
from screens.focus import numbered
from screens.model import (
    Actions,
    Field,
    Frame,
    Keypad,
    Listing,
    Node,
    Numbers,
    Options,
    Picture,
    Progress,
    Rows,
    Screen,
    Secret,
    Text,
    Tiles,
)
from screens.page import Metrics, Page
from screens.profile import Profile
from screens.theme import Theme
from screens.words import Strings

HEIGHT: dict[type, Callable[[Page, Any, int], Height]] = {
    Text: blocks.text_height,
    Rows: blocks.rows_height,
    Field: blocks.field_height,
    Progress: gauges.progress_height,
    Secret: gauges.secret_height,
    Picture: gauges.picture_height,
    Tiles: grids.tiles_height,
    Listing: lists.listing_height,
    Options: lists.options_height,
    Numbers: grids.numbers_height,
    Keypad: grids.keypad_height,
    Actions: grids.actions_height,
}
PUT: dict[type, Callable[[Page, Any, Rect], None]] = {
    Text: blocks.put_text,
    Rows: blocks.put_rows,
    Field: blocks.put_field,
    Progress: gauges.put_progress,
    Secret: gauges.put_secret,
    Picture: gauges.put_picture,
    Tiles: grids.put_tiles,
    Listing: lists.put_listing,
    Options: lists.put_options,
    Numbers: grids.put_numbers,
    Keypad: grids.put_keypad,
    Actions: grids.put_actions,
}
RING_MM = 2.2


def compose(screen: Screen, frame: Frame, profile: Profile, theme: Theme, strings: Strings, metrics: Metrics) -> Scene:
    """The scene; one that shows nothing personal is remembered, so that a screen seen before costs no layout."""
    personal = any(isinstance(node, Secret) for node in screen.body)
    lay_out = _lay_out.__wrapped__ if personal else _lay_out
    return lay_out(screen, frame, profile, theme, strings, metrics)


@lru_cache(maxsize=48)
def _lay_out(screen: Screen, frame: Frame, profile: Profile, theme: Theme, strings: Strings, metrics: Metrics) -> Scene:
    page = Page(profile, theme, strings, metrics)
    room = chrome(page, screen, frame)
    page.centred = any(isinstance(node, Picture) for node in screen.body) and not profile.side_by_side
    _body(page, screen.body, room)
    boxes, targets = numbered(page.boxes)
    return Scene(
        screen.name,
        (profile.width, profile.height),
        boxes,
        theme.page,
        theme.focus,
        theme.focus_gap,
        page.px(RING_MM),
        strings.language,
        any(box.pii for box in boxes),
        targets,
    )


def _body(page: Page, body: tuple[Node, ...], room: Rect) -> None:
    if not _fits(page, body, room):
        body = tuple(node for node in body if not isinstance(node, Picture))  # words come before pictures
    if not page.profile.side_by_side:
        _stack(page, body, room)
        return
    left, right = _columns(body)
    if not left or not right:
        _stack(page, body, room)
        return
    first, second = _halves(page, right, room)
    _stack(page, left, first)
    _stack(page, right, second)


def _halves(page: Page, right: tuple[Node, ...], room: Rect) -> tuple[Rect, Rect]:
    share = 0.46 if any(isinstance(node, Keypad) for node in right) else 0.36
    gap = page.gap * 2
    wide = round((room.w - gap) * share)
    return (
        Rect(room.x, room.y, wide, room.h),
        Rect(room.x + wide + gap, room.y, room.w - wide - gap, room.h),
    )


def _fits(page: Page, body: tuple[Node, ...], room: Rect) -> bool:
    left, right = _columns(body) if page.profile.side_by_side else ((), body)
    wide = _halves(page, right, room)[1].w if left and right else room.w
    needs = [HEIGHT[type(node)](page, node, wide)[0] for node in right]
    return sum(needs) + page.gap * (len(needs) - 1) <= room.h


def _columns(body: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Side by side: pictures at the left; a keypad at the right; a lone stack stays one column."""
    if any(isinstance(node, Keypad) for node in body):
        return (
            tuple(node for node in body if not isinstance(node, Keypad)),
            tuple(node for node in body if isinstance(node, Keypad)),
        )
    return (
        tuple(node for node in body if isinstance(node, Picture)),
        tuple(node for node in body if not isinstance(node, Picture)),
    )


def _stack(page: Page, nodes: tuple[Node, ...], room: Rect) -> None:
    """Under each other; what is left over lets each grow as far as it may, the rest stays around them."""
    if not nodes:
        return
    needs = [HEIGHT[type(node)](page, node, room.w) for node in nodes]
    gap = page.gap
    spare = room.h - sum(least for least, _ in needs) - gap * (len(nodes) - 1)
    wish = sum(most - least for least, most in needs)
    share = min(1.0, max(0, spare) / wish) if wish else 0.0
    heights = [least + int((most - least) * share) for least, most in needs]
    rest = max(0, spare - sum(heights) + sum(least for least, _ in needs))
    if len(nodes) > 1:
        gap += min(gap, rest // (len(nodes) + 1))
    used = sum(heights) + gap * (len(nodes) - 1)
    y = room.y + max(0, room.h - used) // 2
    for node, tall in zip(nodes, heights, strict=True):
        PUT[type(node)](page, node, Rect(room.x, y, room.w, tall))
        y += tall + gap
