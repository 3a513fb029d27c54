"""A published pathway, a draft of its next version, and the leader on the first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import Plan
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.pathways.makers import Made, a_pathway, enrolled


@dataclass(frozen=True, kw_only=True)
class Way:
    """What the tests visit; `at`, `draft_at` and `enrolment_at` are addresses."""

    made: Made
    draft: Plan
    enrolment_id: int
    at: str
    draft_at: str
    enrolment_at: str


@pytest.fixture
def way(database: Database, acme: SmallOrganisation, clock: SetClock) -> Way:
    """Version 1 with the leader on it, and version 2 as a draft."""
    hr, now = acme.actor["hr"], clock.now()
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now)
        enrolment_id = enrolled(session, acme, made, now, cohort="Autumn")
        draft_id = service.start_new_version(session, hr, made.version_id)
        draft = queries.pathway(session, hr, draft_id)
    return Way(
        made=made,
        draft=draft,
        enrolment_id=enrolment_id,
        at=f"/pathways/{encode(made.version_id)}",
        draft_at=f"/pathways/{encode(draft_id)}",
        enrolment_at=f"/pathways/enrolments/{encode(enrolment_id)}",
    )
