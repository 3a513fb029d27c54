"""Where milestones came from, for the leader and their coach; a sponsor sees titles alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import MilestoneState, OriginRow
from ldtrack.coaching.models import Milestone, MilestoneOrigin


def origins_of(session: Session, actor: Actor, person_id: int) -> dict[int, OriginRow]:
    """The origins of the person's milestones, by milestone."""
    rows = _rows(session, actor, Milestone.person_id == person_id)
    return {row.milestone_id: row for row in rows}


def goals_from(session: Session, actor: Actor, release_id: int) -> dict[int, OriginRow]:
    """The goals that statements of a report became, agreed or still proposed, by item."""
    rows = _rows(
        session,
        actor,
        MilestoneOrigin.release_id == release_id,
        Milestone.state.not_in(
            (MilestoneState.DROPPED, MilestoneState.DECLINED, MilestoneState.WITHDRAWN)
        ),
    )
    return {row.item_id: row for row in rows if row.item_id is not None}


def _rows(session: Session, actor: Actor, *which: ColumnElement[bool]) -> list[OriginRow]:
    found = session.execute(
        select(MilestoneOrigin, Milestone.state)
        .join(Milestone, Milestone.id == MilestoneOrigin.milestone_id)
        .where(*which, policy.clause(actor, Action.READ_MILESTONE, person_id=Milestone.person_id))
        .order_by(MilestoneOrigin.set_on, MilestoneOrigin.id)
    )
    return [
        OriginRow(
            milestone_id=one.milestone_id,
            release_id=one.release_id,
            item_id=one.item_id,
            cycle=one.cycle,
            statement=one.statement,
            set_by_id=one.set_by_id,
            set_on=one.set_on,
            is_agreed=MilestoneState(state).is_agreed,
        )
        for one, state in found
    ]
