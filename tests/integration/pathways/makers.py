"""Pathways for the tests of pathways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ldtrack.pathways import service
from ldtrack.pathways.domain import CreatePathway, Enrol, StepKind, WriteStage, WriteStep
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

BEGAN = date(2026, 10, 1)


@dataclass(frozen=True, kw_only=True)
class Made:
    """Ids of a pathway of two stages: course, milestone and reflection; assignment and 360."""

    version_id: int
    stage_ids: tuple[int, int]
    course_id: int
    course: int
    milestone: int
    reflection: int
    assignment: int
    feedback: int


def a_pathway(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    title: str = "To lead others",
    code: str = "LC-101",
    published: bool = True,
) -> Made:
    """The milestone waits for the course, the assignment for the milestone."""
    hr, competency = acme.actor["hr"], acme.competency
    course_id = a_course(session, acme, now, code=code, title="Leading change")
    version_id = service.create_pathway(
        session,
        hr,
        CreatePathway(title=title, framework_version_id=acme.framework_version_id),
    )
    first = service.add_stage(
        session,
        hr,
        version_id,
        WriteStage(title="Foundations", gates={competency["coaching-others"]: 3}),
    )
    second = service.add_stage(session, hr, version_id, WriteStage(title="In the open"))

    def step(stage_id: int, kind: StepKind, name: str, **rest: object) -> int:
        command = WriteStep(kind=kind, title=name, **rest)  # type: ignore[arg-type]
        return service.add_step(session, hr, stage_id, command)

    course = step(first, StepKind.COURSE, "Take the course", course_id=course_id, due_days=30)
    milestone = step(
        first,
        StepKind.MILESTONE,
        "Coach a peer",
        competency_id=competency["coaching-others"],
        level=3,
        weight=3,
        due_days=90,
        requires=(course,),
    )
    reflection = step(first, StepKind.REFLECTION, "What changed?", required=False)
    assignment = step(
        second,
        StepKind.ASSIGNMENT,
        "Lead a project",
        competency_id=competency["strategic-thinking"],
        requires=(milestone,),
    )
    feedback = step(second, StepKind.FEEDBACK, "Ask around")
    if published:
        service.publish(session, hr, version_id)
    return Made(
        version_id=version_id,
        stage_ids=(first, second),
        course_id=course_id,
        course=course,
        milestone=milestone,
        reflection=reflection,
        assignment=assignment,
        feedback=feedback,
    )


def enrolled(
    session: Session,
    acme: SmallOrganisation,
    made: Made,
    now: datetime,
    *,
    who: str = "leader",
    cohort: str = "",
    on: date = BEGAN,
) -> int:
    """Somebody on the pathway since 1 October 2026. Returns the enrolment's id."""
    return service.enrol(
        session,
        acme.actor["hr"],
        Enrol(
            version_id=made.version_id, person_id=acme.person[who], enrolled_on=on, cohort=cohort
        ),
        now=now,
    )
