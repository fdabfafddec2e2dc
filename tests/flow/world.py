"""What the world outside the flow would look like after its effects: money, paper, what the agency was told.

The world answers only what it was asked, with every verdict it may answer, and people press whatever is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from drivers.base import Verdict
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow import intents as tap
from kiosk.flow.session import At, Session

WON = 200
NUMBER = "1234567890123456"


@dataclass(frozen=True)
class World:
    asked: frozenset[tuple[str, str]] = frozenset()  # questions a device or office still owes an answer to
    orders: tuple[tuple[str, str, int], ...] = ()  # (order, open|approved|closed|kept|reversing|reversed, kept won)
    printed: tuple[tuple[str, str], ...] = ()  # (job, sent|done|not-done|unknown), as the printer saw it
    outcomes: tuple[tuple[str, str], ...] = ()
    noted: frozenset[str] = frozenset()
    listed: int = 0
    claims: int = 0
    open_visit: str = ""

    def state_of(self, order: str) -> str:
        return next((state for name, state, _ in self.orders if name == order), "")


def apply(world: World, effects: tuple[do.Effect, ...]) -> World:
    for effect in effects:
        world = _apply(world, effect)
    return world


def _apply(world: World, effect: do.Effect) -> World:
    match effect:
        case do.OpenVisit(visit):
            return replace(world, open_visit=visit)
        case do.EndVisit():
            return World()
        case do.NoteDocument():
            return replace(world, noted=world.noted | {effect.number})
        case do.TellOutcome(number, outcome):
            return replace(world, outcomes=(*world.outcomes, (number, outcome)))
        case do.ListForStaff():
            return replace(world, listed=min(world.listed + 1, 2))
        case do.PrintClaim():
            return replace(world, claims=min(world.claims + 1, 2), asked=world.asked | {("slip", "")})
        case do.PrintReceipt():
            return replace(world, asked=world.asked | {("slip", "")})
        case do.PrintPaper(_, job):
            sent = (*world.printed, (job, "sent"))
            return replace(world, printed=sent, asked=world.asked | {("paper", job)})
        case _:
            return _ask(_money(world, effect), effect)


def _money(world: World, effect: do.Effect) -> World:
    def change(order: str, state: str, kept: int = 0) -> World:
        rest = tuple(row for row in world.orders if row[0] != order)
        return replace(world, orders=(*rest, (order, state, kept)))

    match effect:
        case do.OpenOrder(_, order, _):
            assert not world.state_of(order), "an order id was used twice"
            return change(order, "open")
        case do.StoreApproval(order, _):
            assert world.state_of(order) == "open"
            return change(order, "approved")
        case do.CloseOrder(order):
            assert world.state_of(order) == "open", "closed what may have been charged"
            return change(order, "closed")
        case do.KeepMoney(order):
            assert world.state_of(order) == "approved"
            return change(order, "kept", WON * 2)
        case do.StartReversal(order, kept):
            assert world.state_of(order) in ("open", "approved")
            return change(order, "reversing", kept)
    return world


def _ask(world: World, effect: do.Effect) -> World:
    match effect:
        case do.CaptureFinger():
            asked = ("finger", "")
        case do.AskIdentity():
            asked = ("identity", "")
        case do.FetchDocument():
            asked = ("document", "")
        case do.AuthorisePayment(_, order):
            asked = ("money", order)
        case do.StartReversal(order, _):
            asked = ("back", order)
        case _:
            return world
    return replace(world, asked=world.asked | {asked})


def answers(world: World, session: Session) -> Iterator[tuple[object, World]]:
    """Every answer that may come now, with the world in which it has come."""
    for question in sorted(world.asked):
        for event in _answers(question, session, world.open_visit):
            after = replace(world, asked=world.asked - {question})
            if isinstance(event, on.PrintEnded):
                seen = tuple((j, event.verdict.value if j == event.job else s) for j, s in after.printed)
                after = replace(after, printed=seen)
            yield event, after


def _answers(question: tuple[str, str], session: Session, visit: str) -> Iterator[object]:
    match question:
        case ("finger", _):
            yield on.FingerCaptured(visit)
            yield from (on.FingerFailed(visit, reason) for reason in ("too-wet", "timeout", "offline"))
        case ("identity", _):
            yield on.Identified(visit, "s1")
            yield from (on.NotIdentified(visit, reason, 1) for reason in ("no-match", "not-registered"))
            yield on.Refused(visit, "agency-away")
        case ("document", _):
            for won in (0, WON):
                yield on.Fetched(visit, session.document, NUMBER, "s1", 1, "h", won)
            yield on.Fetched(visit, session.document, NUMBER, "somebody-else", 1, "h", WON)
            yield on.Refused(visit, "bad-seal")
        case ("money", order):
            yield on.AuthoriseEnded(visit, order, Verdict.DONE, "", "123456")
            yield from (on.AuthoriseEnded(visit, order, Verdict.NOT_DONE, why) for why in ("declined:51", "timeout"))
            yield on.AuthoriseEnded(visit, order, Verdict.UNKNOWN, "no-answer")
        case ("back", order):
            yield from (on.ReversalEnded(visit, order, verdict) for verdict in Verdict)
        case ("paper", job):
            yield from (on.PrintEnded(visit, job, verdict) for verdict in Verdict)
        case ("slip", _):
            yield from (on.SlipEnded(visit, verdict) for verdict in Verdict)


PEOPLE: tuple[object, ...] = (
    tap.ChoseCategory("resident"),
    tap.ChoseDocument("resident-copy"),
    tap.ChoseDocument("resident-copy", "maintenance"),
    tap.Agreed(),
    on.RrnEntered(),
    tap.ToldOptions(),
    tap.ChoseCopies(1),
    tap.ChoseCopies(2),
    tap.Confirmed(),
    tap.Confirmed("media-empty"),
    tap.WantsReceipt(True),
    tap.WantsReceipt(False),
    tap.WantsMore(),
    tap.TriesAgain(),
    tap.Leaves(),
    tap.Cancelled(),
    tap.WentBack(),
    on.TimedOut(),
)
KIOSK: tuple[object, ...] = (on.Opened(), on.Closed(("offline",)))


def events(session: Session, world: World) -> Iterator[tuple[object, World]]:
    yield from answers(world, session)
    yield from ((event, world) for event in (*PEOPLE, *KIOSK))
    if session.at is At.ATTRACT:
        yield tap.Started("VISITAAAAAAAAAAA"), world
