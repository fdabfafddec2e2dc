"""`load(path)`: everything a kiosk knows before it starts, or a `ConfigError` with all that is wrong.

Not responsible for devices' addresses (`config.devices`), texts (`config.texts`) and figures of the plan
(`config.plan`): a wrong one of these does not change what is printed or charged here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

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
    settings = _settings(path, report)
    tables = read_tables(data_directory or tables_directory(path, settings), report)
    check_tables(tables, report)
    catalogue = catalogue_of(tables)
    profiles, notices = _profiles(report), _notices(report)
    if settings is None:
        return None
    site, profile = catalogue.sites.get(settings.kid), profiles.get(settings.profile)
    if tables.sites.cells and settings.kid not in tables.sites.words("kid"):
        advice = nearest(settings.kid, catalogue.sites, f"take one of {tables.file('sites')}")
        report(Fault(shown(path), "kid", f"has no row in {tables.file('sites')}", advice, settings.kid))
    if profile is None:
        advice = nearest(settings.profile, profiles, f"take one of {', '.join(profiles)}")
        report(Fault(shown(path), "profile", f"is not in {shown(PROFILES)}", advice, settings.profile))
    if site is None or profile is None:
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


def _settings(path: Path, report: Report) -> Settings | None:
    table, file = read_toml(path, report), shown(path)
    settings = None if table is None else read_options(Settings, table, file, report)
    if settings is None:
        return None
    agency, payment, printing, office = settings.agency, settings.payment, settings.printing, settings.office
    for low_name, low, high_name, high in (
        ("agency.soft_seconds", agency.soft_seconds + 1, "agency.hard_seconds", agency.hard_seconds),
        ("printing.reminder_seconds", printing.reminder_seconds + 1, "printing.alarm_seconds", printing.alarm_seconds),
        ("payment.reversal_first_seconds", payment.reversal_first_seconds,
         "payment.reversal_most_seconds", payment.reversal_most_seconds),
        ("office.resend_first_seconds", office.resend_first_seconds,
         "office.resend_most_seconds", office.resend_most_seconds),
    ):  # fmt: skip
        if high < low:
            report(Fault(file, high_name, f"is too short beside {low_name}", f"take {low} or more", str(high)))
    if settings.language not in settings.screen.languages:
        said = "is not among screen.languages"
        report(Fault(file, "language", said, f"take {settings.screen.languages[0]}", settings.language))
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
