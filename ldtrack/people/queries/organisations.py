"""Organisations and their units."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, SQLColumnExpression, select
from sqlalchemy.orm import Session

from ldtrack.core.zones import shown_in
from ldtrack.db.session import organisation_of, remember_zone, zone_of
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


def time_zone(session: Session) -> ZoneInfo:
    """Where the clocks of the session's organisation hang; asked of the database once."""
    if (zone := zone_of(session)) is None:
        wanted = select(Organisation.time_zone).where(Organisation.id == organisation_of(session))
        zone = ZoneInfo(session.scalars(wanted).one())
        remember_zone(session, zone)
    return zone


def zone_of_organisation(organisation_id: SQLColumnExpression[int]) -> ScalarSelect[str]:
    """The name of an organisation's time zone, as a column of what is looked up across all."""
    return (
        select(Organisation.time_zone).where(Organisation.id == organisation_id).scalar_subquery()
    )


def here(session: Session, at: datetime) -> datetime:
    """The instant as the organisation's clocks show it: `here(session, now).date()` is today."""
    return shown_in(time_zone(session), at)


def units(session: Session) -> list[tuple[int, str]]:
    """Ids and names of units, by name."""
    return [(unit.id, unit.name) for unit in session.scalars(select(Unit).order_by(Unit.name))]
