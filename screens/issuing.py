"""The screens from the fetched document to the paper in the hand: confirm, pay, print, take, receipt, more."""

from __future__ import annotations

from screens.choose import fee
from screens.facts import PageSizes, PaperFact, Timeouts
from screens.intents import Intents
from screens.model import (
    Actions,
    Choice,
    Field,
    Node,
    Picture,
    Progress,
    Row,
    Rows,
    Screen,
    Text,
    Tone,
    say,
)
from screens.parts import cancel, forward, known, names, page_of, step

PAY_WORDS = names("present-subject media-presented authorising remove-subject media-taken")
DECLINES = names("timeout cancelled declined card-removed chip-failed unsupported host-away offline")
PRINTER_TROUBLES = names("paper-out toner-out paper-jam cover-open printer-away")
WAIVERS = names("basic_livelihood national_merit disaster_or_mayor_waiver relief-fund free")


def fetching(times: Timeouts) -> Screen:
    return Screen(
        "fetching",
        say("fetching.title"),
        say("wait.lead"),
        (Picture("wait", say("picture.wait")), Progress(say("fetching.asking"))),
        step=step(4),
        seconds=times.fetching,
    )


def confirm(
    intents: Intents, paper: PaperFact, times: Timeouts, page: int = 0, sizes: PageSizes | None = None
) -> Screen:
    """The first page says what it is and costs; the options follow on pages of their own."""
    pages = _confirm_pages(paper, (sizes or PageSizes()).rows)
    page, count, shown = page_of(pages, page, 1)
    onward = (
        forward(say("go.pay") if paper.won else say("go.issue"), intents.Confirmed())
        if page == count - 1
        else forward(say("go.next"), intents.TurnedPage(1))
    )
    return Screen(
        "confirm",
        say("confirm.title"),
        say("confirm.lead") if count == 1 else say("confirm.lead-page", page=page + 1, pages=count),
        (Rows(shown[0]),),
        back=Choice(say("go.back"), intents.TurnedPage(-1), "arrow-left") if page else None,
        home=cancel(intents),
        primary=onward,
        step=step(4),
        seconds=times.idle,
    )


def _confirm_pages(paper: PaperFact, size: int) -> tuple[tuple[Row, ...], ...]:
    facts = [
        Row(say("confirm.document"), paper.name, strong=True),
        Row(say("confirm.copies"), say("confirm.copies-and-pages", copies=paper.copies, pages=paper.pages)),
    ]
    if paper.waiver:
        facts.append(Row(say("confirm.waiver"), say(known("waiver", paper.waiver, WAIVERS))))
    facts.append(Row(say("confirm.amount"), fee(paper.won), strong=True))
    options = tuple(Row(label, value) for label, value in paper.options)
    chunks = [options[start : start + size] for start in range(0, len(options), size)]
    return (*chunks, tuple(facts))


def pay(intents: Intents, won: int, word: str = "", reason: str = "", may_cancel: bool = True) -> Screen:
    """`reason`: why the last card did not work; then a new try is offered.  Nothing has been charged in that case."""
    amount = Field(say("pay.amount"), fee(won))
    picture = Picture("card", say("picture.card"))
    told: tuple[Node, ...]
    if reason:
        told = (Text(say(known("decline", reason, DECLINES)), Tone.ERROR), Text(say("pay.not-charged"), Tone.HINT))
    else:
        told = (Text(say(known("pay", word or "present-subject", PAY_WORDS)), Tone.STRONG),)
    return Screen(
        "pay",
        say("pay.title"),
        say("pay.lead"),
        (picture, amount, *told),
        home=cancel(intents) if may_cancel else None,
        primary=forward(say("pay.again"), intents.TriesAgain(), "arrow-clockwise") if reason else None,
        step=step(4),
        seconds=None,
    )


def printing(paper: PaperFact, part: int, whole: int, trouble: str = "") -> Screen:
    """`part` of `whole` sheets in all; 0 while the first is not out.  `trouble`: why no sheet comes at the moment."""
    said = say("printing.page", part=part, whole=whole) if part else say("printing.first")
    stopped = (Text(say(known("printer", trouble, PRINTER_TROUBLES)), Tone.ERROR),) if trouble else ()
    return Screen(
        "printing",
        say("printing.title"),
        say("printing.lead"),
        (Picture("paper", say("picture.paper")), *stopped, Progress(said, part, whole)),
        step=step(5),
        seconds=None,
    )


def take(intents: Intents, paper: PaperFact, times: Timeouts, card_in: bool = False) -> Screen:
    """The result: what, how many, what it cost, where the paper is."""
    rows = Rows(
        (
            Row(say("confirm.document"), paper.name, strong=True),
            Row(say("confirm.copies"), say("confirm.copies-and-pages", copies=paper.copies, pages=paper.pages)),
            Row(say("take.paid"), fee(paper.won)),
        )
    )
    card = (Text(say("take.card"), Tone.ERROR),) if card_in else ()
    return Screen(
        "take",
        say("take.title"),
        say("take.lead"),
        (Picture("paper", say("picture.paper")), *card, rows),
        primary=forward(say("take.taken"), intents.Leaves(), "check"),
        step=step(5),
        seconds=times.take,
    )


def receipt(intents: Intents, times: Timeouts) -> Screen:
    yes = Choice(say("receipt.yes"), intents.WantsReceipt(True), "receipt", primary=True, key="enter")
    no = Choice(say("receipt.no"), intents.WantsReceipt(False), "x", key="cancel")
    body = (Picture("slip", say("picture.slip")), Actions((yes, no)))
    return Screen("receipt", say("receipt.title"), say("receipt.lead"), body, seconds=times.receipt)


def receipt_printing(times: Timeouts) -> Screen:
    body = (Picture("slip", say("picture.slip")), Progress(say("receipt.printing")))
    return Screen(
        "receipt-printing", say("receipt.printing-title"), say("wait.lead"), body, seconds=times.receipt_printing
    )


def more(intents: Intents, times: Timeouts, receipt_failed: bool = False) -> Screen:
    another = Choice(say("more.another"), intents.WantsMore(), "files")
    finish = Choice(say("more.finish"), intents.Leaves(), "check", primary=True, key="enter")
    failed = (Text(say("more.receipt-failed"), Tone.ERROR),) if receipt_failed else ()
    body = (Picture("done", say("picture.done")), *failed, Actions((finish, another)))
    return Screen("more", say("more.title"), say("more.lead"), body, seconds=times.more)


def reversing(won: int) -> Screen:
    body = (
        Picture("card", say("picture.card")),
        Field(say("reversing.amount"), fee(won)),
        Progress(say("reversing.asking")),
    )
    return Screen("reversing", say("reversing.title"), say("reversing.lead"), body, step=step(4), seconds=None)
