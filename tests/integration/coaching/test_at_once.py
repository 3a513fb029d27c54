"""Coach, leader and sponsor at one moment, on PostgreSQL with a connection for each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import ChangeMilestone, OpenEngagement, SetMilestone
from ldtrack.coaching.domain.coaches import WriteCoach
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, RuleBroken
from ldtrack.db.session import Database
from tests.infrastructure.milestones import SITE
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.coaching.signing import said, sent, sign

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(postgres_database: Database) -> Database:
    return postgres_database


def _begin(database: Database, act: Callable[[], object], pool: Executor) -> Future[object]:
    """Begin something else, and come back when it waits for a lock, or did not have to."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    begun, until = pool.submit(act), monotonic() + 20
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
        while not begun.done() and not looking.execute(waiting).scalar_one():
            assert monotonic() < until
            sleep(0.02)
    return begun


def test_nobody_agrees_to_a_milestone_that_is_changed_at_that_moment(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader, now = acme.actor["leader"], clock.now()
    with database.writing(acme.id) as session:
        proposed = SetMilestone(
            person_id=acme.person["leader"],
            competency_id=acme.competency["coaching-others"],
            title="Asks before telling",
            level=3,
        )
        coach = acme.actor["coach"]
        one = service.propose_milestone(session, coach, proposed, now=now, base_url=SITE)

    def agree() -> None:
        with database.writing(acme.id) as session:
            service.agree_to_milestone(session, leader, one, 0, now=now, base_url=SITE)

    with ThreadPoolExecutor(1) as pool:
        with database.writing(acme.id) as session:
            harder = ChangeMilestone(title="Asks before telling", level=4)
            service.change_milestone(session, leader, one, harder, now=now, base_url=SITE)
            begun = _begin(database, agree, pool)
        with pytest.raises(Conflict):
            begun.result()
    with database.reading(acme.id) as session:
        row = queries.proposal(session, leader, one)
    assert (row.is_open, row.turn, row.milestone.level) == (True, 1, 4)


def test_an_agreement_is_in_force_though_the_last_two_sign_at_one_moment(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=now)
        sign(session, acme, agreement_id, ["leader"], now=now)

    def sign_as_sponsor() -> list[bool]:
        with database.writing(acme.id) as session:
            return sign(session, acme, agreement_id, ["sponsor"], now=now)

    with ThreadPoolExecutor(1) as pool:
        with database.writing(acme.id) as session:
            assert sign(session, acme, agreement_id, ["coach"], now=now) == [False]
            begun = _begin(database, sign_as_sponsor, pool)
        assert begun.result() == [True]


def test_the_last_place_of_a_coach_is_taken_once_though_two_ask_at_one_moment(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, coach, now = acme.actor["hr"], acme.person["coach"], clock.now()
    with database.writing(acme.id) as session:
        service.describe_coach(session, hr, coach, WriteCoach(places=1), now=now)

    def bring_together(session: Session, leader: str) -> None:
        command = OpenEngagement(
            coach_id=coach,
            person_id=acme.person[leader],
            starts_on=clock.today(),
            sessions_agreed=6,
        )
        service.open_engagement(session, hr, command, now=now)

    def at_the_same_moment() -> None:
        with database.writing(acme.id) as session:
            bring_together(session, "other_leader")

    with ThreadPoolExecutor(1) as pool:
        with database.writing(acme.id) as session:
            bring_together(session, "leader")
            begun = _begin(database, at_the_same_moment, pool)
        with pytest.raises(RuleBroken) as refused:
            begun.result()
    assert refused.value.message.startswith("Ines Marques has 1 of 1 places taken.")
    with database.reading(acme.id) as session:
        [row] = [one for one in queries.coaches(session, hr, clock.today()) if one.is_full]
    assert (row.name, row.places_words) == ("Ines Marques", "1 of 1")
