"""Who is on a pathway: once at a time, milestones in coaching, seen by the right people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.audit.queries import about
from ldtrack.coaching import queries as coaching
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.service import open_engagement
from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.jobs.days import plan_days
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    DueFrom,
    EndEnrolment,
    Enrol,
    EnrolmentState,
    StepKind,
    Waive,
    WriteStep,
)
from ldtrack.pathways.models import Enrolment
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.pathways.makers import BEGAN, Made, a_pathway, enrolled

COACHED = date(2026, 9, 1)
TODAY = date(2026, 11, 20)


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def coach_the_leader(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    with database.writing(acme.id) as session:
        open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=COACHED,
                sessions_agreed=6,
            ),
            now=clock.now(),
        )


def test_enrolling_keeps_cohort_and_the_role_profile_of_the_job(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        enrolled(session, acme, made, clock.now(), cohort="Autumn")
        enrolled(session, acme, made, clock.now(), who="other_leader", cohort="Autumn")
    with database.reading(acme.id) as session:
        row = queries.enrolment_of(session, acme.actor["leader"], acme.person["leader"])
        cohorts = queries.cohorts(session)
    assert row is not None
    assert (row.title, row.number, row.cohort, row.enrolled_on, row.state) == (
        "To lead others",
        1,
        "Autumn",
        BEGAN,
        EnrolmentState.ACTIVE,
    )
    assert row.role_profile_id == acme.role_profile_id
    assert [cohort.name for cohort in cohorts] == ["Autumn"]


def test_nobody_is_enrolled_twice_on_one_pathway(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        enrolled(session, acme, made, clock.now())
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        enrolled(session, acme, made, clock.now())
    assert refused.value.message == "Amara Okafor is on this pathway already."


def test_the_database_refuses_a_second_active_enrolment(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        enrolled(session, acme, made, clock.now())
        plan = queries.pathway(session, acme.actor["hr"], made.version_id)
    again = Enrolment(
        pathway_id=plan.pathway_id,
        version_id=made.version_id,
        person_id=acme.person["leader"],
        enrolled_on=BEGAN,
    )
    with pytest.raises(IntegrityError), database.writing(acme.id) as session:
        session.add(again)


def test_who_left_may_begin_again(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    left = EndEnrolment(state=EnrolmentState.LEFT, ended_on=date(2026, 10, 20))
    with database.writing(acme.id) as session:
        first = enrolled(session, acme, made, now)
        service.end_enrolment(session, hr, first, left, now=now)
        second = enrolled(session, acme, made, now, on=date(2026, 11, 2))
    with database.reading(acme.id) as session:
        row = queries.enrolment_of(session, hr, acme.person["leader"])
        ended = queries.progress_of(session, hr, first, clock.today())
    assert row is not None
    assert row.id == second
    assert ended.as_of == date(2026, 10, 20)


@pytest.mark.parametrize(
    ("state", "ended_on", "field"),
    [
        (EnrolmentState.ACTIVE, date(2026, 11, 1), "state"),
        (EnrolmentState.LEFT, date(2026, 9, 30), "ended_on"),
    ],
)
def test_an_end_before_the_beginning_or_without_an_outcome_is_refused(
    database: Database,
    acme: SmallOrganisation,
    made: Made,
    clock: SetClock,
    state: EnrolmentState,
    ended_on: date,
    field: str,
) -> None:
    command = EndEnrolment(state=state, ended_on=ended_on)
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        service.end_enrolment(session, acme.actor["hr"], enrolment_id, command, now=clock.now())
    assert refused.value.field == field


def test_an_enrolment_that_ended_takes_no_more_changes(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    done = EndEnrolment(state=EnrolmentState.COMPLETED, ended_on=date(2026, 11, 1))
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, now)
        service.end_enrolment(session, hr, enrolment_id, done, now=now)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.end_enrolment(session, hr, enrolment_id, done, now=now)


def test_enrolling_puts_the_milestones_of_the_pathway_into_coaching_once(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    coach_the_leader(database, acme, clock)
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
        assert service.plan_milestones(session, acme.actor["hr"], enrolment_id, TODAY) == 0
    with database.reading(acme.id) as session:
        found = coaching.milestones_of(session, acme.actor["coach"], acme.person["leader"])
    assert [(row.title, row.level, row.due_on, row.step_id) for row in found] == [
        ("Coach a peer", 3, date(2026, 12, 30), made.milestone)
    ]


def test_milestones_of_somebody_without_a_coach_wait_until_they_are_asked_for(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
        assert service.plan_milestones(session, hr, enrolment_id, TODAY) == 0
    coach_the_leader(database, acme, clock)
    with database.writing(acme.id) as session:
        assert service.plan_milestones(session, hr, enrolment_id, TODAY) == 1
        assert service.plan_milestones(session, hr, enrolment_id, TODAY) == 0


def test_only_hr_enrols(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    command = Enrol(version_id=made.version_id, person_id=acme.person["leader"], enrolled_on=BEGAN)
    for key in ("leader", "coach", "manager", "sponsor", "administrator"):
        with pytest.raises(NotAllowed), database.writing(acme.id) as session:
            service.enrol(session, acme.actor[key], command, now=clock.now())


def test_enrolling_is_on_the_record(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
    with database.reading(acme.id) as session:
        noted = about(session, acme.person["leader"], action="pathways.enrolment:write")
    assert [(each.thing, each.thing_id) for each in noted] == [("enrolment", enrolment_id)]


@pytest.mark.parametrize(
    ("key", "agreed", "sees"),
    [
        ("leader", False, True),
        ("coach", False, True),
        ("manager", False, True),
        ("hr", False, True),
        ("sponsor", False, False),
        ("sponsor", True, True),
        ("other_leader", True, False),
        ("other_coach", True, False),
        ("administrator", True, False),
    ],
)
def test_progress_is_for_the_leader_their_coach_their_manager_hr_and_an_agreed_sponsor(
    database: Database,
    acme: SmallOrganisation,
    made: Made,
    clock: SetClock,
    key: str,
    agreed: bool,
    sees: bool,
) -> None:
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
    actor, person_id = acme.actor[key], acme.person["leader"]
    with database.reading(acme.id) as session:
        row = queries.enrolment_of(session, actor, person_id, agreed=agreed)
        assert (row is not None) == sees
        if sees:
            queries.progress_of(session, actor, enrolment_id, clock.today(), agreed=agreed)
        else:
            with pytest.raises(NotVisible):
                queries.progress_of(session, actor, enrolment_id, clock.today(), agreed=agreed)


def test_another_organisations_enrolment_is_not_there(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    made: Made,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
    hr: Actor = rival.actor["hr"]
    with pytest.raises(NotVisible), database.reading(rival.id) as session:
        queries.progress_of(session, hr, enrolment_id, clock.today())
    with pytest.raises(NotVisible), database.writing(rival.id) as session:
        service.plan_milestones(session, hr, enrolment_id, TODAY)


def test_a_milestone_of_a_later_stage_gets_its_day_once_that_stage_has_begun(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.person["leader"]
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, clock.now(), published=False)
        later = WriteStep(
            kind=StepKind.MILESTONE,
            title="Let go",
            competency_id=acme.competency["coaching-others"],
            level=3,
            due_from=DueFrom.STAGE,
            due_days=20,
        )
        step_id = service.add_step(session, hr, made.stage_ids[1], later)
        service.publish(session, hr, made.version_id)
    coach_the_leader(database, acme, clock)

    def day(session: Session) -> date | None:
        rows = coaching.milestones_of(session, acme.actor["coach"], leader)
        return next(row.due_on for row in rows if row.step_id == step_id)

    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, clock.now())
        assert (service.set_days(session, hr, TODAY), day(session)) == (0, None)
        for each in (made.course, made.milestone):
            waived = Waive(step_id=each, reason="Did it elsewhere.")
            service.waive(session, hr, enrolment_id, waived, now=clock.now())
        assert (service.set_days(session, hr, TODAY), day(session)) == (1, date(2026, 12, 10))
        assert service.set_days(session, hr, TODAY) == 0


def test_the_days_of_milestones_are_looked_at_every_day(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    settings = Settings(instance=tmp_path, secret_key="x", rater_key="y")
    workshop = Workshop(settings=settings, database=database, clock=clock)
    plan_days(workshop)
    work_off(workshop, KINDS)
    with workshop.database.reading(acme.id) as session:
        rows = session.scalars(select(Job).where(Job.kind == service.EVERY_DAY)).all()
    assert sorted((row.state, row.due_at.date()) for row in rows) == [
        (JobState.DONE, TODAY),
        (JobState.WAITING, date(2026, 11, 21)),
    ]
