"""What stands in the same place on every screen: header, ribbon, title, the ways out, the toolbar."""

from __future__ import annotations

from screens.boxes import Box, Rect
from screens.model import Choice, Frame, Screen, same, say
from screens.page import Page

TOOLS = 5  # low position, zoom, voice, contrast, staff: the first three come with their issues, their places are kept


def chrome(page: Page, screen: Screen, frame: Frame) -> Rect:
    """Everything around the body; returns the room that is left for it."""
    width, height = page.profile.width, page.profile.height
    top = _ribbon(page) if frame.simulated else 0
    top = _header(page, screen, frame, top)
    top = _hero(page, screen, top)
    bottom = height - page.px(page.profile.tools_mm)
    _tools(page, screen, frame, Rect(0, bottom, width, height - bottom))
    if _ways(screen):
        bottom -= page.px(page.profile.nav_mm)
        _nav(page, screen, Rect(0, bottom, width, page.px(page.profile.nav_mm)))
        bottom += page.gap
    margin = page.px(page.profile.margin_mm)
    return Rect(margin, top + page.gap, width - 2 * margin, bottom - top - 2 * page.gap)


def _area(page: Page, rect: Rect) -> None:
    page.add(Box("area", rect, bg=page.theme.surface, decorative=True))


def _ribbon(page: Page) -> int:
    rect = Rect(0, 0, page.profile.width, page.line(page.em) + page.px(1))
    page.add(Box("area", rect, bg=page.theme.ribbon, decorative=True))
    style = page.style(page.theme.on_ribbon, page.theme.ribbon, weight="Bold")
    page.text(page.say(say("frame.simulated")), style, rect, "centre", middle=True)
    return rect.bottom


