"""Every path through the tables, with every verdict and every impatience: what can never happen, does not."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, replace
from functools import cache

from kiosk.flow import effects as do
from kiosk.flow.issue import TABLE, advance
from kiosk.flow.payment import TABLE as PAYMENT
from kiosk.flow.session import At, Pay, Session
from tests.flow.world import NUMBER, World, apply, events

Node = tuple[Session, World]


@dataclass(frozen=True)
class Explored:
    nodes: frozenset[Node]
    edges: tuple[tuple[Node, object, Node, tuple[do.Effect, ...]], ...]


def seen_as(session: Session) -> Session:
    """What the money and the paper do not depend on is folded together."""
    return replace(session, word="", part=0, reason="", card_in=False, serial=min(session.serial, 4))


def takes_another(before: Session, after: Session) -> bool:
    """Another document for the same resident: its money and paper are counted anew."""
    return before.at is At.MORE and after.at is At.CATEGORY


@cache
def explore() -> Explored:
    start: Node = (Session(), World())
    waiting, nodes, edges = deque([start]), {start}, []
    while waiting:
        node = waiting.popleft()
        for event, answered in events(*node):
            session, effects = advance(node[0], event)
            after = (
                World(open_visit=answered.open_visit) if takes_another(node[0], session) else apply(answered, effects)
            )
            following = (seen_as(session), after)
            edges.append((node, event, following, effects))
            if following not in nodes and session.serial <= 4:
                nodes.add(following)
                waiting.append(following)
    return Explored(frozenset(nodes), tuple(edges))


def test_the_exploration_sees_every_state_of_both_tables() -> None:
    sessions = {session for session, _ in explore().nodes}
    assert {session.at for session in sessions} == set(At)
    assert {session.payment.at for session in sessions} == set(Pay)
    assert len(explore().nodes) > 500


def test_every_row_of_both_tables_is_walked() -> None:
    walked = {(before.at, type(event), after.at) for (before, _), event, (after, _), _ in explore().edges}
    paid = {(b.payment.at, type(event), a.payment.at) for (b, _), event, (a, _), _ in explore().edges}
    by_payment = {"Paid", "Unpaid", "GivingBack", "GaveBack", "CouldNotGiveBack"}  # made inside advance
    by_devices = {"Moved", "CardTaken", "ChoseOption"}  # they change no money and no paper
    for row in TABLE:
        if row.event.__name__ not in by_payment | by_devices:
            assert (row.at, row.event, row.to) in walked, row
    for row in PAYMENT:
        assert (row.at, row.event, row.to) in paid, row


def test_nothing_is_printed_unpaid() -> None:
    for (_, _), _, (_, world), effects in explore().edges:
        for effect in effects:
            if isinstance(effect, do.AddJob) and effect.won:
                assert world.state_of(effect.order) in ("approved", "reversing", "kept")


def test_every_job_is_sent_at_most_once() -> None:
    for _, world in explore().nodes:
        jobs = [job for job, _ in world.printed]
        assert len(jobs) == len(set(jobs))


def leaving() -> list[tuple[Node, object]]:
    """The moments in which a document is behind the resident, with the world as it stands then."""
    return [
        ((before, apply(world, tuple(e for e in effects if not isinstance(e, do.EndVisit)))), event)
        for (before, world), event, (after, _), effects in explore().edges
        if before.visit and (not after.visit or takes_another(before, after))
    ]


def test_money_is_kept_for_paper_only_and_given_back_for_the_rest() -> None:
    assert leaving()
    for (session, world), _event in leaving():
        for order, state, kept in world.orders:
            assert state in ("closed", "kept", "reversing"), f"{order} is left {state}"
            if state == "reversing":
                done = sum(i.won for i in session.items if i.verdict and i.verdict.value == "done")
                assert kept in (0, done)


def test_a_paid_visit_leaves_with_paper_or_its_money_or_a_place_on_the_staff_list() -> None:
    for (_, world), _event in leaving():
        unclear = any(state == "unknown" for _, state in world.printed)
        assert not unclear or (world.listed and world.claims)
        kept = any(state == "kept" for _, state, _ in world.orders)
        assert not kept or all(state == "done" for _, state in world.printed)


def test_the_agency_is_told_exactly_one_outcome_of_every_document() -> None:
    for (_, world), _event in leaving():
        told = {outcome for number, outcome in world.outcomes if number == NUMBER}
        assert len(told) == (NUMBER in world.noted), (world.noted, world.outcomes)


def test_what_a_document_came_to_agrees_with_the_paper() -> None:
    for (session, world), _event in leaving():
        if not session.paper:
            continue
        verdicts = {state for _, state in world.printed}
        want = "unknown" if "unknown" in verdicts else "done" if "done" in verdicts else "void"
        assert world.outcomes[-1][1] == want, (session, world)


def test_home_can_be_reached_from_everywhere_without_a_device() -> None:
    """Only the resident and the clock move here: a dead device must not hold a visit for ever."""
    back = defaultdict(set)
    for before, event, after, _ in explore().edges:
        if not hasattr(event, "visit"):
            back[after].add(before)
    home = {node for node in explore().nodes if node[0].at in (At.ATTRACT, At.OUT_OF_SERVICE)}
    reach, waiting = set(home), list(home)
    while waiting:
        for node in back[waiting.pop()] - reach:
            reach.add(node)
            waiting.append(node)
    stuck = {node[0].at for node in explore().nodes - reach if node[0].serial < 4}
    assert stuck <= {At.STARTING, At.PRINTING}, stuck  # PRINTING: the driver's own patience ends it
