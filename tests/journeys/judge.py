"""What must be true after any trouble: sentences on the screen, money by the verdict of the paper, the next visitor."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from drivers.base import Verdict
from kiosk.flow.session import At
from kiosk.loop import load_strings
from screens.model import Phrase, Say, Words
from tests.journeys.bench import Bench

STRINGS = [load_strings(language) for language in ("ko", "en")]
ENDED = (At.SORRY, At.ASSIST)


def phrases(part: object) -> Iterator[Phrase]:
    """Every phrase of a screen's tree."""
    if isinstance(part, Say | Words):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from phrases(each)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from phrases(getattr(part, field.name))


def says(bench: Bench) -> None:
    """Each phrase of the screen of now has a sentence in both languages, and its cause is not just "something"."""
    told = list(phrases(bench.screen()))
    assert told
    for phrase in told:
        assert all(strings[phrase] for strings in STRINGS), phrase
        assert not (isinstance(phrase, Say) and phrase.key.endswith(".other")), bench.kiosk.session.reason


def refused(bench: Bench, *reasons: str) -> None:
    """The visit ended in words, nothing printed, nothing kept."""
    before = bench.sheets()
    bench.until_at(*ENDED)
    assert not reasons or bench.kiosk.session.reason in reasons, bench.kiosk.session.reason
    says(bench)
    settled(bench)
    assert bench.sheets() == before
    assert sum(row["kept"] for row in bench.ledger()) == 0


def settled(bench: Bench) -> None:
    """Every won went where its paper's verdict says, and the agency knows one outcome of each document."""
    bench.visits, bench.orders  # noqa: B018 - remembers this visit's
    items = bench.kiosk.session.items
    bench.until(bench.is_settled, "the money settled")
    kept = sum(item.won for item in items if item.verdict is Verdict.DONE)
    assert sum(row["kept"] for row in bench.ledger()) == kept, (items, bench.ledger())
    bench.until_told()


def next_visitor_is_welcome(bench: Bench) -> None:
    """All is mended, the visitor has left, and the kiosk is open."""
    bench.calm()
    bench.leave()
    bench.until_at(At.ATTRACT)


def next_visitor_is_served(bench: Bench) -> None:
    """Whoever comes next gets one sheet for 200 won."""
    next_visitor_is_welcome(bench)
    bench.until_ready("page_printer", "finger", "card", "payment_host")
    before, kept = bench.sheets(), sum(row["kept"] for row in bench.ledger())
    bench.to_payment()
    bench.until_asked_for_card()
    bench.pay()
    bench.until_at(At.TAKE)
    assert bench.sheets() == before + 1
    assert sum(row["kept"] for row in bench.ledger()) == kept + 200
    assert bench.until_told() == ["done"]
