"""The part of the flow in which paper moves: which job is next, and what each verdict means for the rest."""

from __future__ import annotations

from dataclasses import replace

from drivers.base import Verdict
from kiosk.flow.effects import (
    AddJob,
    ClaimJob,
    Effect,
    EndJob,
    KeepMoney,
    ListForStaff,
    PrintClaim,
    PrintPaper,
    Report,
    StartReversal,
    TellOutcome,
)
from kiosk.flow.events import PrintEnded
from kiosk.flow.session import Item, Pay, Session


def add_items(session: Session, event: object) -> Session:
    """One item a copy, each with a verdict of its own."""
    assert session.paper
    won = session.paper.won
    items = tuple(Item(session.job_id(copy), won) for copy in range(1, session.copies + 1))
    return replace(session, items=items, word="", part=0, whole=session.paper.pages)


def first_job(before: Session, after: Session, event: object) -> tuple[Effect, ...]:
    paper = after.paper
    assert paper
    jobs = tuple(
        AddJob(
            after.visit,
            item.job,
            paper.document,
            paper.number,
            after.subject,
            paper.sha256,
            paper.pages,
            item.won,
            after.payment.order,
            claimed=place == 0,
        )
        for place, item in enumerate(after.items)
    )
    return (*jobs, PrintPaper(after.visit, after.items[0].job))


def current(session: Session) -> Item | None:
    return next((item for item in session.items if item.verdict is None), None)


def is_current(session: Session, event: PrintEnded) -> bool:
    item = current(session)
    return item is not None and item.job == event.job


def is_last(session: Session) -> bool:
    return sum(item.verdict is None for item in session.items) == 1


def done_and_more(session: Session, event: PrintEnded) -> bool:
    return is_current(session, event) and event.verdict is Verdict.DONE and not is_last(session)


def done_and_last(session: Session, event: PrintEnded) -> bool:
    return is_current(session, event) and event.verdict is Verdict.DONE and is_last(session)


def failed_and_paid(session: Session, event: PrintEnded) -> bool:
    return is_current(session, event) and event.verdict is not Verdict.DONE and bool(session.payment.order)


def failed_for_sure(session: Session, event: PrintEnded) -> bool:
    return is_current(session, event) and event.verdict is Verdict.NOT_DONE


def failed_unknown(session: Session, event: PrintEnded) -> bool:
    return is_current(session, event) and event.verdict is Verdict.UNKNOWN


def note_done(session: Session, event: PrintEnded) -> Session:
    items = tuple(replace(item, verdict=Verdict.DONE) if item.job == event.job else item for item in session.items)
    return replace(session, items=items, part=0)


def note_failed(session: Session, event: PrintEnded) -> Session:
    """The rest of the copies are not even tried: they are void."""
    items = tuple(
        replace(item, verdict=event.verdict if item.job == event.job else Verdict.NOT_DONE)
        if item.verdict is None
        else item
        for item in session.items
    )
    reason = "print-unknown" if event.verdict is Verdict.UNKNOWN else event.reason or "print-failed"
    return replace(session, items=items, reason=reason)


def note_failed_and_give_back(session: Session, event: PrintEnded) -> Session:
    after = note_failed(session, event)
    kept = sum(item.won for item in after.items if item.verdict is Verdict.DONE)
    return replace(after, payment=replace(after.payment, at=Pay.REVERSING, kept_won=kept))


def next_job(before: Session, after: Session, event: PrintEnded) -> tuple[Effect, ...]:
    following = current(after)
    assert following
    return (EndJob(event.job, Verdict.DONE), ClaimJob(following.job), PrintPaper(after.visit, following.job))


def facts(session: Session, reason: str = "") -> tuple[tuple[str, str | int], ...]:
    paper = session.paper
    assert paper
    told: tuple[tuple[str, str | int], ...] = (
        ("document", paper.document),
        ("job", session.items[0].job if session.items else ""),
        ("order", session.payment.order),
        ("copies", session.printed),
        ("pages", paper.pages * session.printed),
        ("won", sum(item.won for item in session.items if item.verdict is Verdict.DONE)),
    )
    return (*told, ("reason", reason)) if reason else told


def all_done(before: Session, after: Session, event: PrintEnded) -> tuple[Effect, ...]:
    assert after.paper
    keep = (KeepMoney(after.payment.order),) if after.payment.order else ()
    told = (TellOutcome(after.paper.number, "done"), Report("issued", facts(after)))
    return (EndJob(event.job, Verdict.DONE), *keep, *told)


def end_failed(before: Session, after: Session, event: PrintEnded) -> tuple[Effect, ...]:
    assert after.paper
    ended = tuple(
        EndJob(now.job, now.verdict)
        for was, now in zip(before.items, after.items, strict=True)
        if was.verdict is None and now.verdict is not None
    )
    unknown = event.verdict is Verdict.UNKNOWN
    outcome = "unknown" if unknown else "done" if after.printed else "void"
    listed = (ListForStaff(after.visit, after.payment.order, item_won(after, event), "print-unknown"),)
    kind = {"unknown": "unknown", "done": "issued", "void": "void"}[outcome]
    told = (TellOutcome(after.paper.number, outcome), Report(kind, facts(after, after.reason)))
    return (*ended, *told, *(listed if unknown else ()))


def item_won(session: Session, event: PrintEnded) -> int:
    return next((item.won for item in session.items if item.job == event.job), 0)


def end_failed_and_give_back(before: Session, after: Session, event: PrintEnded) -> tuple[Effect, ...]:
    payment = after.payment
    return (*end_failed(before, after, event), StartReversal(payment.order, payment.kept_won))


def end_failed_and_claim(before: Session, after: Session, event: PrintEnded) -> tuple[Effect, ...]:
    return (*end_failed(before, after, event), PrintClaim(after.visit))
