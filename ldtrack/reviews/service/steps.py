"""What a leader has before them: milestones, own actions and steps of the pathway."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ldtrack.coaching.domain import MilestoneState
from ldtrack.coaching.queries import actions_of, milestones_of
from ldtrack.pathways.domain import StepKind, StepState
from ldtrack.pathways.queries import enrolment_of, progress_of
from ldtrack.reviews.domain.document import OpenStep
from ldtrack.reviews.domain.plan import MILESTONE
from ldtrack.reviews.service.standing import names_of
from ldtrack.reviews.service.wanted import Wanted


def open_steps(session: Session, wanted: Wanted) -> list[OpenStep]:
    """Everything open, in no order; for the leader's own edition."""
    return [
        *_milestones(session, wanted),
        *_actions(session, wanted),
        *_pathway(session, wanted),
    ]


def _milestones(session: Session, wanted: Wanted) -> list[OpenStep]:
    rows = [
        row
        for row in milestones_of(session, wanted.reader, wanted.person_id)
        if row.state is MilestoneState.PLANNED
    ]
    names = names_of(session, {row.competency_id for row in rows})
    return [
        OpenStep(
            text=row.title,
            competency=names[row.competency_id],
            due_on=row.due_on,
            kind=MILESTONE,
        )
        for row in rows
    ]


def _actions(session: Session, wanted: Wanted) -> list[OpenStep]:
    return [
        OpenStep(text=row.text, competency="", due_on=row.due_on, kind="action")
        for row in actions_of(session, wanted.reader, wanted.person_id)
        if row.owner_id == wanted.person_id and row.settled_on is None
    ]


def _pathway(session: Session, wanted: Wanted) -> list[OpenStep]:
    """Steps that can be taken now; a milestone step stands among the milestones already."""
    enrolment = enrolment_of(session, wanted.reader, wanted.person_id)
    if enrolment is None or enrolment.ended_on is not None:
        return []
    progress = progress_of(session, wanted.reader, enrolment.id, wanted.today)
    return [
        OpenStep(
            text=each.step.title,
            competency=each.step.competency,
            due_on=each.due_on,
            kind=each.step.kind.label,
        )
        for each in progress.steps
        if each.state in (StepState.OPEN, StepState.OVERDUE)
        and each.step.kind is not StepKind.MILESTONE
    ]
