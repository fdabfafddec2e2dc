"""What a screen says, before anything is drawn: a frozen tree of values and string keys.

One tree feeds the pixels, the keypad, the inspection socket and the tests.  No language, no pixel, no device here.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A name that data brings along in both languages: a document, a site."""

    ko: str
    en: str


@dataclass(frozen=True)
class Say:
    """A key of the string tables with the values its sentence names."""

    key: str
    values: tuple[tuple[str, str | int | Words | Say], ...] = ()


Phrase = Words | Say


def say(key: str, **values: str | int | Words | Say) -> Say:
    return Say(key, tuple(values.items()))


def same(text: str) -> Words:
    """What reads alike in each language: a number, a time, an id."""
    return Words(text, text)


class Tone(enum.Enum):
    """What a sentence is; each tone also has an icon or a frame, never a colour alone."""

    BODY = "body"
    HINT = "hint"
    ERROR = "error"
    NOTICE = "notice"
    STRONG = "strong"


@dataclass(frozen=True)
class Text:
    phrase: Phrase
    tone: Tone = Tone.BODY


@dataclass(frozen=True)
class Choice:
    """Something one press does.  What cannot be pressed is not a Choice: there are no dead buttons."""

    phrase: Phrase
    intent: object
    icon: str = ""
    primary: bool = False
    note: Phrase | None = None
    detail: Phrase | None = None  # a second fact, as why a document cannot be issued now
    muted: bool = False  # pressing it explains why it cannot be had
    chosen: bool = False
    key: str = ""  # on the keypad: "0".."9", "back", "clear", "enter", "cancel"


@dataclass(frozen=True)
class Tiles:
    """Categories: pictures to press, two or three in a row; `slots` keeps the tiles' size on a short last page."""

    choices: tuple[Choice, ...]
    slots: int


@dataclass(frozen=True)
class Listing:
    """Documents: one a row, with the fee and the reason why not."""

    choices: tuple[Choice, ...]
    slots: int


@dataclass(frozen=True)
class Numbers:
    """Copies: 1 to 9, as on a telephone."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Option:
    label: Phrase
    values: tuple[Choice, ...]


@dataclass(frozen=True)
class Options:
    options: tuple[Option, ...]
    slots: int


@dataclass(frozen=True)
class Actions:
    """The one or two big buttons in the middle of a screen that asks a single question."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Secret:
    """How many digits are in, never which."""

    label: Phrase
    filled: int
    groups: tuple[int, ...] = (6, 7)


@dataclass(frozen=True)
class Keypad:
    keys: tuple[Choice, ...]  # telephone layout: 1 2 3 / 4 5 6 / 7 8 9 / clear 0 back


@dataclass(frozen=True)
class Field:
    """One value that matters more than the rest: an amount, a phone number."""

    label: Phrase
    value: Phrase


@dataclass(frozen=True)
class Progress:
    phrase: Phrase
    part: int = 0
    whole: int = 0  # 0: nobody knows how long


@dataclass(frozen=True)
class Row:
    label: Phrase
    value: Phrase
    strong: bool = False


@dataclass(frozen=True)
class Rows:
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Picture:
    name: str
    spoken: Phrase


Node = Text | Tiles | Listing | Numbers | Options | Actions | Secret | Keypad | Field | Progress | Rows | Picture


@dataclass(frozen=True)
class Step:
    n: int
    of: int


@dataclass(frozen=True)
class Pager:
    page: int  # from 0
    pages: int
    previous: Choice | None
    next: Choice | None


@dataclass(frozen=True)
class Screen:
    name: str
    title: Phrase
    lead: Phrase | None = None
    body: tuple[Node, ...] = ()
    back: Choice | None = None
    home: Choice | None = None
    primary: Choice | None = None
    pager: Pager | None = None
    step: Step | None = None
    seconds: float | None = field(default=60.0)  # until TimedOut; None waits for a device or an office
    welcome: bool = False  # the tall greeting of the first screen
    bare: bool = False  # before the kiosk listens: nothing can be pressed

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everything this screen itself offers, in reading order."""
        own = tuple(choice for node in self.body for choice in choices_of(node))
        pages = (self.pager.previous, self.pager.next) if self.pager else ()
        return own + tuple(choice for choice in (self.back, self.home, *pages, self.primary) if choice)


def choices_of(node: Node) -> tuple[Choice, ...]:
    match node:
        case Tiles(choices=choices) | Listing(choices=choices) | Numbers(choices=choices) | Actions(choices=choices):
            return choices
        case Options(options=options):
            return tuple(value for option in options for value in option.values)
        case Keypad(keys=keys):
            return keys
        case _:
            return ()


@dataclass(frozen=True)
class Frame:
    """What every screen carries around it; its buttons keep their places on all of them."""

    site: Words
    phone: str
    language: Choice
    contrast: Choice
    staff: Choice
    simulated: bool = False
