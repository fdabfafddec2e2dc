"""The tables as such, and whole visits without a kiosk."""

from __future__ import annotations

from pathlib import Path

from drivers.base import Verdict
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow import intents as tap
from kiosk.flow.diagram import page
from kiosk.flow.issue import TABLE, advance
from kiosk.flow.session import At, Session

VISIT, OTHER = "AAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBB"
NUMBER = "1234567890123456"


def fetched(visit: str = VISIT, number: str = NUMBER, won: int = 200) -> on.Fetched:
    return on.Fetched(visit, "resident-copy", number, "s1", 1, "hash", won)


def to_pay(copies: int = 1) -> tuple[object, ...]:
    return (
        on.Opened(),
        tap.Started(VISIT),
        tap.ChoseCategory("resident"),
        tap.ChoseDocument("resident-copy"),
        tap.Agreed(),
        on.RrnEntered(),
        on.FingerCaptured(VISIT),
        on.Identified(VISIT, "s1"),
        tap.ToldOptions(),
        tap.ChoseCopies(copies),
        fetched(),
        tap.Confirmed(),
    )


def play(*events: object, session: Session | None = None) -> tuple[list[Session], list[do.Effect]]:
    at, path = session or Session(), list[Session]()
    effects = list[do.Effect]()
    for event in events:
        at, more = advance(at, event)
        path.append(at)
        effects += more
    return path, effects


def paid(copies: int = 1) -> tuple[Session, ...]:
    path, _ = play(*to_pay(copies))
    order = path[-1].payment.order
    path, _ = play(on.AuthoriseEnded(VISIT, order, Verdict.DONE, "", "123456"), session=path[-1])
    return tuple(path)


def test_a_good_visit() -> None:
    path, effects = play(*to_pay(), session=Session())
    assert [s.at for s in path][-3:] == [At.FETCHING, At.CONFIRM, At.PAY]
    session = paid()[-1]
    assert session.at is At.PRINTING
    path, effects = play(
        on.PrintEnded(VISIT, session.items[0].job, Verdict.DONE),
        tap.Leaves(),
        tap.WantsReceipt(True),
        on.SlipEnded(VISIT, Verdict.DONE),
        tap.Leaves(),
        session=session,
    )
    assert [s.at for s in path] == [At.TAKE, At.RECEIPT, At.RECEIPT_PRINTING, At.MORE, At.ATTRACT]
    assert do.KeepMoney(session.payment.order) in effects
    assert do.TellOutcome(NUMBER, "done") in effects
    assert path[-1] == Session(at=At.ATTRACT)


def test_of_three_copies_only_what_was_not_printed_is_given_back() -> None:
    session = paid(copies=3)[-1]
    first, second, third = (item.job for item in session.items)
    path, effects = play(
        on.PrintEnded(VISIT, first, Verdict.DONE),
        on.PrintEnded(VISIT, second, Verdict.NOT_DONE, "media-empty"),
        session=session,
    )
    assert path[-1].at is At.REVERSING
    assert do.StartReversal(session.payment.order, 200) in effects
    assert do.EndJob(third, Verdict.NOT_DONE) in effects
    assert [e.job for e in effects if isinstance(e, do.PrintPaper)] == [second], "the third is not even tried"


def test_a_print_nobody_can_be_sure_of_ends_with_staff_and_a_claim_slip() -> None:
    session = paid()[-1]
    path, effects = play(on.PrintEnded(VISIT, session.items[0].job, Verdict.UNKNOWN, "offline"), session=session)
    assert do.TellOutcome(NUMBER, "unknown") in effects
    assert any(isinstance(effect, do.ListForStaff) for effect in effects)
    path, effects = play(on.ReversalEnded(VISIT, session.payment.order, Verdict.DONE), session=path[-1])
    assert path[-1].at is At.ASSIST
    assert do.PrintClaim(VISIT) in effects


def test_a_lost_answer_of_the_payment_host_prints_nothing_and_gives_the_money_back() -> None:
    path, _ = play(*to_pay())
    order = path[-1].payment.order
    path, effects = play(on.AuthoriseEnded(VISIT, order, Verdict.UNKNOWN, "no-answer"), session=path[-1])
    assert path[-1].at is At.REVERSING
    assert do.StartReversal(order, 0) in effects
    assert not any(isinstance(effect, do.PrintPaper) for effect in effects)
    path, effects = play(on.AuthoriseEnded(VISIT, order, Verdict.DONE, "", "999"), session=path[-1])
    assert path[-1].at is At.REVERSING, "a late approval never revives it"
    path, _ = play(on.ReversalEnded(VISIT, order, Verdict.DONE), session=path[-1])
    assert path[-1].at is At.SORRY


