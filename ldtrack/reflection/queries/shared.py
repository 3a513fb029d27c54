"""How much of what somebody wrote for themselves they share with whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select, union_all
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.reflection.models import Entry, Takeaway
from ldtrack.reflection.queries.journal import may_read_entry
from ldtrack.reflection.queries.takeaways import may_read


def shared_with(session: Session, actor: Actor, authors: Collection[int]) -> dict[int, int]:
    """How many entries and takeaways each of these authors shares with the actor; one statement."""
    if not authors:
        return {}
    those = sorted(authors)
    both = union_all(
        select(Entry.author_id).where(Entry.author_id.in_(those), may_read_entry(actor)),
        select(Takeaway.author_id).where(Takeaway.author_id.in_(those), may_read(actor)),
    ).subquery()
    rows = select(both.c.author_id, func.count()).group_by(both.c.author_id)
    return dict(session.execute(rows).all())


def n_shared(actor: Actor) -> Callable[[SQLColumnExpression[int]], ColumnElement[int]]:
    """The same as a part of another room's statement, for the author whom a column names."""

    def told(author_id: SQLColumnExpression[int]) -> ColumnElement[int]:
        entries = select(func.count()).where(Entry.author_id == author_id, may_read_entry(actor))
        takeaways = select(func.count()).where(Takeaway.author_id == author_id, may_read(actor))
        return entries.scalar_subquery() + takeaways.scalar_subquery()

    return told
