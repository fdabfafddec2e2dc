"""The long parts of a body that are pressed: the documents with their fees, the options with their values."""

from __future__ import annotations

from screens.blocks import Height
from screens.boxes import Rect
from screens.grids import cells, grid_height
from screens.model import Choice, Listing, Option, Options
from screens.page import Page, Style

# -- documents ---------------------------------------------------------------------------


def listing_height(page: Page, node: Listing, width: int) -> Height:
    return grid_height(page, node.slots, 36, 66)


def put_listing(page: Page, node: Listing, rect: Rect) -> None:
    for choice, place in zip(node.choices, cells(page, rect, 1, node.slots), strict=False):
        (_wide_row if page.profile.side_by_side else _tall_row)(page, choice, place)


def _tall_row(page: Page, choice: Choice, rect: Rect) -> None:
    """Name and fee above, the second fact below."""
    theme, pad = page.theme, page.px(8)
    owner, style = page.button(choice, rect)
    ground = style.bg
    name = page.style(theme.soft if choice.muted else style.fg, ground, weight="Bold")
    price = page.style(theme.soft if choice.muted else theme.icon, ground, weight="Bold")
    told = page.say(choice.note) if choice.note else ""
    right = page.width(told, price) + page.px(6) if told else 0
    room = rect.w - 2 * pad - right
    text = page.say(choice.phrase)
    tall = page.height(text, name, room)
    below = page.line(page.em) if choice.detail else 0
    y = rect.y + (rect.h - tall - below) // 2
    at = page.text(text, name, Rect(rect.x + pad, y, room, 0), owner=owner)
    if told:
        page.text(told, price, Rect(rect.x + pad, y, rect.w - 2 * pad, 0), "right", owner=owner)
    if choice.detail:
        _detail(page, choice, Rect(rect.x + pad, at.bottom, rect.w - 2 * pad, below), ground, owner)


def _wide_row(page: Page, choice: Choice, rect: Rect) -> None:
    """Name at the left; fee and the second fact at the right, under each other."""
    theme, pad = page.theme, page.px(7)
    owner, style = page.button(choice, rect)
    ground = style.bg
    name = page.style(theme.soft if choice.muted else style.fg, ground, weight="Bold")
    price = page.style(theme.soft if choice.muted else theme.icon, ground, weight="Bold")
    soft = page.style(theme.soft, ground, weight="Medium")
    told = page.say(choice.note) if choice.note else ""
    detail = page.say(choice.detail) if choice.detail else ""
    side = max(page.width(told, price), page.width(detail, soft) + page.px(17) if detail else 0)
    room = rect.w - 2 * pad - side - page.px(6)
    page.text(page.say(choice.phrase), name, Rect(rect.x + pad, rect.y, room, rect.h), middle=True, owner=owner)
    step = page.line(page.em)
    y = rect.y + (rect.h - step * (2 if detail else 1)) // 2
    left = rect.right - pad - side
    if told:
        page.text(told, price, Rect(left, y, side, step), "right", owner=owner)
    if detail:
        _detail(page, choice, Rect(left, y + step, side, step), ground, owner)


def _detail(page: Page, choice: Choice, rect: Rect, ground: tuple[int, int, int], owner: int) -> None:
    """Why it cannot be had, or that a finger is needed: icon and words."""
    icon = page.px(13)
    name = "prohibit" if choice.muted else "fingerprint-simple"
    colour = page.theme.danger if choice.muted else page.theme.icon
    page.icon(name, Rect(rect.x, rect.y + (rect.h - icon) // 2, icon, icon), colour, ground, owner)
    style = page.style(colour if choice.muted else page.theme.soft, ground, weight="Medium")
    left = icon + page.px(3)
    assert choice.detail
    page.text(page.say(choice.detail), style, Rect(rect.x + left, rect.y, rect.w - left, rect.h), owner=owner)


# -- options -----------------------------------------------------------------------------


def options_height(page: Page, node: Options, width: int) -> Height:
    return grid_height(page, node.slots, 36, 86)


def put_options(page: Page, node: Options, rect: Rect) -> None:
    for option, place in zip(node.options, cells(page, rect, 1, node.slots), strict=False):
        page.card(place, page.theme.surface)
        if page.profile.side_by_side:
            _option_beside(page, option, place)
        else:
            _option_below(page, option, place)


def _option_below(page: Page, option: Option, rect: Rect) -> None:
    pad, key = page.px(7), page.px(27)
    label = page.style(page.theme.text, page.theme.surface, weight="Medium")
    text = page.say(option.label)
    inner = Rect(rect.x + pad, rect.y, rect.w - 2 * pad, rect.h)
    both = page.height(text, label, inner.w) + page.px(3) + key
    at = page.text(text, label, Rect(inner.x, rect.y + (rect.h - both) // 2, inner.w, 0))
    _values(page, option, Rect(inner.x, at.bottom + page.px(3), inner.w, key))


def _option_beside(page: Page, option: Option, rect: Rect) -> None:
    pad, key = page.px(6), min(page.px(30), rect.h - page.px(8))
    label = page.style(page.theme.text, page.theme.surface, weight="Medium")
    wide = _beside(page, option, label, rect.w - 2 * pad)
    right = Rect(rect.right - pad - wide, rect.y + (rect.h - key) // 2, wide, key)
    left = Rect(rect.x + pad, rect.y, right.x - rect.x - pad - page.px(5), rect.h)
    page.text(page.say(option.label), label, left, middle=True)
    _values(page, option, right)


def _beside(page: Page, option: Option, label: Style, width: int) -> int:
    """How wide the values may be so that the label at their left needs two lines at most."""
    needs = _needs(page, option)
    wide = max(round(width * 0.46), sum(needs) + _gap(page) * (len(needs) - 1))
    rest = width - wide - page.px(5)
    if rest > 0 and len(page.lines(page.say(option.label), label, rest)) <= 2:
        return wide
    longest = max(needs) + round(page.em * 0.9) + page.px(3)  # one button that turns through them
    return min(max(longest, round(width * 0.36)), round(width * 0.62))


def _gap(page: Page) -> int:
    return page.px(3.2)


def _needs(page: Page, option: Option) -> list[int]:
    """The widths its values need, with the check mark on the chosen one."""
    style = page.style(page.theme.text, page.theme.surface, page.em, "Bold")
    mark = round(page.em * 0.9) + page.px(3)
    return [page.width(page.say(one.phrase), style) + page.px(8) + mark * one.chosen for one in option.values]


def _values(page: Page, option: Option, rect: Rect) -> None:
    """Every value as a button if they fit side by side; else the chosen one, and a press goes on to the next."""
    gap, em, needs = _gap(page), page.em, _needs(page, option)
    if sum(needs) + gap * (len(needs) - 1) > rect.w:
        _turning_value(page, option, rect)
        return
    spare = (rect.w - sum(needs) - gap * (len(needs) - 1)) // len(needs)
    x = rect.x
    for one, need in zip(option.values, needs, strict=True):
        shown = one if not one.chosen else Choice(one.phrase, one.intent, "check", chosen=True)
        page.labelled(shown, Rect(x, rect.y, need + spare, rect.h), flat=True, em=em, icon_px=round(em * 0.9))
        x += need + spare + gap


def _turning_value(page: Page, option: Option, rect: Rect) -> None:
    now = next((n for n, one in enumerate(option.values) if one.chosen), 0)
    onward = option.values[(now + 1) % len(option.values)]
    shown = Choice(option.values[now].phrase, onward.intent, "arrows-clockwise")
    page.labelled(shown, rect, flat=True, em=page.em)
