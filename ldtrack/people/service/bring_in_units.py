"""Bringing in the units that people are in, and the units around those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session, aliased

from ldtrack.core.ids import new_id
from ldtrack.db.parts import in_parts
from ldtrack.db.session import organisation_of
from ldtrack.people.domain import ImportPerson
from ldtrack.people.domain.tree import units_around
from ldtrack.people.models import Person, Unit


@dataclass(frozen=True, kw_only=True)
class BroughtInUnits:
    """New units, and for those that moved the unit they were in before and are in now."""

    added: tuple[int, ...]
    moved: dict[int, tuple[int | None, int]]


def bring_in_units(session: Session, people: Iterable[ImportPerson]) -> BroughtInUnits:
    """Add units that are new, and let units lie in each other as the rows say."""
    names: set[str] = set()
    parents: dict[str, str] = {}
    for person in people:
        if person.unit:
            around = dict(units_around(person.unit, person.unit_parent or ""))
            names |= {person.unit, *around.values()}
            parents |= around
    here = {unit.name: unit for unit in session.scalars(select(Unit))}
    organisation_id = organisation_of(session)
    new = {name: new_id() for name in sorted(names - set(here))}
    if new:
        session.execute(
            insert(Unit),
            [
                {"id": unit_id, "organisation_id": organisation_id, "name": name}
                for name, unit_id in new.items()
            ],
        )
        here = {unit.name: unit for unit in session.scalars(select(Unit))}
    moved: dict[int, tuple[int | None, int]] = {}
    for name, parent in parents.items():
        unit, above = here[name], here[parent]
        if unit.parent_id != above.id:
            moved[unit.id] = (unit.parent_id, above.id)
            unit.parent_id = above.id
    session.flush()
    return BroughtInUnits(
        added=tuple(new.values()),
        moved={one: ways for one, ways in moved.items() if one not in new.values()},
    )


def take_back_units(session: Session, brought_in: BroughtInUnits) -> None:
    """Put units back where they were, and remove new ones in which there is nothing."""
    for unit_id, (before, after) in brought_in.moved.items():
        session.execute(
            update(Unit).where(Unit.id == unit_id, Unit.parent_id == after).values(parent_id=before)
        )
    inside = aliased(Unit)
    left = set(brought_in.added)
    while left:
        count = len(left)
        for part in in_parts(left):
            empty = session.scalars(
                select(Unit.id).where(
                    Unit.id.in_(part),
                    ~exists().where(Person.unit_id == Unit.id),
                    ~exists().where(inside.parent_id == Unit.id),
                )
            ).all()
            session.execute(delete(Unit).where(Unit.id.in_(empty)))
            left -= set(empty)
        if len(left) == count:
            break
    session.expire_all()
