"""On which pathways people are late, for those who look after pathways."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import LateRow
from ldtrack.pathways.queries.enrolments import active_enrolments
from ldtrack.pathways.queries.progress import progress_on

MOST = 400
"""People who are looked at, those longest on their way first: more cannot be acted on at once."""


def late_on(session: Session, actor: Actor, today: date) -> list[LateRow]:
    """Versions on which somebody has a step overdue and how many do, by title."""
    rows = active_enrolments(session, actor, most=MOST)
    found: dict[int, LateRow] = {}
    for progress in progress_on(session, rows, today):
        if progress.n_late:
            row = progress.enrolment
            before = found.get(row.version_id)
            found[row.version_id] = LateRow(
                version_id=row.version_id,
                title=row.title,
                n_people=1 + (before.n_people if before else 0),
            )
    return sorted(found.values(), key=lambda late: (late.title, late.version_id))
