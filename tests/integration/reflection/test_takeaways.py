"""Taking along, sharing and telling; who finds what; and what the database refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access.domain import Role
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.reflection import queries, service
from ldtrack.reflection.domain import UNDO_FOR, WriteEntry
from ldtrack.reflection.domain.takeaways import (
    MOST_OPEN,
    TakeAlong,
    TakeawayKind,
    TakeawayState,
    TellTakeaway,
)
from ldtrack.reflection.models import Entry, Takeaway
from tests.infrastructure.organisation import SmallOrganisation

ASK = TakeAlong(kind=TakeawayKind.QUESTION, what="Whom do I never praise?")


def _take(
    session: Session, acme: SmallOrganisation, clock: SetClock, command: TakeAlong = ASK
) -> int:
    return service.take_along(session, acme.actor["leader"], command, today=clock.today())


def test_nobody_but_its_author_finds_one_that_is_not_shared_whatever_their_roles(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        takeaway_id = _take(session, acme, clock)
        leader = acme.person["leader"]
        finders = {
            key
            for key, actor in acme.actor.items()
            if queries.takeaways_shared(session, actor, leader)
        }
        everything = replace(acme.actor["coach"], roles=frozenset(Role))
        with pytest.raises(NotVisible):
            queries.takeaway(session, everything, takeaway_id)
    assert finders == {"leader"}


def test_whoever_no_longer_coaches_its_author_finds_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    coach, leader = acme.actor["coach"], acme.person["leader"]
    with database.writing(acme.id) as session:
        _take(session, acme, clock, replace(ASK, reader_ids=(acme.person["coach"],)))
        assert len(queries.takeaways_shared(session, coach, leader)) == 1
        assert queries.shared_with(session, coach, [leader]) == {leader: 1}
        former = replace(coach, coaches=frozenset[int]())
        assert queries.takeaways_shared(session, former, leader) == []
        later = replace(acme.actor["other_coach"], coaches=frozenset({leader}))
        assert queries.takeaways_shared(session, later, leader) == []


@pytest.mark.parametrize("key", ["hr", "other_coach", "manager"])
def test_nobody_can_be_let_in_who_neither_coaches_nor_sponsors_nor_is_a_peer(
    database: Database, acme: SmallOrganisation, clock: SetClock, key: str
) -> None:
    with (
        database.writing(acme.id) as session,
        pytest.raises(RuleBroken, match="a coach, a sponsor or a peer of today"),
    ):
        _take(session, acme, clock, replace(ASK, reader_ids=(acme.person[key],)))


def test_the_day_it_was_told_first_stays_until_it_is_opened_again(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        takeaway_id = _take(session, acme, clock)
        days = []
        for state in ("done", "changed", "open", "dropped"):
            told = TellTakeaway(state=TakeawayState(state), told="So it went.")
            service.tell_takeaway(session, leader, takeaway_id, told, today=clock.today())
            days.append(queries.takeaway(session, leader, takeaway_id).told_on)
            clock.instant = clock.instant.replace(day=clock.instant.day + 1)
        first = days[0]
        assert first is not None
        assert days == [first, first, None, first.replace(day=first.day + 3)]


def test_so_many_can_be_open_and_no_more(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for _ in range(MOST_OPEN):
            _take(session, acme, clock)
        with pytest.raises(RuleBroken, match="50 are open already"):
            _take(session, acme, clock)


def test_a_day_that_is_over_can_stay_and_cannot_be_set(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader, today = acme.actor["leader"], clock.today()
    yesterday = today.replace(day=today.day - 1)
    command = replace(ASK, follow_up_on=today)
    with database.writing(acme.id) as session:
        takeaway_id = _take(session, acme, clock, command)
        later = today.replace(day=today.day + 3)
        service.change_takeaway(session, leader, takeaway_id, command, today=later)
        with pytest.raises(RuleBroken, match="not over"):
            service.change_takeaway(
                session, leader, takeaway_id, replace(ASK, follow_up_on=yesterday), today=later
            )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": TakeawayState.DONE}, "ck_takeaway_told_on_a_day"),
        ({"what": ""}, "ck_takeaway_says_something"),
    ],
)
def test_the_database_refuses_what_says_nothing_and_what_was_told_on_no_day(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    values: dict[str, object],
    name: str,
) -> None:
    with database.session(writes=True, organisation_id=acme.id) as session:
        takeaway_id = _take(session, acme, clock)
        with pytest.raises(IntegrityError, match=name):
            session.execute(update(Takeaway).where(Takeaway.id == takeaway_id).values(values))


def test_the_database_refuses_one_that_was_dropped_without_a_word(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.session(writes=True, organisation_id=acme.id) as session:
        takeaway_id = _take(session, acme, clock)
        with pytest.raises(IntegrityError, match="ck_takeaway_told_what_happened"):
            session.execute(
                update(Takeaway)
                .where(Takeaway.id == takeaway_id)
                .values(state=TakeawayState.DROPPED, told_on=clock.today())
            )


def test_an_entry_deleted_by_somebody_who_never_came_back_is_forgotten_all_the_same(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        entry_id = service.write(session, leader, WriteEntry(body="Hm."), now=clock.now())
        service.remove(session, leader, entry_id, now=clock.now())
        assert service.tidy_deleted_entries(session, clock.now() + UNDO_FOR) == 0
        assert service.tidy_deleted_entries(session, clock.now() + 2 * UNDO_FOR) == 1
        assert session.scalars(select(Entry)).all() == []
