"""The parts of a body that show how far something is: progress, the dots of a number, and the pictures that help.

Not responsible for sentences and facts; those are in `blocks`.
"""

from __future__ import annotations

from screens.blocks import Height
from screens.boxes import Box, Rect
from screens.model import Picture, Progress, Secret, say
from screens.page import Page

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
