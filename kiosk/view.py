"""From where a visit stands to the screen that shows it.  Reads, and decides nothing."""

from __future__ import annotations

from datetime import datetime

from config.rows import Named
from config.rows import Site as SiteRow
from kiosk.flow import intents
from kiosk.flow.session import MAX_TRIES, At, Pay, Session
from kiosk.kiosk import Kiosk
from kiosk.reasons import Where, for_closed, for_sorry, who_can
from kiosk.shop import Elsewhere
from screens import issue as show
from screens.facts import CategoryFact, ClaimFact, DocumentFact, NearestSite, OptionFact, PageSizes, PaperFact, Timeouts
from screens.model import Frame, Screen, Words, say
from screens.parts import frame, known
from screens.trouble import SORRY_REASONS


def words(row: Named | SiteRow) -> Words:
    return Words(row.name_ko, row.name_en)


def as_fact(place: Elsewhere | None) -> NearestSite | None:
    return NearestSite(Words(place.name_ko, place.name_en), place.hours, place.phone) if place else None


class View:
    def __init__(self, kiosk: Kiosk, sizes: PageSizes, times: Timeouts, simulated: bool) -> None:
        self._kiosk, self._sizes, self._times, self._simulated = kiosk, sizes, times, simulated
        self._shop = kiosk.shop

    def frame(self) -> Frame:
        """What stands around every screen."""
        face, site = self._kiosk.face, self._shop.site
        return frame(
            intents,
            words(site),
            site.phone,
            face.language,
            contrast_on=face.contrast,
            simulated=self._simulated,
        )

    def screen(self) -> Screen:
        """The screen of the moment; a panel over it, if one is open."""
        face = self._kiosk.face
        if face.warned_at is not None:
            left = self._kiosk.patience.left(self._kiosk.clock.monotonic(), face)
            return show.idle_warning(intents, left)
        if face.staff:
            return show.staff(intents, self._shop.site.phone, self._times)
        return self.below()

    def below(self) -> Screen:
        """The screen of the state itself."""
        session = self._kiosk.session
        match session.at:
            case At.STARTING | At.OUT_OF_SERVICE | At.ATTRACT:
                return self._without_visit(session)
            case At.CATEGORY | At.DOCUMENT | At.NOTICE | At.OPTIONS | At.COPIES:
                return self._choosing(session)
            case At.RRN | At.FINGER | At.IDENTIFYING:
                return self._identifying(session)
            case At.SORRY | At.ASSIST | At.REVERSING:
                return self._trouble(session)
            case _:
                return self._issuing(session)

    def _without_visit(self, session: Session) -> Screen:
        match session.at:
            case At.STARTING:
                return show.starting()
            case At.OUT_OF_SERVICE:
                reasons = tuple(dict.fromkeys(map(for_closed, session.reason.split(","))))
                now = self._kiosk.clock.now()
                opens = self._shop.opens(now) if "hours" in reasons else ""
                nearest = as_fact(self._shop.nearest(None, now))
                return show.out_of_service(reasons, self._shop.site.phone, nearest, opens)
            case _:
                hours = self._shop.site.hours
                notices = self._shop.notices()
                notice = Words(notices[0].text.ko, notices[0].text.en) if notices else None
                return show.attract(
                    intents,
                    f"{hours.opens_at}~{hours.closes_at}",
                    tuple(map(words, self._shop.excluded())),
                    notice,
                )

    def _choosing(self, session: Session) -> Screen:
        page, times = self._kiosk.face.page, self._times
        match session.at:
            case At.CATEGORY:
                return show.category(intents, self._categories(), page, self._sizes, times)
            case At.DOCUMENT:
                rows = self._shop.documents(session.category)
                name = words(self._shop.category(session.category))
                facts = tuple(self.document(row.id) for row in rows)
                return show.document(intents, name, facts, page, self._sizes, times)
            case At.NOTICE:
                return show.notice(intents, self.document(session.document), times)
            case At.OPTIONS:
                return show.options(intents, self._options(session), page, self._sizes, times)
            case _:
                return show.copies(intents, self._shop.config.settings.issuing.copies_max, times)

    def _identifying(self, session: Session) -> Screen:
        match session.at:
            case At.RRN:
                visit = self._kiosk.runtime.visit
                return show.rrn(intents, len(visit.rrn) if visit else 0, self._times, self._kiosk.entry.hint)
            case At.FINGER:
                return show.finger(intents, session.tries + 1, MAX_TRIES, session.word, session.reason)
            case _:
                return show.identifying(intents)

    def _issuing(self, session: Session) -> Screen:
        times, payment = self._times, session.payment
        match session.at:
            case At.FETCHING:
                return show.fetching(times)
            case At.CONFIRM:
                return show.confirm(intents, self._paper(session), times, self._kiosk.face.page, self._sizes)
            case At.PAY:
                declined = payment.reason if payment.at is Pay.DECLINED else ""
                may_cancel = payment.at is not Pay.CANCELLING and session.word != "authorising"
                return show.pay(intents, payment.won, session.word, declined, may_cancel)
            case At.PRINTING:
                paper = self._paper(session)
                done = session.printed * paper.pages
                return show.printing(paper, done + session.part, paper.copies * paper.pages, self._printer_trouble())
            case At.TAKE:
                return show.take(intents, self._paper(session), times, session.card_in)
            case At.RECEIPT:
                return show.receipt(intents, times)
            case At.RECEIPT_PRINTING:
                return show.receipt_printing(times)
            case _:
                return show.more(intents, times, session.reason == "receipt-failed")

    def _trouble(self, session: Session) -> Screen:
        payment, times = session.payment, self._times
        match session.at:
            case At.REVERSING:
                return show.reversing(payment.won - payment.kept_won)
            case At.SORRY:
                reason = for_sorry(session.reason)
                returned = payment.won - payment.kept_won if payment.at is Pay.REVERSED else 0
                nearest = None if payment.order else self._nearest(reason, session.document, self._kiosk.clock.now())
                return show.sorry(intents, reason, times, returned, nearest, session.card_in)
            case _:
                return show.assist(intents, for_sorry(session.reason), self._claim(session), times, session.card_in)

    def _nearest(self, reason: str, document: str, now: datetime) -> NearestSite | None:
        """Who can do it instead; the counter where no machine can that should."""
        match who_can(reason):
            case Where.NOWHERE:
                return None
            case Where.MACHINE:
                return as_fact(self._shop.nearest(document, now) or self._shop.nearest_counter(now))
            case Where.COUNTER:
                return as_fact(self._shop.nearest_counter(now))

    # -- facts --------------------------------------------------------------------------

    def _categories(self) -> tuple[CategoryFact, ...]:
        shop = self._shop
        facts = []
        for row in shop.categories():
            some = any(not self._kiosk.why_not(each.id) for each in shop.documents(row.id))
            count = say("category.count", n=len(shop.documents(row.id)))
            facts.append(CategoryFact(row.id, words(row), count if some else say("category.not-now")))
        return tuple(facts)

    def document(self, document: str) -> DocumentFact:
        row, why = self._shop.document(document), self._kiosk.why_not(document)
        reason = say(known("why-not", for_sorry(why), SORRY_REASONS)) if why else None
        return DocumentFact(row.id, words(row), self._shop.base_fee(document), row.needs_fingerprint, reason)

    def _options(self, session: Session) -> tuple[OptionFact, ...]:
        return tuple(
            OptionFact(
                row.id,
                Words(row.name("ko"), row.name("en")),
                tuple((value.value_id, Words(value.name_ko, value.name_en)) for value in row.values),
                chosen,
            )
            for row, chosen in self._shop.options(session.document, dict(session.options))
        )

    def _paper(self, session: Session) -> PaperFact:
        paper = session.paper
        assert paper
        chosen = tuple(
            (fact.name, next(name for value, name in fact.values if value == fact.chosen))
            for fact in self._options(session)
        )
        name = words(self._shop.document(paper.document))
        return PaperFact(name, session.copies, paper.pages, session.amount, paper.waiver, chosen)

    def _printer_trouble(self) -> str:
        """What keeps the sheets from coming, while they may still come; "" if nothing does."""
        found = self._kiosk.conditions.stopped("page_printer")
        return for_sorry(found) if found else ""

    def _claim(self, session: Session) -> ClaimFact:
        slip = {"claim-printed": "printed", "claim-on-screen": "failed"}.get(session.word, "")
        return ClaimFact(
            words(self._shop.site),
            self._kiosk.clock.now().strftime("%Y-%m-%d %H:%M"),
            session.payment.order or session.visit,
            session.owed_won,
            session.reason or "unsettled",
            self._shop.site.phone,
            slip,
            session.returned_won,
        )
