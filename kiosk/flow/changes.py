"""How a row of the issuing table changes the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drivers.base import Verdict
from kiosk.flow import events as on
from kiosk.flow import intents as tap
from kiosk.flow.session import Paper, Session


def nobody(s: Session, e: object) -> Session:
    return Session()


def somebody(s: Session, e: tap.Started) -> Session:
    return Session(visit=e.visit)


def why_closed(s: Session, e: on.Closed) -> Session:
    return Session(reason=",".join(e.reasons))


def category(s: Session, e: tap.ChoseCategory) -> Session:
    return replace(s, category=e.category)


def document(s: Session, e: tap.ChoseDocument) -> Session:
    return replace(s, document=e.document, options=())


def first_options(s: Session, e: object) -> Session:
    return replace(s, options=(), copies=1)


def option(s: Session, e: tap.ChoseOption) -> Session:
    return replace(s, options=tuple(sorted({**dict(s.options), e.option: e.value}.items())))


def copies(s: Session, e: tap.ChoseCopies) -> Session:
    return replace(s, copies=e.copies)


def moved(s: Session, e: on.Moved) -> Session:
    card_in = s.card_in or (e.device == "card" and e.word == "media-presented")
    if e.device == "card" and e.word == "media-taken":
        card_in = False
    return replace(s, word=e.word, part=e.part, whole=e.whole or s.whole, card_in=card_in)


def card_taken(s: Session, e: object) -> Session:
    return replace(s, card_in=False)


def because(reason: str) -> Callable[[Session, object], Session]:
    return lambda s, e: replace(s, reason=reason)


def no_reason(s: Session, e: object) -> Session:
    return replace(s, reason="", word="")


def scanner_reason(s: Session, e: object) -> Session:
    return replace(s, reason="finger-offline")


def failed_try(s: Session, e: on.FingerFailed | on.NotIdentified) -> Session:
    return replace(s, tries=s.tries + 1, reason=e.reason, word="")


def not_identified(s: Session, e: on.NotIdentified) -> Session:
    return replace(s, reason="finger-failed" if e.reason in ("no-match", "not-live") else e.reason)


def refused(s: Session, e: on.Refused) -> Session:
    return replace(s, reason=e.reason)


def identified(s: Session, e: on.Identified) -> Session:
    return replace(s, subject=e.subject, reason="", options=())


def paper(s: Session, e: on.Fetched) -> Session:
    return replace(s, paper=Paper(e.number, e.document, e.pages, e.sha256, e.won, e.waiver), serial=s.serial + 1)


def because_of_obstacle(s: Session, e: tap.Confirmed) -> Session:
    return replace(s, reason=e.obstacle)


def unpaid(s: Session, e: object) -> Session:
    return replace(s, reason="payment-" + (s.payment.reason.split(":")[0] or "cancelled"))


def slip_ended(s: Session, e: on.SlipEnded) -> Session:
    return replace(s, reason="" if e.verdict is Verdict.DONE else "receipt-failed")


def claim_ended(s: Session, e: on.SlipEnded) -> Session:
    return replace(s, word="claim-printed" if e.verdict is Verdict.DONE else "claim-on-screen")


def another_document(s: Session, e: object) -> Session:
    return Session(visit=s.visit, subject=s.subject, serial=s.serial, card_in=s.card_in)
