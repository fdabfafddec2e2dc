"""The parts of a body that are read: sentences, facts, amounts, progress, dots, pictures.  Each has a height."""

from __future__ import annotations

from screens.boxes import Box, Rect
from screens.model import Field, Picture, Progress, Row, Rows, Secret, Text, Tone, say
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
    beside = whole <= rest or (rest > width * 0.5 and len(page.lines(told, value, rest)) == 2)
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


# -- progress ----------------------------------------------------------------------------


def progress_height(page: Page, node: Progress, width: int) -> Height:
    style = page.style(page.theme.text, page.theme.page, page.label_em, "Bold")
    tall = page.height(page.say(node.phrase), style, width)
    tall += page.px(14) if node.whole else 0
    return tall, tall


def put_progress(page: Page, node: Progress, rect: Rect) -> None:
    theme = page.theme
    style = page.style(theme.text, theme.page, page.label_em, "Bold")
    at = page.text(page.say(node.phrase), style, rect, "centre" if page.centred else "left")
    if not node.whole:
        return
    thick = page.px(7)
    bar = Rect(rect.x, at.bottom + page.px(5), rect.w, thick)
    line = theme.line_px
    page.add(Box("bar", bar, bg=theme.surface, border=theme.outline, line_px=line, radius=thick // 2, decorative=True))
    full = max(thick, round(bar.w * node.part / node.whole)) if node.part else 0
    if full:
        page.add(Box("bar", Rect(bar.x, bar.y, full, thick), bg=theme.primary, radius=thick // 2, decorative=True))


# -- dots --------------------------------------------------------------------------------


def secret_height(page: Page, node: Secret, width: int) -> Height:
    tall = page.line(page.em) + page.px(40 if page.profile.side_by_side else 28)
    return tall, tall + page.px(6)


def put_secret(page: Page, node: Secret, rect: Rect) -> None:
    """How many digits are in: by dots and in words; the digits themselves never come here."""
    theme = page.theme
    page.card(rect, theme.surface)
    label = page.style(theme.soft, theme.surface)
    pad, of = page.px(5), sum(node.groups)
    inner = Rect(rect.x + pad, rect.y + page.px(3), rect.w - 2 * pad, page.line(label.em))
    page.text(page.say(node.label), label, inner)
    count = page.say(say("rrn.count", n=node.filled, of=of))
    page.text(count, page.style(theme.text, theme.surface, weight="Bold"), inner, "right")
    page.add(Box("field", rect, spoken=count, pii=True, bg=theme.surface))
    top = inner.bottom + page.px(2)
    _dots(page, node, Rect(inner.x, top, inner.w, rect.bottom - page.px(4) - top))


def _dots(page: Page, node: Secret, rect: Rect) -> None:
    """In one line with a dash, or, on the narrow half of a wide screen, the groups under each other."""
    if page.profile.side_by_side:
        tall = (rect.h - page.px(2)) // len(node.groups)
        start = 0
        for n, group in enumerate(node.groups):
            line = Rect(rect.x, rect.y + n * (tall + page.px(2)), rect.w, tall)
            _cells(page, node, range(start, start + group), line, max(node.groups))
            start += group
        return
    dash = page.px(9)
    first = (rect.w - dash) * node.groups[0] // sum(node.groups)
    _cells(page, node, range(node.groups[0]), Rect(rect.x, rect.y, first, rect.h), node.groups[0])
    bar = Rect(rect.x + first + page.px(2), rect.y + rect.h // 2, dash - page.px(4), page.px(1.2))
    page.add(Box("bar", bar, bg=page.theme.text, decorative=True))
    rest = Rect(rect.x + first + dash, rect.y, rect.w - first - dash, rect.h)
    _cells(page, node, range(node.groups[0], sum(node.groups)), rest, node.groups[1])


def _cells(page: Page, node: Secret, which: range, rect: Rect, across: int) -> None:
    theme, gap = page.theme, page.px(1.6)
    cell = min((rect.w - gap * (across - 1)) // across, rect.h)
    for place, n in enumerate(which):
        box = Rect(rect.x + place * (cell + gap), rect.y + (rect.h - cell) // 2, cell, cell)
        page.add(
            Box(
                "dot",
                box,
                bg=theme.surface,
                border=theme.primary if n == node.filled else theme.outline,
                line_px=theme.line_px,
                radius=page.px(2),
                pii=True,
                decorative=True,
            )
        )
        if n < node.filled:
            inset = (cell - cell * 9 // 20) // 2
            spot = box.grown(-inset)
            page.add(Box("dot", spot, bg=theme.text, radius=spot.w // 2, pii=True, decorative=True))


# -- pictures ----------------------------------------------------------------------------


def picture_height(page: Page, node: Picture, width: int) -> Height:
    return page.px(62), min(width, page.px(190))


def put_picture(page: Page, node: Picture, rect: Rect) -> None:
    size = min(rect.w, rect.h)
    place = Rect(rect.x + (rect.w - size) // 2, rect.y + (rect.h - size) // 2, size, size)
    page.add(
        Box(
            "picture",
            place,
            spoken=page.say(node.spoken),
            icon=f"own/{node.name}",
            fg=page.theme.icon,
            bg=page.theme.page,
        )
    )
