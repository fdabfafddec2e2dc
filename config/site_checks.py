"""The machines, what each may not issue, and who issues."""

from __future__ import annotations

import re

from config.fault import nearest
from config.review import Review

PHONE = r"\d{2,4}-\d{3,4}-\d{4}"
ISSUER = {  # key to form and example
    "name_ko": (r".+", "인천광역시 서구청"),
    "name_en": (r".+", "Seo-gu Office"),
    "business_no": (r"\d{3}-\d{2}-\d{5}", "000-00-00000"),
    "representative": (r".+", "서구청장"),
    "address": (r".+", "인천광역시 서구 견본로 102"),
    "phone": (PHONE, "032-000-0000"),
    "refund_contact": (f".*{PHONE}", "민원봉사과 032-000-0000"),
    "merchant_no": (r"\d{1,15}", "0000000000"),
    "vat_won": (r"\d+", "0"),
    "sample_mark": (r".+", "견본"),
}


def check_sites(review: Review) -> None:
    tables = review.tables
    numbers = {site.id: site.number for site in tables.sites}
    for rule in tables.site_document_rules:
        review.known("site_document_rules", f"{rule.site_id} site_id", rule.site_id, "sites")
        for category in rule.excluded_categories:
            review.known("site_document_rules", f"{rule.site_id} excluded_categories", category, "categories")
        number = numbers.get(rule.site_id, rule.number)
        if number != rule.number:
            said = f"is not the machine's number of {tables.file('sites')}"
            review.fault("site_document_rules", f"{rule.site_id} number", said, f"take {number}", rule.number)
    for site in tables.sites:
        review.known("sites", f"{site.kid} id", site.id, "site_document_rules", "site_id")
        if site.installed_on and site.replaced_on and site.replaced_on < site.installed_on:
            said = f"is before installed_on = {site.installed_on}"
            review.fault("sites", f"{site.kid} replaced_on", said, "take a later day, or none", site.replaced_on)


def check_issuer(review: Review) -> None:
    table = review.tables.issuer
    if not table.cells:
        return
    for key in sorted(ISSUER.keys() - table.words("key")):
        review.fault("issuer", key, "is missing; the receipt needs it", f"add a row {key},{ISSUER[key][1]},yes")
    for row in table:
        if row.key not in ISSUER:
            review.fault("issuer", row.key, "there is no such key", nearest(row.key, ISSUER), row.value)
            continue
        form, example = ISSUER[row.key]
        if not re.fullmatch(form, row.value):
            review.fault("issuer", row.key, "has the wrong form", f"write it like {example}", row.value)
