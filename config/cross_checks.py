"""What the tables must say together, or no kiosk starts: every reference leads somewhere, nothing stands twice.

Not responsible for single cells (`config.rows`), nor for figures of the plan (`config.plan`).
"""

from __future__ import annotations

from config.document_checks import check_documents
from config.fee_checks import check_fees
from config.option_checks import check_inputs, check_options
from config.reading import Tables
from config.review import Review
from config.site_checks import check_issuer, check_sites
from config.tables import Report

KEYS = (
    ("agencies", "id"),
    ("categories", "id"),
    ("categories", "order"),
    ("documents", "id"),
    ("documents_extra", "id"),
    ("fees", "document_id", "valid_from", "condition"),
    ("holidays", "day"),
    ("input_values", "input_id", "value_id"),
    ("inputs", "id"),
    ("issuer", "key"),
    ("opendata_fields", "field"),
    ("option_values", "option_id", "value_id"),
    ("options", "id"),
    ("plan_figures", "key"),
    ("site_document_rules", "site_id"),
    ("sites", "id"),
    ("sites", "kid"),
    ("sites", "number"),
    ("sites", "terminal_id"),
)


def check_tables(tables: Tables, report: Report) -> None:
    review = Review(tables, report)
    for table, *columns in KEYS:
        review.only_once(table, *columns)
    check_documents(review)
    check_options(review)
    check_inputs(review)
    check_fees(review)
    check_sites(review)
    check_issuer(review)
