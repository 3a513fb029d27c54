"""A pathway that names a course, and the leader's way along it."""

from __future__ import annotations

from datetime import date

from ldtrack.pathways import service as pathways
from ldtrack.pathways.domain import CreatePathway, Enrol, StepKind, Waive, WriteStage, WriteStep
from tests.infrastructure.furnish.corner import Corner


def pathway_with_enrolment(corner: Corner, course_id: int) -> None:
    """Version 1 published with the leader on it and one step waived; version 2 still a draft."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    version_id = pathways.create_pathway(
        session,
        hr,
        CreatePathway(
            title=corner.mark("pathway"),
            framework_version_id=corner.organisation.framework_version_id,
            purpose=corner.mark("pathway-purpose"),
        ),
    )
    gates = {corner.competency("coaching-others"): 3}
    stage_id = pathways.add_stage(
        session, hr, version_id, WriteStage(title=corner.mark("stage"), gates=gates)
    )
    course = WriteStep(
        kind=StepKind.COURSE, title=corner.mark("step-course"), course_id=course_id, due_days=30
    )
    course_step = pathways.add_step(session, hr, stage_id, course)
    milestone = WriteStep(
        kind=StepKind.MILESTONE,
        title=corner.mark("step-milestone"),
        competency_id=corner.competency("financial-acumen"),
        level=3,
        requires=(course_step,),
    )
    pathways.add_step(session, hr, stage_id, milestone)
    reflection = WriteStep(kind=StepKind.REFLECTION, title=corner.mark("step-reflection"))
    waived = pathways.add_step(session, hr, stage_id, reflection)
    ask_around = WriteStep(kind=StepKind.FEEDBACK, title=corner.mark("step-feedback"))
    pathways.add_step(session, hr, stage_id, ask_around)
    pathways.publish(session, hr, version_id)
    enrolment_id = pathways.enrol(
        session,
        hr,
        Enrol(
            version_id=version_id,
            person_id=corner.person("leader"),
            enrolled_on=date(2026, 10, 1),
            cohort=corner.mark("cohort"),
        ),
        now=now,
    )
    reason = Waive(step_id=waived, reason=corner.mark("waiver"))
    pathways.waive(session, hr, enrolment_id, reason, now=now)
    draft_id = pathways.start_new_version(session, hr, version_id)
    planned = WriteStage(title=corner.mark("stage-draft"))
    step = WriteStep(kind=StepKind.FEEDBACK, title=corner.mark("step-draft"))
    pathways.add_step(session, hr, pathways.add_stage(session, hr, draft_id, planned), step)
