"""What was done with placements, and what asks the reader for an answer of theirs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    UNANSWERED,
    ActKind,
    ActRow,
    Pending,
    PlacementState,
    SupportTask,
)
from ldtrack.assignments.models import Placement, PlacementAct, Posting
from ldtrack.assignments.queries.postings import develops_of, row_of
from ldtrack.assignments.queries.visible import may
from ldtrack.core.errors import NotVisible

PLACEMENT = "placement"
"""The word under which `placements_asking` finds them."""
_HAS_WORD = exists().where(
    PlacementAct.placement_id == Placement.id,
    PlacementAct.kind.in_((ActKind.SUPPORTED, ActKind.NOT_SUPPORTED)),
)


def acts_of(
    session: Session, actor: Actor, placement_ids: Collection[int]
) -> dict[int, list[ActRow]]:
    """What was done with each of the placements that the actor may see, first things first."""
    rows = session.scalars(
        select(PlacementAct)
        .join(Placement, Placement.id == PlacementAct.placement_id)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(
            PlacementAct.placement_id.in_(sorted(placement_ids)),
            may(actor, Action.READ_PLACEMENT),
        )
        .order_by(PlacementAct.placement_id, PlacementAct.number)
    )
    found: dict[int, list[ActRow]] = {}
    for row in rows:
        act = ActRow(kind=ActKind(row.kind), by_id=row.by_id, done_on=row.done_on, word=row.word)
        found.setdefault(row.placement_id, []).append(act)
    return found


def asked(session: Session, actor: Actor) -> list[Pending]:
    """Offers to the actor, and applications of those they manage that ask for their support.

    The earliest first. One statement.
    """
    rows = session.execute(
        select(Placement, Posting.title)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(or_(_is_offered_to(actor), _asks_support_of(actor)))
        .order_by(Placement.starts_on, Posting.title, Placement.id)
    )
    return [
        Pending(
            placement_id=row.id,
            title=title,
            person_id=row.person_id,
            state=PlacementState(row.state),
            starts_on=row.starts_on,
        )
        for row, title in rows
    ]


def support_task(session: Session, actor: Actor, placement_id: int) -> SupportTask:
    """What a line manager needs to say their word on an application, else `NotVisible`."""
    row = session.execute(
        select(Placement, Posting)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(
            Placement.id == placement_id,
            Placement.state.in_(UNANSWERED),
            policy.clause(actor, Action.SUPPORT_PLACEMENT, person_id=Placement.person_id),
        )
    ).first()
    if row is None:
        raise NotVisible
    placement, posting = row
    develops = develops_of(session, [posting.id])
    return SupportTask(
        placement_id=placement.id,
        person_id=placement.person_id,
        motive=placement.motive,
        posting=row_of(posting, develops.get(posting.id, ())),
    )


def asks_for_support(actor: Actor) -> Select[int]:
    """A statement for the applications on which the actor's word as a line manager is asked."""
    return select(Placement.id).where(_asks_support_of(actor))


def placements_asking(actor: Actor) -> Select[str]:
    """A statement for a word, once for each placement that `asked` would name."""
    return select(literal(PLACEMENT)).where(or_(_is_offered_to(actor), _asks_support_of(actor)))


def _is_offered_to(actor: Actor) -> ColumnElement[bool]:
    own = policy.clause(actor, Action.ASK_FOR_PLACEMENT, person_id=Placement.person_id)
    return and_(Placement.state == PlacementState.OFFERED, own)


def _asks_support_of(actor: Actor) -> ColumnElement[bool]:
    theirs = policy.clause(actor, Action.SUPPORT_PLACEMENT, person_id=Placement.person_id)
    return and_(Placement.state.in_(UNANSWERED), theirs, ~_HAS_WORD)
