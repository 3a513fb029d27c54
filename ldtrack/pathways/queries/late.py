"""On which pathways people are late, for those who look after pathways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import (
    EnrolmentRow,
    LateRow,
    Lived,
    OnTheWay,
    Step,
    due_on,
    fulfilled,
)
from ldtrack.pathways.models import Stage, Waiver
from ldtrack.pathways.models import Step as StepTable
from ldtrack.pathways.queries.contents import step_of
from ldtrack.pathways.queries.enrolments import active_enrolments
from ldtrack.pathways.queries.lived import lived

MOST = 400
"""People who are looked at, those longest on their way first: more cannot be acted on at once."""


def on_the_way(session: Session, actor: Actor, today: date) -> OnTheWay:
    """How many people are looked at, and the versions on which some of them have a step overdue.

    Four statements; one if nobody is on the way.
    """
    rows = active_enrolments(session, actor, most=MOST)
    if not rows:
        return OnTheWay(n_people=0, late=())
    steps = _steps(session, {row.version_id for row in rows})
    waived = _waived(session, [row.id for row in rows])
    experienced = lived(session, {row.person_id for row in rows})
    late = Counter(
        (row.title, row.version_id)
        for row in rows
        if _is_late(row, steps[row.version_id], experienced[row.person_id], waived[row.id], today)
    )
    return OnTheWay(
        n_people=len(rows),
        late=tuple(
            LateRow(version_id=version_id, title=title, n_people=n)
            for (title, version_id), n in sorted(late.items())
        ),
    )


def _is_late(
    row: EnrolmentRow, steps: list[Step], behind: Lived, waived: set[int], today: date
) -> bool:
    done = fulfilled(steps, row.enrolled_on, behind)
    settled = waived | {step_id for step_id, day in done.items() if day <= today}
    dues = [due_on(step, row.enrolled_on) for step in steps if step.id not in settled]
    return any(due is not None and due < today for due in dues)


def _steps(session: Session, version_ids: Collection[int]) -> dict[int, list[Step]]:
    rows = session.execute(
        select(Stage.version_id, StepTable)
        .join(StepTable, StepTable.stage_id == Stage.id)
        .where(Stage.version_id.in_(sorted(version_ids)))
        .order_by(Stage.position, Stage.id, StepTable.position, StepTable.id)
    )
    found: dict[int, list[Step]] = defaultdict(list)
    for version_id, step in rows:
        found[version_id].append(step_of(step, "", ()))
    return found


def _waived(session: Session, enrolment_ids: Collection[int]) -> dict[int, set[int]]:
    rows = session.execute(
        select(Waiver.enrolment_id, Waiver.step_id).where(
            Waiver.enrolment_id.in_(sorted(enrolment_ids)), Waiver.step_id.is_not(None)
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for enrolment_id, step_id in rows:
        found[enrolment_id].add(step_id or 0)
    return found
