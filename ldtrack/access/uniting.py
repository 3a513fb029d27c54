"""What two records of one person are to others, made one; who holds it is not judged here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.models import Relationship
from ldtrack.access.queries import chain_above, days_of_change, in_force
from ldtrack.core.errors import RuleBroken

_DAY = timedelta(days=1)
_HIGHEST = 50


def unite_relations(session: Session, *, goes: int, stays: int, today: date) -> None:
    """Let everything that the one is to others, and they to them, pass to the other.

    What the two were to each other is nobody's any more. Days that both had count once. If each
    has a line manager from today on, that of the record that stays remains. Raises `RuleBroken`
    if reporting lines would run in a circle.
    """
    rows = _around(session, goes, stays)
    for row in [row for row in rows if {row.holder_id, row.person_id} == {goes, stays}]:
        session.delete(row)
        rows.remove(row)
    for row in _second_managers(rows, goes, stays, today):
        if row.starts_on >= today:
            session.delete(row)
            rows.remove(row)
        else:
            row.ends_on = today - _DAY
    alike: dict[tuple[RelationshipKind, int, int], list[Relationship]] = {}
    for row in rows:
        holder = stays if row.holder_id == goes else row.holder_id
        person = stays if row.person_id == goes else row.person_id
        alike.setdefault((row.kind, holder, person), []).append(row)
    for of_two in alike.values():
        for row in _beside_another(of_two):
            session.delete(row)
    session.flush()
    for (_, holder, person), of_two in alike.items():
        for row in of_two:
            row.holder_id, row.person_id = holder, person
    session.flush()
    for day in (today, *days_of_change(session, RelationshipKind.MANAGER, today)):
        if stays in chain_above(session, stays, RelationshipKind.MANAGER, day):
            raise RuleBroken("person", "Then reporting lines would run in a circle.")


def manages_other(session: Session, *, goes: int, stays: int, today: date) -> bool:
    """Whether one of the two stands above the other with somebody in between."""
    manages = (Relationship.kind == RelationshipKind.MANAGER) & in_force(today)
    first = (
        select(
            Relationship.person_id.label("below"),
            Relationship.holder_id.label("id"),
            literal(1).label("height"),
        )
        .where(Relationship.person_id.in_((goes, stays)), manages)
        .cte("above", recursive=True)
    )
    above = first.union_all(
        select(first.c.below, Relationship.holder_id, first.c.height + 1)
        .join(first, Relationship.person_id == first.c.id)
        .where(manages, first.c.height < _HIGHEST)
    )
    found = select(above.c.id).where(
        above.c.height > 1, above.c.id.in_((goes, stays)), above.c.id != above.c.below
    )
    return session.scalar(found.limit(1)) is not None


def _around(session: Session, goes: int, stays: int) -> list[Relationship]:
    both = (goes, stays)
    return list(
        session.scalars(
            select(Relationship)
            .where(or_(Relationship.holder_id.in_(both), Relationship.person_id.in_(both)))
            .order_by(Relationship.starts_on, Relationship.id)
        )
    )


def _second_managers(
    rows: Iterable[Relationship], goes: int, stays: int, today: date
) -> list[Relationship]:
    """The managers of the record that goes, from today on, if the other has any."""
    lasting = [
        row
        for row in rows
        if row.kind is RelationshipKind.MANAGER and (row.ends_on is None or row.ends_on >= today)
    ]
    if all(row.person_id != stays for row in lasting):
        return []
    return [row for row in lasting if row.person_id == goes]


def _beside_another(rows: list[Relationship]) -> list[Relationship]:
    """Those of one kind between the same two whose days another one takes in; in order of start.

    What touches or overlaps becomes one: 1 to 10 May and 5 May to 3 June become 1 May to 3 June.
    """
    needless: list[Relationship] = []
    current: Relationship | None = None
    for row in list(rows):
        if current is not None and (
            current.ends_on is None or row.starts_on <= current.ends_on + _DAY
        ):
            ends = (current.ends_on, row.ends_on)
            current.ends_on = None if None in ends else max(day for day in ends if day)
            needless.append(row)
            rows.remove(row)
        else:
            current = row
    return needless
