"""Building a draft: stages, steps, order, gates and prerequisites."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import CreatePathway, Plan, StepKind, WriteGate, WriteStage, WriteStep
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.pathways.makers import Made, a_pathway

REFLECT = WriteStep(kind=StepKind.REFLECTION, title="Look back")


@pytest.fixture
def made(database: Database, acme: SmallOrganisation, clock: SetClock) -> Made:
    with database.writing(acme.id) as session:
        return a_pathway(session, acme, clock.now(), published=False)


def plan_of(database: Database, acme: SmallOrganisation, version_id: int) -> Plan:
    with database.reading(acme.id) as session:
        return queries.pathway(session, acme.actor["hr"], version_id)


def titles(plan: Plan) -> list[list[str]]:
    return [[step.title for step in stage.steps] for stage in plan.stages]


def test_a_draft_is_read_as_it_was_built(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    plan = plan_of(database, acme, made.version_id)
    assert (plan.title, plan.number, plan.is_draft) == ("To lead others", 1, True)
    assert titles(plan) == [
        ["Take the course", "Coach a peer", "What changed?"],
        ["Lead a project", "Ask around"],
    ]
    assert [(gate.competency, gate.level) for gate in plan.stages[0].gates] == [
        ("Coaching others", 3)
    ]
    assert {step.id: step.requires for step in plan.steps if step.requires} == {
        made.milestone: (made.course,),
        made.assignment: (made.milestone,),
    }


def test_a_circle_is_refused_and_nothing_of_it_is_stored(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        service.require(session, acme.actor["hr"], made.course, [made.assignment])
    assert refused.value.field == "requires"
    assert refused.value.message == (
        "This goes round in a circle: “Take the course” comes after “Lead a project” comes "
        "after “Coach a peer” comes after “Take the course”."
    )
    assert plan_of(database, acme, made.version_id).steps[0].requires == ()


def test_a_step_cannot_come_after_itself_nor_after_a_step_of_another_version(
    database: Database, acme: SmallOrganisation, made: Made, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        other = a_pathway(session, acme, clock.now(), title="Another", code="X-1")
    for wrong in (made.course, other.course):
        with pytest.raises(RuleBroken), database.writing(acme.id) as session:
            service.require(session, hr, made.course, [wrong])


def test_the_database_refuses_a_step_that_comes_after_itself(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    statement = text(
        "INSERT INTO prerequisite (id, organisation_id, step_id, requires_id)"
        " VALUES (7, :organisation, :step, :step)"
    )
    with (
        pytest.raises(IntegrityError, match="ck_prerequisite_is_another_step"),
        database.writing(acme.id) as session,
    ):
        session.execute(statement, {"organisation": acme.id, "step": made.course})


def test_steps_move_within_their_stage_and_over_its_edge(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.move_step(session, hr, made.milestone, up=True)
        service.move_step(session, hr, made.assignment, up=True)
    assert titles(plan_of(database, acme, made.version_id)) == [
        ["Coach a peer", "Take the course", "What changed?", "Lead a project"],
        ["Ask around"],
    ]
    with database.writing(acme.id) as session:
        service.move_step(session, hr, made.assignment, up=False)
        service.move_step(session, hr, made.milestone, up=True)
        service.move_step(session, hr, made.feedback, up=False)
    assert titles(plan_of(database, acme, made.version_id)) == [
        ["Coach a peer", "Take the course", "What changed?"],
        ["Lead a project", "Ask around"],
    ]


def test_stages_change_places_and_stay_where_there_is_no_neighbour(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.move_stage(session, hr, made.stage_ids[1], up=True)
        service.move_stage(session, hr, made.stage_ids[1], up=True)
    plan = plan_of(database, acme, made.version_id)
    assert [stage.title for stage in plan.stages] == ["In the open", "Foundations"]


def test_removing_a_step_frees_what_waited_for_it(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    with database.writing(acme.id) as session:
        service.remove_step(session, acme.actor["hr"], made.milestone)
    plan = plan_of(database, acme, made.version_id)
    assert [step.requires for step in plan.steps] == [(), (), (), ()]


def test_removing_a_stage_takes_its_steps_and_gates(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    with database.writing(acme.id) as session:
        service.remove_stage(session, acme.actor["hr"], made.stage_ids[0])
    plan = plan_of(database, acme, made.version_id)
    assert titles(plan) == [["Lead a project", "Ask around"]]
    assert plan.steps[0].requires == ()


def test_renaming_a_stage_keeps_its_gates_and_one_gate_is_set_at_a_time(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr, stage_id, competency = acme.actor["hr"], made.stage_ids[0], acme.competency
    with database.writing(acme.id) as session:
        service.change_stage(session, hr, stage_id, WriteStage(title="Basics"))
        service.write_gate(
            session, hr, stage_id, WriteGate(competency_id=competency["coaching-others"], level=4)
        )
        service.write_gate(
            session, hr, stage_id, WriteGate(competency_id=competency["financial-acumen"], level=2)
        )
    stage = plan_of(database, acme, made.version_id).stages[0]
    assert stage.title == "Basics"
    assert [(gate.competency, gate.level) for gate in stage.gates] == [
        ("Coaching others", 4),
        ("Financial acumen", 2),
    ]
    with database.writing(acme.id) as session:
        service.remove_gate(session, hr, stage_id, competency["coaching-others"])
    stage = plan_of(database, acme, made.version_id).stages[0]
    assert [gate.competency for gate in stage.gates] == ["Financial acumen"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("course_id", {"kind": StepKind.COURSE}),
        ("course_id", {"kind": StepKind.COURSE, "course_id": 77}),
        ("competency_id", {"kind": StepKind.MILESTONE, "level": 3}),
        ("level", {"kind": StepKind.MILESTONE, "competency_id": "coaching-others"}),
        ("competency_id", {"kind": StepKind.MILESTONE, "competency_id": 77, "level": 3}),
        (
            "competency_id",
            {"kind": StepKind.MILESTONE, "competency_id": "coaching-others", "level": 6},
        ),
        ("competency_id", {"kind": StepKind.ASSIGNMENT}),
        ("posting_id", {"kind": StepKind.ASSIGNMENT, "posting_id": 77}),
        ("weight", {"weight": 0}),
        ("weight", {"weight": 11}),
        ("due_days", {"due_days": -1}),
        ("due_days", {"due_days": 3651}),
    ],
)
def test_a_step_that_does_not_say_what_it_asks_for_is_refused_at_its_field(
    database: Database,
    acme: SmallOrganisation,
    made: Made,
    field: str,
    changes: dict[str, object],
) -> None:
    values = {"kind": StepKind.REFLECTION, "title": "A step", **changes}
    if isinstance(values.get("competency_id"), str):
        values["competency_id"] = acme.competency[str(values["competency_id"])]
    command = WriteStep(**values)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        service.add_step(session, acme.actor["hr"], made.stage_ids[0], command)
    assert refused.value.field == field


def test_a_step_keeps_its_kind(database: Database, acme: SmallOrganisation, made: Made) -> None:
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        service.change_step(session, acme.actor["hr"], made.course, REFLECT)
    assert refused.value.field == "kind"


def test_two_pathways_cannot_have_the_same_title(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    command = CreatePathway(title="To lead others", framework_version_id=acme.framework_version_id)
    with pytest.raises(RuleBroken) as refused, database.writing(acme.id) as session:
        service.create_pathway(session, acme.actor["hr"], command)
    assert refused.value.field == "title"


def test_only_hr_builds_pathways(database: Database, acme: SmallOrganisation, made: Made) -> None:
    for key in ("leader", "coach", "manager", "sponsor", "administrator"):
        with pytest.raises(NotAllowed), database.writing(acme.id) as session:
            service.add_step(session, acme.actor[key], made.stage_ids[0], REFLECT)


def test_another_organisations_stage_is_not_there(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, made: Made
) -> None:
    with pytest.raises(NotVisible), database.writing(rival.id) as session:
        service.add_step(session, rival.actor["hr"], made.stage_ids[0], REFLECT)
    with pytest.raises(NotVisible), database.reading(rival.id) as session:
        queries.pathway(session, rival.actor["hr"], made.version_id)


def test_a_published_version_does_not_change(
    database: Database, acme: SmallOrganisation, made: Made
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        service.publish(session, hr, made.version_id)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.add_step(session, hr, made.stage_ids[0], REFLECT)
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.remove_stage(session, hr, made.stage_ids[0])
    with pytest.raises(Conflict), database.writing(acme.id) as session:
        service.publish(session, hr, made.version_id)
