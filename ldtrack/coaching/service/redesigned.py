"""Milestones of pathway steps when the pathway changes under them, for one person or many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ldtrack.coaching.domain import MilestoneState, MovedMilestone
from ldtrack.coaching.models import Milestone
from ldtrack.db.parts import in_parts


def move_designed(session: Session, moved: Mapping[int, Sequence[MovedMilestone]]) -> None:
    """Let milestones, by person, belong to the steps that took their steps' place.

    A planned one gets the new due day if it still has the old; a day that coach and leader agreed
    on themselves stays theirs. The caller checked that the actor may move these people.
    """
    wanted = {(person_id, each.step_id): each for person_id, rows in moved.items() for each in rows}
    changes: list[dict[str, object]] = []
    for part in in_parts(moved):
        for row in session.scalars(
            select(Milestone).where(Milestone.person_id.in_(part), Milestone.step_id.is_not(None))
        ):
            each = wanted.get((row.person_id, row.step_id or 0))
            if each is not None:
                follows = row.state == MilestoneState.PLANNED and row.due_on == each.due_on
                changes.append(
                    {
                        "id": row.id,
                        "step_id": each.to_step_id,
                        "due_on": each.to_due_on if follows else row.due_on,
                    }
                )
    if changes:
        session.execute(update(Milestone), changes)


def undo_designed(session: Session, people: Collection[int], step_ids: Collection[int]) -> None:
    """Delete milestones of these steps that nobody has touched since they were planned."""
    for part in in_parts(people):
        session.execute(
            delete(Milestone).where(
                Milestone.person_id.in_(part),
                Milestone.step_id.in_(sorted(step_ids)),
                Milestone.state == MilestoneState.PLANNED,
                Milestone.moved_in_id.is_(None),
            )
        )
