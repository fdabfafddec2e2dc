"""Documents against categories, agencies, inputs, options and their second table."""

from __future__ import annotations

from config.grouping import twice
from config.review import Review
from config.rows import Document

PERIODS = {"driving_scope", "period"}


def check_documents(review: Review) -> None:
    tables = review.tables
    for document in tables.documents:
        _check_references(review, document)
        _check_options(review, document)
        if document.needs_fingerprint and "rrn" not in document.inputs:
            said = "needs a fingerprint but does not ask for the registration number"
            review.fault("documents", f"{document.id} inputs", said, "add rrn", ";".join(document.inputs))
    for word in tables.documents.words("id") if tables.documents_extra.cells else ():
        review.known("documents", word, word, "documents_extra")
    for word in tables.documents_extra.words("id"):
        review.known("documents_extra", word, word, "documents")
    _check_all_are_used(review)


def _check_references(review: Review, document: Document) -> None:
    review.known("documents", f"{document.id} category", document.category, "categories")
    review.known("documents", f"{document.id} agency", document.agency, "agencies")
    for word in document.inputs:
        review.known("documents", f"{document.id} inputs", word, "inputs")
    for word in document.options:
        review.known("documents", f"{document.id} options", word, "options")


def _check_options(review: Review, document: Document) -> None:
    where, options = f"{document.id} options", set(document.options)
    for word in twice(document.options, str):
        review.fault("documents", where, "names an option twice", f"remove one {word}", word)
    for word in twice(document.inputs, str):
        review.fault("documents", f"{document.id} inputs", "names an input twice", f"remove one {word}", word)
    if options >= PERIODS:
        review.fault("documents", where, "asks for two periods", "keep driving_scope or period", "driving_scope;period")
    if document.id.endswith("-closed") and "cert_level" in options:
        said = "a closed register has levels of its own"
        review.fault("documents", where, said, "take cert_level_closed", "cert_level")


def _check_all_are_used(review: Review) -> None:
    tables = review.tables
    for table, column in ("inputs", "inputs"), ("options", "options"), ("categories", "category"):
        used = {word for cell in tables.documents.words(column) for word in cell.split(";")}
        for word in sorted(getattr(tables, table).words("id") - used) if tables.documents.cells else ():
            review.fault(table, word, "is used by no document", "remove the row, or name it in a document")
