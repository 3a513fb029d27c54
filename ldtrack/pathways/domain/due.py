"""The day by which a step or a choice is to be done, for one person."""

from __future__ import annotations

from datetime import date, timedelta

from ldtrack.pathways.domain.plan import Due, DueFrom


def due_on(
    due: Due, enrolled_on: date, stage_began: date | None = None, extra_days: int = 0
) -> date | None:
    """The due day; None if there is none, or none yet.

    30 days after 31 January 2026 is 2 March. What is due so long after its stage begins has no due
    day before that. One day for everybody binds nobody who began after it. `extra_days` are those
    that were agreed with the person on top.
    """
    began = {DueFrom.ENROLMENT: enrolled_on, DueFrom.STAGE: stage_began}.get(due.due_from)
    if due.due_from is DueFrom.DATE:
        if due.due_date is None or due.due_date < enrolled_on:
            return None
        return due.due_date + timedelta(days=extra_days)
    if began is None or due.due_days is None:
        return None
    return began + timedelta(days=due.due_days + extra_days)
