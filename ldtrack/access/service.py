"""Beginning and ending relationships."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.models import Relationship
from ldtrack.access.queries import in_force
from ldtrack.core.errors import RuleBroken


def relate(
    session: Session,
    *,
    kind: RelationshipKind,
    holder_id: int,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
) -> int:
    """Begin a relationship; one that runs already is left as it is. Returns its id."""
    if holder_id == person_id:
        raise RuleBroken("holder_id", f"Nobody can be their own {kind.value}.")
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("ends_on", "The end lies before the beginning.")
    running = session.scalar(
        select(Relationship.id).where(
            Relationship.kind == kind,
            Relationship.holder_id == holder_id,
            Relationship.person_id == person_id,
            in_force(starts_on),
        )
    )
    if running is not None:
        return running
    relationship = Relationship(
        kind=kind, holder_id=holder_id, person_id=person_id, starts_on=starts_on, ends_on=ends_on
    )
    session.add(relationship)
    session.flush()
    return relationship.id


def end_relation(
    session: Session, *, kind: RelationshipKind, person_id: int, holder_id: int, ended_on: date
) -> None:
    """End a relationship; access is gone from `ended_on` onwards."""
    rows = session.scalars(
        select(Relationship).where(
            Relationship.kind == kind,
            Relationship.holder_id == holder_id,
            Relationship.person_id == person_id,
            in_force(ended_on),
        )
    )
    for relationship in rows.all():
        last = ended_on - timedelta(days=1)
        if last < relationship.starts_on:
            session.delete(relationship)
        else:
            relationship.ends_on = last
    session.flush()
