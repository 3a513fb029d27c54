"""Reading takeaways: one's own, and those an author shared with whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.reflection.domain.takeaways import (
    MOST_OPEN,
    TakeawayKind,
    TakeawayRow,
    TakeawayState,
)
from ldtrack.reflection.models import Takeaway, TakeawayReader
from ldtrack.reflection.queries.journal import PAGE

TAKEAWAY = "takeaway"
"""The word for somebody who has one open."""
MOST_SHARED = 100
IS_OPEN = Takeaway.state == TakeawayState.OPEN


def open_takeaways(session: Session, actor: Actor) -> list[TakeawayRow]:
    """The actor's own that are open, by the day on which they want to look again."""
    order = (Takeaway.follow_up_on.is_(None), Takeaway.follow_up_on, Takeaway.id)
    return _rows(
        session,
        select(Takeaway).where(_own(actor), IS_OPEN).order_by(*order).limit(MOST_OPEN),
    )


def told_takeaways(session: Session, actor: Actor, *, page: int) -> tuple[list[TakeawayRow], int]:
    """A page of what became of others, latest first, and their number."""
    which = and_(_own(actor), ~IS_OPEN)
    total = session.scalar(select(func.count()).select_from(Takeaway).where(which)) or 0
    order = (Takeaway.told_on.desc(), Takeaway.id)
    asked = select(Takeaway).where(which).order_by(*order).limit(PAGE)
    return _rows(session, asked.offset((max(page, 1) - 1) * PAGE)), total


def own_takeaways(session: Session, actor: Actor) -> list[TakeawayRow]:
    """All of the actor's own, in the order in which they were made."""
    return _rows(
        session, select(Takeaway).where(_own(actor)).order_by(Takeaway.made_on, Takeaway.id)
    )


def takeaway(session: Session, actor: Actor, takeaway_id: int) -> TakeawayRow:
    """One of the actor's own, else `NotVisible`."""
    found = _rows(session, select(Takeaway).where(Takeaway.id == takeaway_id, _own(actor)))
    if not found:
        raise NotVisible
    return found[0]


def takeaways_shared(session: Session, actor: Actor, author_id: int) -> list[TakeawayRow]:
    """What of an author's the actor may read, latest first."""
    which = and_(Takeaway.author_id == author_id, may_read(actor))
    order = (Takeaway.made_on.desc(), Takeaway.id)
    return _rows(session, select(Takeaway).where(which).order_by(*order).limit(MOST_SHARED))


def takeaways_waiting(person_id: int) -> Select[str]:
    """A statement for a word, once for each takeaway of somebody's that is open."""
    return select(literal(TAKEAWAY)).where(Takeaway.author_id == person_id, IS_OPEN)


def may_read(actor: Actor) -> ColumnElement[bool]:
    """Which takeaways the actor may read, as a condition."""
    # Who coaches or sponsors the author later is a new reader: the author has to name them.
    with_the_actor = (
        exists().where(
            TakeawayReader.takeaway_id == Takeaway.id, TakeawayReader.reader_id == actor.person_id
        )
        if actor.person_id is not None
        else false()
    )
    return policy.clause(
        actor,
        Action.READ_TAKEAWAY,
        author_id=Takeaway.author_id,
        person_id=Takeaway.author_id,
        shared=with_the_actor,
    )


def _own(actor: Actor) -> ColumnElement[bool]:
    return policy.clause(actor, Action.WRITE_TAKEAWAY, author_id=Takeaway.author_id)


def _rows(session: Session, asked: Select[Takeaway]) -> list[TakeawayRow]:
    found = session.scalars(asked).all()
    readers = _readers(session, [row.id for row in found])
    return [
        TakeawayRow(
            id=row.id,
            author_id=row.author_id,
            kind=TakeawayKind(row.kind),
            what=row.what,
            about=row.about,
            made_on=row.made_on,
            follow_up_on=row.follow_up_on,
            remind=row.remind,
            state=TakeawayState(row.state),
            told=row.told,
            told_on=row.told_on,
            reader_ids=tuple(readers.get(row.id, ())),
        )
        for row in found
    ]


def _readers(session: Session, takeaway_ids: Sequence[int]) -> dict[int, list[int]]:
    """By takeaway, whom it was shared with."""
    if not takeaway_ids:
        return {}
    found: dict[int, list[int]] = {}
    rows = select(TakeawayReader.takeaway_id, TakeawayReader.reader_id).where(
        TakeawayReader.takeaway_id.in_(takeaway_ids)
    )
    for takeaway_id, reader_id in sorted(session.execute(rows)):
        found.setdefault(takeaway_id, []).append(reader_id)
    return found
