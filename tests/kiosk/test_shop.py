"""Who is sent where, worked out by hand from the table of machines; and what a machine sells at which hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from config.load import load
from config.reading import DATA
from kiosk.shop import Shop, building
from kiosk.slips import WAIVERS
from tests.clock import FedClock

CONFIG = load(DATA.parent / "kiosk.toml")


def at(moment: str) -> datetime:
    return datetime.fromisoformat(f"2021-03-{moment}:00+09:00")


def shop(kid: str = "SG-02", moment: str = "02T10:00") -> Shop:
    return Shop(replace(CONFIG, site=CONFIG.catalogue.sites[kid]), FedClock(at(moment)))


# The office's entrance (SG-02, its twin SG-03 beside it) at 37.5332, 126.6761; in kilometres from there:
# annex 2 0.29 (weekday 08-18), tax office 0.64 (weekday 09-18), Yeonhui 1.11 (08-22), Seoknam station 1.56 (07-23).
@pytest.mark.parametrize(
    ("kid", "document", "moment", "name", "hours"),
    [
        ("SG-02", None, "02T10:00", "서구청 제2청사", "08:00~18:00"),
        ("SG-02", None, "02T20:00", "연희동행정복지센터", "08:00~22:00"),
        ("SG-02", None, "01T10:00", "연희동행정복지센터", "08:00~22:00"),  # a public holiday: the annex is closed
        ("SG-02", None, "06T10:00", "연희동행정복지센터", "08:00~22:00"),  # a Saturday
        ("SG-02", None, "02T07:30", "인천지하철2호선 석남역", "07:00~23:00"),
        ("SG-02", None, "02T23:30", "청라2동행정복지센터", "07:00~24:00"),
        ("SG-02", None, "02T03:00", None, None),  # only the entrance itself is open all night
        ("SG-03", None, "02T03:00", None, None),
        ("SG-04", None, "02T03:00", "서구청 현관(1호)", "00:00~24:00"),
        ("SG-04", "resident-copy", "02T10:00", "가좌2동행정복지센터", "08:00~22:00"),
        ("SG-20", "resident-copy", "02T10:00", "가좌2동우체국", "08:00~22:00"),
        ("SG-16", "resident-copy", "02T10:00", "서구청 현관(1호)", "00:00~24:00"),
        ("SG-02", "resident-copy", "02T23:55", None, None),  # the ministry's own pause, 23:50 to 00:10
        ("SG-04", "land-register", "02T10:00", None, None),  # no machine of this version prints that form
    ],
)
def test_the_nearest_machine_is_open_elsewhere_and_may_issue_it(
    kid: str, document: str | None, moment: str, name: str | None, hours: str | None
) -> None:
    found = shop(kid, moment).nearest(document, at(moment))
    assert (found and found.name_ko, found and found.hours) == (name, hours)


def test_nobody_is_sent_to_a_machine_that_may_not_issue_the_category() -> None:
    """The court's documents at ten, from the post office (SG-05): Gajwa 2-dong; a hospital or station refuses."""
    from_post_office = shop("SG-05")
    from_post_office._forms.add("family-relation")
    found = from_post_office.nearest("family-relation", at("02T10:00"))
    assert found
    assert found.name_ko == "가좌2동행정복지센터"
    from_hospital = shop("SG-23")  # Chamsarang: Seongmin hospital, 0.41 km, and Seoknam station, 0.63, may not either
    from_hospital._forms.add("family-relation")
    found = from_hospital.nearest("family-relation", at("02T10:00"))
    assert found
    assert found.name_ko == "신현원창동행정복지센터"
    anything = from_hospital.nearest(None, at("02T10:00"))
    assert anything
    assert anything.name_ko == "성민병원"


def test_nobody_is_sent_to_a_machine_that_is_not_there_yet() -> None:
    for kid in CONFIG.catalogue.sites:
        found = shop(kid).nearest(None, at("02T10:00"))
        assert found
        assert found.name_ko not in ("검단신도시 입주지원센터", "원당동 행정복지센터", "청라3동 행정복지센터")


@pytest.mark.parametrize(
    ("kid", "moment", "name_ko", "name_en", "hours", "phone"),
    [
        ("SG-02", "02T10:00", "서구청", "Seo-gu Office", "09:00~18:00", "032-000-0102"),
        ("SG-02", "02T18:00", "서구청", "Seo-gu Office", "03-03 09:00~18:00", "032-000-0102"),
        ("SG-02", "05T20:00", "서구청", "Seo-gu Office", "03-08 09:00~18:00", "032-000-0102"),  # Friday evening
        ("SG-18", "02T08:00", "신현원창동행정복지센터", "Sinhyeonwonchang-dong Community Center",
         "09:00~18:00", "032-000-0106"),
        # the post office has no civil counter
        ("SG-05", "01T12:00", "가좌2동행정복지센터", "Gajwa 2-dong Community Center", "03-02 09:00~18:00",
         "032-000-0120"),
    ],
)  # fmt: skip
def test_the_counter_is_the_nearest_government_building_with_its_next_hours(
    kid: str, moment: str, name_ko: str, name_en: str, hours: str, phone: str
) -> None:
    found = shop(kid).nearest_counter(at(moment))
    assert (found.name_ko, found.name_en, found.hours, found.phone) == (name_ko, name_en, hours, phone)


@pytest.mark.parametrize(
    ("kid", "moment", "opens"),
    [
        ("SG-04", "02T06:00", "08:00"),
        ("SG-04", "02T22:30", "03-03 08:00"),
        ("SG-16", "05T19:00", "03-08 09:00"),  # weekdays only, and it is Friday evening
        ("SG-09", "02T00:30", "07:00"),
    ],
)
def test_a_closed_machine_says_when_it_opens(kid: str, moment: str, opens: str) -> None:
    assert shop(kid).opens(at(moment)) == opens


def test_a_machine_in_an_entrance_is_named_without_the_entrance() -> None:
    assert building("서구청 현관(2호)") == "서구청"
    assert building("Seo-gu Office entrance (unit 2)") == "Seo-gu Office"
    assert building("검단출장소") == "검단출장소"


@pytest.mark.parametrize(
    ("kid", "document", "moment", "why"),
    [
        ("SG-02", "resident-copy", "02T10:00", ""),
        ("SG-02", "resident-copy", "02T23:55", "maintenance"),
        ("SG-02", "resident-copy", "02T00:05", "maintenance"),
        ("SG-02", "resident-abstract", "02T10:00", "not-supported"),
        ("SG-04", "family-relation", "02T10:00", "not-here"),
    ],
)
def test_why_a_document_cannot_be_had_now(kid: str, document: str, moment: str, why: str) -> None:
    assert shop(kid, moment).why_not(document) == why


def test_a_fee_is_waived_only_for_a_group_of_this_document() -> None:
    """For the household copy: recipients of basic livelihood and persons of national merit pay nothing."""
    here = shop()
    assert here.fee("resident-copy", 1, ()) == (200, "")
    assert here.fee("resident-copy", 1, ("basic_livelihood",)) == (0, "basic_livelihood")
    assert here.fee("resident-copy", 1, ("friends-of-the-mayor",)) == (200, "")
    assert here.fee("land-register", 23, ()) == (500 + 3 * 100, "")


def test_every_group_that_pays_nothing_has_its_korean_name_on_the_receipt() -> None:
    groups = {group for extra in CONFIG.catalogue.extras.values() for group in extra.exempt_groups}
    assert groups == set(WAIVERS)
