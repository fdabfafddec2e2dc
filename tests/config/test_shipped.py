"""What is shipped: the catalogue of the plan, the settings with their comments, screens, notices, texts."""

from __future__ import annotations

import re
import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from config.fault import ConfigError
from config.load import Config, load
from config.reading import DATA
from config.schema import Options, Settings
from kiosk.check import check

SHIPPED = DATA.parent / "kiosk.toml"
TODAY = date(2021, 3, 2)


@pytest.fixture(scope="module")
def config() -> Config:
    return load(SHIPPED)


def test_it_is_machine_two_at_the_entrance_of_the_office(config: Config) -> None:
    assert (config.site.kid, config.site.name("ko")) == ("SG-02", "서구청 현관(1호)")
    assert config.site.hours.all_day


def test_the_machines_and_their_issues_are_those_of_the_plan(config: Config) -> None:
    sites = config.catalogue.sites.values()
    assert len(sites) == 33
    assert sum(site.issued_2019 or 0 for site in sites) == 221_050
    assert sum(site.issued_2020 or 0 for site in sites) == 258_929


def test_there_are_ninety_documents_of_which_sixty_are_free(config: Config) -> None:
    catalogue = config.catalogue
    fees = [catalogue.base_fee(id, TODAY) for id in catalogue.documents]
    assert (len(fees), fees.count(0), fees.count(None)) == (90, 60, 3)


def test_categories_come_in_the_order_of_the_screen(config: Config) -> None:
    assert list(config.catalogue.categories)[:3] == ["resident", "family", "removed-register"]
    assert {document.id for document in config.catalogue.in_category("resident")} >= {"resident-copy"}


def test_a_fee_holds_from_its_day(config: Config) -> None:
    catalogue = config.catalogue
    assert catalogue.base_fee("resident-copy", TODAY) == 200
    assert catalogue.base_fee("resident-copy", date(2019, 12, 31)) is None
    assert catalogue.base_fee("resident-copy", date(2021, 9, 5), "relief-fund") is None
    assert catalogue.base_fee("resident-copy", date(2021, 9, 6), "relief-fund") == 0
    assert catalogue.sheet_surcharges("land-register", TODAY) == ((20, 100),)
    assert catalogue.sheet_surcharges("resident-copy", TODAY) == ()


def test_court_documents_are_issued_only_where_the_machine_s_row_allows(config: Config) -> None:
    catalogue, sites = config.catalogue, config.catalogue.sites
    assert catalogue.may_issue(sites["SG-02"], "family-relation")
    assert not catalogue.may_issue(sites["SG-04"], "family-relation")
    assert catalogue.may_issue(sites["SG-04"], "resident-copy")
    assert catalogue.court_categories == {"family", "removed-register", "real-estate"}


def test_options_know_their_values_default_and_condition(config: Config) -> None:
    options = config.catalogue.options
    assert options["cert_level"].default == "general"
    assert options["specific_items"].only_when == ("cert_level", "specific")
    assert [value.value_id for value in options["issue_form"].values] == ["full", "select"]
    assert config.catalogue.inputs["school_level"].choices[0].name_en == "Elementary school"


def test_holidays_are_no_weekdays(config: Config) -> None:
    assert config.catalogue.is_holiday(date(2031, 3, 1))
    assert config.catalogue.is_holiday(date(2021, 2, 12))
    assert not config.catalogue.is_holiday(TODAY)


def test_the_screens_have_the_scale_of_the_glass(config: Config) -> None:
    assert round(config.profile.px_per_mm, 2) == 3.21
    assert round(config.profile.top_limit_px) == round(1920 - (1220 - 780) * config.profile.px_per_mm)


def test_every_notice_has_both_languages(config: Config) -> None:
    assert len(config.notices_on(TODAY)) == 4
    assert all(notice.title.of("ko") and notice.text.of("en") for notice in config.notices)


def test_the_shipped_settings_show_every_option_with_its_default() -> None:
    table = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert msgspec.convert(table, Settings) == Settings(kid="SG-02")
    assert flat_keys(table) == flat_keys(msgspec.to_builtins(Settings(kid="SG-02")))


def test_every_option_has_a_comment_above_it() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    bare = [line for above, line in pairwise(lines) if "=" in line and above[:2] != "# "]
    assert [line for line in bare if not line.startswith("#")] == []


def test_the_limits_in_the_comments_are_those_that_hold() -> None:
    sections = {"": Settings} | {field.name: field.type for field in msgspec.structs.fields(Settings)}
    for section in sections.values():
        if isinstance(section, type) and issubclass(section, Options):
            for field in msgspec.structs.fields(section):
                info = msgspec.inspect.type_info(field.type)
                if isinstance(info, msgspec.inspect.IntType):
                    assert limits_of(field.encode_name) == f"{info.ge} to {info.le}", field.encode_name


def test_loading_takes_no_time_worth_mentioning() -> None:
    spans = []
    for _ in range(10):
        begin = time.perf_counter()
        load(SHIPPED)
        spans.append(time.perf_counter() - begin)
    assert min(spans) < 0.030


def test_a_wrong_file_is_one_error_with_all_faults(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('kid = "SG-02"\nlanguage = "fr"\n[screen]\nidle_seconds = 1\n', encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load(path)
    assert [fault.where for fault in error.value.faults] == ["language", "screen.idle_seconds"]


def test_a_machine_s_own_file_holds_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('kid = "SG-16"\n[storage]\ndirectory = "/var/lib/kiosk"\n', encoding="utf-8")
    config = load(path)
    assert (config.site.number, config.state_directory) == (16, Path("/var/lib/kiosk"))
    assert config.site.hours.weekdays_only


def test_the_kiosk_s_own_check_is_content_with_all_of_it() -> None:
    lines: list[str] = []
    assert check(SHIPPED, DATA, lines.append) == 0, lines


def flat_keys(table: dict[str, object], inside: str = "") -> set[str]:
    keys = set()
    for key, value in table.items():
        keys |= flat_keys(value, f"{inside}{key}.") if isinstance(value, dict) else {inside + key}
    return keys


def limits_of(option: str) -> str:
    found = re.search(rf"\((-?\d+ to \d+)[^()]*\)[^\n]*\n{option} =", SHIPPED.read_text(encoding="utf-8"))
    return found[1] if found else "not said"
