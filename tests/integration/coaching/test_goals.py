"""Goals made from a statement of a 360 report: by whom, how often, and who sees where from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, at_the_console
from ldtrack.cli.erasing import erase_everywhere
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import (
    Agree,
    CameFrom,
    ChangeMilestone,
    LogSession,
    MilestoneState,
    OpenEngagement,
    OriginRow,
    SetMilestone,
    SponsorSees,
)
from ldtrack.coaching.models import Milestone, MilestoneOrigin
from ldtrack.coaching.queries.sponsored import sponsored
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.evidence.domain import Entry
from ldtrack.evidence.queries import entries_for
from ldtrack.feedback.queries import first_reading
from ldtrack.feedback.service import pass_on
from tests.infrastructure.feedback import RATER_KEY, closed
from tests.infrastructure.milestones import SITE, agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation


def a_goal(session: Session, acme: SmallOrganisation, clock: SetClock) -> SetMilestone:
    """What a statement of the leader's report, now out, becomes."""
    running, coach = closed(session, acme, clock.now()), acme.actor["coach"]
    pass_on(session, coach, running.subject_id, now=clock.now())
    shown = first_reading(session, coach, running.subject_id)
    item = running.form.items[0]
    assert item.competency_id is not None
    return SetMilestone(
        person_id=acme.person["leader"],
        competency_id=item.competency_id,
        title="Asks before telling",
        level=3,
        came_from=CameFrom(
            release_id=shown.release_id, item_id=item.id, cycle="Autumn 2026", statement=item.text
        ),
    )


def coached(session: Session, acme: SmallOrganisation, clock: SetClock) -> int:
    """The leader gets a coach, and all agree that the sponsor sees milestones."""
    pair = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person["leader"],
        starts_on=clock.today(),
        sessions_agreed=6,
    )
    one = service.open_engagement(session, acme.actor["hr"], pair, now=clock.now())
    agreed = Agree(
        agreed_on=clock.today(), purpose="", sponsor_sees=frozenset({SponsorSees.MILESTONES})
    )
    service.agree(session, acme.actor["hr"], one, agreed, now=clock.now())
    return one


def _standing(
    session: Session, actor: Actor, milestone_id: int
) -> tuple[MilestoneState, date | None]:
    rows = queries.milestones_of(session, actor, actor.person_id or 0)
    return next((row.state, row.met_on) for row in rows if row.id == milestone_id)


def _levels(session: Session, actor: Actor, command: SetMilestone) -> list[Entry]:
    return entries_for(session, actor, command.person_id).get(command.competency_id, [])


def _origins(session: Session, actor: Actor, person_id: int) -> list[OriginRow]:
    agreed = queries.milestones_of(session, actor, person_id)
    proposed = [
        row.milestone
        for row in queries.proposals_of(session, actor, person_id).values()
        if not row.milestone.state.is_agreed
    ]
    return [row.origin for row in (*agreed, *proposed) if row.origin is not None]


def _titles(session: Session, actor: Actor, person_id: int) -> list[str]:
    return [row.title for row in queries.milestones_of(session, actor, person_id)]


