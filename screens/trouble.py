"""The screens when it did not work: what happened, what it means for you, what to do."""

from __future__ import annotations

from screens.choose import fee
from screens.facts import ClaimFact, NearestSite, Timeouts
from screens.intents import Intents
from screens.model import Choice, Picture, Row, Rows, Screen, Text, Tone, same, say
from screens.parts import forward, known, names

SORRY_REASONS = names(
    "finger-failed finger-offline not-registered maintenance agency-away agency-slow agency-error wrong-document "
    "hours not-here not-supported not-sold paper-out toner-out printer-away receipt-printer-away "
    "payment-cancelled payment-timeout payment-declined payment-card-removed payment-chip-failed payment-unsupported "
    "payment-host-away payment-offline payment-unclear print-failed paper-jam cover-open"
)
ASSIST_REASONS = names("print-unknown reversal-unanswered payment-unclear paper-jam print-failed")


def sorry(
    intents: Intents,
    reason: str,
    times: Timeouts,
    returned_won: int = 0,
    nearest: NearestSite | None = None,
    card_in: bool = False,
) -> Screen:
    """`returned_won`: what was charged and has been given back; `nearest`: the counter that can do it instead."""
    money = say("sorry.returned", amount=fee(returned_won)) if returned_won else say("sorry.not-charged")
    rows = (
        (
            Rows(
                (
                    Row(say("closed.nearest"), nearest.name, strong=True),
                    Row(say("closed.nearest-hours"), same(nearest.hours)),
                    Row(say("staff.phone"), same(nearest.phone)),
                )
            ),
        )
        if nearest
        else ()
    )
    card = (Text(say("take.card"), Tone.ERROR),) if card_in else ()
    told = () if nearest else (Text(money),)  # who is sent elsewhere has not come as far as paying
    body = (
        Picture("counter", say("picture.counter")),
        Text(say(known("sorry", reason, SORRY_REASONS)), Tone.STRONG),
        *told,
        *card,
        *rows,
    )
    return Screen(
        "sorry",
        say("sorry.title"),
        None,
        body,
        primary=forward(say("go.home"), intents.Leaves(), "house"),
        seconds=times.sorry,
    )


def _about_money(claim: ClaimFact) -> Row:
    if claim.returned_won:
        return Row(say("assist.returned"), fee(claim.returned_won))
    return Row(say("assist.amount"), fee(claim.won) if claim.won else say("assist.nothing"))


def assist(intents: Intents, reason: str, claim: ClaimFact, times: Timeouts, card_in: bool = False) -> Screen:
    """Something is unresolved: the slip's own lines, so that they can be written down if no slip comes out.

    The site is the header's name, so it is on every photograph of this screen.
    """
    rows = Rows(
        (
            Row(say("assist.at"), same(claim.at)),
            Row(say("assist.transaction"), same(claim.transaction), strong=True),
            _about_money(claim),
            Row(say("assist.code"), same(claim.code)),
            Row(say("staff.phone"), same(claim.phone), strong=True),
        )
    )
    slip = Text(say(f"assist.slip-{claim.slip or 'coming'}"), Tone.ERROR if claim.slip == "failed" else Tone.NOTICE)
    told = say("take.card") if card_in else say(known("assist", reason, ASSIST_REASONS))
    return Screen(
        "assist",
        say("assist.title"),
        told,
        (rows, slip),
        primary=Choice(say("assist.leave"), intents.Leaves(), "check", primary=True, key="enter"),
        seconds=times.assist,
    )
