"""What people have behind them, gathered from the rooms where experiences are kept.

Nothing here is shown as it is: it only says which steps are fulfilled, and callers have checked
that the actor may see that.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ldtrack.assignments.domain import FinishedRow
from ldtrack.assignments.queries import finished
from ldtrack.coaching.queries import steps_met
from ldtrack.courses.queries import courses_passed
from ldtrack.feedback.queries import releases_of
from ldtrack.pathways.domain import FinishedPlacement, Lived
from ldtrack.reflection.queries import steps_reflected


def lived(session: Session, people: Collection[int]) -> dict[int, Lived]:
    """For each person, what fulfils steps."""
    courses = courses_passed(session, people)
    milestones = steps_met(session, people)
    placements = finished(session, people)
    releases = releases_of(session, people)
    reflections = steps_reflected(session, people)
    return {
        person_id: Lived(
            courses=courses.get(person_id, {}),
            milestones=milestones.get(person_id, {}),
            placements=tuple(_placement(row) for row in placements.get(person_id, ())),
            releases=releases.get(person_id, ()),
            reflections=reflections.get(person_id, {}),
        )
        for person_id in people
    }


def _placement(row: FinishedRow) -> FinishedPlacement:
    return FinishedPlacement(
        id=row.id,
        posting_id=row.posting_id,
        competency_ids=row.competency_ids,
        ended_on=row.ended_on,
    )
