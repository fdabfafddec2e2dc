"""The tables against the district's plan and against the map: what `check` says but no start refuses.

Not responsible for anything that changes what is printed or charged (`config.cross_checks`).
"""

from __future__ import annotations

from typing import get_args

from config.catalogue import Catalogue
from config.fault import nearest
from config.reading import Tables, catalogue_of
from config.review import Review
from config.rows import PlanFigure, Site
from config.tables import Report, columns_of

OPEN_DATA_TABLES = ("sites", "site_document_rules", "categories", "documents", "issuer")
PLAIN = {"empty", "export time", "machine setting"}
KEYS = frozenset(get_args(columns_of(PlanFigure)["key"]))
TOTALS = ("documents", "sites", "places", "issued_2019", "issued_2020")


def check_plan(tables: Tables, report: Report) -> None:
    review, catalogue = Review(tables, report), catalogue_of(tables)
    figures: dict[str, float] = {row.key: row.value for row in tables.plan_figures}
    for key in KEYS - tables.plan_figures.words("key") if tables.plan_figures.cells else ():
        review.fault("plan_figures", key, "is missing", f"add a row {key},…,plan")
    _check_totals(review, figures)
    _check_map(review, figures)
    _check_site_rules(review, catalogue)
    _check_open_data(review)


def _check_totals(review: Review, figures: dict[str, float]) -> None:
    """Counts cells, not good rows: a row with a bad cell is said already."""
    sites = review.tables.sites.cells
    found = {
        "documents": len(review.tables.documents.cells.get("id", ())),
        "sites": len(sites.get("kid", ())),
        "places": len(set(sites.get("place_id", ()))),
        **{key: sum(int(cell) for cell in sites.get(key, ()) if cell.isdigit()) for key in TOTALS[3:]},
    }
    for key in TOTALS:
        if key in figures and found[key] and found[key] != figures[key]:
            table = "documents" if key == "documents" else "sites"
            said = f"the plan says {figures[key]:.0f}"
            advice = f"correct the rows, or {review.tables.file('plan_figures')} if the plan has changed"
            review.fault(table, f"{'sum' if 'issued' in key else 'number'} of {key}", said, advice, found[key])


def _check_map(review: Review, figures: dict[str, float]) -> None:
    first: dict[str, Site] = {}
    for site in review.tables.sites:
        for axis, value in ("lat", site.lat), ("lon", site.lon):
            low, high = figures.get(f"{axis}_min", -180), figures.get(f"{axis}_max", 180)
            if not low <= value <= high:
                review.fault("sites", f"{site.kid} {axis}", "lies outside the district", f"take {low} to {high}", value)
        other = first.setdefault(site.place_id, site)
        if (other.lat, other.lon) != (site.lat, site.lon):
            said = f"shares its place with {other.kid}, but not the spot"
            review.fault(
                "sites", f"{site.kid} lat, lon", said, f"take {other.lat},{other.lon}", f"{site.lat},{site.lon}"
            )


def _check_site_rules(review: Review, catalogue: Catalogue) -> None:
    """A category has one site scope; each rule says truly how it stands to the court rule."""
    court = catalogue.court_categories
    for document in catalogue.documents.values():
        extra = catalogue.extras.get(document.id)
        if extra and document.category in court and extra.site_scope != "gov_building":
            said = f"differs from the other documents of {document.category}"
            review.fault("documents_extra", f"{document.id} site_scope", said, "take gov_building", extra.site_scope)
    for site in catalogue.sites.values():
        rule = catalogue.site_rules.get(site.id)
        default = frozenset() if site.gov_building else court
        word = against(frozenset(rule.excluded_categories), default) if rule else ""
        if rule and rule.against_default != word:
            said = "does not fit excluded_categories"
            where = f"{site.id} against_default"
            review.fault("site_document_rules", where, said, f"take {word}", rule.against_default)


def against(excluded: frozenset[str], default: frozenset[str]) -> str:
    if excluded == default:
        return "same"
    return "stricter" if excluded > default else "looser" if excluded < default else "mixed"


def _check_open_data(review: Review) -> None:
    """`our_value` is one of PLAIN, const:…, or columns of tables; those of a table that is away are not judged."""
    tables = review.tables
    columns = {name: tables_columns(tables, name) for name in OPEN_DATA_TABLES}
    known = PLAIN | {f"{name}.{column}" for name, all_of_it in columns.items() for column in all_of_it}
    for row in tables.opendata_fields:
        for word in row.our_value.split(" + "):
            away = columns.get(word.partition(".")[0]) == frozenset()
            if word not in known and not away and not word.startswith("const:"):
                advice = nearest(word, known, "take table.column, const:…, empty or machine setting")
                review.fault("opendata_fields", row.field, "names no column of ours", advice, word)


def tables_columns(tables: Tables, name: str) -> frozenset[str]:
    if name == "issuer":  # a table that stands on its side
        return tables.issuer.words("key")
    return frozenset(getattr(tables, name).cells)
