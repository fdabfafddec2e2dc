"""When a row of the issuing table fits: questions about the session and the event, each a sentence."""

from __future__ import annotations

from drivers.base import Verdict
from kiosk.flow import events as on
from kiosk.flow import intents as tap
from kiosk.flow.session import MAX_TRIES, Session


def other_reasons(s: Session, e: on.Closed) -> bool:
    return ",".join(e.reasons) != s.reason


def can_be_issued(s: Session, e: tap.ChoseDocument) -> bool:
    return not e.obstacle


def is_identified(s: Session, e: object) -> bool:
    return bool(s.subject)


def scanner_away(s: Session, e: on.FingerFailed) -> bool:
    return e.reason in ("offline", "cancelled", "stopping")


def may_try_again(s: Session, e: object) -> bool:
    return s.tries + 1 < MAX_TRIES


def another_finger_may_do(s: Session, e: on.NotIdentified) -> bool:
    return may_try_again(s, e) and e.reason in ("no-match", "not-live")


def is_ours(s: Session, e: on.Fetched) -> bool:
    return (e.document, e.subject) == (s.document, s.subject) and bool(e.subject)


def obstacle(s: Session, e: tap.Confirmed) -> bool:
    return bool(e.obstacle)


def is_free(s: Session, e: object) -> bool:
    return s.amount == 0


def has_paid(s: Session, e: object) -> bool:
    return bool(s.payment.order)


def says_yes(s: Session, e: tap.WantsReceipt) -> bool:
    return e.yes


def paper_is_unclear(s: Session, e: object) -> bool:
    return any(item.verdict is Verdict.UNKNOWN for item in s.items)


def is_about_the_card(s: Session, e: on.Moved) -> bool:
    return e.device == "card"
