"""Debriefs: what was written, for those who may read it, and what the actor still owes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import DebriefKind, DebriefRow, DebriefTask, PostingState, side_of
from ldtrack.assignments.models import Debrief, Placement, Posting
from ldtrack.assignments.queries.acts import asks_for_support
from ldtrack.assignments.queries.visible import is_over, may
from ldtrack.core.errors import NotVisible


def debriefs_of(session: Session, actor: Actor, placement_id: int) -> list[DebriefRow]:
    """A placement's debriefs that the actor may read; a draft is its author's alone."""
    return debriefs_of_placements(session, actor, [placement_id]).get(placement_id, [])


def debriefs_of_placements(
    session: Session, actor: Actor, placement_ids: Collection[int]
) -> dict[int, list[DebriefRow]]:
    """The same for several placements, by placement."""
    visible = or_(
        *(
            policy.clause(
                actor,
                Action.READ_DEBRIEF,
                person_id=Placement.person_id,
                author_id=Debrief.author_id,
                owner_id=answerable,
                released=Debrief.held_on.is_not(None),
            )
            for answerable in (Posting.owner_id, Posting.sponsor_id)
        )
    )
    rows = session.scalars(
        select(Debrief)
        .join(Placement, Placement.id == Debrief.placement_id)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(Debrief.placement_id.in_(sorted(placement_ids)), visible)
        .order_by(Debrief.held_on, Debrief.id)
    )
    found: dict[int, list[DebriefRow]] = {}
    for row in rows:
        found.setdefault(row.placement_id, []).append(_row(row))
    return found


def debriefs_due(session: Session, actor: Actor, today: date) -> list[DebriefTask]:
    """The debriefs that the actor has yet to write, the longest waiting first.

    The owner's and the sponsor's stand for each other.
    """
    tasks = _tasks(session, actor, may(actor, Action.WRITE_DEBRIEF), is_over(today))
    open_tasks = [task for task in tasks if task.written is None or not task.written.held_on]
    # Only somebody else can have answered for the owner's or the sponsor's side.
    elsewhere = {t.placement_id for t in open_tasks if t.kind is DebriefKind.SPONSOR}
    held = _held(session, elsewhere) if elsewhere else set()
    return [task for task in open_tasks if (task.placement_id, task.kind) not in held]


def debrief_task(session: Session, actor: Actor, placement_id: int, today: date) -> DebriefTask:
    """The actor's own debrief of a placement that is over, written or not, else `NotVisible`."""
    mine = may(actor, Action.WRITE_DEBRIEF)
    found = _tasks(session, actor, Placement.id == placement_id, mine, is_over(today))
    if not found:
        raise NotVisible
    return found[0]


def has_something_to_answer(session: Session, actor: Actor) -> bool:
    """Whether the actor owns or sponsors an opening, was asked as a peer, or for support."""
    if actor.person_id is None:
        return False
    # Who is named in a draft of somebody else has not been asked yet.
    answers = or_(
        Posting.author_id == actor.person_id,
        and_(
            or_(Posting.owner_id == actor.person_id, Posting.sponsor_id == actor.person_id),
            Posting.state != PostingState.DRAFT,
        ),
    )
    asked = select(Placement.id).where(Placement.peer_id == actor.person_id)
    owned = select(Posting.id).where(answers)
    support = asks_for_support(actor)
    return session.scalar(select(or_(owned.exists(), asked.exists(), support.exists()))) is True


def _tasks(session: Session, actor: Actor, *which: ColumnElement[bool]) -> list[DebriefTask]:
    if actor.person_id is None:
        return []
    own = aliased(Debrief)
    rows = session.execute(
        select(Placement, Posting, own)
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(own, and_(own.placement_id == Placement.id, own.author_id == actor.person_id))
        .where(*which)
        .order_by(Placement.ends_on, Posting.title, Placement.id)
    )
    return [
        task
        for placement, posting, written in rows
        if (task := _task(actor.person_id, placement, posting, written))
    ]


def _task(
    author_id: int, placement: Placement, posting: Posting, written: Debrief | None
) -> DebriefTask | None:
    answerable = {posting.owner_id, posting.sponsor_id} - {None}
    kind = side_of(
        author_id,
        person_id=placement.person_id,
        answerable={person_id for person_id in answerable if person_id},
        peer_id=placement.peer_id,
    )
    if kind is None or placement.ends_on is None:
        return None
    return DebriefTask(
        placement_id=placement.id,
        title=posting.title,
        promised_outcome=posting.promised_outcome,
        person_id=placement.person_id,
        kind=kind,
        since=placement.ends_on,
        written=_row(written) if written else None,
    )


def _held(session: Session, placement_ids: set[int]) -> set[tuple[int, DebriefKind]]:
    rows = session.execute(
        select(Debrief.placement_id, Debrief.kind).where(
            Debrief.placement_id.in_(sorted(placement_ids)), Debrief.held_on.is_not(None)
        )
    )
    return {(placement_id, DebriefKind(kind)) for placement_id, kind in rows}


def _row(row: Debrief) -> DebriefRow:
    return DebriefRow(
        id=row.id,
        placement_id=row.placement_id,
        kind=DebriefKind(row.kind),
        author_id=row.author_id,
        outcome=row.outcome,
        learned=row.learned,
        next_action=row.next_action,
        held_on=row.held_on,
    )
