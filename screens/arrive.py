"""The screens around a visit: starting, attract, out of service, the idle warning, the staff panel."""

from __future__ import annotations

from screens.facts import NearestSite, Timeouts
from screens.intents import Intents
from screens.model import Actions, Choice, Field, Node, Phrase, Picture, Row, Rows, Screen, Text, Tone, Words, same, say
from screens.parts import known, names

CLOSED_REASONS = names(
    "hours printer page_printer page_printer-paper page_printer-jam finger card payment_host agency maintenance journal"
)


def starting() -> Screen:
    return Screen(
        "starting",
        say("starting.title"),
        say("starting.lead"),
        (Picture("kiosk", say("picture.kiosk")),),
        seconds=None,
        bare=True,
    )


def attract(intents: Intents, hours: str, cannot_issue: tuple[Words, ...] = (), notice: Phrase | None = None) -> Screen:
    """`hours` as HH:MM~HH:MM of today; `cannot_issue` the categories this unit may not issue."""
    whole_day = hours.replace("~", "-").replace(" ", "") == "00:00-24:00"
    rows = [Row(say("attract.hours"), say("attract.whole-day") if whole_day else same(hours))]
    if cannot_issue:
        names = Words(", ".join(name.ko for name in cannot_issue), ", ".join(name.en for name in cannot_issue))
        rows.append(Row(say("attract.cannot-issue"), names))
    start = Choice(say("attract.start"), intents.Started(), "hand-tap", primary=True, key="enter")
    told: tuple[Node, ...] = (Text(notice, Tone.NOTICE),) if notice else ()
    body: tuple[Node, ...] = (Rows(tuple(rows)), *told, Actions((start,)))
    return Screen("attract", say("attract.title"), say("attract.lead"), body, seconds=None, welcome=True)


def out_of_service(reasons: tuple[str, ...], phone: str, nearest: NearestSite | None = None, opens: str = "") -> Screen:
    """Why, until when, and where else."""
    texts = tuple(Text(say(known("closed", reason, CLOSED_REASONS))) for reason in dict.fromkeys(reasons))
    rows = [Row(say("closed.opens"), same(opens), strong=True)] if opens else []
    if nearest:
        rows += [
            Row(say("closed.nearest"), nearest.name, strong=True),
            Row(say("closed.nearest-hours"), same(nearest.hours)),
        ]
    rows.append(Row(say("staff.phone"), same(nearest.phone if nearest else phone)))
    body: tuple[Node, ...] = (Picture("counter", say("picture.counter")), *texts[:2], Rows(tuple(rows)))
    return Screen("out-of-service", say("closed.title"), None, body, seconds=None)


def idle_warning(intents: Intents, seconds_left: int) -> Screen:
    stay = Choice(say("idle.stay"), intents.Extended(), "hand-tap", primary=True, key="enter")
    body = (Field(say("idle.left"), say("idle.seconds", seconds=seconds_left)), Actions((stay,)))
    return Screen("idle-warning", say("idle.title"), say("idle.lead"), body, seconds=None)


def staff(intents: Intents, phone: str, times: Timeouts) -> Screen:
    close = Choice(say("staff.close"), intents.DismissedStaff(), "check", primary=True, key="enter")
    body = (
        Picture("counter", say("picture.counter")),
        Field(say("staff.phone"), same(phone)),
        Actions((close,)),
    )
    return Screen("staff", say("staff.title"), say("staff.lead"), body, seconds=times.staff)
