"""What people do in other rooms fulfils steps; waivers open what waits; few statements suffice."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from ldtrack.assignments import service as assignments
from ldtrack.audit.queries import about
from ldtrack.coaching import queries as coaching
from ldtrack.coaching.domain import LogSession, OpenEngagement
from ldtrack.coaching.service import log_session, open_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.courses.domain import RecordCompletion
from ldtrack.courses.service import record_completion
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Progress, StepState, Waive
from ldtrack.reflection.domain import WriteEntry
from ldtrack.reflection.service import write
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.assignments.makers import LOOKED_BACK, answers, placed
from tests.integration.pathways.makers import Made, a_pathway, enrolled

DONE, WAIVED, LOCKED = StepState.DONE, StepState.WAIVED, StepState.LOCKED
OPEN, OVERDUE = StepState.OPEN, StepState.OVERDUE


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


@pytest.fixture
def enrolment_id(database: Database, acme: SmallOrganisation, made: Made, clock: SetClock) -> int:
    with database.writing(acme.id) as session:
        open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 9, 1),
                sessions_agreed=6,
            ),
            now=clock.now(),
        )
        return enrolled(session, acme, made, clock.now())


def progress(database: Database, acme: SmallOrganisation, enrolment_id: int) -> Progress:
    with database.reading(acme.id) as session:
        return queries.progress_of(session, acme.actor["hr"], enrolment_id, date(2026, 11, 20))


def states(found: Progress) -> dict[str, StepState]:
    return {each.step.title: each.state for each in found.steps}


def complete(
    session: Session,
    acme: SmallOrganisation,
    made: Made,
    now: datetime,
    *,
    passed: bool | None = None,
    on: date = date(2026, 10, 20),
) -> None:
    command = RecordCompletion(
        course_id=made.course_id, person_id=acme.person["leader"], completed_on=on, passed=passed
    )
    record_completion(session, acme.actor["hr"], command, now=now)


def test_at_the_start_steps_are_open_overdue_or_locked(
    database: Database, acme: SmallOrganisation, enrolment_id: int
) -> None:
    found = progress(database, acme, enrolment_id)
    assert states(found) == {
        "Take the course": OVERDUE,
        "Coach a peer": LOCKED,
        "What changed?": OPEN,
        "Lead a project": LOCKED,
        "Ask around": OPEN,
    }
    assert found.steps[1].why_locked == "after “Take the course”"
    assert found.done_share == 0


def test_a_completed_course_is_a_step_done_and_opens_what_waited_for_it(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        complete(session, acme, made, clock.now())
    found = progress(database, acme, enrolment_id)
    assert (found.steps[0].state, found.steps[0].done_on) == (DONE, date(2026, 10, 20))
    assert found.steps[1].state is OPEN
    assert found.stages[0].done_share == 1 / (1 + 3)


def test_a_failed_course_is_not_done_until_it_is_passed(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        complete(session, acme, made, clock.now(), passed=False)
    assert progress(database, acme, enrolment_id).steps[0].state is OVERDUE
    with database.writing(acme.id) as session:
        complete(session, acme, made, clock.now(), passed=True, on=date(2026, 11, 3))
    assert progress(database, acme, enrolment_id).steps[0].done_on == date(2026, 11, 3)


def test_a_milestone_met_in_a_session_is_a_step_done(
    database: Database, acme: SmallOrganisation, enrolment_id: int, clock: SetClock
) -> None:
    coach, leader = acme.actor["coach"], acme.person["leader"]
    with database.writing(acme.id) as session:
        (milestone,) = coaching.milestones_of(session, coach, leader)
        assert milestone.engagement_id is not None
        command = LogSession(
            held_on=date(2026, 11, 18),
            minutes=60,
            unsigned_reason="It could not wait",
            milestones_met=(milestone.id,),
        )
        log_session(session, coach, milestone.engagement_id, command, now=clock.now())
    found = progress(database, acme, enrolment_id)
    assert (found.steps[1].state, found.steps[1].done_on) == (DONE, date(2026, 11, 18))


def test_a_reflection_on_the_step_is_a_step_done_although_nobody_else_reads_it(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        entry = WriteEntry(body="I spoke less and heard more.", step_id=made.reflection)
        write(session, acme.actor["leader"], entry, now=clock.now())
        other = WriteEntry(body="Something else.")
        write(session, acme.actor["leader"], other, now=clock.now())
    assert progress(database, acme, enrolment_id).steps[2].state is DONE


def test_a_placement_is_a_step_done_once_its_outcome_is_confirmed(
    database: Database, acme: SmallOrganisation, enrolment_id: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
    assert progress(database, acme, enrolment_id).steps[3].state is LOCKED
    with database.writing(acme.id) as session:
        command = answers(acme)
        manager = acme.actor["manager"]
        assignments.confirm_outcome(session, manager, placement_id, command, now=clock.now())
    found = progress(database, acme, enrolment_id)
    assert (found.steps[3].state, found.steps[3].done_on) == (DONE, date(2026, 10, 30))


def test_a_placement_is_a_step_done_once_the_leader_looked_back(
    database: Database, acme: SmallOrganisation, enrolment_id: int, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now())
        leader = acme.actor["leader"]
        assignments.write_debrief(session, leader, placement_id, LOOKED_BACK, now=clock.now())
    assert progress(database, acme, enrolment_id).steps[3].state is DONE


def test_a_waiver_opens_what_waited_and_is_on_the_record_with_name_and_reason(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    command = Waive(step_id=made.course, reason="Teaches it herself")
    with database.writing(acme.id) as session:
        service.waive(session, hr, enrolment_id, command, now=clock.now())
    found = progress(database, acme, enrolment_id)
    waived = found.steps[0].waived
    assert waived is not None
    assert (waived.by, waived.reason, waived.on) == (
        "Hana Rossi",
        "Teaches it herself",
        date(2026, 11, 20),
    )
    assert (found.steps[0].state, found.steps[1].state) == (WAIVED, OPEN)
    with database.reading(acme.id) as session:
        noted = about(session, acme.person["leader"], action="pathways.enrolment:write")
    assert [each.reason for each in noted if each.thing == "waiver"] == ["Teaches it herself"]
    with database.writing(acme.id) as session:
        service.take_back_waiver(session, hr, enrolment_id, command, now=clock.now())
    assert progress(database, acme, enrolment_id).steps[0].state is OVERDUE


def test_a_gate_is_waived_by_name_too(
    database: Database, acme: SmallOrganisation, enrolment_id: int, clock: SetClock
) -> None:
    gate = progress(database, acme, enrolment_id).stages[0].gates[0].gate
    command = Waive(gate_id=gate.id, reason="Shown in her last role")
    with database.writing(acme.id) as session:
        service.waive(session, acme.actor["hr"], enrolment_id, command, now=clock.now())
    held = progress(database, acme, enrolment_id).stages[0].gates[0]
    assert held.waived is not None
    assert held.waived.reason == "Shown in her last role"


def test_a_waiver_without_reason_twice_or_of_something_done_is_refused(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        complete(session, acme, made, now)
        service.waive(session, hr, enrolment_id, Waive(step_id=made.feedback, reason="x"), now=now)
    for command, field in (
        (Waive(step_id=made.milestone, reason=" "), "reason"),
        (Waive(step_id=made.course, reason="x"), ""),
        (Waive(step_id=made.feedback, reason="x"), ""),
    ):
        with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
            service.waive(session, hr, enrolment_id, command, now=now)
        assert refused.value.field == field


def test_only_hr_waives_and_only_what_the_pathway_asks_for(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    now = clock.now()
    command = Waive(step_id=made.course, reason="Because")
    for key in ("leader", "coach", "manager"):
        with pytest.raises(NotAllowed), database.writing(acme.id) as session:
            service.waive(session, acme.actor[key], enrolment_id, command, now=now)
    for wrong in (Waive(step_id=77, reason="x"), Waive(gate_id=77, reason="x"), Waive(reason="x")):
        with pytest.raises(NotVisible), database.writing(acme.id) as session:
            service.waive(session, acme.actor["hr"], enrolment_id, wrong, now=now)


def test_progress_asks_as_little_for_three_people_as_for_one(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    hr, today = acme.actor["hr"], clock.today()
    asked = []
    for more in ((), ("other_leader", "manager")):
        with database.writing(acme.id) as session:
            for who in more:
                enrolled(session, acme, made, clock.now(), who=who)
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            found, total = queries.progress_of_version(session, hr, made.version_id, today)
        assert len(found) == total == 1 + len(more)
        asked.append(len(statements))
    # Two for the page of enrolments, two for the design, one for what was lived and waived.
    assert asked == [2 + 2 + 1, 2 + 2 + 1]


def test_progress_of_several_people_is_given_by_person(
    database: Database, acme: SmallOrganisation, made: Made, enrolment_id: int, clock: SetClock
) -> None:
    people = [acme.person["leader"], acme.person["peer_1"]]
    with database.reading(acme.id) as session:
        found = queries.progress_of_people(session, acme.actor["hr"], people, clock.today())
        seen_by_peer = queries.progress_of_people(
            session, acme.actor["other_leader"], people, clock.today()
        )
    assert {person: [each.enrolment.id for each in rows] for person, rows in found.items()} == {
        acme.person["leader"]: [enrolment_id]
    }
    assert seen_by_peer == {}
