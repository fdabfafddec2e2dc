"""The rows of the tables in `config/data`, declared once: a struct a table, a field a column.

Not responsible for reading (`config.tables`) or for what rows say about each other (`config.cross_checks`).
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from config.hours import Hours, Window

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$", description="an id of small letters, digits, - and _")]
Words = Annotated[str, Meta(min_length=1)]
Won = Annotated[int, Meta(ge=0, le=1_000_000)]
Count = Annotated[int, Meta(ge=0)]
Confidence = Literal["high", "medium", "low"]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every row."""


class Named(Row, frozen=True):
    id: Id
    name_ko: Words
    name_en: Words

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en


class Agency(Named, frozen=True):
    maintenance: Window
    source: str


class Category(Named, frozen=True):
    order: Annotated[int, Meta(ge=1)]


class Document(Named, frozen=True):
    category: Id
    agency: Id
    fee_won: Won | None  # the base fee of a copy; None: not sold until it is set
    needs_fingerprint: bool
    inputs: tuple[Id, ...]
    options: tuple[Id, ...]
    hours: Hours
    pages_typical: Annotated[int, Meta(ge=1, le=50)]
    source: str


class DocumentExtra(Row, frozen=True):
    id: Id
    counter_fee_won: Won
    jurisdiction: Literal["nationwide", "local_only"]
    site_scope: Literal["all", "gov_building"]
    exempt_groups: tuple[Id, ...]
    confidence: Confidence
    note: str


class Fee(Row, frozen=True):
    document_id: Id
    valid_from: date
    valid_to: date | None  # the last day; None: until further notice
    won: Won | None  # None: not sold until it is set
    condition: Annotated[
        str,
        Meta(
            pattern=r"^$|^sheet>[1-9]\d*$|^[a-z0-9][a-z0-9_-]*$",
            description="empty, a surcharge like sheet>20, or a purpose like relief-fund",
        ),
    ]
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class InputValue(Row, frozen=True):
    input_id: Id
    value_id: Id
    name_ko: Words
    name_en: Words


class Input(Named, frozen=True):
    kind: Literal[
        "digits", "address", "hangul", "hangul-search", "latin", "plate",
        "choice", "multi-choice", "year", "year-range", "date", "text",
    ]  # fmt: skip
    min: Count  # characters, or number of choices
    max: Count
    rule: str
    sensitivity: Literal["pii", "public", "none"]


class OptionValue(Row, frozen=True):
    option_id: Id
    value_id: Id
    name_ko: Words
    name_en: Words
    default: bool


class Option(Named, frozen=True):
    kind: Literal["one", "many", "text", "number", "from-agency"]
    min: Count | None
    max: Count | None
    only_when: Annotated[
        str,
        Meta(
            pattern=r"^$|^[a-z0-9][a-z0-9_-]*=[a-z0-9][a-z0-9_-]*$",
            description="empty, or another option's value like cert_level=specific",
        ),
    ]


class Site(Named, frozen=True):
    """One of the 33 machines; `kid` is never given to another."""

    number: Annotated[int, Meta(ge=1)]
    kid: Annotated[str, Meta(pattern=r"^[A-Z0-9-]{3,23}$", description="a machine's id, like SG-02")]
    place_id: Id
    terminal_id: Annotated[
        str, Meta(pattern=r"^[A-Z0-9]{8}$", description="a terminal id of 8 capital letters and digits")
    ]
    placement: Literal["outdoor", "indoor", "lobby"]
    installed_on: date | None
    replaced_on: date | None
    hours: Hours
    hours_basis: Literal["plan", "merged-cell", "judged", "standard"]
    issued_2019: Count | None
    issued_2020: Count | None
    planned_2021: bool
    site_type: Id
    gov_building: bool
    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    address: Words
    phone: Annotated[str, Meta(pattern=r"^\d{2,4}-\d{3,4}-\d{4}$", description="a phone number like 032-000-0101")]
    sample: bool
    note: str


class SiteRule(Row, frozen=True):
    """What a machine may not issue; this row decides."""

    number: Annotated[int, Meta(ge=1)]
    site_id: Id
    excluded_categories: tuple[Id, ...]
    against_default: Literal["same", "stricter", "looser", "mixed"]
    basis: str
    confidence: Confidence
    source: str


class IssuerFact(Row, frozen=True):
    key: Id
    value: Words
    sample: bool


class OpenDataField(Row, frozen=True):
    field: Annotated[
        str,
        Meta(
            pattern=r"^(installation|certificate)_info\.[A-Z_]+$", description="a field like installation_info.MNG_NO"
        ),
    ]
    our_value: Words
    note: str


class Holiday(Row, frozen=True):
    """A public holiday: a date, or `03-01` for every year."""

    day: Annotated[
        str,
        Meta(pattern=r"^(\d{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", description="a day like 2021-03-01 or 03-01"),
    ]
    name_ko: Words
    name_en: Words
    source: str


class PlanFigure(Row, frozen=True):
    """A figure of the district's plan that the tables must add up to."""

    key: Literal[
        "documents", "sites", "places", "issued_2019", "issued_2020", "lat_min", "lat_max", "lon_min", "lon_max"
    ]
    value: float
    source: Words
