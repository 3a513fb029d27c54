"""Who applied for an opening and was placed in it, in short, as far as an actor may see."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import OutcomeMark, PlacementState, StandingRow
from ldtrack.assignments.models import Outcome, Placement, Posting
from ldtrack.assignments.queries.placements import MOST
from ldtrack.assignments.queries.visible import may


def placements_at(session: Session, actor: Actor, posting_id: int) -> list[StandingRow]:
    """Who applied for and was placed in an opening, as far as the actor may see, latest first.

    One statement.
    """
    rows = session.execute(
        select(Placement, Outcome)
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(Outcome, Outcome.placement_id == Placement.id)
        .where(Placement.posting_id == posting_id, may(actor, Action.READ_PLACEMENT))
        .order_by(Placement.starts_on.desc(), Placement.id)
        .limit(MOST)
    )
    return [
        StandingRow(
            id=row.id,
            person_id=row.person_id,
            state=PlacementState(row.state),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            motive=row.motive,
            reason=row.reason,
            outcome=_mark(cast(Outcome | None, outcome)),
        )
        for row, outcome in rows
    ]


def _mark(outcome: Outcome | None) -> OutcomeMark | None:
    # The outer join leaves the outcome out, which its type does not say.
    return None if outcome is None else OutcomeMark(is_proved=outcome.proof != "")
