"""Moving people to another version of their pathway, with what was waived and planned, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note_each
from ldtrack.coaching.domain import MovedMilestone
from ldtrack.coaching.service import move_designed, undo_designed
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.parts import in_parts
from ldtrack.pathways.domain import (
    Counterparts,
    EnrolmentState,
    Plan,
    counterparts,
)
from ldtrack.pathways.models import Enrolment, EnrolmentMove, PathwayVersion, Waiver
from ldtrack.pathways.queries import plans
from ldtrack.pathways.queries.moving import target_of
from ldtrack.pathways.service.milestones import milestone_due, plan_for

_CHANGED = "Since you looked, people came, left or moved. Look again, then do it."


def move_people(
    session: Session,
    actor: Actor,
    version_id: int,
    chosen: Collection[int] | None,
    *,
    expected: int | None = None,
    now: datetime,
) -> tuple[int, int]:
    """Move enrolments, or everybody on an earlier version, to the published one.

    Waivers of what has a counterpart move along, and so do milestones in coaching; milestones that
    are new are planned. Returns the id of the act, by which it can be undone, and how many moved.
    `expected` is how many the person at the screen was shown where nobody was chosen by name.
    """
    _may(actor)
    rows = _elsewhere(session, version_id, chosen)
    if chosen is not None and len(rows) < len(set(chosen)):
        raise RuleBroken("people", "Choose people who are on an earlier version.")
    if expected is not None and expected != len(rows):
        raise Conflict(_CHANGED)
    act_id = new_id()
    by_version: dict[int, list[Enrolment]] = defaultdict(list)
    for row in rows:
        by_version[row.version_id].append(row)
    designed = plans(session, {version_id, *by_version})
    target = target_of(designed, version_id)
    for before_id, group in by_version.items():
        _move(session, group, designed[before_id], target)
        session.add_all(
            EnrolmentMove(
                act_id=act_id,
                enrolment_id=row.id,
                from_version_id=before_id,
                to_version_id=version_id,
                moved_on=now.date(),
                moved_by=actor.person_id,
            )
            for row in group
        )
    plan_for(
        session,
        target,
        {row.person_id: row.enrolled_on for row in rows},
        extra_days={row.person_id: row.extra_days for row in rows},
    )
    _audit(session, actor, rows, f"Moved to version {target.number}", now)
    session.flush()
    return act_id, len(rows)


def undo_move(
    session: Session, actor: Actor, version_id: int, act_id: int, *, now: datetime
) -> int:
    """Put those who were moved in one act back to where they were. Returns how many.

    Who ended or moved on meanwhile stays. Milestones that were planned by the move and that nobody
    has touched go again.
    """
    _may(actor)
    moves = session.scalars(
        select(EnrolmentMove).where(
            EnrolmentMove.act_id == act_id, EnrolmentMove.to_version_id == version_id
        )
    ).all()
    if not moves:
        raise NotVisible
    came_from = {move.enrolment_id: move.from_version_id for move in moves}
    rows = [row for row in _active(session, came_from) if row.version_id == version_id]
    designed = plans(session, {version_id, *came_from.values()})
    for before_id in sorted(set(came_from.values())):
        group = [row for row in rows if came_from[row.id] == before_id]
        here, back = designed[version_id], designed[before_id]
        _drop_new(session, group, counterparts(back, here), here)
        _move(session, group, here, back, reversed_of=counterparts(back, here))
    for move in moves:
        session.delete(move)
    _audit(session, actor, rows, "Moved back", now)
    session.flush()
    return len(rows)


def _move(
    session: Session,
    rows: Sequence[Enrolment],
    before: Plan,
    after: Plan,
    *,
    reversed_of: Counterparts | None = None,
) -> None:
    pairs = counterparts(before, after)
    if reversed_of is not None:
        pairs = Counterparts(
            steps={new: old for old, new in reversed_of.steps.items()},
            gates={new: old for old, new in reversed_of.gates.items()},
        )
    for part in in_parts([row.id for row in rows]):
        for waiver in session.scalars(select(Waiver).where(Waiver.enrolment_id.in_(part))):
            waiver.step_id = pairs.steps.get(waiver.step_id or 0, waiver.step_id)
            waiver.gate_id = pairs.gates.get(waiver.gate_id or 0, waiver.gate_id)
    move_designed(session, _milestones(rows, before, after, pairs.steps))
    if rows:
        session.execute(
            update(Enrolment), [{"id": row.id, "version_id": after.version_id} for row in rows]
        )


def _milestones(
    rows: Sequence[Enrolment], before: Plan, after: Plan, steps: Mapping[int, int]
) -> dict[int, list[MovedMilestone]]:
    """For each person the milestones that take another step's place, with its due day."""
    return {
        row.person_id: [
            MovedMilestone(
                step_id=old,
                to_step_id=new,
                due_on=milestone_due(before, old, row.enrolled_on, row.extra_days),
                to_due_on=milestone_due(after, new, row.enrolled_on, row.extra_days),
            )
            for old, new in steps.items()
        ]
        for row in rows
    }


def _drop_new(session: Session, rows: Sequence[Enrolment], pairs: Counterparts, here: Plan) -> None:
    met = set(pairs.steps.values())
    new = {step.id for step in here.steps if step.id not in met}
    undo_designed(session, [row.person_id for row in rows], new)


def _elsewhere(
    session: Session, version_id: int, chosen: Collection[int] | None
) -> list[Enrolment]:
    """Active enrolments on other versions of the pathway, locked; the chosen ones, or all."""
    pathway = select(PathwayVersion.pathway_id).where(PathwayVersion.id == version_id)
    wanted = (
        select(Enrolment)
        .where(
            Enrolment.pathway_id == pathway.scalar_subquery(),
            Enrolment.version_id != version_id,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
        .order_by(Enrolment.id)
        .with_for_update()
    )
    if chosen is None:
        return list(session.scalars(wanted))
    found: list[Enrolment] = []
    for part in in_parts(chosen):
        found += session.scalars(wanted.where(Enrolment.id.in_(part)))
    return found


def _active(session: Session, ids: Collection[int]) -> list[Enrolment]:
    found: list[Enrolment] = []
    for part in in_parts(ids):
        found += session.scalars(
            select(Enrolment)
            .where(Enrolment.id.in_(part), Enrolment.state == EnrolmentState.ACTIVE)
            .with_for_update()
        )
    return found


def _may(actor: Actor) -> None:
    policy.require(actor, Action.WRITE_ENROLMENT, Facts(organisation_id=actor.organisation_id))


def _audit(
    session: Session, actor: Actor, rows: Sequence[Enrolment], reason: str, now: datetime
) -> None:
    note_each(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ENROLMENT,
        thing="enrolment",
        happened_at=now,
        things={row.id: row.person_id for row in rows},
        reason=reason,
    )
