"""What a row of the issuing table asks to be written and done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.effects import Effect
from kiosk.flow.papers import facts
from kiosk.flow.session import At, Payment, Session

Effects = tuple[Effect, ...]


def open_visit(before: Session, after: Session, e: object) -> Effects:
    return (do.OpenVisit(after.visit),)


def leave(before: Session, after: Session, e: object) -> Effects:
    return (do.EndVisit(before.visit),)


def leave_early(before: Session, after: Session, e: object) -> Effects:
    how = "abandoned" if isinstance(e, on.TimedOut) else "cancelled"
    told = do.Report("cancelled", (("document", before.document), ("reason", f"{how}-{before.at.value}")))
    stop = (do.StopFinger(before.visit),) if before.at is At.FINGER else ()
    return (told, *stop, do.EndVisit(before.visit))


def wipe_number(before: Session, after: Session, e: object) -> Effects:
    return (do.WipeNumber(after.visit),)


def capture(before: Session, after: Session, e: object) -> Effects:
    return (do.CaptureFinger(after.visit),)


def ask_identity(before: Session, after: Session, e: object) -> Effects:
    return (do.AskIdentity(after.visit),)


def fetch(before: Session, after: Session, e: object) -> Effects:
    return (do.FetchDocument(after.visit, after.document, after.options),)


def refuse(before: Session, after: Session, e: object) -> Effects:
    """Refused attempts are demand: counted by reason, never with personal data."""
    return (do.Report("refused", (("document", after.document), ("reason", after.reason))),)


def note_document(before: Session, after: Session, e: on.Fetched) -> Effects:
    return (do.NoteDocument(e.visit, e.number, e.document),)


def void_stray(before: Session, after: Session, e: on.Fetched) -> Effects:
    return (*note_document(before, after, e), do.TellOutcome(e.number, "void"), *refuse(before, after, e))


def refuse_and_void_visit(before: Session, after: Session, e: object) -> Effects:
    """The agency may have issued a document whose number never reached us."""
    return (*refuse(before, after, e), do.VoidVisit(after.visit))


def void_document(before: Session, after: Session, e: Any) -> Effects:
    assert before.paper
    told = do.Report("void", (*facts(after, after.reason or "cancelled"),))
    return (do.TellOutcome(before.paper.number, "void"), told)


def void_and_refuse(before: Session, after: Session, e: object) -> Effects:
    return (*void_document(before, after, e), *refuse(before, after, e))


def void_and_leave(before: Session, after: Session, e: object) -> Effects:
    how = "abandoned" if isinstance(e, on.TimedOut) else "cancelled"
    seen = replace(before, reason=f"{how}-{before.at.value}", payment=Payment())
    return (*void_document(before, seen, e), do.EndVisit(before.visit))


def print_receipt(before: Session, after: Session, e: object) -> Effects:
    return (do.PrintReceipt(after.visit),)


def money(s: Session) -> tuple[tuple[str, str | int], ...]:
    return (("order", s.payment.order), ("won", s.payment.won - s.payment.kept_won), ("reason", s.reason))


def tell_reversed(before: Session, after: Session, e: object) -> Effects:
    return (do.Report("reversed", money(after)),)


def tell_reversed_and_claim(before: Session, after: Session, e: object) -> Effects:
    return (*tell_reversed(before, after, e), do.PrintClaim(after.visit))


def tell_claim(before: Session, after: Session, e: object) -> Effects:
    return (do.Report("claim", money(after)),)
