"""An engagement between the coach and the leader, on top of the small organisation."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.coaching import service
from ldtrack.coaching.domain import Agree, OpenEngagement
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.jobs.conftest import workshop

__all__ = ["engagement_id", "unsigned_id", "workshop"]


@pytest.fixture
def unsigned_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """Eight sessions agreed since 1 September 2026, and nothing with a sponsor."""
    with database.writing(acme.id) as session:
        return service.open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 9, 1),
                sessions_agreed=8,
            ),
            now=clock.now(),
        )


@pytest.fixture
def engagement_id(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> int:
    """The same, with an agreement on paper by which a sponsor sees nothing."""
    agreed = Agree(agreed_on=date(2026, 8, 31), purpose="", sponsor_sees=frozenset())
    with database.writing(acme.id) as session:
        service.agree(session, acme.actor["hr"], unsigned_id, agreed, now=clock.now())
    return unsigned_id
