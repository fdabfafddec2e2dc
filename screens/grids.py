"""The parts of a body that are pressed: tiles, numbers, keys, big buttons."""

from __future__ import annotations

from screens.blocks import Height
from screens.boxes import Box, Rect
from screens.model import Actions, Choice, Keypad, Numbers, Tiles
from screens.page import Page


def cells(page: Page, rect: Rect, across: int, down: int, gap: int = 0) -> list[Rect]:
    """A grid's places, row by row."""
    gap = gap or page.gap
    wide, tall = (rect.w - gap * (across - 1)) // across, (rect.h - gap * (down - 1)) // down
    return [
        Rect(rect.x + column * (wide + gap), rect.y + row * (tall + gap), wide, tall)
        for row in range(down)
        for column in range(across)
    ]


def grid_height(page: Page, down: int, least_mm: float, most_mm: float) -> Height:
    gaps = page.gap * (down - 1)
    return page.px(least_mm) * down + gaps, page.px(most_mm) * down + gaps


# -- categories --------------------------------------------------------------------------


def tiles_height(page: Page, node: Tiles, width: int) -> Height:
    return grid_height(page, -(-node.slots // page.profile.tiles_across), 36, 90)


def put_tiles(page: Page, node: Tiles, rect: Rect) -> None:
    across = page.profile.tiles_across
    for choice, place in zip(node.choices, cells(page, rect, across, -(-node.slots // across)), strict=False):
        (_wide_tile if page.profile.side_by_side else _tall_tile)(page, choice, place)


def _tall_tile(page: Page, choice: Choice, rect: Rect) -> None:
    """The picture above, the name below, the note at the picture's right."""
    theme, pad = page.theme, page.px(8)
    owner, style = page.button(choice, rect)
    badge = max(page.px(28), min(page.px(38), rect.h - 2 * pad - 2 * page.line(page.em) - page.px(2)))
    _badge(page, choice.icon, Rect(rect.x + pad, rect.y + pad, badge, badge), owner)
    if choice.note:
        soft = page.style(theme.soft, style.bg, weight="Medium")
        left = rect.x + pad + badge + page.px(4)
        page.text(
            page.say(choice.note),
            soft,
            Rect(left, rect.y + pad, rect.right - pad - left, badge),
            "right",
            middle=True,
            owner=owner,
        )
    name = page.style(style.fg, style.bg, weight="Bold")
    text = page.say(choice.phrase)
    if page.width(text, style) <= rect.w - 2 * pad:
        name = style
    tall = page.height(text, name, rect.w - 2 * pad)
    page.text(text, name, Rect(rect.x + pad, rect.bottom - page.px(6) - tall, rect.w - 2 * pad, 0), owner=owner)


def _wide_tile(page: Page, choice: Choice, rect: Rect) -> None:
    """The picture at the left, name and note at its right."""
    theme, pad = page.theme, page.px(5)
    owner, style = page.button(choice, rect)
    badge = min(page.px(27), rect.h - 2 * page.px(3))
    _badge(page, choice.icon, Rect(rect.x + pad, rect.y + (rect.h - badge) // 2, badge, badge), owner)
    name = page.style(style.fg, style.bg, weight="Bold")
    soft = page.style(theme.soft, style.bg)
    left = rect.x + pad + badge + page.px(5)
    room = rect.right - page.px(3) - left
    title = page.height(page.say(choice.phrase), name, room)
    note = page.line(soft.em) if choice.note and title == page.line(name.em) else 0
    y = rect.y + (rect.h - title - note) // 2
    at = page.text(page.say(choice.phrase), name, Rect(left, y, room, 0), owner=owner)
    if note and choice.note:
        page.text(page.say(choice.note), soft, Rect(left, at.bottom, room, 0), owner=owner)


def _badge(page: Page, icon: str, rect: Rect, owner: int) -> None:
    page.add(Box("card", rect, bg=page.theme.tint, radius=page.px(8), owner=owner, decorative=True))
    inset = rect.w // 5
    page.icon(icon, rect.grown(-inset), page.theme.icon, page.theme.tint, owner)


# -- numbers, keys, big buttons ----------------------------------------------------------


def numbers_height(page: Page, node: Numbers, width: int) -> Height:
    return grid_height(page, -(-len(node.choices) // 3), 30, 90)


def put_numbers(page: Page, node: Numbers, rect: Rect) -> None:
    down = -(-len(node.choices) // 3)
    for choice, place in zip(node.choices, cells(page, rect, 3, down), strict=False):
        owner, style = page.button(choice, place)
        big = page.style(style.fg, style.bg, page.profile.em(page.profile.big_mm), "Bold")
        unit = page.style(page.theme.soft, style.bg, weight="Medium")
        number, name = page.say(choice.phrase), page.say(choice.note) if choice.note else ""
        wide = page.width(number, big)
        x = place.x + (place.w - wide - page.px(3) - page.width(name, unit)) // 2
        page.text(number, big, Rect(x, place.y, wide, place.h), middle=True, owner=owner)
        if name:
            left = x + wide + page.px(3)
            room = Rect(left, place.y + page.px(3), page.width(name, unit), place.h)
            page.text(name, unit, room, middle=True, owner=owner)


def keypad_height(page: Page, node: Keypad, width: int) -> Height:
    return grid_height(page, 4, 26, 58)


def put_keypad(page: Page, node: Keypad, rect: Rect) -> None:
    for choice, place in zip(node.keys, cells(page, rect, 3, 4, page.px(4.5)), strict=True):
        if choice.icon:
            page.labelled(choice, place, flat=True, em=page.em)
            continue
        owner, style = page.button(choice, place)
        big = page.style(style.fg, style.bg, page.profile.em(page.profile.big_mm), "Bold")
        page.text(page.say(choice.phrase), big, place, "centre", middle=True, owner=owner)


def actions_height(page: Page, node: Actions, width: int) -> Height:
    return grid_height(page, len(node.choices), 32, 70)


def put_actions(page: Page, node: Actions, rect: Rect) -> None:
    big = page.profile.em(page.profile.label_mm * 1.2)
    for choice, place in zip(node.choices, cells(page, rect, 1, len(node.choices)), strict=True):
        page.labelled(choice, place, flat=not choice.primary, em=big if choice.primary else 0)
