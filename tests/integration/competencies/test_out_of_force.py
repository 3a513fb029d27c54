"""What was put in force by mistake is taken out again, as if it never had counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.audit.models import AuditEvent
from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import Crossings, DescribeEdition, VersionState
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed
from ldtrack.db.session import Database
from tests.infrastructure.next_edition import decide_all, in_force, second_edition, walk_to
from tests.infrastructure.organisation import SmallOrganisation

TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)
ROLE = "Head of Operations"


def _states(session: Session) -> dict[str, VersionState]:
    return {row.version: row.state for row in queries.every_edition(session)}


def test_roles_and_editions_are_as_they_were_and_what_was_decided_stays(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=now)
        decided = decide_all(session, acme, draft, now)
        before = (_states(session), queries.role_profile_of(session, ROLE, TODAY))
        service.put_in_force(session, hr, decided, today=TODAY, now=now)
        service.take_out_of_force(
            session, hr, walk_to(session, acme, draft), reason="Too early.", now=now
        )
        assert (_states(session), queries.role_profile_of(session, ROLE, TODAY)) == before
        assert queries.crossings(session) == Crossings()
        assert walk_to(session, acme, draft) == decided
        noted = session.execute(
            select(AuditEvent.account_id, AuditEvent.reason).where(
                AuditEvent.reason.startswith("taken out")
            )
        ).all()
        assert noted == [(hr.account_id, "taken out of force: 1 → 2, since 2026-11-20: Too early.")]


def test_it_may_be_decided_otherwise_and_put_in_force_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now, later = acme.actor["hr"], clock.now() + HOUR, TODAY + timedelta(days=3)
    with database.writing(acme.id) as session:
        new = in_force(session, acme, TODAY, now)
        (walk,) = queries.crossings(session).all
        service.take_out_of_force(session, hr, walk, reason="A part was forgotten.", now=now)
        walk = walk_to(session, acme, walk.after_id)
        one = new["digital-sense"]
        finance = acme.competency["financial-acumen"]
        service.continue_as(session, hr, walk, finance, [one], now=now)
        service.put_in_force(session, hr, walk, today=later, now=now)
        (again,) = queries.crossings(session).all
    assert (again.in_force_on, again.successors[finance]) == (later, (one,))


def test_an_edition_that_was_retired_before_stays_retired(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        draft = second_edition(session, acme)
        service.publish_edition(session, hr, draft, now=now)
        service.retire_edition(session, hr, acme.framework_version_id, now=now)
        walk = decide_all(session, acme, draft, now)
        asked = queries.role_profile_of(session, ROLE, TODAY)
        tomorrow = TODAY + timedelta(days=1)
        service.put_in_force(session, hr, walk, today=tomorrow, now=now, with_profiles=False)
        walk = walk_to(session, acme, draft)
        service.take_out_of_force(session, hr, walk, reason="Too early.", now=now)
        assert _states(session) == {"1": VersionState.RETIRED, "2": VersionState.PUBLISHED}
        assert queries.role_profile_of(session, ROLE, TODAY) == asked


def test_what_a_later_edition_goes_on_from_goes_after_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        in_force(session, acme, TODAY, now)
        (first,) = queries.crossings(session).all
        third = service.start_edition(session, hr, first.after_id, DescribeEdition(version="3"))
        service.publish_edition(session, hr, third, now=now + HOUR)
        both = queries.editions_to_walk(session, hr, first.after_id, third)
        service.accept_proposals(session, hr, queries.crosswalk(session, *both), now=now)
        service.put_in_force(
            session, hr, queries.crosswalk(session, *both), today=TODAY, now=now + HOUR
        )
        with pytest.raises(Conflict, match="Take 3 out of force first: it goes on from 2"):
            service.take_out_of_force(session, hr, first, reason="Too early.", now=now)
        second = queries.crosswalk(session, *both)
        service.take_out_of_force(session, hr, second, reason="Too early.", now=now)
        service.take_out_of_force(session, hr, first, reason="Too early.", now=now)
        assert queries.crossings(session) == Crossings()


def test_what_is_not_in_force_is_not_taken_out_and_nobody_else_does_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now() + HOUR
    with database.writing(acme.id) as session:
        in_force(session, acme, TODAY, now)
        (walk,) = queries.crossings(session).all
        with pytest.raises(NotAllowed):
            service.take_out_of_force(session, acme.actor["coach"], walk, reason="No.", now=now)
        service.take_out_of_force(session, hr, walk, reason="Too early.", now=now)
        with pytest.raises(Conflict, match="is not in force"):
            service.take_out_of_force(session, hr, walk, reason="Twice.", now=now)
