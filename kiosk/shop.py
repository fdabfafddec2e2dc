"""What this machine can issue today and for how much: the catalogue seen from one site on one day.

Not responsible for devices (`service`) or for whether an agency answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from pathlib import Path

from config.catalogue import OptionChoice
from config.hours import Hours
from config.load import Config
from config.rows import Category, Document, Site
from config.surroundings import Notice
from drivers.clock import Clock

FORMS = Path(__file__).parent.parent / "config" / "forms"
COUNTER = Hours.parse("weekday 09:00-18:00")  # of every civil counter (민원실)
WITH_COUNTER = ("government", "community-center")
OF_THE_BUILDING = re.compile(r"^(?P<building>.+?) (현관|entrance) ?\(.+\)$")  # 서구청 현관(1호) stands in 서구청
LONGEST_HOLIDAY_DAYS = 14


@dataclass(frozen=True)
class Elsewhere:
    """Where somebody is sent, and when it is open: today's hours, or those of its next day with the date."""

    name_ko: str
    name_en: str
    hours: str
    phone: str


class Shop:
    def __init__(self, config: Config, clock: Clock) -> None:
        self.config, self._clock = config, clock
        self._catalogue = config.catalogue
        self._forms = {path.stem for path in FORMS.glob("*.typ")}
        self.language = config.settings.language

    @property
    def site(self) -> Site:
        return self.config.site

    def is_closed(self) -> bool:
        """Outside the machine's own hours."""
        now = self._clock.now()
        return not self.site.hours.contains(now, self._catalogue.is_holiday(now.date()))

    def opens(self, now: datetime) -> str:
        """When this machine opens next: HH:MM, with the date unless it is today."""
        return self._next_day(self.site.hours, now).removesuffix(f"~{self.site.hours.closes_at}")

    def nearest(self, document: str | None, now: datetime) -> Elsewhere | None:
        """The nearest machine at another place that is open now and may issue it; None: nobody can issue it now."""
        holiday = self._catalogue.is_holiday(now.date())
        if document and self._not_anywhere(document, now):
            return None
        others = [
            site
            for site in self._catalogue.sites.values()
            if site.place_id != self.site.place_id
            and site.installed_on
            and site.installed_on <= now.date()
            and site.hours.contains(now, holiday)
            and (document is None or self._catalogue.may_issue(site, document))
        ]
        site = min(others, key=self._km_to, default=None)
        return Elsewhere(site.name_ko, site.name_en, span(site.hours), site.phone) if site else None

    def nearest_counter(self, now: datetime) -> Elsewhere:
        """The civil counter (민원실) that is nearest, perhaps in this very building; people work there, on weekdays."""
        sites = self._catalogue.sites.values()
        built = [each for each in sites if each.site_type in WITH_COUNTER and each.gov_building and each.installed_on]
        site = min(built, key=self._km_to)
        return Elsewhere(building(site.name_ko), building(site.name_en), self._next_day(COUNTER, now), site.phone)

    def _next_day(self, hours: Hours, now: datetime) -> str:
        """The hours of today, if they are not over, else of the next day that has some."""
        if hours.open_on(now, self._catalogue.is_holiday(now.date())) and now.strftime("%H:%M") < hours.closes_at:
            return span(hours)
        days = (now + timedelta(days=n) for n in range(1, LONGEST_HOLIDAY_DAYS))
        day = next(each for each in days if hours.open_on(each, self._catalogue.is_holiday(each.date())))
        return f"{day:%m-%d} {span(hours)}"

    def _km_to(self, site: Site) -> float:
        """As the crow flies; a district is flat enough."""
        here, km_a_degree = self.site, 111.2
        east = (site.lon - here.lon) * cos(radians(here.lat))
        return hypot(site.lat - here.lat, east) * km_a_degree

    def categories(self) -> tuple[Category, ...]:
        return tuple(self._catalogue.categories.values())

    def category(self, category: str) -> Category:
        return self._catalogue.categories[category]

    def notices(self) -> tuple[Notice, ...]:
        """What the attract screen may tell today."""
        return self.config.notices_on(self._clock.now().date())

    def documents(self, category: str) -> tuple[Document, ...]:
        return self._catalogue.in_category(category)

    def document(self, document: str) -> Document:
        return self._catalogue.documents[document]

    def excluded(self) -> tuple[Category, ...]:
        """What this unit may not issue at all."""
        out = self._catalogue.excluded(self.site)
        return tuple(category for category in self.categories() if category.id in out)

    def why_not(self, document: str) -> str:
        """Why this machine cannot issue it now, devices aside: not-here, not-supported, hours, maintenance, or ""."""
        if not self._catalogue.may_issue(self.site, document):
            return "not-here"
        return self._not_anywhere(document, self._clock.now())

    def _not_anywhere(self, document: str, now: datetime) -> str:
        """Why no machine can issue it now."""
        row = self.document(document)
        if document not in self._forms:
            return "not-supported"
        if self.base_fee(document) is None:
            return "not-sold"
        if not row.hours.contains(now, self._catalogue.is_holiday(now.date())):
            return "hours"
        return "maintenance" if self._catalogue.agencies[row.agency].maintenance.contains(now) else ""

    def fees(self) -> tuple[int | None, ...]:
        """Of all documents that could be issued now if every device works."""
        return tuple(self.base_fee(each) for each in self._catalogue.documents if not self.why_not(each))

    def base_fee(self, document: str) -> int | None:
        return self._catalogue.base_fee(document, self._clock.now().date())

    def waived_for(self, document: str) -> tuple[str, ...]:
        """The groups that pay nothing; the agency says whether somebody belongs to one."""
        return self._catalogue.extras[document].exempt_groups

    def fee(self, document: str, sheets: int, exempt: tuple[str, ...]) -> tuple[int, str]:
        """(won for a copy, reason of a waiver): final once the agency has returned the document."""
        waived = [group for group in exempt if group in self.waived_for(document)]
        if waived:
            return 0, waived[0]
        base = self.base_fee(document) or 0
        above = self._catalogue.sheet_surcharges(document, self._clock.now().date())
        return base + sum(max(0, sheets - included) * won for included, won in above), ""

    def options(self, document: str, chosen: Mapping[str, str]) -> tuple[tuple[OptionChoice, str], ...]:
        """The options to show, in the catalogue's order, each with its value; copies are asked on their own screen."""
        values = dict(self.asked(document, chosen))
        rows = (self._catalogue.options[each] for each in self.document(document).options if each != "copies")
        return tuple((row, values[row.id]) for row in rows if row.id in values)

    def asked(self, document: str, chosen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """What the agency is asked: each option of one choice, the private default unless the resident chose."""
        rows = (self._catalogue.options[each] for each in self.document(document).options if each != "copies")
        return tuple((row.id, chosen.get(row.id, row.default)) for row in rows if row.kind == "one")


def span(hours: Hours) -> str:
    return f"{hours.opens_at}~{hours.closes_at}"


def building(name: str) -> str:
    """Of a machine in the entrance: the name of what it is the entrance of."""
    found = OF_THE_BUILDING.match(name)
    return found["building"] if found else name
