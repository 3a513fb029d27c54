"""What people have behind them, gathered from the rooms where experiences are kept.

Nothing here is shown as it is: it only says which steps are fulfilled, and callers have checked
that the actor may see that.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from ldtrack.courses.queries import courses_passed
from ldtrack.pathways.domain import Lived


def lived(session: Session, people: Collection[int]) -> dict[int, Lived]:
    """For each person, what fulfils steps."""
    courses = courses_passed(session, people)
    return {person_id: Lived(courses=courses.get(person_id, {})) for person_id in people}
