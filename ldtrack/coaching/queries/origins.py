"""Where milestones came from, for the leader and their coach; a sponsor sees titles alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import MilestoneState, OriginRow
from ldtrack.coaching.models import Milestone, MilestoneOrigin
from ldtrack.coaching.queries.handed import may_read_milestone


def origin_of(actor: Actor) -> ColumnElement[bool]:
    """The clause that joins the origin of `Milestone`, for whom it may be shown to."""
    return and_(
        MilestoneOrigin.milestone_id == Milestone.id,
        may_read_milestone(actor),
    )


def goals_from(session: Session, actor: Actor, release_id: int) -> dict[int, OriginRow]:
    """The goals that statements of a report became, agreed or still proposed, by item."""
    found = session.execute(
        select(MilestoneOrigin, Milestone.state)
        .select_from(MilestoneOrigin)
        .join(Milestone, origin_of(actor))
        .where(
            MilestoneOrigin.release_id == release_id,
            Milestone.state.not_in(
                (MilestoneState.DROPPED, MilestoneState.DECLINED, MilestoneState.WITHDRAWN)
            ),
        )
        .order_by(MilestoneOrigin.set_on, MilestoneOrigin.id)
    )
    rows = [origin_row(one, MilestoneState(state)) for one, state in found]
    return {row.item_id: row for row in rows if row.item_id is not None}


def origin_row(one: MilestoneOrigin, state: MilestoneState) -> OriginRow:
    """An origin, for whoever found it visible."""
    return OriginRow(
        milestone_id=one.milestone_id,
        release_id=one.release_id,
        item_id=one.item_id,
        cycle=one.cycle,
        statement=one.statement,
        set_by_id=one.set_by_id,
        set_on=one.set_on,
        is_agreed=state.is_agreed,
    )