def _header(page: Page, screen: Screen, frame: Frame, top: int) -> int:
    theme, margin = page.theme, page.px(page.profile.margin_mm)
    rect = Rect(0, top, page.profile.width, page.px(page.profile.header_mm))
    _area(page, rect)
    mark = round(rect.h * 0.58)
    page.add(
        Box(
            "icon",
            Rect(margin, rect.y + (rect.h - mark) // 2, mark, mark),
            icon="own/mark",
            fg=theme.icon,
            bg=theme.surface,
            decorative=True,
        )
    )
    button = page.px(88)
    x = margin + mark + page.px(5)
    room = rect.w - margin - button - page.px(5) - x
    page.text(
        page.say(frame.site),
        page.style(theme.text, theme.surface, weight="Bold"),
        Rect(x, rect.y, room, rect.h),
        middle=True,
    )
    if not screen.bare:
        tall = page.px(23)
        place = Rect(rect.w - margin - button, rect.y + (rect.h - tall) // 2, button, tall)
        page.labelled(frame.language, place, flat=True, em=page.em)
    line = 1 if theme.shadow else theme.line_px
    page.add(Box("area", Rect(0, rect.bottom - line, rect.w, line), bg=theme.border, decorative=True))
    return rect.bottom


def _hero(page: Page, screen: Screen, top: int) -> int:
    theme, profile = page.theme, page.profile
    margin = page.px(profile.margin_mm)
    rect = Rect(0, top, profile.width, page.px(profile.welcome_mm if screen.welcome else profile.hero_mm))
    page.add(Box("hero", rect, bg=theme.hero_top, fg=theme.hero_bottom, decorative=True))
    title = page.style(theme.on_hero, theme.hero_top, profile.em(profile.title_mm), "Bold")
    small = page.style(theme.on_hero, theme.hero_top, page.label_em, "Bold")
    lead = page.style(theme.on_hero_soft, theme.hero_top, weight="Medium")
    side = _beside_title(page, screen, rect)
    if screen.welcome:
        tall = min(rect.h - 2 * page.gap, page.px(150))
        picture = Rect(rect.right - margin - tall, rect.y + (rect.h - tall) // 2, tall, tall)
        page.add(Box("picture", picture, icon="own/kiosk", fg=theme.on_hero, bg=theme.hero_bottom, decorative=True))
        side = tall + page.gap
    room = rect.w - 2 * margin - side
    named = page.say(screen.title)
    texts = [(named, title if screen.welcome or page.width(named, title) <= room else small)]
    if screen.lead:
        texts.append((page.say(screen.lead), lead))
    tall = sum(page.height(text, style, room) for text, style in texts)
    y = rect.y + (rect.h - tall) // 2
    for text, style in texts:
        y = page.text(text, style, Rect(margin, y, room, 0)).bottom
    return rect.bottom


def _beside_title(page: Page, screen: Screen, rect: Rect) -> int:
    """Step and page numbers at the right of the title; returns the width they take."""
    theme = page.theme
    style = page.style(theme.on_hero, theme.hero_top, weight="Medium")
    texts = []
    if screen.step:
        texts.append(page.say(say("frame.step", n=screen.step.n, of=screen.step.of)))
    if screen.pager:
        texts.append(page.say(say("frame.page", n=screen.pager.page + 1, of=screen.pager.pages)))
    if not texts:
        return 0
    wide = max(page.width(text, style) for text in texts)
    margin, step = page.px(page.profile.margin_mm), page.line(style.em)
    y = rect.y + (rect.h - step * 2) // 2
    for n, text in enumerate(texts):
        page.text(text, style, Rect(rect.right - margin - wide, y + n * step, wide, step), "right")
    return wide + page.gap


def _ways(screen: Screen) -> bool:
    return any((screen.back, screen.home, screen.primary, screen.pager))


def _nav(page: Page, screen: Screen, rect: Rect) -> None:
    """Back, home, then the way on: three places that never move."""
    margin, gap = page.px(page.profile.margin_mm), page.px(5)
    tall = rect.h - page.px(6.5)
    room = rect.w - 2 * margin - 2 * gap
    back, home = round(room * 0.23), round(room * 0.30)
    y = rect.y + page.px(3)
    places = (
        (screen.back, Rect(margin, y, back, tall)),
        (screen.home, Rect(margin + back + gap, y, home, tall)),
    )
    for choice, place in places:
        if choice:
            page.labelled(choice, place, flat=True, em=page.em)
    last = Rect(margin + back + home + 2 * gap, y, room - back - home, tall)
    if screen.primary:
        page.labelled(screen.primary, last)
    elif screen.pager:
        _pages(page, screen, last, gap)


def _pages(page: Page, screen: Screen, rect: Rect, gap: int) -> None:
    assert screen.pager
    half = (rect.w - gap) // 2
    for choice, x in ((screen.pager.previous, rect.x), (screen.pager.next, rect.right - half)):
        if choice:
            page.labelled(choice, Rect(x, rect.y, half, rect.h), flat=True, em=page.em)


def _tools(page: Page, screen: Screen, frame: Frame, rect: Rect) -> None:
    theme = page.theme
    _area(page, rect)
    line = 1 if theme.shadow else theme.line_px
    page.add(Box("area", Rect(0, rect.y, rect.w, line), bg=theme.border, decorative=True))
    margin, gap = page.px(page.profile.margin_mm), page.px(3.5)
    wide = (rect.w - 2 * margin - gap * (TOOLS - 1)) // TOOLS
    tall = rect.h - page.px(9)
    y = rect.y + (rect.h - tall) // 2
    help_room = Rect(margin, y, 3 * wide + 2 * gap, tall)
    _help(page, frame, help_room)
    if not screen.bare:
        for n, choice in ((3, frame.contrast), (4, frame.staff)):
            _tool(page, choice, Rect(margin + n * (wide + gap), y, wide, tall))


def _help(page: Page, frame: Frame, rect: Rect) -> None:
    """The phone number as text on every screen; it stands where later buttons will, and moves to the panel then."""
    theme = page.theme
    icon = page.px(17)
    page.icon("phone", Rect(rect.x, rect.y + (rect.h - icon) // 2, icon, icon), theme.icon, theme.surface)
    x = rect.x + icon + page.px(5)
    soft, bold = page.style(theme.soft, theme.surface), page.style(theme.text, theme.surface, weight="Bold")
    step = page.line(page.em)
    y = rect.y + (rect.h - 2 * step) // 2
    page.text(page.say(say("frame.help")), soft, Rect(x, y, rect.right - x, step))
    page.text(page.say(same(frame.phone)), bold, Rect(x, y + step, rect.right - x, step))


def _tool(page: Page, choice: Choice, rect: Rect) -> None:
    owner, style = page.button(choice, rect, flat=True)
    style = page.style(style.fg, style.bg, weight="Medium")
    lines = page.lines(page.say(choice.phrase), style, rect.w - page.px(1))
    step, icon = page.line(style.em), page.px(18 if not page.profile.side_by_side else 13)
    y = rect.y + (rect.h - icon - step * len(lines)) // 2
    page.icon(choice.icon, Rect(rect.x + (rect.w - icon) // 2, y, icon, icon), style.fg, style.bg, owner)
    page.text(
        page.say(choice.phrase),
        style,
        Rect(rect.x + page.px(1), y + icon, rect.w - page.px(2), 0),
        "centre",
        owner=owner,
    )
