"""What can be issued, by whom, where and for how much: the tables of `config/data` as one object.

Not responsible for whether something can be issued now (clock, agency health: kiosk) or for reading the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from config.rows import (
    Agency,
    Category,
    Document,
    DocumentExtra,
    Fee,
    Holiday,
    Input,
    InputValue,
    OpenDataField,
    Option,
    OptionValue,
    Site,
    SiteRule,
)

SHEETS = "sheet>"


@dataclass(frozen=True)
class OptionChoice:
    """An option with its values, in the order of the table."""

    row: Option
    values: tuple[OptionValue, ...]

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def kind(self) -> str:
        return self.row.kind

    @property
    def default(self) -> str:
        """The value taken when nobody chooses; empty where there is none."""
        return next((value.value_id for value in self.values if value.default), "")

    @property
    def defaults(self) -> tuple[str, ...]:
        return tuple(value.value_id for value in self.values if value.default)

    @property
    def only_when(self) -> tuple[str, str] | None:
        """(option, value) that must be chosen for this one to be asked."""
        option, equals, value = self.row.only_when.partition("=")
        return (option, value) if equals else None

    def name(self, language: str) -> str:
        return self.row.name(language)


@dataclass(frozen=True)
class InputField:
    """An input with its choices; empty where it is typed."""

    row: Input
    choices: tuple[InputValue, ...]

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def kind(self) -> str:
        return self.row.kind

    def name(self, language: str) -> str:
        return self.row.name(language)


@dataclass(frozen=True)
class Catalogue:
    documents: Mapping[str, Document]
    extras: Mapping[str, DocumentExtra]
    categories: Mapping[str, Category]  # in the order of the screen
    agencies: Mapping[str, Agency]
    inputs: Mapping[str, InputField]
    options: Mapping[str, OptionChoice]
    fees: Mapping[str, tuple[Fee, ...]]
    sites: Mapping[str, Site]  # by kid
    site_rules: Mapping[str, SiteRule]  # by the site's id
    issuer: Mapping[str, str]
    issuer_samples: frozenset[str]  # the keys of `issuer` whose value is invented
    open_data: tuple[OpenDataField, ...]
    holidays: Mapping[str, Holiday] = field(default_factory=dict)  # by "2021-03-01" or "03-01"

    def base_fee(self, document: str, day: date, condition: str = "") -> int | None:
        """Won for a copy; None: not sold that day, or no such condition that day."""
        for fee in self.fees.get(document, ()):
            if fee.condition == condition and fee.holds_on(day):
                return fee.won
        return None

    def sheet_surcharges(self, document: str, day: date) -> tuple[tuple[int, int], ...]:
        """(sheets that are included, won for each sheet above)."""
        rows = [fee for fee in self.fees.get(document, ()) if fee.condition.startswith(SHEETS) and fee.holds_on(day)]
        return tuple((int(fee.condition.removeprefix(SHEETS)), fee.won or 0) for fee in rows)

    def in_category(self, category: str) -> tuple[Document, ...]:
        return tuple(document for document in self.documents.values() if document.category == category)

    def excluded(self, site: Site) -> frozenset[str]:
        """The categories a machine may not issue: its row decides, the court rule only where there is none."""
        rule = self.site_rules.get(site.id)
        if rule:
            return frozenset(rule.excluded_categories)
        return frozenset() if site.gov_building else self.court_categories

    def may_issue(self, site: Site, document: str) -> bool:
        return self.documents[document].category not in self.excluded(site)

    @cached_property
    def court_categories(self) -> frozenset[str]:
        """Issued inside government buildings only."""
        extras = self.extras
        return frozenset(
            document.category
            for document in self.documents.values()
            if document.id in extras and extras[document.id].site_scope == "gov_building"
        )

    def is_holiday(self, day: date) -> bool:
        return day.isoformat() in self.holidays or day.strftime("%m-%d") in self.holidays
