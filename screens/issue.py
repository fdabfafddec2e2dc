"""The screens of the issuing flow in one place: one pure function a state, no state of their own."""

from screens.arrive import attract, idle_warning, out_of_service, staff, starting
from screens.choose import category, copies, document, notice, options
from screens.identify import finger, identifying, rrn
from screens.issuing import confirm, fetching, more, pay, printing, receipt, receipt_printing, reversing, take
from screens.trouble import assist, sorry

__all__ = [
    "assist",
    "attract",
    "category",
    "confirm",
    "copies",
    "document",
    "fetching",
    "finger",
    "identifying",
    "idle_warning",
    "more",
    "notice",
    "options",
    "out_of_service",
    "pay",
    "printing",
    "receipt",
    "receipt_printing",
    "reversing",
    "rrn",
    "sorry",
    "staff",
    "starting",
    "take",
]
