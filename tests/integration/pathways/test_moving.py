"""Going on with another version: what counts on both, what moves along, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.audit.queries import about
from ldtrack.coaching import queries as coaching
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.service import open_engagement
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.courses.service import RecordCompletion, record_completion
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import (
    CreatePathway,
    Difference,
    Enrol,
    EnrolmentState,
    StepKind,
    StepState,
    Waive,
    WriteStage,
    WriteStep,
)
from ldtrack.pathways.models import Enrolment
from ldtrack.reflection.domain import WriteEntry
from ldtrack.reflection.service import write as write_entry
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.pathways.makers import Made, a_pathway, enrolled

TODAY = date(2026, 11, 20)


@dataclass(frozen=True, kw_only=True)
class TwoVersions:
    """The leader is on version 1; 2 is published: no 360, a new step, the milestone sooner."""

    made: Made
    enrolment_id: int
    second: int


@pytest.fixture
def two(database: Database, acme: SmallOrganisation, clock: SetClock) -> TwoVersions:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        open_engagement(
            session,
            hr,
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 9, 1),
                sessions_agreed=6,
            ),
            now=now,
        )
        made = a_pathway(session, acme, now)
        enrolment_id = enrolled(session, acme, made, now)
        second = service.start_new_version(session, hr, made.version_id)
        plan = queries.pathway(session, hr, second)
        steps = {step.title: step for step in plan.steps}
        service.remove_step(session, hr, steps["Ask around"].id)
        milestone = WriteStep(
            kind=StepKind.MILESTONE,
            title="Coach a peer",
            competency_id=acme.competency["coaching-others"],
            level=3,
            weight=3,
            due_days=40,
        )
        service.change_step(session, hr, steps["Coach a peer"].id, milestone)
        new = WriteStep(kind=StepKind.REFLECTION, title="Look ahead", due_days=20)
        service.add_step(session, hr, plan.stages[1].id, new)
        service.publish(session, hr, second)
    return TwoVersions(made=made, enrolment_id=enrolment_id, second=second)


def take_the_course(session: Session, acme: SmallOrganisation, made: Made, now: datetime) -> None:
    record_completion(
        session,
        acme.actor["hr"],
        RecordCompletion(
            course_id=made.course_id,
            person_id=acme.person["leader"],
            completed_on=date(2026, 11, 1),
            passed=True,
        ),
        now=now,
    )


def write_about(session: Session, acme: SmallOrganisation, step_id: int, now: datetime) -> None:
    entry = WriteEntry(body="It went well.", step_id=step_id)
    write_entry(session, acme.actor["leader"], entry, now=now)


def look(session: Session, acme: SmallOrganisation, two: TwoVersions) -> Difference:
    [found] = queries.movable_to(session, acme.actor["hr"], two.second, TODAY).found
    return found


def test_hr_sees_what_moving_would_mean_before_anybody_moves(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    with database.writing(acme.id) as session:
        take_the_course(session, acme, two.made, clock.now())
        write_about(session, acme, two.made.reflection, clock.now())
    with database.reading(acme.id) as session:
        found = look(session, acme, two)
    assert [each.step.title for each in found.carried] == ["Take the course", "What changed?"]
    assert [each.step.title for each in found.new] == ["Look ahead"]
    assert [each.step.title for each in found.gone] == ["Ask around"]
    assert [(each.title, each.before, each.after) for each in found.due] == [
        ("Coach a peer", date(2026, 12, 30), date(2026, 11, 10))
    ]
    assert [each.step.title for each in found.overdue] == ["Coach a peer", "Look ahead"]
    assert (found.new_gates, found.gone_gates) == ((), ())
    assert (found.before.done_weight, found.before.required_weight) == (1, 6)
    assert (found.after.done_weight, found.after.required_weight) == (1, 6)


def test_what_was_done_in_a_step_that_falls_away_is_named(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    with database.writing(acme.id) as session:
        reason = Waive(step_id=two.made.feedback, reason="Had one in spring")
        service.waive(session, acme.actor["hr"], two.enrolment_id, reason, now=clock.now())
    with database.reading(acme.id) as session:
        lost = look(session, acme, two).lost
    assert [(each.step.title, each.state) for each in lost] == [("Ask around", StepState.WAIVED)]


def test_moving_takes_waivers_and_milestones_along_and_plans_what_is_new(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        waived = Waive(step_id=two.made.course, reason="Took it elsewhere")
        service.waive(session, hr, two.enrolment_id, waived, now=now)
        [gate] = queries.pathway(session, hr, two.made.version_id).stages[0].gates
        passed = Waive(gate_id=gate.id, reason="Shown in the last role")
        service.waive(session, hr, two.enrolment_id, passed, now=now)
    with database.writing(acme.id) as session:
        _, n = service.move_people(session, hr, two.second, [two.enrolment_id], now=now)
    assert n == 1
    with database.reading(acme.id) as session:
        progress = queries.progress_of(session, hr, two.enrolment_id, TODAY)
        [milestone] = coaching.milestones_of(session, acme.actor["coach"], acme.person["leader"])
        noted = about(session, acme.person["leader"], action="pathways.enrolment:write")
    by_title = {each.step.title: each for each in progress.steps}
    assert progress.enrolment.version_id == two.second
    assert by_title["Take the course"].state is StepState.WAIVED
    assert progress.stages[0].gates[0].waived is not None
    assert milestone.step_id == by_title["Coach a peer"].step.id
    assert milestone.due_on == date(2026, 11, 10)
    assert "Moved to version 2" in {each.reason for each in noted}


def test_what_was_written_before_counts_after_the_move(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        write_about(session, acme, two.made.reflection, now)
        service.move_people(session, hr, two.second, [two.enrolment_id], now=now)
    with database.reading(acme.id) as session:
        progress = queries.progress_of(session, hr, two.enrolment_id, TODAY)
    done = [each.step.title for each in progress.steps if each.state is StepState.DONE]
    assert done == ["What changed?"]


def test_the_way_back_restores_everything(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, coach, now = acme.actor["hr"], acme.actor["coach"], clock.now()
    with database.writing(acme.id) as session:
        waived = Waive(step_id=two.made.course, reason="Took it elsewhere")
        service.waive(session, hr, two.enrolment_id, waived, now=now)
    with database.reading(acme.id) as session:
        before = queries.progress_of(session, hr, two.enrolment_id, TODAY)
        planned = coaching.milestones_of(session, coach, acme.person["leader"])
    with database.writing(acme.id) as session:
        act_id, _ = service.move_people(session, hr, two.second, None, expected=1, now=now)
    with database.writing(acme.id) as session:
        assert service.undo_move(session, hr, two.second, act_id, now=now) == 1
    with database.reading(acme.id) as session:
        assert queries.progress_of(session, hr, two.enrolment_id, TODAY) == before
        assert coaching.milestones_of(session, coach, acme.person["leader"]) == planned
    with pytest.raises(NotVisible), database.writing(acme.id) as session:
        service.undo_move(session, hr, two.second, act_id, now=now)


def test_a_milestone_that_asks_for_more_is_another_one_and_both_are_kept(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        third = service.start_new_version(session, hr, two.second)
        [step] = [
            step
            for step in queries.pathway(session, hr, third).steps
            if step.kind is StepKind.MILESTONE
        ]
        higher = WriteStep(
            kind=StepKind.MILESTONE,
            title="Coach a peer",
            competency_id=acme.competency["coaching-others"],
            level=4,
        )
        service.change_step(session, hr, step.id, higher)
        service.publish(session, hr, third)
        service.move_people(session, hr, third, [two.enrolment_id], now=now)
    with database.reading(acme.id) as session:
        found = coaching.milestones_of(session, acme.actor["coach"], acme.person["leader"])
    assert {(row.level, row.step_id) for row in found} == {
        (3, two.made.milestone),
        (4, step.id),
    }


def test_only_people_on_an_earlier_version_move_and_only_to_the_published_one(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with pytest.raises(RuleBroken), database.writing(acme.id) as session:
        service.move_people(session, hr, two.second, [1], now=now)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.move_people(session, hr, two.second, None, expected=7, now=now)
    with database.writing(acme.id) as session:
        draft = service.start_new_version(session, hr, two.second)
    for version_id in (draft, two.made.version_id):
        with pytest.raises(Conflict), database.reading(acme.id) as session:
            queries.movable_to(session, hr, version_id, TODAY)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.move_people(session, hr, draft, [two.enrolment_id], now=now)
    with pytest.raises(NotAllowed), database.writing(acme.id) as session:
        service.move_people(session, acme.actor["coach"], two.second, None, now=now)


def test_a_step_with_people_inside_stays_until_they_move(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr = acme.actor["hr"]
    for step_id in (two.made.feedback, two.made.course):
        with pytest.raises(Conflict), database.writing(acme.id) as session:
            service.remove_step(session, hr, step_id)
    with database.reading(acme.id) as session:
        progress = queries.progress_of(session, hr, two.enrolment_id, TODAY)
    assert "Ask around" in [each.step.title for each in progress.steps]


def test_one_course_counts_in_both_cohorts_of_somebody_on_two_pathways(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        version_id = service.create_pathway(
            session,
            hr,
            CreatePathway(title="Another", framework_version_id=acme.framework_version_id),
        )
        stage_id = service.add_stage(session, hr, version_id, WriteStage(title="Only one"))
        same = WriteStep(
            kind=StepKind.COURSE,
            title="The same course",
            course_id=two.made.course_id,
            due_days=5,
        )
        service.add_step(session, hr, stage_id, same)
        service.publish(session, hr, version_id)
        other = service.enrol(
            session,
            hr,
            Enrol(
                version_id=version_id,
                person_id=acme.person["leader"],
                enrolled_on=date(2026, 11, 10),
                cohort="Winter",
            ),
            now=now,
        )
        take_the_course(session, acme, two.made, now)
    with database.reading(acme.id) as session:
        first = queries.progress_of(session, hr, two.enrolment_id, TODAY).steps[0]
        second = queries.progress_of(session, hr, other, TODAY).steps[0]
    assert first.done_on == second.done_on == date(2026, 11, 1)
    assert (first.due_on, second.due_on) == (date(2026, 10, 31), date(2026, 11, 15))


@pytest.mark.parametrize("n", [1, 3])
def test_looking_takes_five_statements_whatever_the_people(
    database: Database, acme: SmallOrganisation, clock: SetClock, two: TwoVersions, n: int
) -> None:
    with database.writing(acme.id) as session:
        for key in ("other_leader", "manager")[: n - 1]:
            session.add(
                Enrolment(
                    pathway_id=queries.cover(session, acme.actor["hr"], two.second).pathway_id,
                    version_id=two.made.version_id,
                    person_id=acme.person[key],
                    enrolled_on=date(2026, 10, 1),
                    state=EnrolmentState.ACTIVE,
                )
            )
    with database.reading(acme.id) as session, counted(database.engine) as statements:
        assert queries.movable_to(session, acme.actor["hr"], two.second, TODAY).total == n
    assert len(statements) == 5
    with database.reading(acme.id) as session:
        assert len(session.scalars(select(Enrolment)).all()) == n
