"""Reads all tables of a directory into a `Catalogue`, with every fault of every table.

Not responsible for the settings of a machine (`config.load`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from config import rows
from config.catalogue import Catalogue, InputField, OptionChoice
from config.fault import HOME, shown
from config.grouping import grouped
from config.tables import Report, Table, read_table

DATA = HOME / "data"
R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True)
class Tables:
    """Each table as it stands in its file; the name of the field is the name of the file."""

    directory: Path
    agencies: Table[rows.Agency]
    categories: Table[rows.Category]
    documents: Table[rows.Document]
    documents_extra: Table[rows.DocumentExtra]
    fees: Table[rows.Fee]
    holidays: Table[rows.Holiday]
    input_values: Table[rows.InputValue]
    inputs: Table[rows.Input]
    issuer: Table[rows.IssuerFact]
    opendata_fields: Table[rows.OpenDataField]
    option_values: Table[rows.OptionValue]
    options: Table[rows.Option]
    plan_figures: Table[rows.PlanFigure]
    site_document_rules: Table[rows.SiteRule]
    sites: Table[rows.Site]

    def file(self, table: str) -> str:
        return shown(self.directory / f"{table}.csv")


def read_tables(directory: Path, report: Report) -> Tables:
    def read(kind: type[R], table: str, key: str = "id") -> Table[R]:
        return read_table(kind, directory / f"{table}.csv", key, report)

    return Tables(
        directory,
        agencies=read(rows.Agency, "agencies"),
        categories=read(rows.Category, "categories"),
        documents=read(rows.Document, "documents"),
        documents_extra=read(rows.DocumentExtra, "documents_extra"),
        fees=read(rows.Fee, "fees", "document_id"),
        holidays=read(rows.Holiday, "holidays", "day"),
        input_values=read(rows.InputValue, "input_values", "value_id"),
        inputs=read(rows.Input, "inputs"),
        issuer=read(rows.IssuerFact, "issuer", "key"),
        opendata_fields=read(rows.OpenDataField, "opendata_fields", "field"),
        option_values=read(rows.OptionValue, "option_values", "value_id"),
        options=read(rows.Option, "options"),
        plan_figures=read(rows.PlanFigure, "plan_figures", "key"),
        site_document_rules=read(rows.SiteRule, "site_document_rules", "site_id"),
        sites=read(rows.Site, "sites", "kid"),
    )


def catalogue_of(tables: Tables) -> Catalogue:
    values = grouped(tables.option_values, lambda value: value.option_id)
    choices = grouped(tables.input_values, lambda value: value.input_id)
    return Catalogue(
        documents={row.id: row for row in tables.documents},
        extras={row.id: row for row in tables.documents_extra},
        categories={row.id: row for row in sorted(tables.categories, key=lambda row: row.order)},
        agencies={row.id: row for row in tables.agencies},
        inputs={row.id: InputField(row, tuple(choices[row.id])) for row in tables.inputs},
        options={row.id: OptionChoice(row, tuple(values[row.id])) for row in tables.options},
        fees={key: tuple(fees) for key, fees in grouped(tables.fees, lambda row: row.document_id).items()},
        sites={row.kid: row for row in tables.sites},
        site_rules={row.site_id: row for row in tables.site_document_rules},
        issuer={row.key: row.value for row in tables.issuer},
        issuer_samples=frozenset(row.key for row in tables.issuer if row.sample),
        open_data=tuple(tables.opendata_fields),
        holidays={row.day: row for row in tables.holidays},
    )
