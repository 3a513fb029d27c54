"""How far people are on their pathways, for actors who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import EnrolmentRow, EnrolmentState, Progress, Waived, fulfilled, walk
from ldtrack.pathways.models import Waiver
from ldtrack.pathways.queries.enrolments import enrolled_on, enrolment, enrolments_of
from ldtrack.pathways.queries.lived import lived
from ldtrack.pathways.queries.plans import plans
from ldtrack.people.queries import names_of

_Waivers = dict[int, dict[int, Waived]]


def progress_of(
    session: Session, actor: Actor, enrolment_id: int, today: date, *, agreed: bool = False
) -> Progress:
    """One person's way, else `NotVisible`; of an ended enrolment, as it stood on its last day."""
    row = enrolment(session, actor, enrolment_id, agreed=agreed)
    return progress_on(session, [row], today)[0]


def progress_of_people(
    session: Session,
    actor: Actor,
    people: Collection[int],
    today: date,
    *,
    agreed: bool = False,
) -> dict[int, list[Progress]]:
    """The pathways that each of these people is on, earliest begun first."""
    active = [
        row
        for row in enrolments_of(session, actor, people, agreed=agreed)
        if row.state is EnrolmentState.ACTIVE
    ]
    found: dict[int, list[Progress]] = defaultdict(list)
    for progress in progress_on(session, active, today):
        found[progress.enrolment.person_id].append(progress)
    return dict(found)


def progress_of_version(
    session: Session, actor: Actor, version_id: int, today: date, *, page: int = 1
) -> tuple[list[Progress], int]:
    """A page of everybody enrolled on a version, and how many there are in all."""
    rows, total = enrolled_on(session, actor, version_id, page=page)
    return progress_on(session, rows, today), total


def progress_on(
    session: Session, enrolments: Sequence[EnrolmentRow], today: date
) -> list[Progress]:
    """Progress for rows that the actor was already shown to be allowed to see."""
    if not enrolments:
        return []
    designed = plans(session, {row.version_id for row in enrolments})
    experienced = lived(session, {row.person_id for row in enrolments})
    steps, gates = _waivers(session, [row.id for row in enrolments])
    found = []
    for row in enrolments:
        plan = designed[row.version_id]
        as_of = min(today, row.ended_on or today)
        done = fulfilled(plan.steps, row.enrolled_on, experienced[row.person_id])
        stages = walk(
            plan,
            enrolled_on=row.enrolled_on,
            today=as_of,
            done=done,
            waived_steps=steps[row.id],
            waived_gates=gates[row.id],
            extra_days=row.extra_days,
        )
        found.append(Progress(enrolment=row, purpose=plan.purpose, as_of=as_of, stages=stages))
    return found


def _waivers(session: Session, enrolment_ids: list[int]) -> tuple[_Waivers, _Waivers]:
    """What was waived by enrolment: of steps, and of gates."""
    rows = session.scalars(select(Waiver).where(Waiver.enrolment_id.in_(enrolment_ids))).all()
    names = names_of(session, {row.waived_by for row in rows})
    steps: _Waivers = defaultdict(dict)
    gates: _Waivers = defaultdict(dict)
    for row in rows:
        by = names.get(row.waived_by, "a former colleague")
        waived = Waived(reason=row.reason, by=by, on=row.waived_on)
        if row.step_id is not None:
            steps[row.enrolment_id][row.step_id] = waived
        if row.gate_id is not None:
            gates[row.enrolment_id][row.gate_id] = waived
    return steps, gates
