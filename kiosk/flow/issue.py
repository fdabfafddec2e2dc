"""Issuing documents, as a table: identify, fetch and compose, pay, print, take.

Pure: nothing here touches a clock, a device or the screen.  `advance` takes a session and an event and returns the
next session and the effects the runtime is to journal and then perform.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow import changes as to
from kiosk.flow import consequences as then
from kiosk.flow import guards as when
from kiosk.flow import papers, payment
from kiosk.flow.effects import Effect, NoteDocument, TellOutcome
from kiosk.flow.events import (
    CardTaken,
    Closed,
    CouldNotGiveBack,
    Fetched,
    FingerCaptured,
    FingerFailed,
    GaveBack,
    GivingBack,
    Identified,
    Moved,
    NotIdentified,
    Opened,
    Paid,
    PrintEnded,
    Refused,
    RrnEntered,
    SlipEnded,
    TimedOut,
    Unpaid,
)
from kiosk.flow.intents import (
    Agreed,
    Cancelled,
    ChoseCategory,
    ChoseCopies,
    ChoseDocument,
    ChoseOption,
    Confirmed,
    Leaves,
    Started,
    ToldOptions,
    WantsMore,
    WantsReceipt,
    WentBack,
)
from kiosk.flow.session import At, Session
from kiosk.flow.table import Row, find

BEFORE_DOCUMENT = (At.CATEGORY, At.DOCUMENT, At.NOTICE, At.RRN, At.FINGER, At.IDENTIFYING, At.OPTIONS, At.COPIES)
ASKING = tuple(at for at in BEFORE_DOCUMENT if at is not At.IDENTIFYING)  # there the agency is at work
LEAVE = (Cancelled, Leaves, TimedOut)


def home(at: At, *events: type, effects=then.leave) -> tuple[Row[Session], ...]:  # type: ignore[no-untyped-def]
    return tuple(Row(at, event, At.ATTRACT, change=to.nobody, effects=effects) for event in events)


TABLE: tuple[Row[Session], ...] = (
    Row(At.STARTING, Opened, At.ATTRACT),
    Row(At.STARTING, Closed, At.OUT_OF_SERVICE, change=to.why_closed),
    Row(At.OUT_OF_SERVICE, Opened, At.ATTRACT, change=to.nobody),
    Row(At.OUT_OF_SERVICE, Closed, At.OUT_OF_SERVICE, when.other_reasons, to.why_closed),
    Row(At.ATTRACT, Closed, At.OUT_OF_SERVICE, change=to.why_closed),
    Row(At.ATTRACT, Started, At.CATEGORY, change=to.somebody, effects=then.open_visit),
    # what, for whom
    Row(At.CATEGORY, ChoseCategory, At.DOCUMENT, change=to.category),
    Row(At.DOCUMENT, ChoseDocument, At.NOTICE, when.can_be_issued, to.document),
    Row(At.DOCUMENT, WentBack, At.CATEGORY),
    Row(At.NOTICE, WentBack, At.DOCUMENT),
    Row(At.NOTICE, Agreed, At.OPTIONS, when.is_identified, to.first_options),
    Row(At.NOTICE, Agreed, At.RRN),
    Row(At.RRN, WentBack, At.NOTICE, effects=then.wipe_number),
    Row(At.RRN, RrnEntered, At.FINGER, effects=then.capture),
    Row(At.FINGER, Moved, At.FINGER, change=to.moved),
    Row(At.FINGER, FingerCaptured, At.IDENTIFYING, change=to.no_reason, effects=then.ask_identity),
    Row(At.FINGER, FingerFailed, At.SORRY, when.scanner_away, to.scanner_reason, then.refuse),
    Row(At.FINGER, FingerFailed, At.FINGER, when.may_try_again, to.failed_try, then.capture),
    Row(At.FINGER, FingerFailed, At.SORRY, change=to.because("finger-failed"), effects=then.refuse),
    Row(At.IDENTIFYING, Identified, At.OPTIONS, change=to.identified),
    Row(At.IDENTIFYING, NotIdentified, At.FINGER, when.another_finger_may_do, to.failed_try, then.capture),
    Row(At.IDENTIFYING, NotIdentified, At.SORRY, change=to.not_identified, effects=then.refuse),
    Row(At.IDENTIFYING, Refused, At.SORRY, change=to.refused, effects=then.refuse),
    Row(At.IDENTIFYING, TimedOut, At.SORRY, change=to.because("agency-slow"), effects=then.refuse),
    # which, and how many
    Row(At.OPTIONS, ChoseOption, At.OPTIONS, change=to.option),
    Row(At.OPTIONS, ToldOptions, At.COPIES),
    Row(At.OPTIONS, WentBack, At.NOTICE),
    Row(At.COPIES, WentBack, At.OPTIONS),
    Row(At.COPIES, ChoseCopies, At.FETCHING, change=to.copies, effects=then.fetch),
    # the document exists: from here on it ends as done, void or unknown, and the agency is told which
    Row(At.FETCHING, Fetched, At.CONFIRM, when.is_ours, to.paper, then.note_document),
    Row(At.FETCHING, Fetched, At.SORRY, change=to.because("wrong-document"), effects=then.void_stray),
    Row(At.FETCHING, Refused, At.SORRY, change=to.refused, effects=then.refuse_and_void_visit),
    Row(At.FETCHING, TimedOut, At.SORRY, change=to.because("agency-slow"), effects=then.refuse_and_void_visit),
    Row(At.CONFIRM, Confirmed, At.SORRY, when.obstacle, to.because_of_obstacle, then.void_and_refuse),
    Row(At.CONFIRM, Confirmed, At.PRINTING, when.is_free, papers.add_items, papers.first_job),
    Row(At.CONFIRM, Confirmed, At.PAY, change=payment.open_order, effects=payment.ask_for_card),
    *home(At.CONFIRM, *LEAVE, effects=then.void_and_leave),
    # money, then paper
    Row(At.PAY, Moved, At.PAY, change=to.moved),
    Row(At.PAY, Paid, At.PRINTING, change=papers.add_items, effects=papers.first_job),
    Row(At.PAY, Unpaid, At.SORRY, change=to.unpaid, effects=then.void_and_refuse),
    Row(At.PAY, GivingBack, At.REVERSING, change=to.because("payment-unclear"), effects=then.void_document),
    Row(At.PRINTING, Moved, At.PRINTING, change=to.moved),
    Row(At.PRINTING, PrintEnded, At.PRINTING, papers.done_and_more, papers.note_done, papers.next_job),
    Row(At.PRINTING, PrintEnded, At.TAKE, papers.done_and_last, papers.note_done, papers.all_done),
    Row(
        At.PRINTING,
        PrintEnded,
        At.REVERSING,
        papers.failed_and_paid,
        papers.note_failed_and_give_back,
        papers.end_failed_and_give_back,
    ),
    Row(At.PRINTING, PrintEnded, At.SORRY, papers.failed_for_sure, papers.note_failed, papers.end_failed),
    Row(At.PRINTING, PrintEnded, At.ASSIST, papers.failed_unknown, papers.note_failed, papers.end_failed_and_claim),
    Row(At.REVERSING, Moved, At.REVERSING, change=to.moved),
    Row(At.REVERSING, GaveBack, At.ASSIST, when.paper_is_unclear, effects=then.tell_reversed_and_claim),
    Row(At.REVERSING, GaveBack, At.SORRY, effects=then.tell_reversed),
    Row(At.REVERSING, CouldNotGiveBack, At.ASSIST, effects=then.tell_claim),
    # the way out
    Row(At.TAKE, Leaves, At.RECEIPT, when.has_paid),
    Row(At.TAKE, Leaves, At.MORE),
    *home(At.TAKE, TimedOut),  # nobody said that they are still here: the next one must not meet this identity
    Row(At.RECEIPT, WantsReceipt, At.RECEIPT_PRINTING, when.says_yes, effects=then.print_receipt),
    Row(At.RECEIPT, WantsReceipt, At.MORE),
    Row(At.RECEIPT_PRINTING, SlipEnded, At.MORE, change=to.slip_ended),
    Row(At.RECEIPT_PRINTING, TimedOut, At.MORE, change=to.because("receipt-failed")),
    Row(At.MORE, WantsMore, At.CATEGORY, change=to.another_document),
    *home(At.RECEIPT, TimedOut),
    *home(At.MORE, *LEAVE),
    *home(At.SORRY, *LEAVE),
    *home(At.ASSIST, Leaves, TimedOut),
    Row(At.ASSIST, SlipEnded, At.ASSIST, change=to.claim_ended),
    *(row for at in BEFORE_DOCUMENT for row in home(at, Cancelled, effects=then.leave_early)),
    *(row for at in ASKING for row in home(at, TimedOut, effects=then.leave_early)),
    *(
        Row(at, CardTaken, at, change=to.card_taken)
        for at in (At.PAY, At.PRINTING, At.REVERSING, At.TAKE, At.RECEIPT, At.MORE, At.SORRY, At.ASSIST)
    ),
    *(
        Row(at, Moved, at, when.is_about_the_card, to.moved)
        for at in (At.TAKE, At.RECEIPT, At.MORE, At.SORRY, At.ASSIST)
    ),
)


def advance(session: Session, event: object) -> tuple[Session, tuple[Effect, ...]]:
    """The next session and its effects; an event the state has no row for changes nothing."""
    if getattr(event, "visit", session.visit) != session.visit and not isinstance(event, Started):
        return session, too_late(event)
    after, effects, told = payment.advance(session, event) if pays(session) else (session, (), None)
    if told is None and after is not session:
        return after, effects
    row = find(TABLE, session.at, after, told or event)
    if row is None:
        return (after, effects) if after is not session else (session, strays(session, event))
    assert isinstance(row.to, At)
    moved = replace(row.change(after, told or event), at=row.to)
    return moved, effects + row.effects(after, moved, told or event)


def pays(session: Session) -> bool:
    return session.at in (At.PAY, At.REVERSING)


def too_late(event: object) -> tuple[Effect, ...]:
    """An answer to somebody who has left must not meet the next visitor."""
    if isinstance(event, Fetched):
        return (NoteDocument(event.visit, event.number, event.document), TellOutcome(event.number, "void"))
    return ()


def strays(session: Session, event: object) -> tuple[Effect, ...]:
    """A document that arrives for a resident who is still here but no longer waits for it is void as well."""
    if isinstance(event, Fetched) and (session.paper is None or session.paper.number != event.number):
        return too_late(event)
    return ()
