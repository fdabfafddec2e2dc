"""The parts of a body that are read: sentences, facts, amounts.  Each has a height and a put."""

from __future__ import annotations

from screens.boxes import Box, Rect
from screens.model import Field, Row, Rows, Text, Tone
from screens.page import Page, Style

Height = tuple[int, int]  # the least and the most it can use


# -- sentences ---------------------------------------------------------------------------

FRAMED = {Tone.ERROR: "warning-circle", Tone.NOTICE: "info"}


def _text_style(page: Page, tone: Tone) -> Style:
    theme = page.theme
    match tone:
        case Tone.ERROR:
            return page.style(theme.danger, theme.danger_tint, weight="Bold")
        case Tone.NOTICE:
            return page.style(theme.text, theme.notice_tint, weight="Medium")
        case Tone.STRONG:
            return page.style(theme.text, theme.page, page.label_em, "Bold")
        case Tone.HINT:
            return page.style(theme.soft, theme.page)
        case _:
            return page.style(theme.text, theme.page)


def text_height(page: Page, node: Text, width: int) -> Height:
    style = _text_style(page, node.tone)
    if node.tone in FRAMED:
        width -= 2 * page.px(5) + page.px(20)
    tall = page.height(page.say(node.phrase), style, width)
    tall += 2 * page.px(5.5) if node.tone in FRAMED else 0
    return tall, tall


def put_text(page: Page, node: Text, rect: Rect) -> None:
    style, text = _text_style(page, node.tone), page.say(node.phrase)
    if node.tone not in FRAMED:
        page.text(text, style, rect, "centre" if page.centred else "left", middle=True)
        return
    theme = page.theme
    page.card(rect, style.bg, theme.danger if node.tone is Tone.ERROR else theme.notice, shadow=False)
    icon, pad = page.px(14), page.px(5)
    colour = style.fg if node.tone is Tone.ERROR else theme.icon
    page.icon(FRAMED[node.tone], Rect(rect.x + pad, rect.y + (rect.h - icon) // 2, icon, icon), colour, style.bg)
    left = pad + page.px(20)
    page.text(text, style, Rect(rect.x + left, rect.y, rect.w - left - pad, rect.h), middle=True)


# -- facts -------------------------------------------------------------------------------


def _row(page: Page, row: Row, width: int) -> tuple[Style, Style, int, bool]:
    """The styles of label and value, the height of the row, and whether both stand in one line."""
    theme = page.theme
    label = page.style(theme.soft, theme.surface)
    value = page.style(theme.text, theme.surface, weight="Bold" if row.strong else "Medium")
    name, told = page.say(row.label), page.say(row.value)
    rest = width - page.width(name, label) - page.px(8)
    whole = page.width(told, value)
    unbroken = all(page.width(word, value) <= rest for word in told.split())
    beside = whole <= rest or (rest > width * 0.5 and unbroken and len(page.lines(told, value, rest)) == 2)
    if beside:
        tall = page.height(told, value, rest)
    else:
        tall = page.height(name, label, width) + page.height(told, value, width)
    return label, value, tall, beside


def _row_pads(page: Page) -> tuple[int, int]:
    return page.px(7), page.px(4.5 if not page.profile.side_by_side else 2)


MANY_ROWS = 5  # from here on a wide screen puts them in two cards


def _split(page: Page, node: Rows) -> tuple[Rows, Rows] | None:
    if not page.profile.side_by_side or len(node.rows) < MANY_ROWS:
        return None
    half = (len(node.rows) + 1) // 2
    return Rows(node.rows[:half]), Rows(node.rows[half:])


def rows_height(page: Page, node: Rows, width: int) -> Height:
    if halves := _split(page, node):
        tall = max(rows_height(page, half, (width - page.gap) // 2)[0] for half in halves)
        return tall, tall
    side, pad = _row_pads(page)
    tall = sum(_row(page, row, width - 2 * side)[2] for row in node.rows) + 2 * pad * len(node.rows) + 2 * pad
    return tall, tall + page.px(15) * len(node.rows) * (not page.profile.side_by_side)


def put_rows(page: Page, node: Rows, rect: Rect) -> None:
    if halves := _split(page, node):
        wide = (rect.w - page.gap) // 2
        put_rows(page, halves[0], Rect(rect.x, rect.y, wide, rect.h))
        put_rows(page, halves[1], Rect(rect.right - wide, rect.y, wide, rect.h))
        return
    theme = page.theme
    page.card(rect, theme.surface)
    side, pad = _row_pads(page)
    width = rect.w - 2 * side
    least = rows_height(page, node, rect.w)[0]
    extra = (rect.h - least) // len(node.rows)
    y = rect.y + pad
    for n, row in enumerate(node.rows):
        if n:
            page.add(Box("area", Rect(rect.x + side, y, width, 1), bg=theme.border, decorative=True))
        tall = _row(page, row, width)[2] + 2 * pad + extra
        _put_row(page, row, Rect(rect.x + side, y, width, tall))
        y += tall


def _put_row(page: Page, row: Row, rect: Rect) -> None:
    label, value, _, beside = _row(page, row, rect.w)
    name, told = page.say(row.label), page.say(row.value)
    if beside:
        page.text(name, label, rect, middle=True)
        used = page.width(name, label) + page.px(8)
        page.text(told, value, Rect(rect.x + used, rect.y, rect.w - used, rect.h), "right", middle=True)
        return
    both = page.height(name, label, rect.w) + page.height(told, value, rect.w)
    at = page.text(name, label, Rect(rect.x, rect.y + (rect.h - both) // 2, rect.w, 0))
    page.text(told, value, Rect(rect.x, at.bottom, rect.w, 0))


def field_height(page: Page, node: Field, width: int) -> Height:
    big = page.profile.em(page.profile.big_mm)
    tall = page.line(page.em) + page.line(big) + 2 * page.px(6)
    return tall, tall + page.px(16)


def put_field(page: Page, node: Field, rect: Rect) -> None:
    theme = page.theme
    page.card(rect, theme.surface)
    label = page.style(theme.soft, theme.surface)
    value = page.style(theme.text, theme.surface, page.profile.em(page.profile.big_mm), "Bold")
    both = page.line(label.em) + page.line(value.em)
    y = rect.y + (rect.h - both) // 2
    inner = page.px(4)
    at = page.text(page.say(node.label), label, Rect(rect.x + inner, y, rect.w - 2 * inner, 0), "centre")
    page.text(page.say(node.value), value, Rect(rect.x + inner, at.bottom, rect.w - 2 * inner, 0), "centre")
