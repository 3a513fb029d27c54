"""The leaders of the larger organisation, and seeing with their eyes."""

from __future__ import annotations

from ldtrack.access.domain import Actor, Role
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_with_role
from tests.infrastructure.demo import Demo

MERIDIAN, ALDER = "Meridian Transport", "Alder College"


def leaders(demo: Demo) -> list[PersonRow]:
    """All twelve, by external id."""
    console = demo.console(MERIDIAN)
    with demo.database.reading(console.organisation_id) as session:
        return sorted(people_with_role(session, Role.LEADER), key=lambda row: row.external_id)


def seen_by(demo: Demo, person: PersonRow) -> Actor:
    """One of them, signed in."""
    return Actor(
        organisation_id=demo.console(MERIDIAN).organisation_id,
        account_id=1,
        person_id=person.id,
        roles=frozenset({Role.LEADER}),
    )
