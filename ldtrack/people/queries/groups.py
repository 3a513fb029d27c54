"""Everybody with their unit and job, as a part of another room's statement."""

from __future__ import annotations

from sqlalchemy import CTE, ScalarSelect, Select, SQLColumnExpression, false, func, select

from ldtrack.people.models import Person, Unit


def membership(unit_id: int | None) -> Select[int, bool, str, str, bool, str]:
    """A statement for everybody, those who left too.

    Columns: `id`, `is_here`, `job_profile`, `unit` (its name), `in_unit` (whether theirs is the
    unit named or lies below it), `sort_name`. Units that lie in a ring are each found once.
    """
    top = select(Unit.id).where(Unit.id == unit_id).cte("below", recursive=True)
    below = top.union(select(Unit.id).join(top, Unit.parent_id == top.c.id))
    inside = false() if unit_id is None else Person.unit_id.in_(select(below.c.id))
    return select(
        Person.id,
        Person.active.label("is_here"),
        Person.job_profile,
        func.coalesce(Unit.name, "").label("unit"),
        func.coalesce(inside, false()).label("in_unit"),
        (Person.last_name + " " + Person.first_name).label("sort_name"),
    ).outerjoin(Unit, Unit.id == Person.unit_id)


def units_inside(unit_ids: Select[int | None]) -> CTE:
    """Each of the units as `top` with the `id` of itself and of every unit inside it, likewise."""
    tops = (
        select(Unit.id.label("top"), Unit.id.label("id"))
        .where(Unit.id.in_(unit_ids))
        .cte("inside", recursive=True)
    )
    return tops.union(select(tops.c.top, Unit.id).join(tops, Unit.parent_id == tops.c.id))


def unit_id_of(person_id: SQLColumnExpression[int]) -> ScalarSelect[int | None]:
    """The unit of whom a column names, likewise."""
    return select(Person.unit_id).where(Person.id == person_id).scalar_subquery()


def unit_named_by(unit_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The name of the unit that a column names, as a part of another room's statement."""
    return select(Unit.name).where(Unit.id == unit_id).scalar_subquery()


def units_around(person_id: int) -> Select[int]:
    """A statement for the ids of the unit that somebody is in and of all that it lies in."""
    own = (
        select(Unit.id, Unit.parent_id)
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.id == person_id)
        .cte("around", recursive=True)
    )
    around = own.union(select(Unit.id, Unit.parent_id).join(own, Unit.id == own.c.parent_id))
    return select(around.c.id)


def job_of(person_id: SQLColumnExpression[int]) -> ScalarSelect[str]:
    """The job title of whom a column names, likewise."""
    return select(Person.job_profile).where(Person.id == person_id).scalar_subquery()


def is_here(person_id: SQLColumnExpression[int]) -> ScalarSelect[bool]:
    """Whether whom a column names has not left, likewise."""
    return select(Person.active).where(Person.id == person_id).scalar_subquery()


def number_here() -> ScalarSelect[int]:
    """How many people are here, as a part of another room's statement."""
    return select(func.count()).select_from(Person).where(Person.active).scalar_subquery()