@pytest.mark.parametrize("who", ["coach", "leader"])
def test_leader_and_coach_see_at_once_what_the_other_set_and_where_it_came_from(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        service.propose_milestone(session, acme.actor[who], command, now=clock.now(), base_url=SITE)
        seen = {
            reader: (
                [
                    row.milestone.title
                    for row in queries.proposals_of(
                        session, acme.actor[reader], command.person_id
                    ).values()
                ],
                [
                    (row.cycle, row.statement, row.set_by_id, row.set_on)
                    for row in _origins(session, acme.actor[reader], command.person_id)
                ],
            )
            for reader in ("leader", "coach")
        }
    assert command.came_from is not None
    origin = ("Autumn 2026", command.came_from.statement, acme.person[who], date(2026, 11, 20))
    assert seen == dict.fromkeys(seen, (["Asks before telling"], [origin]))


def test_a_sponsor_sees_the_title_as_agreed_and_not_where_it_came_from(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    agreed = Agree(
        agreed_on=date(2026, 9, 1), purpose="", sponsor_sees=frozenset({SponsorSees.MILESTONES})
    )
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["hr"], engagement_id, agreed, now=clock.now())
        command = a_goal(session, acme, clock)
        sponsor = acme.actor["sponsor"]
        goal = service.propose_milestone(
            session, acme.actor["leader"], command, now=clock.now(), base_url=SITE
        )
        assert _titles(session, sponsor, command.person_id) == []
        service.agree_to_milestone(
            session, acme.actor["coach"], goal, 0, now=clock.now(), base_url=SITE
        )
        assert _titles(session, sponsor, command.person_id) == ["Asks before telling"]
        assert _origins(session, sponsor, command.person_id) == []


def test_a_statement_is_one_goal_at_a_time(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        assert command.came_from is not None
        release_id, item_id = command.came_from.release_id, command.came_from.item_id
        first = service.propose_milestone(session, coach, command, now=clock.now(), base_url=SITE)
        with pytest.raises(RuleBroken, match="a goal already"), session.begin_nested():
            service.propose_milestone(
                session, acme.actor["leader"], command, now=clock.now(), base_url=SITE
            )
        goals = queries.goals_from(session, coach, release_id)
        assert {key: row.milestone_id for key, row in goals.items()} == {item_id: first}
        service.drop_milestone(session, coach, first)
        assert queries.goals_from(session, coach, release_id) == {}
        again = service.propose_milestone(session, coach, command, now=clock.now(), base_url=SITE)
        assert queries.goals_from(session, coach, release_id)[item_id].milestone_id == again


def test_a_leader_gives_up_what_they_set_themselves_and_nothing_else(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = agreed_milestone(session, leader, coach, command, now=clock.now())
        plain = replace(command, came_from=None, title="Agreed with the coach")
        agreed = agreed_milestone(session, coach, leader, plain, now=clock.now())
        service.drop_milestone(session, leader, own)
        with pytest.raises(NotAllowed):
            service.drop_milestone(session, leader, agreed)
        rows = queries.milestones_of(session, leader, command.person_id)
    assert {row.id: row.state for row in rows} == {
        own: MilestoneState.DROPPED,
        agreed: MilestoneState.PLANNED,
    }


def test_without_a_coach_a_leader_makes_goals_of_statements_alone_and_keeps_the_link(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = service.propose_milestone(session, leader, command, now=clock.now(), base_url=SITE)
        row = queries.milestones_of(session, leader, command.person_id)[0]
        assert (row.id, row.engagement_id, row.is_without_coach) == (own, None, True)
        [origin] = _origins(session, leader, command.person_id)
        assert command.came_from is not None
        assert origin.statement == command.came_from.statement
        with pytest.raises(NotVisible):
            service.propose_milestone(
                session, leader, replace(command, came_from=None), now=clock.now(), base_url=SITE
            )


def test_what_a_leader_says_is_reached_can_be_taken_back_and_moves_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        before = _levels(session, leader, command)
        own = service.propose_milestone(session, leader, command, now=clock.now(), base_url=SITE)
        service.say_reached(session, leader, own, now=clock.now())
        assert _standing(session, leader, own) == (MilestoneState.MET, date(2026, 11, 20))
        assert _levels(session, leader, command) == before
        service.plan_again(session, leader, own)
        assert _standing(session, leader, own) == (MilestoneState.PLANNED, None)
        service.drop_milestone(session, leader, own)
        with pytest.raises(Conflict, match="dropped"):
            service.say_reached(session, leader, own, now=clock.now())


def test_a_goal_is_in_coaching_only_once_the_leader_proposed_it_and_the_coach_agreed(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, sponsor = acme.actor["leader"], acme.actor["sponsor"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = service.propose_milestone(session, leader, command, now=clock.now(), base_url=SITE)
        alone = replace(acme.actor["coach"], coaches=frozenset())
        assert _titles(session, alone, command.person_id) == []
        one = coached(session, acme, clock)
        coach = acme.actor["coach"]
        assert _titles(session, coach, command.person_id) == ["Asks before telling"]
        # The sponsor was promised the milestones of coaching, and this is not one yet.
        assert _titles(session, sponsor, command.person_id) == []
        assert sponsored(session, [command.person_id], sponsor_id=sponsor.person_id)[
            command.person_id
        ].milestones == (0, 0)
        with pytest.raises(Conflict, match="met or missed in your sessions"):
            service.say_reached(session, leader, own, now=clock.now())
        before = _levels(session, leader, command)
        held = LogSession(
            held_on=clock.today(),
            minutes=60,
            unsigned_reason="It could not wait",
            milestones_met=(own,),
        )
        with pytest.raises(RuleBroken), session.begin_nested():
            service.log_session(session, coach, one, held, now=clock.now())
        terms = ChangeMilestone(title="Asks before telling", level=3)
        with pytest.raises(NotVisible):
            service.change_milestone(session, coach, own, terms, now=clock.now(), base_url=SITE)
        service.change_milestone(session, leader, own, terms, now=clock.now(), base_url=SITE)
        assert _titles(session, sponsor, command.person_id) == []
        service.agree_to_milestone(session, coach, own, 0, now=clock.now(), base_url=SITE)
        session_id = service.log_session(session, coach, one, held, now=clock.now())
        assert len(_levels(session, leader, command)) == len(before) + 1
        assert _titles(session, sponsor, command.person_id) == ["Asks before telling"]
        assert sponsored(session, [command.person_id], sponsor_id=sponsor.person_id)[
            command.person_id
        ].milestones == (1, 1)
        service.take_back_session(session, coach, session_id, now=clock.now())
        assert _standing(session, leader, own) == (MilestoneState.PLANNED, None)


def test_the_database_lets_no_session_move_what_belongs_to_no_coaching(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = service.propose_milestone(
            session, acme.actor["leader"], command, now=clock.now(), base_url=SITE
        )
        session.get_one(Milestone, own).state = MilestoneState.MISSED
        with pytest.raises(IntegrityError, match="moved_in_coaching"):
            session.flush()
        session.rollback()


def test_only_the_leader_says_that_a_goal_of_theirs_is_reached(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = service.propose_milestone(
            session, acme.actor["leader"], command, now=clock.now(), base_url=SITE
        )
        for who in ("coach", "hr", "manager", "sponsor", "other_leader"):
            with pytest.raises((NotVisible, NotAllowed)):
                service.say_reached(session, acme.actor[who], own, now=clock.now())


def test_a_goal_goes_with_a_leader_who_is_erased(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        service.propose_milestone(
            session, acme.actor["leader"], command, now=clock.now(), base_url=SITE
        )
        erase_everywhere(
            session,
            at_the_console(acme.id),
            command.person_id,
            rater_key=RATER_KEY,
            now=clock.now(),
        )
        assert session.scalars(select(Milestone.id)).all() == []
        assert session.scalars(select(MilestoneOrigin.id)).all() == []


@pytest.mark.parametrize("who", ["other_leader", "hr", "manager", "sponsor", "other_coach"])
def test_nobody_else_sets_goals_for_a_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        with pytest.raises((NotVisible, NotAllowed)):
            service.propose_milestone(
                session, acme.actor[who], command, now=clock.now(), base_url=SITE
            )
