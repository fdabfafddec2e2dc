"""Only what the resident chose may stand on the paper, whatever the agency sends.

Not responsible for defaults shown on the screen.  An option nobody asked about has the default of the catalogue:
relations and names are shown, everything else is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.documents.record import BadRecord, Member, PastAddress, ResidentCopy

INCLUDE, OMIT = "include", "omit"


def refuse_unchosen(copy: ResidentCopy, options: dict[str, str]) -> None:
    """Raises BadRecord with the field that shows more than was asked for."""
    _refuse_back_digits(copy, options.get("rrn_back_household", "none"))
    past = copy.past_addresses or ()
    rows: list[Member | PastAddress] = [*copy.members, *past]
    _refuse("household_reason", [copy.household_reason], options.get("hh_reason", OMIT))
    _refuse("household_date", [copy.household_date], options.get("hh_date", OMIT))
    _refuse("reason", [copy.address_reason, *(row.reason for row in rows)], options.get("change_reason", OMIT))
    _refuse("since", [row.since for row in rows], options.get("event_date", OMIT))
    _refuse("members.relation", [row.relation for row in copy.members], options.get("relation_to_head", INCLUDE))
    _refuse("members.name", _names_of_others(copy), options.get("other_member_names", INCLUDE))
    if past and options.get("addr_history", "none") == "none":
        raise BadRecord("$.fields.past_addresses")


def _refuse(field: str, values: Iterable[str | None], chosen: str) -> None:
    if chosen != INCLUDE and any(values):
        raise BadRecord(f"$.fields.{field}")


def _refuse_back_digits(copy: ResidentCopy, chosen: str) -> None:
    allowed = {"all": len(copy.members), "self": 1}.get(chosen, 0)
    if sum(not member.rrn.endswith("******") for member in copy.members) > allowed:
        raise BadRecord("$.fields.members.rrn")


def _names_of_others(copy: ResidentCopy) -> list[str]:
    """Names in clear that are not the applicant's; hidden ones are stars."""
    names = [copy.head_name, *(member.name for member in copy.members)]
    return [name for name in names if name != copy.applicant and name.strip("*")]
