"""A pathway that names a course, and the leader's way along it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from ldtrack.pathways import service as pathways
from ldtrack.pathways.domain import (
    BeginPilot,
    ClosePathway,
    CreatePathway,
    EndEnrolment,
    Enrol,
    EnrolmentState,
    NeedKind,
    NeedState,
    ReviewPilot,
    SettleNeed,
    StateNeed,
    StepKind,
    Waive,
    WriteCall,
    WriteGroup,
    WriteRule,
    WriteStage,
    WriteStep,
)
from ldtrack.pathways.models import Cohort, Enrolment
from ldtrack.pathways.queries import cover
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
    read = WriteStep(
        kind=StepKind.READING,
        title=corner.mark("step-reading"),
        address="https://example.org/reading",
    )
    pathways.add_step(session, hr, stage_id, read)
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
    rule_that_no_longer_matches(corner, version_id, enrolment_id)
    needs_of_the_leader(corner, enrolment_id)
    draft_id = pathways.start_new_version(session, hr, version_id)
    planned = WriteStage(title=corner.mark("stage-draft"))
    planned_id = pathways.add_stage(session, hr, draft_id, planned)
    choice = WriteGroup(title=corner.mark("choice-draft"), choose=1, due_days=30)
    step = WriteStep(
        kind=StepKind.FEEDBACK,
        title=corner.mark("step-draft"),
        group_id=pathways.add_group(session, hr, planned_id, choice),
    )
    pathways.add_step(session, hr, planned_id, step)


def rule_that_no_longer_matches(corner: Corner, version_id: int, enrolment_id: int) -> None:
    """A rule for specialists; the leader, who is none, came by a rule before that."""
    session, hr = corner.session, corner.actor("hr")
    session.execute(update(Enrolment).where(Enrolment.id == enrolment_id).values(by_rule=True))
    wanted = WriteRule(
        job_profiles=("Specialist",),
        into_cohort=corner.mark("into-cohort"),
        gaps={corner.competency("strategic-thinking"): 4},
        unassessed_too=True,
    )
    pathway_id = cover(session, hr, version_id).pathway_id
    pathways.write_rule(session, hr, pathway_id, wanted, now=corner.now)


def pathway_that_changed(corner: Corner) -> None:
    """Version 2 published with one person moved to it and another still on version 1."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    version_id = pathways.create_pathway(
        session,
        hr,
        CreatePathway(
            title=corner.mark("pathway-changed"),
            framework_version_id=corner.organisation.framework_version_id,
        ),
    )
    stage_id = pathways.add_stage(
        session, hr, version_id, WriteStage(title=corner.mark("stage-changed"))
    )
    write = WriteStep(kind=StepKind.REFLECTION, title=corner.mark("step-changed"), due_days=30)
    pathways.add_step(session, hr, stage_id, write)
    pathways.publish(session, hr, version_id)
    pilot_that_was_reviewed(corner, version_id)
    first, _ = [
        pathways.enrol(
            session,
            hr,
            Enrol(version_id=version_id, person_id=corner.person(key), enrolled_on=now.date()),
            now=now,
        )
        for key in ("peer_3", "peer_4")
    ]
    left = Enrol(version_id=version_id, person_id=corner.person("peer_2"), enrolled_on=now.date())
    gone = EndEnrolment(state=EnrolmentState.LEFT, ended_on=now.date())
    pathways.end_enrolment(session, hr, pathways.enrol(session, hr, left, now=now), gone, now=now)
    second = pathways.start_new_version(session, hr, version_id)
    pathways.publish(session, hr, second)
    pathways.move_people(session, hr, second, [first], now=now)
    invitation_to(corner, cover(session, hr, second).pathway_id)


def pathways_that_nobody_is_on(corner: Corner) -> None:
    """One that takes people, one that was closed, and a cohort that nobody is in."""
    session, hr = corner.session, corner.actor("hr")
    _published(corner, "pathway-new")
    closed_id = _published(corner, "pathway-closed")
    ended = ClosePathway(reason=corner.mark("closing-reason"), learnt=corner.mark("closing-learnt"))
    pathways.close_pathway(session, hr, closed_id, ended, now=corner.now)
    session.add(Cohort(name=corner.mark("cohort-empty")))


def _published(corner: Corner, word: str) -> int:
    session, hr = corner.session, corner.actor("hr")
    about = CreatePathway(
        title=corner.mark(word),
        framework_version_id=corner.organisation.framework_version_id,
    )
    version_id = pathways.create_pathway(session, hr, about)
    stage_id = pathways.add_stage(session, hr, version_id, WriteStage(title="Begin"))
    pathways.add_step(session, hr, stage_id, WriteStep(kind=StepKind.REFLECTION, title="Write"))
    pathways.publish(session, hr, version_id)
    return version_id


def pilot_that_was_reviewed(corner: Corner, version_id: int) -> None:
    """HR tried the version with a cohort that nobody is in, and looked back on it."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    tried = BeginPilot(
        cohort=corner.mark("pilot-cohort"), aim=corner.mark("pilot-aim"), ends_on=now.date()
    )
    pathways.begin_pilot(session, hr, version_id, tried, now=now)
    looked = ReviewPilot(
        worked=corner.mark("pilot-worked"),
        changes=corner.mark("pilot-changes"),
        decided_by=corner.person("hr"),
        reviewed_on=now.date(),
    )
    pathways.review_pilot(session, hr, version_id, looked, now=now)


def invitation_to(corner: Corner, pathway_id: int) -> None:
    """An invitation for everybody; the leader is interested."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    story = f"Come along. {corner.mark('call-story')}"
    written = WriteCall(story=story, targeted=False, opens_on=now.date())
    call_id = pathways.write_call(session, hr, pathway_id, written, now=now)
    pathways.say_interested(
        session, corner.actor("leader"), call_id, corner.mark("interest"), {}, now=now
    )


def needs_of_the_leader(corner: Corner, enrolment_id: int) -> None:
    """One that was stated by the leader and one that HR agreed to."""
    session, hr, now = corner.session, corner.actor("hr"), corner.now
    stated = StateNeed(
        enrolment_id=enrolment_id, kind=NeedKind.LANGUAGE, words=corner.mark("need-stated")
    )
    pathways.state_need(session, corner.actor("leader"), stated, now=now)
    agreed = StateNeed(
        enrolment_id=enrolment_id, kind=NeedKind.TIME, words=corner.mark("need-agreed")
    )
    need_id = pathways.state_need(session, hr, agreed, now=now)
    answer = SettleNeed(state=NeedState.AGREED, extra_days=14, answer=corner.mark("need-answer"))
    pathways.settle_need(session, hr, need_id, answer, now=now)
