"""What devices, agencies and the flow call a cause, and what people are told: one table, so that no cause is mute."""

from __future__ import annotations

OF_DEVICES = {  # "role:condition" of `service`
    "page_printer:media-empty": "paper-out",
    "page_printer:toner-empty": "toner-out",
    "page_printer:media-jam": "paper-jam",
    "page_printer:cover-open": "cover-open",
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
OF_PRINTING = {
    "media-empty": "paper-out",
    "toner-empty": "toner-out",
    "media-jam": "paper-jam",
    "offline": "printer-away",
    "binding": "print-failed",
    "not-sold": "not-supported",
}
CLOSED = {
    "page_printer:media-empty": "page_printer-paper",
    "page_printer:media-jam": "page_printer-jam",
    "no-documents": "maintenance",
    "hours": "hours",
}


def for_sorry(reason: str) -> str:
    """A name that `screens.trouble` has a sentence for; unknown ones are told honestly as such."""
    for table in (OF_DEVICES, OF_AGENCIES, OF_PRINTING):
        if reason in table:
            return table[reason]
    role = reason.split(":")[0]
    return OF_DEVICES[role] if ":" in reason and role in OF_DEVICES else role


def for_assist(reason: str) -> str:
    return for_sorry(reason)


def for_closed(reason: str) -> str:
    return CLOSED.get(reason, reason.split(":")[0])
