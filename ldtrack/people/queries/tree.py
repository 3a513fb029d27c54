"""The organisation's units, with how many people are in each."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain.tree import Tree, UnitRow, tree_of
from ldtrack.people.models import Person, Unit


def unit_tree(session: Session, actor: Actor) -> Tree:
    """Every unit; people who left are not counted."""
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    counted = (
        select(Person.unit_id, func.count().label("n_people"))
        .where(Person.active, Person.unit_id.is_not(None))
        .group_by(Person.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.parent_id, func.coalesce(counted.c.n_people, 0))
        .outerjoin(counted, counted.c.unit_id == Unit.id)
        .order_by(Unit.name, Unit.id)
    )
    return tree_of(
        [
            UnitRow(id=unit_id, name=name, parent_id=parent_id, n_people=n_people)
            for unit_id, name, parent_id, n_people in rows
        ]
    )


def units_above(session: Session) -> dict[int, int | None]:
    """The unit that each lies in, by id; none for those at the top."""
    return dict(session.execute(select(Unit.id, Unit.parent_id)).all())


def parents_of_units(session: Session) -> dict[str, str | None]:
    """The name of the unit that each lies in, by its own; none for those at the top."""
    rows = session.execute(select(Unit.id, Unit.name, Unit.parent_id)).all()
    names = {row.id: row.name for row in rows}
    return {row.name: names.get(row.parent_id) for row in rows}


def unit_here(tree: Tree, unit_id: int) -> UnitRow:
    """One unit of the tree, else `NotVisible`."""
    if unit_id not in tree.by_id:
        raise NotVisible
    return tree.by_id[unit_id]


def unit_known_as(tree: Tree, typed: str, field: str) -> int:
    """The unit of that name, refused beside the field in which it was typed if there is none."""
    for unit in tree.by_id.values():
        if unit.name.casefold() == typed.casefold():
            return unit.id
    raise RuleBroken(field, f"There is no unit “{typed}”.")


def in_unit(unit_id: int) -> ColumnElement[bool]:
    """The clause for people who are in the unit or in a unit inside it."""
    inside = select(Unit.id).where(Unit.id == unit_id).cte("inside", recursive=True)
    below = aliased(Unit)
    inside = inside.union(select(below.id).join(inside, below.parent_id == inside.c.id))
    return Person.unit_id.in_(select(inside.c.id))
