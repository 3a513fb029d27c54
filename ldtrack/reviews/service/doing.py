"""The pathway, courses and coaching of a person, as far as the edition may hold them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ldtrack.coaching.domain import AgreementRow, MilestoneState
from ldtrack.coaching.queries import (
    actions_of,
    agreement_of,
    engagement_for,
    milestones_of,
    session_counts,
)
from ldtrack.courses.queries import completions_of, courses_named
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import NoGates
from ldtrack.growth.queries import shown_by_stage
from ldtrack.pathways.domain import StageProgress, StepState
from ldtrack.pathways.queries import enrolment_of, progress_of
from ldtrack.reviews.domain.document import (
    CoachingPart,
    CoursePart,
    MilestonePart,
    PathwayPart,
    Reached,
    StagePart,
)
from ldtrack.reviews.domain.from_growth import said_by
from ldtrack.reviews.domain.kinds import Part
from ldtrack.reviews.service.standing import Measured, names_of
from ldtrack.reviews.service.wanted import Wanted

_COURSE = (SourceKind.COURSE_COMPLETION, SourceKind.COURSE_ASSESSMENT, SourceKind.CERTIFICATE)
_REACHED = {
    MilestoneState.PLANNED: Reached.PLANNED,
    MilestoneState.MET: Reached.MET,
    MilestoneState.MISSED: Reached.MISSED,
    MilestoneState.DROPPED: Reached.DROPPED,
}


def pathway(session: Session, wanted: Wanted, levels: Measured) -> PathwayPart | None:
    """The stages with what was done and, where levels may be told, what was shown."""
    if not wanted.has(Part.PROGRESS):
        return None
    enrolment = enrolment_of(session, wanted.reader, wanted.person_id)
    if enrolment is None:
        return None
    progress = progress_of(session, wanted.reader, enrolment.id, wanted.today)
    shown = _shown(levels, progress.stages)
    stages = [
        StagePart(
            title=each.stage.title,
            done=sum(step.state is StepState.DONE for step in each.steps),
            steps=sum(step.state is not StepState.WAIVED for step in each.steps),
            shown=shown[each.stage.id][0],
            gates=shown[each.stage.id][1],
        )
        for each in progress.stages
    ]
    return PathwayPart(
        title=enrolment.title, enrolled_on=enrolment.enrolled_on, stages=tuple(stages)
    )


def _shown(levels: Measured, stages: Sequence[StageProgress]) -> dict[int, tuple[int, int]]:
    """For each stage the gates shown and set; none where levels may not be told."""
    if levels.growth is None:
        return {each.stage.id: (0, 0) for each in stages}
    gates = {
        each.stage.id: [one.gate for one in each.gates if one.waived is None] for each in stages
    }
    return {
        stage_id: (0, 0) if isinstance(share, NoGates) else (share.n_met, share.n_gates)
        for stage_id, share in shown_by_stage(levels.growth, gates).items()
    }


def courses(session: Session, wanted: Wanted, levels: Measured) -> tuple[CoursePart, ...]:
    """Completed courses, latest first; results and evidence are the leader's alone."""
    if not wanted.has(Part.PROGRESS):
        return ()
    completions = completions_of(session, wanted.reader, wanted.person_id)
    catalogue = courses_named(session, {row.course_id for row in completions})
    develops = {
        key: [pair.competency_id for pair in course.develops] for key, course in catalogue.items()
    }
    names = names_of(session, {one for pairs in develops.values() for one in pairs})
    left: dict[int, list[str]] = {}
    for entry in levels.entries() if wanted.is_own else ():
        if entry.source_kind in _COURSE and (said := said_by(entry)) not in left.setdefault(
            entry.source_id, []
        ):
            left[entry.source_id].append(said)
    return tuple(
        CoursePart(
            title=row.title,
            completed_on=row.completed_on,
            result=row.result if wanted.is_own else "",
            develops=tuple(names[one] for one in develops.get(row.course_id, ())),
            evidence=", ".join(left.get(row.id, ())),
        )
        for row in completions
    )


def coaching(session: Session, wanted: Wanted) -> CoachingPart | None:
    """Counts, dates and milestones; no note is ever read for a review."""
    if not wanted.has(Part.SESSION_COUNTS, Part.MILESTONES):
        return None
    engagement = engagement_for(session, wanted.reader, wanted.person_id)
    agreement = agreement_of(session, engagement.id) if engagement else None
    counts = (
        session_counts(session, wanted.reader, wanted.person_id)
        if wanted.has(Part.SESSION_COUNTS)
        else None
    )
    milestones = _milestones(session, wanted) if wanted.has(Part.MILESTONES) else ()
    if engagement is None and counts is None and not milestones:
        return None
    kept, still_open, slipped = _actions(session, wanted) if wanted.is_own else (None,) * 3
    return CoachingPart(
        coach=engagement.coach if engagement else "",
        purpose=agreement.purpose if agreement else "",
        began_on=engagement.starts_on if engagement else None,
        held=counts.n_held if counts else None,
        agreed=counts.n_agreed if counts else None,
        last_on=counts.held_on[-1] if counts and counts.held_on else None,
        actions_kept=kept,
        actions_open=still_open,
        actions_slipped=slipped,
        milestones=milestones,
    )


def agreement(session: Session, wanted: Wanted) -> AgreementRow | None:
    """The agreement of the running engagement, if there is one."""
    engagement = engagement_for(session, wanted.reader, wanted.person_id)
    return agreement_of(session, engagement.id) if engagement else None


def _milestones(session: Session, wanted: Wanted) -> tuple[MilestonePart, ...]:
    """Those agreed; a dropped one is nobody else's business."""
    rows = [
        row
        for row in milestones_of(session, wanted.reader, wanted.person_id)
        if wanted.is_own or row.state is not MilestoneState.DROPPED
    ]
    names = names_of(session, {row.competency_id for row in rows})
    return tuple(
        MilestonePart(
            title=row.title,
            competency=names[row.competency_id],
            level=row.level if wanted.has(Part.LEVELS) else None,
            due_on=row.due_on,
            met_on=row.met_on,
            reached=_REACHED[row.state],
        )
        for row in rows
    )


def _actions(session: Session, wanted: Wanted) -> tuple[int, int, int]:
    """The leader's own actions: kept, open, and of these past their day."""
    own = [
        row
        for row in actions_of(session, wanted.reader, wanted.person_id)
        if row.owner_id == wanted.person_id
    ]
    waiting = [row for row in own if row.settled_on is None]
    slipped = sum(row.due_on is not None and row.due_on < wanted.today for row in waiting)
    return len(own) - len(waiting), len(waiting), slipped
