"""Publishing, and the next version as a copy that reaches nobody who is on the way."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ldtrack.audit.models import AuditEvent
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import BeginPilot, CreatePathway, Enrol, Plan, VersionState
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.pathways.makers import Made, a_pathway, enrolled


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now())


def design(plan: Plan) -> list[object]:
    """All that a version asks for, with titles for ids."""
    titles = {step.id: step.title for step in plan.steps}
    return [
        (
            stage.title,
            [(gate.competency, gate.level) for gate in stage.gates],
            [
                (
                    step.kind,
                    step.title,
                    step.required,
                    step.weight,
                    step.course_id,
                    step.competency_id,
                    step.level,
                    step.due_days,
                    [titles[other] for other in step.requires],
                )
                for step in stage.steps
            ],
        )
        for stage in plan.stages
    ]


def test_an_empty_pathway_cannot_be_published(database: Database, acme: SmallOrganisation) -> None:
    hr = acme.actor["hr"]
    command = CreatePathway(title="Empty", framework_version_id=acme.framework_version_id)
    with database.writing(acme.id) as session:
        version_id = service.create_pathway(session, hr, command)
    with pytest.raises(RuleBroken), database.writing(acme.id) as session:
        service.publish(session, hr, version_id)


def test_the_next_version_is_a_copy_of_everything_under_new_ids(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        draft_id = service.start_new_version(session, hr, made.version_id)
    with database.reading(acme.id) as session:
        before = queries.pathway(session, hr, made.version_id)
        after = queries.pathway(session, hr, draft_id)
    assert (after.number, after.state) == (2, VersionState.DRAFT)
    assert design(after) == design(before)
    assert not {step.id for step in after.steps} & {step.id for step in before.steps}


def test_there_is_one_draft_at_a_time(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        first = service.start_new_version(session, hr, made.version_id)
        again = service.start_new_version(session, hr, made.version_id)
        from_itself = service.start_new_version(session, hr, first)
    assert first == again == from_itself


def test_publishing_the_next_version_retires_the_first_and_leaves_its_people_alone(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolment_id = enrolled(session, acme, made, now)
        draft_id = service.start_new_version(session, hr, made.version_id)
        draft = queries.pathway(session, hr, draft_id)
        service.remove_stage(session, hr, draft.stages[1].id)
        service.publish(session, hr, draft_id)
    with database.reading(acme.id) as session:
        rows = queries.catalogue(session, hr)
        progress = queries.progress_of(session, hr, enrolment_id, clock.today())
    assert [(row.number, row.state, row.n_active) for row in rows[0].versions] == [
        (2, VersionState.PUBLISHED, 0),
        (1, VersionState.RETIRED, 1),
    ]
    assert [stage.stage.title for stage in progress.stages] == ["Foundations", "In the open"]
    with pytest.raises(RuleBroken), database.writing(acme.id) as session:
        enrolled(session, acme, made, now, who="other_leader")


def test_a_draft_is_for_its_authors_and_what_is_published_for_everybody(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        draft_id = service.start_new_version(session, acme.actor["hr"], made.version_id)
    with database.reading(acme.id) as session:
        (row,) = queries.catalogue(session, leader)
        assert [version.number for version in row.versions] == [1]
        assert queries.pathway(session, leader, made.version_id).number == 1
        with pytest.raises(NotVisible):
            queries.pathway(session, leader, draft_id)


def test_the_catalogue_asks_as_little_for_three_pathways_as_for_one(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    asked = []
    for more in (0, 2):
        with database.writing(acme.id) as session:
            for number in range(more):
                a_pathway(session, acme, clock.now(), title=f"Way {number}", code=f"W-{number}")
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            assert len(queries.catalogue(session, hr)) == 1 + more
        asked.append(len(statements))
    assert asked == [2, 2]


def test_a_publication_is_taken_back_while_nobody_was_on_it(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolled(session, acme, made, now)
        second = service.start_new_version(session, hr, made.version_id)
        service.publish(session, hr, second)
        service.take_publication_back(session, hr, second, now=now)
        pathway_id = queries.cover(session, hr, second).pathway_id
        states = [row.state for row in queries.versions_of(session, hr, pathway_id)]
        assert states == [VersionState.DRAFT, VersionState.PUBLISHED]
        service.publish(session, hr, second)
    with database.reading(acme.id) as session:
        said = session.scalars(
            select(AuditEvent.reason).where(AuditEvent.thing == "pathway_version")
        ).all()
    assert said == ["Publication taken back: version 2"]


@pytest.mark.parametrize("what", ["enrolled", "moved", "pilot", "next draft"])
def test_a_publication_that_somebody_relies_on_stays(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock, what: str
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        enrolled(session, acme, made, now)
        second = service.start_new_version(session, hr, made.version_id)
        service.publish(session, hr, second)
        if what == "enrolled":
            person_id = acme.person["other_leader"]
            came = Enrol(version_id=second, person_id=person_id, enrolled_on=now.date())
            service.enrol(session, hr, came, now=now)
        elif what == "moved":
            service.move_people(session, hr, second, None, now=now)
        elif what == "pilot":
            tried = BeginPilot(cohort="First", aim="Whether.", ends_on=now.date())
            service.begin_pilot(session, hr, second, tried, now=now)
        else:
            service.start_new_version(session, hr, second)
        with pytest.raises(Conflict):
            service.take_publication_back(session, hr, second, now=now)


def test_only_what_is_published_becomes_a_draft_again_and_only_by_hr(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        draft = service.start_new_version(session, hr, made.version_id)
        with pytest.raises(Conflict, match="Only a published version"):
            service.take_publication_back(session, hr, draft, now=now)
        with pytest.raises(NotAllowed):
            service.take_publication_back(session, acme.actor["coach"], made.version_id, now=now)
