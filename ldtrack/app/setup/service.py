"""Storing the first organisation with its first account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.access.domain import Role, at_the_console
from ldtrack.exchange.framework_import import import_shipped
from ldtrack.people.service.accounts import open_account
from ldtrack.people.service.directory import AddPerson, add_person, found_organisation


@dataclass(frozen=True, kw_only=True)
class BeginInstallation:
    """What the setup page was told; `framework` is the key of a published one, if any."""

    organisation: str
    time_zone: str
    first_name: str
    last_name: str
    email: str
    password: str
    framework: str | None


def begin_installation(session: Session, command: BeginInstallation, *, now: datetime) -> int:
    """Found the organisation; its first person is administrator and HR. Returns the account."""
    organisation_id = found_organisation(
        session, name=command.organisation, created_at=now, time_zone=command.time_zone
    )
    person_id = add_person(
        session,
        AddPerson(
            external_id="1",
            email=command.email,
            first_name=command.first_name,
            last_name=command.last_name,
        ),
    )
    account_id = open_account(
        session,
        email=command.email,
        password=command.password,
        roles=frozenset({Role.ADMINISTRATOR, Role.HR}),
        person_id=person_id,
    )
    if command.framework:
        import_shipped(session, at_the_console(organisation_id), command.framework, now=now)
    return account_id
