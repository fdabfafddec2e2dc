"""The sheet a screen is laid out on: it turns phrases into measured lines and collects the boxes.

Not responsible for where things go; that is `layout`, `blocks`, `grids` and `chrome`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from screens.boxes import Box, Rect
from screens.model import Choice, Phrase
from screens.profile import LINE, Profile
from screens.theme import Colour, Theme
from screens.words import Strings
from screens.wrap import wrap


class Metrics(Protocol):
    """The real font's widths, handed in by whoever has the fonts."""

    def width(self, text: str, em: int, weight: str) -> int: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Style:
    """How a text looks."""

    em: int
    weight: str
    fg: Colour
    bg: Colour


@dataclass
class Page:
    profile: Profile
    theme: Theme
    strings: Strings
    metrics: Metrics
    boxes: list[Box] = field(default_factory=list)
    owners: int = 0
    centred: bool = False

    def px(self, mm: float) -> int:
        return self.profile.px(mm)

    # -- sizes --------------------------------------------------------------------------

    @property
    def em(self) -> int:
        return self.profile.em(0)

    @property
    def label_em(self) -> int:
        return self.profile.em(self.profile.label_mm)

    @property
    def gap(self) -> int:
        return self.px(self.profile.gap_mm)

    def line(self, em: int) -> int:
        return round(em * LINE)

    def style(self, fg: Colour, bg: Colour, em: int = 0, weight: str = "Regular") -> Style:
        return Style(em or self.em, weight, fg, bg)

    def width(self, text: str, style: Style) -> int:
        return self.metrics.width(text, style.em, style.weight)

    def lines(self, text: str, style: Style, room: int) -> list[str]:
        return wrap(text, lambda piece: self.width(piece, style), room)

    def height(self, text: str, style: Style, room: int) -> int:
        return len(self.lines(text, style, room)) * self.line(style.em)

    # -- boxes --------------------------------------------------------------------------

    def add(self, box: Box) -> Box:
        self.boxes.append(box)
        return box

    def text(
        self, text: str, style: Style, rect: Rect, align: str = "left", middle: bool = False, owner: int = 0
    ) -> Rect:
        """The lines of `text` inside `rect`; returns what they really cover."""
        lines, step = self.lines(text, style, rect.w), self.line(style.em)
        top = rect.y + (max(0, rect.h - step * len(lines)) // 2 if middle else 0)
        for n, line in enumerate(lines):
            width = self.width(line, style)
            x = rect.x + {"left": 0, "centre": (rect.w - width) // 2, "right": rect.w - width}[align]
            place = Rect(x, top + n * step, width, step)
            self.add(
                Box(
                    "text",
                    place,
                    text=line,
                    spoken=text if n == 0 else "",
                    em=style.em,
                    weight=style.weight,
                    fg=style.fg,
                    bg=style.bg,
                    owner=owner,
                )
            )
        return Rect(rect.x, top, rect.w, step * len(lines))

    def icon(self, name: str, rect: Rect, fg: Colour, bg: Colour, owner: int = 0) -> None:
        """An icon never stands alone: a text beside it says the same."""
        if name:
            self.add(Box("icon", rect, icon=name, fg=fg, bg=bg, owner=owner, decorative=True))

    def card(self, rect: Rect, fill: Colour, border: Colour | None = None, shadow: bool = True) -> Box:
        theme = self.theme
        line = theme.line_px if border or not theme.shadow else 0
        box = Box(
            "card",
            rect,
            bg=fill,
            border=border or (theme.border if line else None),
            line_px=line,
            radius=self.px(6),
            shadow=shadow and theme.shadow,
            decorative=True,
        )
        return self.add(box)

    def button(self, choice: Choice, rect: Rect, flat: bool = False, radius_mm: float = 6) -> tuple[int, Style]:
        """The panel of something to press; returns its number and the style of what is written on it.

        `flat` ones have an outline instead of a shadow: they are settings and ways out, not the matter itself.
        """
        theme = self.theme
        self.owners += 1
        strong = choice.primary or choice.chosen
        fill = theme.primary if strong else theme.surface
        outline = theme.primary if strong else theme.outline
        raised = theme.shadow and not flat
        self.add(
            Box(
                "toggle" if choice.chosen else "button",
                rect,
                spoken=self._spoken(choice),
                bg=fill,
                border=None if raised else outline,
                line_px=0 if raised else theme.line_px,
                radius=self.px(radius_mm),
                shadow=raised,
                pressed=theme.pressed_primary if strong else theme.pressed,
                action=choice.intent,
                key=choice.key,
                owner=self.owners,
                chosen=choice.chosen,
            )
        )
        fg = theme.on_primary if strong else theme.text
        return self.owners, self.style(fg, fill, self.label_em, "Bold")

    def _spoken(self, choice: Choice) -> str:
        parts = [choice.phrase, choice.note, choice.detail]
        return ", ".join(self.strings[part] for part in parts if part is not None)

    def labelled(self, choice: Choice, rect: Rect, flat: bool = False, em: int = 0, icon_px: int = 0) -> int:
        """A button with its icon and words side by side in the middle."""
        owner, style = self.button(choice, rect, flat)
        style = replace(style, em=em or style.em)
        text = self.strings[choice.phrase]
        icon = icon_px or round(style.em * 1.1)
        beside = (icon + self.px(3)) if choice.icon else 0
        room = rect.w - 2 * self.px(2.5)
        if room - beside < self.width(text, style) <= room:
            choice, beside = replace(choice, icon=""), 0  # words in one line say more than an icon beside two
        lines = self.lines(text, style, room - beside)
        wide = max(self.width(line, style) for line in lines)
        x = rect.x + (rect.w - wide - beside) // 2
        onward = choice.icon.endswith("-right")  # points away from the words, not at them
        if choice.icon:
            at = x + wide + beside - icon if onward else x
            self.icon(choice.icon, Rect(at, rect.y + (rect.h - icon) // 2, icon, icon), style.fg, style.bg, owner)
        left = x if onward else x + beside
        self.text(text, style, Rect(left, rect.y, wide, rect.h), "centre", middle=True, owner=owner)
        return owner

    def say(self, phrase: Phrase) -> str:
        return self.strings[phrase]
