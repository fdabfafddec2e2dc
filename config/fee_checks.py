"""Fees are dated: each document has one base fee on every day it is sold, and no day has two."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from config.grouping import grouped
from config.review import Review
from config.rows import Fee

NOT_SOLD = "gk: do not sell until set"


def check_fees(review: Review) -> None:
    tables = review.tables
    for fee in tables.fees:
        _check_row(review, fee)
    for (document, condition), fees in grouped(tables.fees, lambda fee: (fee.document_id, fee.condition)).items():
        _check_days(review, f"{document} {condition}".strip(), fees)
    if not tables.fees.cells:
        return
    pairs = zip(tables.fees.cells["document_id"], tables.fees.cells["condition"], strict=True)
    with_base = {document for document, condition in pairs if not condition}
    for word in sorted(tables.documents.words("id") - with_base):
        remedy = f"add a row like {word},2020-01-01,,0,,gk"
        review.fault("fees", word, "has no base fee", remedy)
    _check_documents_agree(review)


def _check_row(review: Review, fee: Fee) -> None:
    review.known("fees", f"{fee.document_id} document_id", fee.document_id, "documents")
    where = f"{fee.document_id} {fee.valid_from}"
    if fee.valid_to and fee.valid_to < fee.valid_from:
        review.fault("fees", f"{where} valid_to", "ends before it begins", "take a later day, or none", fee.valid_to)
    if fee.won is None and fee.condition:
        review.fault("fees", f"{where} won", f"the condition {fee.condition} has no amount", "write the won", "")
    elif fee.won is None and fee.source != NOT_SOLD:
        said = "has no amount, so the document is not sold"
        review.fault("fees", f"{where} won", said, f"write the won, or the source {NOT_SOLD}", "")


def _check_days(review: Review, where: str, fees: list[Fee]) -> None:
    """The rows of one document and condition, one after the other without a common day."""
    fees = sorted(fees, key=lambda fee: fee.valid_from)
    for fee, later in pairwise(fees):
        if (fee.valid_to or date.max) >= later.valid_from and fee.valid_from < later.valid_from:
            said = f"overlaps the row of {later.valid_from}"
            advice = f"end it on {later.valid_from - timedelta(days=1)}"
            review.fault("fees", f"{where} {fee.valid_from} valid_to", said, advice, fee.valid_to or "")


def _check_documents_agree(review: Review) -> None:
    """`documents.csv` shows the base fee of the last row: one glance, one truth."""
    fees = sorted(review.tables.fees, key=lambda fee: fee.valid_from)
    base = {fee.document_id: fee for fee in fees if not fee.condition}
    for document in review.tables.documents:
        fee = base.get(document.id)
        if fee and fee.won != document.fee_won:
            said = f"is not the base fee of {review.tables.file('fees')}"
            remedy = "leave it empty" if fee.won is None else f"take {fee.won}"
            value = "" if document.fee_won is None else document.fee_won
            review.fault("documents", f"{document.id} fee_won", said, remedy, value)
