"""What the layout hands to the canvas: rectangles in px with everything that is drawn, said or pressed there."""

from __future__ import annotations

from dataclasses import dataclass, field

from screens.theme import Colour


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    def grown(self, by: int) -> Rect:
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def moved(self, dx: int, dy: int) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def holds(self, x: int, y: int) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def contains(self, other: Rect) -> bool:
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom

    def meets(self, other: Rect) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Box:
    """Roles: area, hero, card, button, toggle, text, icon, picture, field, bar, dot."""

    role: str
    rect: Rect
    text: str = ""
    spoken: str = ""
    em: int = 0
    weight: str = "Regular"
    fg: Colour = (0, 0, 0)
    bg: Colour = (0, 0, 0)  # what the text or icon stands on; the fill of a panel
    border: Colour | None = None
    line_px: int = 0
    radius: int = 0
    shadow: bool = False
    pressed: Colour | None = None  # the fill of a button while a finger is on it
    icon: str = ""
    action: object = None
    key: str = ""
    focus: int = field(default=0, compare=False)  # from 1; 0 cannot be reached
    owner: int = field(default=0, compare=False)  # a button's number, on it and on all that stands on it
    chosen: bool = False
    pii: bool = False
    decorative: bool = False


@dataclass(frozen=True)
class Scene:
    """One laid out screen: boxes from back to front."""

    name: str
    size: tuple[int, int]
    boxes: tuple[Box, ...]
    page: Colour
    focus_ring: Colour = (0, 0, 0)
    focus_gap: Colour = (0, 0, 0)
    ring_px: int = 7
    language: str = "ko"
    personal: bool = False  # something on it must not be kept in a cache
    targets: tuple[Box, ...] = field(default=())  # in focus order
