"""Reading about somebody else leaves one trace a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from ldtrack.audit.queries import about
from ldtrack.audit.service import seen
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation


def _look(database: Database, acme: SmallOrganisation, who: str, at: datetime) -> None:
    seen(
        database,
        organisation_id=acme.id,
        account_id=acme.actor[who].account_id,
        action="growth.trajectory:read",
        thing="trajectory",
        person_id=acme.person["leader"],
        happened_at=at,
    )


def test_one_trace_for_a_reader_a_person_and_a_day(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    now = clock.now()
    for who, at in (
        ("coach", now),
        ("coach", now + timedelta(hours=14)),
        ("hr", now + timedelta(hours=14)),
        ("coach", now + timedelta(hours=16)),
    ):
        _look(database, acme, who, at)
    with database.reading(acme.id) as session:
        found = about(session, acme.person["leader"], action="growth.trajectory:read")
    assert [(row.account_id, row.happened_at) for row in found] == [
        (acme.actor["coach"].account_id, now + timedelta(hours=16)),
        (acme.actor["hr"].account_id, now + timedelta(hours=14)),
        (acme.actor["coach"].account_id, now),
    ]
