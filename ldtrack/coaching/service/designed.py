"""Milestones that a pathway asks for, put into the coaching of whoever walks it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import MilestoneState, SetMilestone
from ldtrack.coaching.models import Engagement, Milestone


def plan_designed(session: Session, person_id: int, wanted: Sequence[SetMilestone]) -> int:
    """Plan the milestones of pathway steps for a person. Returns how many are new.

    Each step has one milestone for each person, whatever became of it, so saying it twice changes
    nothing. Without a running engagement nothing is planned yet. The caller checked that the actor
    may put the person on the pathway, and that levels are of the competency's scale.
    """
    engagement_id = session.scalar(
        select(Engagement.id)
        .where(Engagement.person_id == person_id, Engagement.ends_on.is_(None))
        .order_by(Engagement.starts_on.desc(), Engagement.id)
        .limit(1)
    )
    if engagement_id is None:
        return 0
    here = set(
        session.scalars(
            select(Milestone.step_id).where(
                Milestone.person_id == person_id, Milestone.step_id.is_not(None)
            )
        )
    )
    new = [command for command in wanted if command.step_id not in here]
    session.add_all(
        Milestone(
            engagement_id=engagement_id,
            person_id=person_id,
            competency_id=command.competency_id,
            title=command.title,
            level=command.level,
            due_on=command.due_on,
            step_id=command.step_id,
            state=MilestoneState.PLANNED,
        )
        for command in new
    )
    session.flush()
    return len(new)
