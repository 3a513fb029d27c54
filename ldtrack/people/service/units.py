"""Keeping the tree of units: adding one, giving it another name or place, removing it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.domain.tree import STEP, circle_from
from ldtrack.people.models import Organisation, Person, Unit
from ldtrack.people.queries import parents_of_units


def write_unit(
    session: Session,
    actor: Actor,
    *,
    name: str,
    parent_id: int | None,
    now: datetime,
    unit_id: int | None = None,
) -> int:
    """Add a unit, or give the unit of that id another name and place. Returns its id.

    Raises `RuleBroken` at `name` or `parent`.
    """
    _hold(session, actor)
    unit = Unit() if unit_id is None else _unit(session, unit_id)
    _check_name(session, name, unit_id)
    if parent_id is not None:
        _check_place(session, unit_id, parent_id)
    unit.name, unit.parent_id = name, parent_id
    session.add(unit)
    session.flush()
    _note(session, actor, unit.id, now, "written")
    return unit.id


def remove_unit(
    session: Session, actor: Actor, unit_id: int, *, heir_id: int | None, now: datetime
) -> None:
    """Remove a unit; its people and the units inside it go to the heir, or to no unit at all."""
    _hold(session, actor)
    unit = _unit(session, unit_id)
    if heir_id is not None:
        heir = _unit(session, heir_id)
        if heir_id == unit_id or circle_from(
            parents_of_units(session) | {unit.name: heir.name}, unit.name
        ):
            raise RuleBroken("heir", f"“{heir.name}” goes with it: choose a unit outside.")
    for column in (Person.unit_id, Unit.parent_id):
        session.execute(
            update(column.class_).where(column == unit_id).values({column.key: heir_id})
        )
    session.delete(unit)
    _note(session, actor, unit_id, now, "removed")


def _hold(session: Session, actor: Actor) -> None:
    """Check who asks, and let nobody else change the tree meanwhile.

    Two who move two units into each other at once would make a circle that neither of them sees.
    """
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    session.execute(
        select(Organisation.id)
        .where(Organisation.id == actor.organisation_id)
        .with_for_update(key_share=True)
    )


def _unit(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotVisible
    return unit


def _check_name(session: Session, name: str, unit_id: int | None) -> None:
    if STEP.strip() in name:
        raise RuleBroken("name", "Leave out the sign “>”: it stands between the names of units.")
    same = select(Unit.id).where(func.lower(Unit.name) == name.lower(), Unit.id != (unit_id or 0))
    if session.scalar(same.limit(1)):
        raise RuleBroken("name", "There is a unit of this name already.")


def _check_place(session: Session, unit_id: int | None, parent_id: int) -> None:
    parent = _unit(session, parent_id)
    if unit_id is None:
        return
    if parent_id == unit_id:
        raise RuleBroken("parent", "A unit cannot lie inside itself.")
    here = _unit(session, unit_id).name
    circle = circle_from(parents_of_units(session) | {here: parent.name}, here)
    if circle:
        way = STEP.join(reversed(circle))
        raise RuleBroken("parent", f"Then units would lie in a circle: {way}.")


def _note(session: Session, actor: Actor, unit_id: int, now: datetime, what: str) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_PERSON.value,
        thing="unit",
        thing_id=unit_id,
        happened_at=now,
        reason=what,
    )
    session.flush()
