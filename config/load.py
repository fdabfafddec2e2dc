"""`load(path)`: everything a kiosk knows before it starts, or a `ConfigError` with all that is wrong.

Not responsible for devices' addresses (`config.devices`), texts (`config.texts`) and figures of the plan
(`config.plan`): a wrong one of these does not change what is printed or charged here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from config.catalogue import Catalogue
from config.cross_checks import check_tables
from config.fault import HOME, ConfigError, Fault, nearest, shown
from config.options import Report, read_options
from config.reading import DATA, catalogue_of, read_tables
from config.rows import Site
from config.schema import Settings
from config.surroundings import Notice, Profile

PROFILES, NOTICES = HOME / "profiles.toml", HOME / "notices.toml"


@dataclass(frozen=True)
class Config:
    file: Path
    settings: Settings
    site: Site  # of the kid
    catalogue: Catalogue
    profile: Profile
    notices: tuple[Notice, ...]

    @property
    def state_directory(self) -> Path:
        """Journal and spool; a relative one counts from the settings file."""
        return self.file.parent / self.settings.storage.directory

    def notices_on(self, day: date) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.holds_on(day))


def load(path: Path | str, data_directory: Path | str | None = None) -> Config:
    """`path` a machine's TOML, `data_directory` another place of the tables.  Raises ConfigError."""
    faults: list[Fault] = []
    config = read_config(Path(path), Path(data_directory) if data_directory else None, faults.append)
    if faults or config is None:
        raise ConfigError(faults)
    return config


def read_config(path: Path, data_directory: Path | None, report: Report) -> Config | None:
    """Reports every fault; None where too little is left to build on."""
    table = read_toml(path, report)
    settings = None if table is None else _settings(table, path, report)
    tables = read_tables(data_directory or tables_directory(path, settings), report)
    check_tables(tables, report)
    catalogue = catalogue_of(tables)
    profiles, notices = _profiles(report), _notices(report)
    kid, screen = (_word(settings, table or {}, key) for key in ("kid", "profile"))
    if kid and tables.sites.cells and kid not in tables.sites.words("kid"):
        advice = nearest(kid, catalogue.sites, f"take one of {tables.file('sites')}")
        report(Fault(shown(path), "kid", f"has no row in {tables.file('sites')}", advice, kid))
    if screen and screen not in profiles:
        advice = nearest(screen, profiles, f"take one of {', '.join(profiles)}")
        report(Fault(shown(path), "profile", f"is not in {shown(PROFILES)}", advice, screen))
    site, profile = catalogue.sites.get(kid), profiles.get(screen)
    if settings is None or site is None or profile is None:
        return None
    return Config(path.absolute(), settings, site, catalogue, profile, notices)


def read_toml(path: Path, report: Report) -> dict[str, Any] | None:
    file = shown(path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        report(Fault(file, "", f"cannot be read ({error.strerror})", "put the file there or name another"))
    except UnicodeDecodeError as error:
        report(Fault(file, f"byte {error.start}", "is not UTF-8", "save the file as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        report(Fault(file, "", f"is not TOML ({error})", "correct that line; texts stand in quotation marks"))
    return None


def _word(settings: Settings | None, table: Mapping[str, Any], key: str) -> str:
    """What the file names, even when something else in it is wrong; "" where that itself is no word of its kind."""
    try:
        return str(getattr(settings or msgspec.convert({"kid": "SG-00", key: table[key]}, Settings), key))
    except (KeyError, msgspec.ValidationError):
        return ""


def _settings(table: dict[str, Any], path: Path, report: Report) -> Settings | None:
    file = shown(path)
    settings = read_options(Settings, table, file, report)
    if settings is None:
        return None
    agency, payment, office = settings.agency, settings.payment, settings.office
    for low_name, low, high_name, high in (
        ("agency.soft_seconds", agency.soft_seconds + 1, "agency.hard_seconds", agency.hard_seconds),
        ("payment.reversal_first_seconds", payment.reversal_first_seconds,
         "payment.reversal_most_seconds", payment.reversal_most_seconds),
        ("office.resend_first_seconds", office.resend_first_seconds,
         "office.resend_most_seconds", office.resend_most_seconds),
    ):  # fmt: skip
        if high < low:
            report(Fault(file, high_name, f"is too short beside {low_name}", f"take {low} or more", str(high)))
    return settings


def tables_directory(path: Path, settings: Settings | None) -> Path:
    return path.parent / settings.storage.catalogue if settings and settings.storage.catalogue else DATA


def _profiles(report: Report) -> dict[str, Profile]:
    table = read_toml(PROFILES, report) or {}
    read = {name: read_options(Profile, each, shown(PROFILES), report, f"{name}.") for name, each in table.items()}
    return {name: profile for name, profile in read.items() if profile}


def _notices(report: Report) -> tuple[Notice, ...]:
    listed = (read_toml(NOTICES, report) or {}).get("notice", [])
    read = [read_options(Notice, each, shown(NOTICES), report, f"notice {n}: ") for n, each in enumerate(listed, 1)]
    return tuple(notice for notice in read if notice)
