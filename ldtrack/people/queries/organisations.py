"""Organisations and their units."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.people.models import Organisation, Unit


def any_organisation(session: Session) -> bool:
    """Whether the installation has been set up."""
    return session.scalar(select(Organisation.id).limit(1)) is not None


def organisations(session: Session) -> list[tuple[int, str]]:
    """Ids and names of every organisation, by name; for the console."""
    rows = session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.name))
    return [(organisation_id, name) for organisation_id, name in rows]


def organisation_name(session: Session, organisation_id: int) -> str:
    """The organisation's name."""
    return session.scalars(
        select(Organisation.name).where(Organisation.id == organisation_id)
    ).one()


def rater_floor(session: Session, organisation_id: int) -> int:
    """The fewest raters behind any number of a 360 (k)."""
    return session.scalars(
        select(Organisation.rater_floor).where(Organisation.id == organisation_id)
    ).one()


def rater_budget(session: Session, organisation_id: int) -> int:
    """How many 360 questionnaires anybody is asked for in a quarter, at most."""
    return session.scalars(
        select(Organisation.rater_budget).where(Organisation.id == organisation_id)
    ).one()


def units(session: Session) -> list[tuple[int, str]]:
    """Ids and names of units, by name."""
    return [(unit.id, unit.name) for unit in session.scalars(select(Unit).order_by(Unit.name))]
