"""Keeping where a milestone came from: the report, the statement, and its words at the time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import CameFrom, MilestoneState
from ldtrack.coaching.models import Milestone, MilestoneOrigin, MilestoneProposal
from ldtrack.core.errors import RuleBroken


def remember_origin(
    session: Session, actor: Actor, milestone_id: int, came_from: CameFrom, *, now: datetime
) -> None:
    """Link the milestone to its statement; one statement of a report is one goal at a time.

    The caller read the report as the actor may, so the words are the report's own.
    """
    planned = session.scalar(
        select(Milestone.id)
        .join(MilestoneOrigin, MilestoneOrigin.milestone_id == Milestone.id)
        .where(
            MilestoneOrigin.release_id == came_from.release_id,
            MilestoneOrigin.item_id == came_from.item_id,
            Milestone.state.in_((MilestoneState.PLANNED, MilestoneState.PROPOSED)),
        )
        .limit(1)
    )
    if planned is not None:
        raise RuleBroken("title", "This statement is a goal already.")
    session.add(
        MilestoneOrigin(
            milestone_id=milestone_id,
            release_id=came_from.release_id,
            item_id=came_from.item_id,
            cycle=came_from.cycle,
            statement=came_from.statement,
            set_by_id=actor.person_id,
            set_on=now.date(),
        )
    )
    session.flush()


def set_by(session: Session, milestone_id: int, *, latest: bool) -> int | None:
    """Who proposed the milestone first, or in its latest turn; else who made it of a statement.

    `None` for what a pathway asks for, and for what was agreed before proposals were kept.
    """
    turn = MilestoneProposal.turn
    proposed = session.scalars(
        select(MilestoneProposal.proposed_by_id)
        .where(MilestoneProposal.milestone_id == milestone_id)
        .order_by(turn.desc() if latest else turn)
        .limit(1)
    ).all()
    if proposed:
        return proposed[0]
    return session.scalar(
        select(MilestoneOrigin.set_by_id).where(MilestoneOrigin.milestone_id == milestone_id)
    )
