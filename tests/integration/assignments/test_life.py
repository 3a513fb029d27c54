"""From applying to the start: who does what, what is kept of it, and one place for one person."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import ActKind, PlacementState, support_in
from ldtrack.assignments.models import Placement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.outbox.models import Message
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import opening

AHEAD = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)}
NEEDED = service.Offer(without_support="Nobody leads them at present.")


def applied(
    session: Session, acme: SmallOrganisation, now: datetime, *who: str, places: int = 1
) -> list[int]:
    """Applications for one opening that the other coach owns and the sponsor sponsors."""
    command = opening(acme, owner_id=acme.person["other_coach"], places=places, **AHEAD)
    posting_id = service.post_opening(session, acme.actor["hr"], command, now=now)
    return [service.apply(session, acme.actor[one], posting_id, now=now) for one in who]


def state(session: Session, acme: SmallOrganisation, placement_id: int) -> PlacementState:
    return queries.placement(session, acme.actor["hr"], placement_id).state


def test_everything_that_is_done_is_kept_with_who_did_it_and_when(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, owner, leader = clock.now(), acme.actor["other_coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, now, "leader")
        yes = service.Support(supports=True, word="Wednesdays are covered.")
        service.support(session, acme.actor["manager"], one, yes, now=now)
        service.offer(session, owner, one, service.Offer(), now=now)
        service.accept(session, leader, one, now=now)
        service.start(session, owner, one, now=now)
        service.pause(session, owner, one, word="The site is closed.", now=now)
        service.resume(session, acme.actor["sponsor"], one, now=now)
        acts = queries.acts_of(session, leader, [one])[one]
    person = acme.person
    assert [(act.kind, act.by_id, act.word) for act in acts] == [
        (ActKind.APPLIED, person["leader"], ""),
        (ActKind.SUPPORTED, person["manager"], "Wednesdays are covered."),
        (ActKind.OFFERED, person["other_coach"], ""),
        (ActKind.ACCEPTED, person["leader"], ""),
        (ActKind.STARTED, person["other_coach"], ""),
        (ActKind.PAUSED, person["other_coach"], "The site is closed."),
        (ActKind.RESUMED, person["sponsor"], ""),
    ]
    assert {act.done_on for act in acts} == {now.date()}


def test_the_line_manager_and_those_who_answer_are_told_of_an_application(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        applied(session, acme, clock.now(), "leader")
        told = session.execute(select(Message.to_name, Message.subject)).all()
    assert sorted(tuple(row) for row in told) == [
        ("Maya Singh", "Amara Okafor asks for your support: Turn the night shift around"),
        ("Otto Lind", "Amara Okafor applies for Turn the night shift around"),
        ("Sofia Berg", "Amara Okafor applies for Turn the night shift around"),
    ]


@pytest.mark.parametrize("who", ["leader", "hr", "other_coach", "coach", "other_leader"])
def test_only_the_line_manager_supports(
    who: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, clock.now(), "leader")
        with pytest.raises((NotAllowed, NotVisible)):
            service.support(
                session, acme.actor[who], one, service.Support(supports=True), now=clock.now()
            )


def test_a_line_manager_reads_what_their_word_needs_and_no_more(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    manager = acme.actor["manager"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, clock.now(), "leader")
        task = queries.support_task(session, manager, one)
        assert [row.placement_id for row in queries.asked(session, manager)] == [one]
        with pytest.raises(NotVisible):
            queries.placement(session, manager, one)
        with pytest.raises(NotVisible):
            queries.support_task(session, acme.actor["coach"], one)
        service.support(session, manager, one, service.Support(supports=True), now=clock.now())
        assert queries.asked(session, manager) == []
    assert task.person_id == acme.person["leader"]


def test_a_no_needs_a_reason_and_leaves_the_application_where_it_is(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, manager = clock.now(), acme.actor["manager"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, now, "leader")
        with pytest.raises(RuleBroken, match="Say why not"):
            service.support(session, manager, one, service.Support(supports=False), now=now)
        no = service.Support(supports=False, word="Not before the audit.")
        service.support(session, manager, one, no, now=now)
        assert state(session, acme, one) is PlacementState.PROPOSED
        with pytest.raises(RuleBroken, match="without the line manager’s support"):
            service.offer(session, acme.actor["hr"], one, service.Offer(), now=now)
        service.offer(session, acme.actor["hr"], one, NEEDED, now=now)
        acts = queries.acts_of(session, acme.actor["hr"], [one])[one]
    said = support_in(acts)
    assert said is not None
    assert (said.word, acts[-1].word) == ("Not before the audit.", NEEDED.without_support)


def test_whoever_manages_them_and_answers_for_it_needs_no_word_from_themselves(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=now
        )
        one = service.apply(session, acme.actor["leader"], posting_id, now=now)
        service.offer(session, acme.actor["manager"], one, service.Offer(), now=now)
        assert state(session, acme, one) is PlacementState.OFFERED


@pytest.mark.parametrize("who", ["leader", "coach", "manager", "other_leader", "administrator"])
def test_nobody_else_offers_a_place(
    who: str, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, clock.now(), "leader")
        with pytest.raises((NotAllowed, NotVisible)):
            service.offer(session, acme.actor[who], one, NEEDED, now=clock.now())


def test_the_last_place_goes_once_and_the_next_waits_for_somebody_to_move_them_up(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, owner = clock.now(), acme.actor["other_coach"]
    with database.writing(acme.id) as session:
        first, second = applied(session, acme, now, "leader", "other_leader")
        service.offer(session, owner, first, NEEDED, now=now)
        with pytest.raises(RuleBroken, match="The place is taken"):
            service.offer(session, owner, second, NEEDED, now=now)
        service.put_on_list(session, owner, second, now=now)
        service.turn_down(session, acme.actor["leader"], first, word="Not now.", now=now)
        assert state(session, acme, second) is PlacementState.LISTED
        service.offer(session, owner, second, NEEDED, now=now)
        assert [state(session, acme, one) for one in (first, second)] == [
            PlacementState.WITHDRAWN,
            PlacementState.OFFERED,
        ]


def test_of_two_who_are_given_the_last_place_at_once_the_database_refuses_one(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        both = applied(session, acme, clock.now(), "leader", "other_leader")
        for row in session.scalars(select(Placement).where(Placement.id.in_(both))):
            row.state, row.place_no = PlacementState.OFFERED, 1
        with pytest.raises(IntegrityError, match="place_no"):
            session.flush()
        session.rollback()


def test_a_place_is_held_exactly_while_it_is_offered_or_taken(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, clock.now(), "leader")
        row = session.get_one(Placement, one)
        row.place_no = 1
        with pytest.raises(IntegrityError, match="holds_a_place"):
            session.flush()
        session.rollback()


def test_there_are_never_fewer_places_than_are_taken(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    with database.writing(acme.id) as session:
        both = applied(session, acme, now, "leader", "other_leader", places=2)
        for one in both:
            service.offer(session, hr, one, NEEDED, now=now)
        posting_id = queries.placement(session, hr, both[0]).posting.id
        fewer = opening(acme, owner_id=acme.person["other_coach"], **AHEAD)
        with pytest.raises(RuleBroken, match="Place 2 is taken"):
            service.change_opening(session, hr, posting_id, fewer, now=now)


def test_an_act_out_of_turn_is_refused(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, owner, leader = clock.now(), acme.actor["other_coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, now, "leader")
        for who, early in ((leader, service.accept), (leader, service.turn_down)):
            with pytest.raises(Conflict):
                early(session, who, one, now=now)
        for later in (service.start, service.resume):
            with pytest.raises(Conflict):
                later(session, owner, one, now=now)
        with pytest.raises(Conflict):
            service.pause(session, owner, one, word="Now.", now=now)


def test_hr_decides_about_nothing_of_their_own(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, clock.now(), "hr")
        with pytest.raises(NotAllowed, match="own placement"):
            service.offer(session, acme.actor["hr"], one, NEEDED, now=clock.now())


def test_whoever_withdraws_when_it_runs_ends_it_early_with_a_word(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, leader, owner = clock.now(), acme.actor["leader"], acme.actor["other_coach"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, now, "leader")
        service.offer(session, owner, one, NEEDED, now=now)
        service.accept(session, leader, one, now=now)
        service.start(session, owner, one, now=now)
        with pytest.raises(RuleBroken, match="Say why"):
            service.take_back(session, leader, one, now=now)
        service.take_back(session, leader, one, word="I am needed at home.", now=now)
        row = queries.placement(session, owner, one)
    assert (row.state, row.reason) == (PlacementState.ENDED_EARLY, "I am needed at home.")


def test_whoever_applied_is_told_when_an_opening_says_something_else(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now, hr = clock.now(), acme.actor["hr"]
    with database.writing(acme.id) as session:
        [one] = applied(session, acme, now, "leader")
        posting_id = queries.placement(session, hr, one).posting.id
        owner = acme.person["other_coach"]
        same = opening(acme, owner_id=owner, **AHEAD)
        service.change_opening(session, hr, posting_id, same, now=now)
        told = select(Message.to_name).where(Message.subject.like("Changed:%"))
        assert session.scalars(told).all() == []
        more = opening(acme, owner_id=owner, share_of_time=60, **AHEAD)
        service.change_opening(session, hr, posting_id, more, now=now)
        assert session.scalars(told).all() == ["Amara Okafor"]
        other = opening(acme, owner_id=owner, share_of_time=60, develops=same.develops[:1], **AHEAD)
        service.change_opening(session, hr, posting_id, other, now=now)
        assert session.scalars(told).all() == 2 * ["Amara Okafor"]
