"""What this machine can issue today and for how much: the catalogue seen from one site on one day.

Not responsible for devices (`service`) or for whether an agency answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from config.catalogue import OptionChoice
from config.load import Config
from config.rows import Category, Document, Site
from config.surroundings import Notice
from drivers.clock import Clock

FORMS = Path(__file__).parent.parent / "config" / "forms"


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
        row, now = self.document(document), self._clock.now()
        if not self._catalogue.may_issue(self.site, document):
            return "not-here"
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
