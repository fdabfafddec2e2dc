"""Only what the resident chose may stand on the paper, whatever the agency sends.

Not responsible for defaults shown on the screen; an option nobody asked about counts as left out.
"""

from __future__ import annotations

from kiosk.documents.record import BadRecord, ResidentCopy

INCLUDE = "include"


def refuse_unchosen(copy: ResidentCopy, options: dict[str, str]) -> None:
    """Raises BadRecord with the field that shows more than was asked for."""
    _refuse_back_digits(copy, options.get("rrn_back_household", "none"))
    shown = {
        "household_reason": (copy.household_reason, options.get("hh_reason") == INCLUDE),
        "household_date": (copy.household_date, options.get("hh_date") == INCLUDE),
        "past_addresses": (copy.past_addresses, options.get("addr_history", "none") != "none"),
        "members.relation": (_first(copy, "relation"), options.get("relation_to_head", INCLUDE) == INCLUDE),
        "members.reason": (_first(copy, "reason"), options.get("change_reason") == INCLUDE),
    }
    for field, (value, chosen) in shown.items():
        if value and not chosen:
            raise BadRecord(f"$.fields.{field}")


def _refuse_back_digits(copy: ResidentCopy, chosen: str) -> None:
    allowed = {"all": len(copy.members), "self": 1}.get(chosen, 0)
    if sum(not member.rrn.endswith("******") for member in copy.members) > allowed:
        raise BadRecord("$.fields.members.rrn")


def _first(copy: ResidentCopy, field: str) -> str:
    return next((value for member in copy.members if (value := getattr(member, field))), "")
