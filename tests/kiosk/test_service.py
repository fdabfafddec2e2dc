"""What the conditions of the devices mean for service, as a table."""

from __future__ import annotations

import pytest

from drivers.base import OFFLINE, Condition, Health, Status
from kiosk.service import Conditions, nothing_to_sell, obstacle, obstacles

READY = Status()
EMPTY = Status(frozenset({Condition("media-empty", Health.STOPPED)}))
LOW = Status(frozenset({Condition("media-low", Health.ATTENTION)}))
ALL = dict.fromkeys(("printer", "page_printer", "finger", "card", "payment_host"), READY)


@pytest.mark.parametrize(
    ("role", "status", "free", "paid"),
    [
        ("page_printer", EMPTY, "page_printer:media-empty", "page_printer:media-empty"),
        ("page_printer", OFFLINE, "page_printer:offline", "page_printer:offline"),
        ("page_printer", LOW, "", ""),
        ("finger", OFFLINE, "finger:offline", "finger:offline"),
        ("card", OFFLINE, "", "card:offline"),
        ("payment_host", OFFLINE, "", "payment_host:offline"),
        ("printer", EMPTY, "", ""),  # no receipt paper: documents go on
        ("printer", OFFLINE, "", ""),
    ],
)
def test_each_device_stops_what_needs_it_and_nothing_else(role: str, status: Status, free: str, paid: str) -> None:
    conditions = Conditions({**ALL, role: status})
    assert obstacle(conditions, 0) == free
    assert obstacle(conditions, 200) == paid


def test_a_device_that_has_not_answered_yet_counts_as_away() -> None:
    assert obstacles(Conditions({})) == ("page_printer:offline", "finger:offline")


def test_a_document_without_a_fee_is_not_sold() -> None:
    assert obstacle(Conditions(ALL), None) == "not-sold"


def test_too_many_open_reversals_stop_new_sales_but_not_free_documents() -> None:
    assert obstacle(Conditions(ALL, open_reversals=4), 200) == "payment_host:unsettled"
    assert obstacle(Conditions(ALL, open_reversals=3), 200) == ""
    assert obstacle(Conditions(ALL, open_reversals=99), 0) == ""


def test_a_kiosk_whose_journal_failed_sells_nothing() -> None:
    assert nothing_to_sell(Conditions(ALL, journal_failed=True), [0, 200]) == ("journal:failed",)


def test_the_kiosk_stays_open_while_one_document_can_be_issued() -> None:
    without_card = Conditions({**ALL, "card": OFFLINE})
    assert nothing_to_sell(without_card, [0, 200]) == ()
    assert nothing_to_sell(without_card, [200, 300]) == ("card:offline",)
