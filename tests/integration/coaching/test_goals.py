"""Goals made from a statement of a 360 report: by whom, how often, and who sees where from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import Agree, CameFrom, MilestoneState, SetMilestone, SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback.queries import first_reading
from ldtrack.feedback.service import pass_on
from tests.infrastructure.feedback import closed
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


def _titles(session: Session, actor: Actor, person_id: int) -> list[str]:
    return [row.title for row in queries.milestones_of(session, actor, person_id)]


@pytest.mark.parametrize("who", ["coach", "leader"])
def test_leader_and_coach_see_at_once_what_the_other_set_and_where_it_came_from(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        service.set_milestone(session, acme.actor[who], command, now=clock.now())
        seen = {
            reader: (
                _titles(session, acme.actor[reader], command.person_id),
                [
                    (row.cycle, row.statement, row.set_by_id, row.set_on)
                    for row in queries.origins_of(
                        session, acme.actor[reader], command.person_id
                    ).values()
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
        service.set_milestone(session, acme.actor["leader"], command, now=clock.now())
        sponsor = acme.actor["sponsor"]
        assert _titles(session, sponsor, command.person_id) == ["Asks before telling"]
        assert queries.origins_of(session, sponsor, command.person_id) == {}


def test_a_statement_is_one_goal_at_a_time(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        assert command.came_from is not None
        release_id, item_id = command.came_from.release_id, command.came_from.item_id
        first = service.set_milestone(session, coach, command, now=clock.now())
        with pytest.raises(RuleBroken, match="a goal already"), session.begin_nested():
            service.set_milestone(session, acme.actor["leader"], command, now=clock.now())
        goals = queries.goals_from(session, coach, release_id)
        assert {key: row.milestone_id for key, row in goals.items()} == {item_id: first}
        service.drop_milestone(session, coach, first)
        assert queries.goals_from(session, coach, release_id) == {}
        again = service.set_milestone(session, coach, command, now=clock.now())
        assert queries.goals_from(session, coach, release_id)[item_id].milestone_id == again


def test_a_leader_gives_up_what_they_set_themselves_and_nothing_else(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        own = service.set_milestone(session, leader, command, now=clock.now())
        plain = replace(command, came_from=None, title="Agreed with the coach")
        agreed = service.set_milestone(session, coach, plain, now=clock.now())
        service.drop_milestone(session, leader, own)
        with pytest.raises(NotAllowed):
            service.drop_milestone(session, leader, agreed)
        rows = queries.milestones_of(session, leader, command.person_id)
    assert {row.id: row.state for row in rows} == {
        own: MilestoneState.DROPPED,
        agreed: MilestoneState.PLANNED,
    }


def test_without_coaching_that_runs_a_leader_sets_no_goal(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        with pytest.raises(NotVisible):
            service.set_milestone(session, acme.actor["leader"], command, now=clock.now())


@pytest.mark.parametrize("who", ["other_leader", "hr", "manager", "sponsor", "other_coach"])
def test_nobody_else_sets_goals_for_a_leader(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int, who: str
) -> None:
    with database.writing(acme.id) as session:
        command = a_goal(session, acme, clock)
        with pytest.raises((NotVisible, NotAllowed)):
            service.set_milestone(session, acme.actor[who], command, now=clock.now())
