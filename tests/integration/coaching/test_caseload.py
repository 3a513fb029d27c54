"""A coach's leaders at a glance, in as many statements for three as for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import CaseloadRow, LogSession, NewAction, OpenEngagement, SetMilestone
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted


def _fill(session: Session, acme: SmallOrganisation, clock: SetClock, leaders: list[str]) -> None:
    coach = replace(
        acme.actor["coach"], coaches=frozenset(acme.person[leader] for leader in leaders)
    )
    for leader in leaders:
        person_id = acme.person[leader]
        engagement_id = service.open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=person_id,
                starts_on=date(2026, 9, 1),
                sessions_agreed=8,
            ),
            now=clock.now(),
        )
        for competency, due_on in (
            ("coaching-others", date(2026, 12, 1)),
            ("strategic-thinking", None),
        ):
            milestone = SetMilestone(
                person_id=person_id,
                competency_id=acme.competency[competency],
                title=competency,
                level=3,
                due_on=due_on,
            )
            agreed_milestone(session, coach, acme.actor[leader], milestone, now=clock.now())
        for held_on, next_on in (
            (date(2026, 11, 4), date(2026, 12, 4)),
            (date(2026, 10, 1), date(2026, 11, 4)),
        ):
            action = NewAction(owner_id=person_id, text="Ask")
            command = LogSession(
                held_on=held_on,
                minutes=60,
                unsigned_reason="It could not wait",
                next_on=next_on,
                new_actions=(action,),
            )
            service.log_session(session, coach, engagement_id, command, now=clock.now())


@pytest.mark.parametrize("leaders", [["leader"], ["leader", "other_leader", "manager"]])
def test_the_caseload_takes_three_statements(
    database: Database, acme: SmallOrganisation, clock: SetClock, leaders: list[str]
) -> None:
    with database.writing(acme.id) as session:
        _fill(session, acme, clock, leaders)
    coach = replace(
        acme.actor["coach"], coaches=frozenset(acme.person[leader] for leader in leaders)
    )
    with counted(database.engine) as statements, database.reading(acme.id) as session:
        rows = queries.caseload(session, coach)
    assert len(statements) == 3
    assert len(rows) == len(leaders)
    by_person = {row.person_id: row for row in rows}
    row = by_person[acme.person["leader"]]
    assert row == CaseloadRow(
        engagement_id=row.engagement_id,
        person_id=acme.person["leader"],
        name="Amara Okafor",
        starts_on=date(2026, 9, 1),
        n_held=2,
        n_agreed=8,
        last_on=date(2026, 11, 4),
        next_on=date(2026, 12, 4),
        n_open_actions=2,
        n_to_answer=0,
        milestones_due_on=(date(2026, 12, 1),),
    )


@pytest.mark.parametrize("n_sessions", [1, 3])
def test_reading_sessions_takes_as_many_statements_for_three_as_for_one(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    n_sessions: int,
) -> None:
    coach, leader_id = acme.actor["coach"], acme.person["leader"]
    with database.writing(acme.id) as session:
        for day in range(1, n_sessions + 1):
            command = LogSession(
                held_on=date(2026, 10, day),
                minutes=60,
                unsigned_reason="It could not wait",
                shared_note="Ours",
                competency_ids=tuple(acme.competency.values()),
            )
            service.log_session(session, coach, engagement_id, command, now=clock.now())
    with counted(database.engine) as statements, database.reading(acme.id) as session:
        rows = queries.sessions_of(session, coach, leader_id)
    # Sessions with their notes, their competencies and the coach's name.
    assert (len(rows), len(statements)) == (n_sessions, 1)


@pytest.mark.parametrize("n_engagements", [1, 3])
def test_hrs_list_takes_one_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock, n_engagements: int
) -> None:
    with database.writing(acme.id) as session:
        _fill(session, acme, clock, ["leader", "other_leader", "manager"][:n_engagements])
    with counted(database.engine) as statements, database.reading(acme.id) as session:
        rows = queries.engagements(session, acme.actor["hr"])
    assert (len(rows), len(statements)) == (n_engagements, 1)
