"""What devices, agencies and the flow call a cause, and what people are told: one table, so that no cause is mute."""

from __future__ import annotations

from enum import Enum

OF_DEVICES = {  # "role:condition" of `service`
    "page_printer:media-empty": "paper-out",
    "page_printer:toner-empty": "toner-out",
    "page_printer:media-jam": "paper-jam",
    "page_printer:cover-open": "cover-open",
    "page_printer:door-open": "cover-open",
    "page_printer:media-needed": "paper-out",
    "page_printer:marker-supply-empty": "toner-out",
    "page_printer": "printer-away",
    "finger": "finger-offline",
    "card": "payment-offline",
    "payment_host": "payment-host-away",
    "journal": "print-failed",
}
OF_AGENCIES = {
    "wrong-person": "wrong-document",
    "bad-seal": "wrong-document",
    "bad-answer": "agency-error",
    "font-lacks": "agency-error",
    "clerk-lost": "agency-error",
    "clerk-silent": "agency-slow",
    "wrong-visit": "wrong-document",
}
OF_PRINTING = {  # beside the page printer's own conditions
    "offline": "printer-away",
    "binding": "print-failed",
    "not-sold": "not-supported",
}
CLOSED = {
    "page_printer:media-empty": "page_printer-paper",
    "page_printer:media-needed": "page_printer-paper",
    "page_printer:media-jam": "page_printer-jam",
    "no-documents": "maintenance",
    "hours": "hours",
}


def for_sorry(reason: str) -> str:
    """A name that `screens.trouble` has a sentence for; unknown ones are told honestly as such."""
    for table in (OF_DEVICES, OF_AGENCIES, OF_PRINTING):
        if reason in table:
            return table[reason]
    if (condition := f"page_printer:{reason}") in OF_DEVICES:  # a print's reason names no role
        return OF_DEVICES[condition]
    role = reason.split(":")[0]
    return OF_DEVICES[role] if ":" in reason and role in OF_DEVICES else role


def for_closed(reason: str) -> str:
    return CLOSED.get(reason, reason.split(":")[0])


class Where(Enum):
    """Who can do what this machine cannot.  Nobody is sent to a machine that would say the same."""

    NOWHERE = "nowhere"
    MACHINE = "machine"
    COUNTER = "counter"


ON_PAPER = ("paper-out", "toner-out", "paper-jam", "cover-open", "printer-away", "print-failed")
THIS_MACHINE = frozenset(("not-here", "finger-offline", "payment-offline", *ON_PAPER))
NEEDS_A_PERSON = frozenset(("finger-failed", "not-supported", "not-sold"))


def who_can(reason: str) -> Where:
    """For a name that `for_sorry` gave."""
    if reason in NEEDS_A_PERSON:
        return Where.COUNTER
    return Where.MACHINE if reason in THIS_MACHINE else Where.NOWHERE