def test_a_declined_card_may_be_tried_again_as_a_new_order() -> None:
    path, _ = play(*to_pay())
    first = path[-1].payment.order
    path, effects = play(
        on.AuthoriseEnded(VISIT, first, Verdict.NOT_DONE, "declined:51"), tap.TriesAgain(), session=path[-1]
    )
    second = path[-1].payment.order
    assert second != first
    assert do.CloseOrder(first) in effects
    assert do.OpenOrder(VISIT, second, 200) in effects


def test_cancelling_at_the_card_waits_for_the_driver_and_gives_back_what_was_charged_meanwhile() -> None:
    path, _ = play(*to_pay())
    order = path[-1].payment.order
    path, effects = play(tap.Cancelled(), on.AuthoriseEnded(VISIT, order, Verdict.DONE, "", "123456"), session=path[-1])
    assert path[0].at is At.PAY
    assert path[-1].at is At.REVERSING
    assert do.StopPayment(VISIT) in effects
    assert do.StartReversal(order, 0) in effects


def test_a_free_document_skips_the_payment() -> None:
    path, effects = play(*to_pay()[:-2], fetched(won=0), tap.Confirmed())
    assert path[-1].at is At.PRINTING
    assert not any(isinstance(effect, do.OpenOrder) for effect in effects)


def test_what_cannot_be_printed_is_not_sold() -> None:
    path, effects = play(*to_pay()[:-1], tap.Confirmed("page_printer:media-empty"))
    assert path[-1].at is At.SORRY
    assert do.TellOutcome(NUMBER, "void") in effects
    assert not any(isinstance(effect, do.OpenOrder) for effect in effects)


def test_a_double_tap_changes_nothing() -> None:
    once, _ = play(*to_pay())
    twice, effects = play(tap.Confirmed(), session=once[-1])
    assert twice[-1] == once[-1]
    assert effects == []


def test_a_document_for_somebody_who_has_left_is_void_and_never_meets_the_next_visitor() -> None:
    path, effects = play(*to_pay()[:10], session=Session())
    waiting = path[-1]
    assert waiting.at is At.FETCHING
    path, effects = play(fetched(OTHER, "9999999999999999"), session=waiting)
    assert path[-1] == waiting
    assert do.TellOutcome("9999999999999999", "void") in effects


def test_somebody_elses_document_is_never_printed() -> None:
    path, effects = play(*to_pay()[:10], on.Fetched(VISIT, "resident-copy", NUMBER, "somebody-else", 1, "h", 200))
    assert path[-1].at is At.SORRY
    assert do.TellOutcome(NUMBER, "void") in effects


def test_an_unanswered_request_voids_whatever_the_agency_may_have_issued() -> None:
    path, effects = play(*to_pay()[:10], on.TimedOut())
    assert path[-1].at is At.SORRY
    assert do.VoidVisit(VISIT) in effects


def test_another_document_needs_no_second_finger() -> None:
    session = paid()[-1]
    path, _ = play(
        on.PrintEnded(VISIT, session.items[0].job, Verdict.DONE),
        tap.Leaves(),
        tap.WantsReceipt(False),
        tap.WantsMore(),
        tap.ChoseCategory("resident"),
        tap.ChoseDocument("resident-copy"),
        tap.Agreed(),
        session=session,
    )
    assert path[-1].at is At.OPTIONS
    assert path[-1].paper is None
    again = (tap.ToldOptions(), tap.ChoseCopies(1), fetched(number="6543210987654321"), tap.Confirmed())
    path, _ = play(*again, session=path[-1])
    assert path[-1].at is At.PAY
    assert path[-1].payment.order != session.payment.order


def test_three_failed_fingers_end_the_visit_and_nobody_is_locked_out() -> None:
    path, effects = play(*to_pay()[:6], *[on.FingerFailed(VISIT, "too-wet")] * 3)
    assert [s.at for s in path[-3:]] == [At.FINGER, At.FINGER, At.SORRY]
    assert any(isinstance(effect, do.Report) and effect.type == "refused" for effect in effects)


def test_every_state_can_be_reached_and_left() -> None:
    assert {row.to for row in TABLE} | {At.STARTING} == set(At)
    for state in At:
        assert any(row.at is state and row.to is not state for row in TABLE), state


def test_the_drawn_flow_is_the_flow() -> None:
    drawn = Path(__file__).parent.parent.parent / "docs" / "flow.md"
    assert drawn.read_text(encoding="utf-8") == page(), "run: python -m kiosk.flow.diagram > docs/flow.md"
