"""Placements that were completed and answered for, as rooms above count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import DebriefKind, FinishedRow, PlacementState
from ldtrack.assignments.models import Debrief, Outcome, Placement
from ldtrack.assignments.queries.postings import develops_of


def finished(session: Session, people: Iterable[int]) -> dict[int, list[FinishedRow]]:
    """For each person the completed placements that have an outcome or the leader's debrief.

    Nothing of what was written; the caller checked who is asking.
    """
    answered = or_(
        exists().where(Outcome.placement_id == Placement.id),
        exists().where(
            Debrief.placement_id == Placement.id,
            Debrief.kind == DebriefKind.LEADER,
            Debrief.held_on.is_not(None),
        ),
    )
    rows = session.scalars(
        select(Placement)
        .where(
            Placement.person_id.in_(sorted(set(people))),
            # One whose last day has come may be answered for before anybody ends it.
            Placement.state.in_((PlacementState.COMPLETED, PlacementState.ACTIVE)),
            Placement.ends_on.is_not(None),
            answered,
        )
        .order_by(Placement.ends_on, Placement.id)
    ).all()
    develops = develops_of(session, {row.posting_id for row in rows})
    found: dict[int, list[FinishedRow]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(
            FinishedRow(
                id=row.id,
                posting_id=row.posting_id,
                competency_ids=frozenset(
                    pair.competency_id for pair in develops.get(row.posting_id, ())
                ),
                ended_on=row.ends_on or row.starts_on,
            )
        )
    return dict(found)
