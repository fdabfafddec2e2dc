"""What the simulated registry prints on a 주민등록표(등본), and on how many sheets.

The options alone decide what is shown; `issue_form` is only the words on the paper, so that a form called "full"
cannot undo a privacy default.  Not responsible for seals, tokens or the wire.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from simulators.residents import PastAddress, Person, Resident

DATA = Path(__file__).parent.parent / "config" / "data"
FIRST_ROWS, FURTHER_ROWS = 12, 24  # members and past addresses on the first sheet, and on each further one
OFFICE, OFFICE_CODE = "인천광역시 서구청장", "3560000"
OFFICER, OFFICER_PHONE = "견본담당", "032-000-0000"
HIDDEN_NAME = "***"


class BadRequest(Exception):
    """A request the agency does not know; the text names the field, option or value."""


@dataclass(frozen=True)
class Rule:
    """One option as the catalogue declares it."""

    kind: str
    low: int = 0
    high: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    default: str = ""

    def allows(self, value: str) -> bool:
        if self.kind == "number":
            return value.isascii() and value.isdigit() and self.low <= int(value) <= self.high
        return value in self.labels


Rules = Mapping[str, Rule]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def rules_of(document: str) -> Rules:
    """Raises BadRequest for a document this registry does not issue."""
    if document != "resident-copy":
        raise BadRequest(f"unknown type '{document[:40]}'")
    wanted = next(row["options"] for row in _rows("documents.csv") if row["id"] == document).split(";")
    values = [row for row in _rows("option_values.csv") if row["option_id"] in wanted]
    return {
        row["id"]: Rule(
            row["kind"],
            int(row["min"] or 0),
            int(row["max"] or 0),
            {v["value_id"]: v["name_ko"] for v in values if v["option_id"] == row["id"]},
            next((v["value_id"] for v in values if v["option_id"] == row["id"] and v["default"] == "yes"), row["min"]),
        )
        for row in _rows("options.csv")
        if row["id"] in wanted
    }


def settle(chosen: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """Every option with its value: the chosen one, else the default that shows least."""
    for name, value in chosen.items():
        if name not in rules:
            raise BadRequest(f"unknown option '{name[:40]}'")
        if not rules[name].allows(value):
            raise BadRequest(f"unknown value '{value[:40]}' of option '{name}'")
    return {name: chosen.get(name, rule.default) for name, rule in rules.items()}


@dataclass(frozen=True)
class Copy:
    """One household copy in the making: for whom, with which options, when and where."""

    resident: Resident
    options: Mapping[str, str]
    rules: Rules
    at: datetime
    kiosk: str

    def fields(self) -> dict[str, Any]:
        home, head = self.resident.household, self.resident.household.head
        named = self._named(head)
        return {
            "issue_form": self._label("issue_form"),
            "head_name": head.name if named else HIDDEN_NAME,
            "head_name_hanja": head.hanja if named else "",
            **({"household_reason": home.formed_by} if self._shows("hh_reason") else {}),
            **({"household_date": home.formed_on} if self._shows("hh_date") else {}),
            "address": home.address,
            "address_since": home.since,
            "address_reason": home.reason if self._shows("change_reason") else "",
            "members": [self._member(no, person) for no, person in enumerate(self._people(), 1)],
            **({"past_addresses": past} if (past := self._past()) is not None else {}),
            "applicant": self.resident.name,
            "purpose": self._label("purpose"),
            "officer": OFFICER,
            "officer_phone": OFFICER_PHONE,
            "office": OFFICE,
            "office_code": OFFICE_CODE,
            "kiosk": self.kiosk,
            "sample": True,
        }

    def _shows(self, option: str) -> bool:
        return self.options[option] == "include"

    def _label(self, option: str) -> str:
        return self.rules[option].labels[self.options[option]]

    def _people(self) -> list[Person]:
        """The family, then, if wanted, those who only live there; whoever asks is always on the own paper."""
        wanted = self._shows("cohabitants")
        return [p for p in self.resident.household.members if wanted or not p.cohabitant or self._is_self(p)]

    def _is_self(self, person: Person) -> bool:
        return person.rrn == self.resident.rrn

    def _named(self, person: Person) -> bool:
        return self._is_self(person) or self._shows("other_member_names")

    def _member(self, no: int, person: Person) -> dict[str, str]:
        back = self.options["rrn_back_household"]
        open_back = back == "all" or (back == "self" and self._is_self(person))
        front, rest = person.rrn[:6], person.rrn[6:]
        return {
            "no": str(no),
            **({"relation": person.relation} if self._shows("relation_to_head") else {}),
            "name": person.name if self._named(person) else HIDDEN_NAME,
            "name_hanja": person.hanja if self._named(person) else "",
            "rrn": f"{front}-{rest if open_back else rest[0] + '******'}",
            "since": person.since if self._shows("event_date") else "",
            **({"reason": person.reason} if self._shows("change_reason") else {}),
            "registered": "거주자",
        }

    def _past(self) -> list[dict[str, str]] | None:
        wanted = self.options["addr_history"]
        if wanted == "none":
            return None
        oldest = _years_before(self.at.date(), 5).isoformat() if wanted == "recent-5y" else ""
        kept = [p for p in self.resident.past_addresses if p.until >= oldest]
        return [self._past_row(no, past) for no, past in enumerate(kept, 1)]

    def _past_row(self, no: int, past: PastAddress) -> dict[str, str]:
        return {
            "no": str(no),
            "address": past.address,
            "since": past.since if self._shows("event_date") else "",
            "reason": past.reason if self._shows("change_reason") else "",
        }


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def pages(fields: Mapping[str, Any]) -> int:
    rows = len(fields["members"]) + len(fields.get("past_addresses", ()))
    return 1 + max(0, -(-(rows - FIRST_ROWS) // FURTHER_ROWS))
