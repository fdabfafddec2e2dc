"""The money of one visit, as a table of its own: authorise, approve, give back.

It runs inside the issuing flow and reports one event at each of its ends.  The rules of money follow the verdict of
the paper: kept for DONE, given back for NOT_DONE and void, given back and listed for staff for UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from drivers.base import Verdict
from kiosk.flow.effects import (
    AuthorisePayment,
    CloseOrder,
    Effect,
    ListForStaff,
    OpenOrder,
    PrintClaim,
    StartReversal,
    StopPayment,
    StoreApproval,
)
from kiosk.flow.events import (
    AuthoriseEnded,
    CouldNotGiveBack,
    GaveBack,
    GivingBack,
    Paid,
    ReversalEnded,
    TimedOut,
    Unpaid,
)
from kiosk.flow.intents import Cancelled, Leaves, TriesAgain
from kiosk.flow.session import Pay, Payment, Session
from kiosk.flow.table import Row, find

GIVE_UP = ("timeout", "cancelled", "offline", "host-away", "stopping")  # another card would not help


def open_order(session: Session, event: object) -> Session:
    serial = session.serial + 1
    order = replace(session, serial=serial).order_id()
    return replace(session, serial=serial, payment=Payment(Pay.AUTHORISING, order, session.amount), word="")


def ask_for_card(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    order = after.payment
    return (OpenOrder(after.visit, order.order, order.won), AuthorisePayment(after.visit, order.order))


def store(before: Session, after: Session, event: AuthoriseEnded) -> tuple[Effect, ...]:
    return (StoreApproval(event.order, event.approval_no),)


def close(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    return (CloseOrder(before.payment.order),)


def give_back(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    order = after.payment
    return (StartReversal(order.order, order.kept_won),)


def store_and_give_back(before: Session, after: Session, event: AuthoriseEnded) -> tuple[Effect, ...]:
    return store(before, after, event) + give_back(before, after, event)


def stop(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    return (StopPayment(after.visit),)


def list_for_staff(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    order = after.payment
    return (ListForStaff(after.visit, order.order, order.won - order.kept_won, "unreversed"), PrintClaim(after.visit))


def reason(session: Session, event: AuthoriseEnded) -> Session:
    return replace(session, payment=replace(session.payment, reason=event.reason))


def verdict(wanted: Verdict) -> Callable[[Session, Any], bool]:
    return lambda session, event: event.order == session.payment.order and event.verdict is wanted


def final(session: Session, event: AuthoriseEnded) -> bool:
    return verdict(Verdict.NOT_DONE)(session, event) and event.reason in GIVE_UP


def not_reversed(session: Session, event: ReversalEnded) -> bool:
    return event.order == session.payment.order and event.verdict is not Verdict.DONE


DONE, NOT_DONE, UNKNOWN = (verdict(each) for each in Verdict)

TABLE: tuple[Row[Session], ...] = (
    Row(Pay.AUTHORISING, AuthoriseEnded, Pay.APPROVED, DONE, effects=store),
    Row(Pay.AUTHORISING, AuthoriseEnded, Pay.CLOSED, final, reason, close),
    Row(Pay.AUTHORISING, AuthoriseEnded, Pay.DECLINED, NOT_DONE, reason, close),
    Row(Pay.AUTHORISING, AuthoriseEnded, Pay.REVERSING, UNKNOWN, reason, give_back),
    Row(Pay.AUTHORISING, Cancelled, Pay.CANCELLING, effects=stop),
    Row(Pay.AUTHORISING, TimedOut, Pay.CANCELLING, effects=stop),
    Row(Pay.CANCELLING, AuthoriseEnded, Pay.REVERSING, DONE, effects=store_and_give_back),
    Row(Pay.CANCELLING, AuthoriseEnded, Pay.CLOSED, NOT_DONE, reason, close),
    Row(Pay.CANCELLING, AuthoriseEnded, Pay.REVERSING, UNKNOWN, reason, give_back),
    Row(Pay.CANCELLING, TimedOut, Pay.REVERSING, effects=give_back),
    Row(Pay.DECLINED, TriesAgain, Pay.AUTHORISING, change=open_order, effects=ask_for_card),
    Row(Pay.DECLINED, Cancelled, Pay.CLOSED),
    Row(Pay.DECLINED, Leaves, Pay.CLOSED),
    Row(Pay.DECLINED, TimedOut, Pay.CLOSED),
    Row(Pay.REVERSING, ReversalEnded, Pay.REVERSED, DONE),
    Row(Pay.REVERSING, ReversalEnded, Pay.UNSETTLED, not_reversed, effects=list_for_staff),
    Row(Pay.REVERSING, TimedOut, Pay.UNSETTLED, effects=list_for_staff),
)
ENDS: dict[Pay, object] = {
    Pay.APPROVED: Paid(),
    Pay.CLOSED: Unpaid(),
    Pay.REVERSING: GivingBack(),
    Pay.REVERSED: GaveBack(),
    Pay.UNSETTLED: CouldNotGiveBack(),
}


def advance(session: Session, event: object) -> tuple[Session, tuple[Effect, ...], object | None]:
    """The session with its payment moved on, the effects, and what the issuing flow is to be told (None: nothing)."""
    row = find(TABLE, session.payment.at, session, event)
    if row is None:
        return session, (), None
    after = row.change(session, event)
    assert isinstance(row.to, Pay)
    after = replace(after, payment=replace(after.payment, at=row.to))
    return after, row.effects(session, after, event), ENDS.get(row.to)
