"""The screens where a resident chooses: category, document, what it is, its options, copies.  No rules of issuing."""

from __future__ import annotations

from screens.facts import CategoryFact, DocumentFact, OptionFact, PageSizes, Timeouts
from screens.intents import Intents
from screens.model import (
    Choice,
    Listing,
    Numbers,
    Option,
    Options,
    Phrase,
    Row,
    Rows,
    Screen,
    Text,
    Tiles,
    Tone,
    Words,
    same,
    say,
)
from screens.parts import back, forward, home, page_of, pager, step

CATEGORY_ICONS = {
    "resident": "identification-card",
    "family": "users-three",
    "removed-register": "archive",
    "land": "house-line",
    "vehicle": "car",
    "welfare": "hand-heart",
    "military": "medal-military",
    "farmland": "plant",
    "local-tax": "receipt",
    "national-tax": "bank",
    "education": "graduation-cap",
    "health-insurance": "heartbeat",
    "employment": "briefcase",
    "pension": "piggy-bank",
    "passport": "airplane-tilt",
    "real-estate": "buildings",
    "traffic": "traffic-signal",
    "immigration": "globe-hemisphere-east",
    "fishing": "boat",
}


def fee(won: int | None) -> Phrase:
    if won is None:
        return say("fee.later")
    return say("fee.won", won=won) if won else say("fee.free")


def category(
    intents: Intents, categories: tuple[CategoryFact, ...], page: int, sizes: PageSizes, times: Timeouts
) -> Screen:
    page, pages, shown = page_of(categories, page, sizes.categories)
    tiles = tuple(
        Choice(one.name, intents.ChoseCategory(one.id), CATEGORY_ICONS.get(one.id, "files"), note=one.note)
        for one in shown
    )
    return Screen(
        "category",
        say("category.title"),
        say("category.lead"),
        (Tiles(tiles, sizes.categories if pages > 1 else len(tiles)),),
        home=home(intents),
        pager=pager(intents, page, pages),
        step=step(1),
        seconds=times.idle,
    )


def document(
    intents: Intents,
    name: Words,
    documents: tuple[DocumentFact, ...],
    page: int,
    sizes: PageSizes,
    times: Timeouts,
) -> Screen:
    page, pages, shown = page_of(documents, page, sizes.documents)
    rows = tuple(
        Choice(
            one.name,
            intents.ChoseDocument(one.id),
            "prohibit" if one.why_not else "file-text",
            note=fee(one.won),
            detail=one.why_not or (say("document.finger") if one.needs_finger else None),
            muted=one.why_not is not None,
        )
        for one in shown
    )
    return Screen(
        "document",
        name,
        say("document.lead"),
        (Listing(rows, sizes.documents),),
        back=back(intents),
        home=home(intents),
        pager=pager(intents, page, pages),
        step=step(1),
        seconds=times.idle,
    )


def notice(intents: Intents, chosen: DocumentFact, times: Timeouts, about: Words | None = None) -> Screen:
    """What it proves, for whom it is, what it costs."""
    proof = say("notice.by-finger") if chosen.needs_finger else say("notice.by-nothing")
    rows = Rows(
        (
            Row(say("notice.document"), chosen.name, strong=True),
            Row(say("notice.fee"), fee(chosen.won)),
            Row(say("notice.proof"), proof),
        )
    )
    texts = (Text(say("notice.own-only"), Tone.NOTICE), *((Text(about),) if about else ()))
    return Screen(
        "notice",
        say("notice.title"),
        say("notice.lead"),
        (rows, *texts),
        back=back(intents),
        home=home(intents),
        primary=forward(say("notice.agree"), intents.Agreed()),
        step=step(1),
        seconds=times.idle,
    )


def options(
    intents: Intents, all_options: tuple[OptionFact, ...], page: int, sizes: PageSizes, times: Timeouts
) -> Screen:
    """One page after the other with the same two buttons, so that each choice is seen before it is printed."""
    page, pages, shown = page_of(all_options, page, sizes.options)
    last = page == pages - 1
    onward = intents.ToldOptions() if last else intents.TurnedPage(1)
    return Screen(
        "options",
        say("options.title"),
        say("options.lead") if pages == 1 else say("options.lead-page", page=page + 1, pages=pages),
        (Options(tuple(_option(intents, one) for one in shown), sizes.options),),
        back=Choice(say("go.back"), intents.TurnedPage(-1), "arrow-left") if page else back(intents),
        home=home(intents),
        primary=forward(say("go.next"), onward),
        step=step(3),
        seconds=times.idle,
    )


def _option(intents: Intents, one: OptionFact) -> Option:
    return Option(
        one.name,
        tuple(
            Choice(words, intents.ChoseOption(one.id, value), chosen=value == one.chosen) for value, words in one.values
        ),
    )


def copies(intents: Intents, most: int, times: Timeouts) -> Screen:
    numbers = tuple(
        Choice(same(str(n)), intents.ChoseCopies(n), key=str(n), note=say("copies.unit"))
        for n in range(1, min(most, 9) + 1)
    )
    return Screen(
        "copies",
        say("copies.title"),
        say("copies.lead"),
        (Numbers(numbers),),
        back=back(intents),
        home=home(intents),
        step=step(3),
        seconds=times.idle,
    )
