"""A leader with evidence, coaching and a pathway, for the pages about them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import Agree, LogSession, NewAction, OpenEngagement, SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.evidence.domain import SourceKind
from ldtrack.evidence.service import withdraw
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.growth.evidence import attended, met, rated
from tests.integration.pathways.makers import a_pathway, enrolled


@pytest.fixture
def growth_url(acme: SmallOrganisation) -> str:
    """The page about the leader's growth."""
    return f"/people/{encode(acme.person['leader'])}/growth"


@pytest.fixture
def competency_url(acme: SmallOrganisation, growth_url: str) -> str:
    """The page about coaching others."""
    return f"{growth_url}/{encode(acme.competency['coaching-others'])}"


@pytest.fixture
def evidence(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    """Two ratings, a 360, a milestone met this month, a course taken, and one piece taken back."""
    now = clock.now()
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 3.6, date(2026, 1, 10), now, source_id=1)
        rated(session, acme, "strategic-thinking", 3.4, date(2026, 4, 10), now, source_id=2)
        rated(
            session,
            acme,
            "coaching-others",
            3.9,
            date(2026, 7, 10),
            now,
            source_id=3,
            kind=SourceKind.FEEDBACK_RELEASE,
            by=None,
        )
        met(session, acme, "coaching-others", 3, date(2026, 11, 12), now, source_id=77)
        met(
            session,
            acme,
            "coaching-others",
            4,
            date(2026, 5, 5),
            now,
            source_id=78,
            title="Taken back by mistake",
        )
        withdraw(
            session,
            source_kind=SourceKind.MILESTONE,
            source_id=78,
            competency_id=acme.competency["coaching-others"],
            now=now,
        )
        attended(session, acme, "financial-acumen", date(2026, 11, 3), now, source_id=5)


@pytest.fixture
def engagement_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """Coaching since September; the next session is on 25 November, one action is open."""
    now = clock.now()
    with database.writing(acme.id) as session:
        opened = coaching.open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=date(2026, 9, 1),
                sessions_agreed=8,
            ),
            now=now,
        )
        coaching.log_session(
            session,
            acme.actor["coach"],
            opened,
            LogSession(
                held_on=date(2026, 11, 4),
                minutes=60,
                unsigned_reason="It could not wait",
                next_on=date(2026, 11, 25),
                new_actions=(NewAction(owner_id=acme.person["leader"], text="Ask two peers"),),
            ),
            now=now,
        )
    return opened


@pytest.fixture
def pathway(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    """On a pathway since 1 October; the course was due on 31 October."""
    now = clock.now()
    with database.writing(acme.id) as session:
        enrolled(session, acme, a_pathway(session, acme, now), now)


def agree_on(
    database: Database,
    acme: SmallOrganisation,
    engagement_id: int,
    clock: SetClock,
    *words: SponsorSees,
) -> None:
    """A minute later leader, coach and sponsor agree on what the sponsor sees."""
    clock.instant += timedelta(minutes=1)
    now = clock.now()
    with database.writing(acme.id) as session:
        coaching.agree(
            session,
            acme.actor["hr"],
            engagement_id,
            Agree(
                agreed_on=now.date() - timedelta(days=1),
                purpose="To grow",
                sponsor_sees=frozenset(words),
            ),
            now=now,
        )
