"""Turns what devices and the clerk said into events of the flow, and keeps personal values out of those events."""

from __future__ import annotations

from collections.abc import Callable

from drivers.base import DeviceEvent, Finished, Progress, StatusChanged, Verdict
from drivers.card.driver import Approval
from drivers.finger.driver import Captured
from kiosk.clerk import messages as said
from kiosk.clerk.desk import ClerkLost, ClerkSaid
from kiosk.flow import events as on
from kiosk.perform import Asked
from kiosk.visit import Paid, Visit

Fee = Callable[[str, int, tuple[str, ...]], tuple[int, str]]  # document, sheets, exempt groups -> won, waiver


def of_device(
    event: DeviceEvent, asked: dict[tuple[str, int], Asked], visit: Visit | None
) -> tuple[object, Asked | None]:
    """The flow's event for a driver's message (None: nothing the flow needs), and what the ticket was for."""
    match event:
        case StatusChanged():
            return None, None
        case Progress(device, _, visit_id, word, part, whole):
            return on.Moved(visit_id, device, word, part, whole), None
        case Finished(device, ticket, _, verdict, result):
            question = asked.pop((device, ticket), None)
            if question is None:
                return None, None
            return _finished(question, verdict, result, visit), question


def _finished(question: Asked, verdict: Verdict, result: object, visit: Visit | None) -> object:
    reason = result if isinstance(result, str) else ""
    match question.what:
        case "finger":
            return _finger(question.visit, verdict, result, visit)
        case "money":
            return _money(question, verdict, result, visit)
        case "card":
            return on.CardTaken(question.visit) if verdict is Verdict.DONE else None
        case "back":
            return on.ReversalEnded(question.visit, question.about, verdict)
        case "paper":
            return on.PrintEnded(question.visit, question.about, verdict, reason)
        case _:
            return on.SlipEnded(question.visit, verdict)


def _finger(visit_id: str, verdict: Verdict, result: object, visit: Visit | None) -> object:
    if verdict is not Verdict.DONE or not isinstance(result, Captured):
        return on.FingerFailed(visit_id, result if isinstance(result, str) else "offline")
    if visit is None or visit.id != visit_id:
        result.template.wipe()  # of somebody who has left
        return on.FingerFailed(visit_id, "cancelled")
    visit.template.wipe()
    visit.template = result.template
    if not result.live:
        visit.template.wipe()
        return on.FingerFailed(visit_id, "not-live")
    return on.FingerCaptured(visit_id)


def _money(question: Asked, verdict: Verdict, result: object, visit: Visit | None) -> object:
    if isinstance(result, Approval):
        if visit and visit.id == question.visit:
            visit.paid = Paid(
                result.approval_no, result.masked_pan, result.card_name, result.acquirer, result.approved_at.isoformat()
            )
        return on.AuthoriseEnded(question.visit, question.about, verdict, "", result.approval_no)
    return on.AuthoriseEnded(question.visit, question.about, verdict, str(result or "failed"))


def of_clerk(event: ClerkSaid | ClerkLost, visit: Visit | None, fee: Fee) -> object:
    """The flow's event for a clerk's message; the sealed pages stay in the visit's memory."""
    if isinstance(event, ClerkLost):
        return on.Refused(event.visit, event.reason)
    match event.message:
        case said.Identified(subject_hash=subject):
            return on.Identified(event.visit, subject)
        case said.NotIdentified(reason=reason, tries_left=tries_left):
            return on.NotIdentified(event.visit, reason, tries_left)
        case said.Fetched() as fetched:
            return _fetched(event.visit, fetched, visit, fee)
        case said.Refused(reason=reason):
            return on.Refused(event.visit, reason)
        case _:
            return None


def _fetched(visit_id: str, fetched: said.Fetched, visit: Visit | None, fee: Fee) -> object:
    won, waiver = fee(fetched.document, fetched.sheets, tuple(fetched.exempt))
    if visit and visit.id == visit_id:
        visit.sealed = fetched.sealed
    return on.Fetched(
        visit=visit_id,
        document=fetched.document,
        number=fetched.number,
        subject=fetched.subject_hash,
        pages=fetched.pages,
        sha256=fetched.sha256,
        won=won,
        waiver=waiver,
    )
