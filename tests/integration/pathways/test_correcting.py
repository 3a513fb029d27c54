"""An enrolment put right, taken back, and opened again after it was ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.queries import milestones_of
from ldtrack.coaching.service import open_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.courses.service import RecordCompletion, record_completion
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    BeginPilot,
    ChangeEnrolment,
    EndEnrolment,
    EnrolmentState,
    NeedKind,
    StateNeed,
    Waive,
)
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.pathways.makers import BEGAN, Made, a_pathway, enrolled

LATER = BEGAN + timedelta(days=31)


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


@pytest.fixture
def coached(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    about = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person["leader"],
        starts_on=BEGAN,
        sessions_agreed=6,
    )
    with database.writing(acme.id) as session:
        open_engagement(session, acme.actor["hr"], about, now=clock.now())


@pytest.fixture
def enrolment_id(database: Database, acme: SmallOrganisation, clock: SetClock, made: Made) -> int:
    with database.writing(acme.id) as session:
        return enrolled(session, acme, made, clock.now(), cohort="Autumn")


def test_day_cohort_and_role_are_put_right(
    database: Database, acme: SmallOrganisation, clock: SetClock, enrolment_id: int
) -> None:
    hr = acme.actor["hr"]
    right = ChangeEnrolment(enrolled_on=LATER, cohort="Winter")
    with database.writing(acme.id) as session:
        before = queries.enrolment(session, hr, enrolment_id)
        service.change_enrolment(session, hr, enrolment_id, right, now=clock.now())
        row = queries.enrolment(session, hr, enrolment_id)
    assert (before.enrolled_on, before.cohort, before.role_profile_id) == (
        BEGAN,
        "Autumn",
        acme.role_profile_id,
    )
    assert (row.enrolled_on, row.cohort, row.role_profile_id) == (LATER, "Winter", None)


@pytest.mark.usefixtures("coached")
def test_the_milestone_in_coaching_follows_the_first_day(
    database: Database, acme: SmallOrganisation, clock: SetClock, enrolment_id: int
) -> None:
    hr = acme.actor["hr"]
    right = ChangeEnrolment(enrolled_on=LATER, cohort="Autumn")
    with database.writing(acme.id) as session:
        [planned] = milestones_of(session, acme.actor["leader"], acme.person["leader"])
        service.change_enrolment(session, hr, enrolment_id, right, now=clock.now())
        [moved] = milestones_of(session, acme.actor["leader"], acme.person["leader"])
    assert planned.due_on == BEGAN + timedelta(days=90)
    assert moved.due_on == LATER + timedelta(days=90)


def test_the_due_days_of_another_first_day_are_shown_before_anything_is_stored(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, enrolment_id: int
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        done = RecordCompletion(
            course_id=made.course_id,
            person_id=acme.person["leader"],
            completed_on=BEGAN + timedelta(days=1),
        )
        record_completion(session, hr, done, now=clock.now())
    with database.reading(acme.id) as session:
        row = queries.enrolment(session, hr, enrolment_id)
        looked = queries.redated_if(session, row, BEGAN - timedelta(days=90), clock.today())
    assert [(one.title, one.before, one.after, one.is_late) for one in looked] == [
        ("Coach a peer", BEGAN + timedelta(days=90), BEGAN, True),
        ("What changed?", None, None, False),
        ("Lead a project", None, None, False),
        ("Ask around", None, None, False),
    ]


def test_a_pilot_takes_nobody_into_another_cohort_by_a_correction(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, enrolment_id: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    tried = BeginPilot(cohort="Autumn", aim="Whether it works.", ends_on=now.date())
    with database.writing(acme.id) as session:
        service.begin_pilot(session, hr, made.version_id, tried, now=now)
        elsewhere = ChangeEnrolment(enrolled_on=BEGAN, cohort="Winter")
        with pytest.raises(RuleBroken, match="pilot for “Autumn”"):
            service.change_enrolment(session, hr, enrolment_id, elsewhere, now=now)
        same = ChangeEnrolment(enrolled_on=LATER, cohort="Autumn")
        service.change_enrolment(session, hr, enrolment_id, same, now=now)


@pytest.mark.usefixtures("coached")
def test_an_enrolment_taken_back_leaves_nothing_behind(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, enrolment_id: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        service.take_enrolment_back(session, hr, enrolment_id, now=now)
        assert milestones_of(session, acme.actor["leader"], acme.person["leader"]) == []
        with pytest.raises(NotVisible):
            queries.enrolment(session, hr, enrolment_id)
        enrolled(session, acme, made, now)


@pytest.mark.parametrize("what", ["waiver", "need", "move"])
def test_an_enrolment_on_which_something_hangs_is_not_taken_back(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    made: Made,
    enrolment_id: int,
    what: str,
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        if what == "waiver":
            command = Waive(step_id=made.course, reason="Knows it.")
            service.waive(session, hr, enrolment_id, command, now=now)
        elif what == "need":
            stated = StateNeed(enrolment_id=enrolment_id, kind=NeedKind.TIME, words="Mornings.")
            service.state_need(session, acme.actor["leader"], stated, now=now)
        else:
            second = service.start_new_version(session, hr, made.version_id)
            service.publish(session, hr, second)
            service.move_people(session, hr, second, None, now=now)
    with (
        pytest.raises(Conflict, match="End it instead"),
        database.writing(acme.id) as session,
    ):
        service.take_enrolment_back(session, hr, enrolment_id, now=now)
    with database.reading(acme.id) as session:
        assert queries.enrolment(session, hr, enrolment_id).id == enrolment_id


def test_an_enrolment_that_ended_is_opened_again_unless_they_are_on_it_again(
    database: Database, acme: SmallOrganisation, clock: SetClock, made: Made, enrolment_id: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    left = EndEnrolment(state=EnrolmentState.LEFT, ended_on=now.date())
    with database.writing(acme.id) as session:
        with pytest.raises(Conflict, match="has not ended"):
            service.reopen_enrolment(session, hr, enrolment_id, now=now)
        service.end_enrolment(session, hr, enrolment_id, left, now=now)
        service.reopen_enrolment(session, hr, enrolment_id, now=now)
        row = queries.enrolment(session, hr, enrolment_id)
        assert (row.state, row.ended_on) == (EnrolmentState.ACTIVE, None)
        service.end_enrolment(session, hr, enrolment_id, left, now=now)
        enrolled(session, acme, made, now, on=date(2026, 11, 20))
        with pytest.raises(Conflict, match="again already"):
            service.reopen_enrolment(session, hr, enrolment_id, now=now)


def test_only_hr_puts_right_takes_back_and_opens_again(
    database: Database, acme: SmallOrganisation, clock: SetClock, enrolment_id: int
) -> None:
    now = clock.now()
    for who in ("leader", "coach", "manager"):
        actor = acme.actor[who]
        with database.writing(acme.id) as session:
            with pytest.raises(NotAllowed):
                service.change_enrolment(
                    session, actor, enrolment_id, ChangeEnrolment(enrolled_on=LATER), now=now
                )
            with pytest.raises(NotAllowed):
                service.take_enrolment_back(session, actor, enrolment_id, now=now)
            with pytest.raises(NotAllowed):
                service.reopen_enrolment(session, actor, enrolment_id, now=now)


def test_every_correction_is_in_the_audit(
    database: Database, acme: SmallOrganisation, clock: SetClock, enrolment_id: int
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    left = EndEnrolment(state=EnrolmentState.LEFT, ended_on=LATER)
    with database.writing(acme.id) as session:
        right = ChangeEnrolment(enrolled_on=LATER, cohort="Autumn")
        service.change_enrolment(session, hr, enrolment_id, right, now=now)
        service.end_enrolment(session, hr, enrolment_id, left, now=now)
        service.reopen_enrolment(session, hr, enrolment_id, now=now)
        service.take_enrolment_back(session, hr, enrolment_id, now=now)
        said = session.scalars(
            select(AuditEvent.reason)
            .where(AuditEvent.thing_id == enrolment_id)
            .order_by(AuditEvent.id)
        ).all()
    assert sorted(said) == [
        "",
        "Changed; first day 2026-11-01",
        "Left",
        "Opened again",
        "Taken back: To lead others",
    ]
