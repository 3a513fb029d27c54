"""What an organisation is called and when its days begin."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import RuleBroken
from ldtrack.core.zones import zone_names
from ldtrack.db.session import remember_zone
from ldtrack.people.models import Organisation


def change_organisation(
    session: Session, actor: Actor, *, name: str, time_zone: str, now: datetime
) -> None:
    """Name the organisation, and hang its clocks; days that are stored stay the days they are."""
    policy.require(actor, Action.WRITE_ORGANISATION, Facts(organisation_id=actor.organisation_id))
    organisation = session.get_one(Organisation, actor.organisation_id)
    if name != organisation.name:
        check_is_free(session, name)
    if time_zone != organisation.time_zone:
        check_zone(time_zone)
    organisation.name, organisation.time_zone = name, time_zone
    session.flush()
    remember_zone(session, ZoneInfo(time_zone))
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ORGANISATION.value,
        thing="organisation",
        thing_id=organisation.id,
        happened_at=now,
        reason=f"{name}, {time_zone}",
    )


def check_is_free(session: Session, name: str) -> None:
    """Raise `RuleBroken` if another organisation of the installation is called that."""
    if session.scalar(select(Organisation.id).where(Organisation.name == name)) is not None:
        raise RuleBroken("name", "There is an organisation of that name already.")


def check_zone(time_zone: str) -> None:
    """Raise `RuleBroken` if there is no such time zone to choose."""
    if time_zone not in zone_names():
        raise RuleBroken("time_zone", "There is no such time zone.")
