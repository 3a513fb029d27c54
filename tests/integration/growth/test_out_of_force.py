"""Taken out of force, an edition leaves every level as it was before, and loses no evidence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.competencies import queries, service
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.evidence.queries import how_much_observed
from ldtrack.growth.domain import Level
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries import growth_of, growth_of_people, growth_without
from tests.infrastructure.next_edition import in_force, walk_to
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.growth.evidence import rated

ROLE = "Head of Operations"
BEFORE = date(2026, 6, 1)
MARK = date(2026, 9, 7)
BETWEEN = date(2026, 10, 5)
TODAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def _growth(session: Session, acme: SmallOrganisation, as_of: date = TODAY) -> PersonGrowth:
    hr, leader = acme.actor["hr"], acme.person["leader"]
    return growth_of(session, hr, leader, job_profile=ROLE, as_of=as_of)


def _observed(session: Session, acme: SmallOrganisation, clock: SetClock) -> None:
    for number, key in enumerate(acme.competency, 1):
        for day in (BEFORE, BEFORE + timedelta(days=30)):
            rated(session, acme, key, 3.6, day, clock.now(), source_id=number * 100 + day.month)


def _taken_out(session: Session, acme: SmallOrganisation, clock: SetClock) -> None:
    (walk,) = queries.crossings(session).all
    service.take_out_of_force(session, acme.actor["hr"], walk, reason="Too early.", now=clock.now())


def test_every_level_is_as_it_was_and_the_marks_are_gone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        then = {day: _growth(session, acme, day) for day in (BEFORE, MARK, BETWEEN, TODAY)}
        in_force(session, acme, MARK, clock.now() + HOUR)
        assert [found.line().marks for found in _growth(session, acme).targeted] != [()] * 3
        _taken_out(session, acme, clock)
        assert {day: _growth(session, acme, day) for day in then} == then
        assert [found.line().marks for found in _growth(session, acme).competencies] == [()] * 3


def test_what_was_observed_meanwhile_counts_for_the_later_edition_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        before = _growth(session, acme)
        new = in_force(session, acme, MARK, clock.now() + HOUR)
        second = SmallOrganisation(**{**acme.__dict__, "competency": new})
        rated(session, second, "choosing", 1.0, BETWEEN, clock.now(), source_id=12, noise=0.1)
        assert how_much_observed(session, new.values()) == (1, 1)
        while_in_force = _growth(session, acme)
        _taken_out(session, acme, clock)
        after = _growth(session, acme)
        old = acme.competency.values()
        assert [f for f in after.competencies if f.competency.id in old] == list(
            before.competencies
        )
        (own,) = (found for found in after.competencies if found.competency.id not in old)
        assert (own.competency.id, own.target, own.carried) == (new["choosing"], None, None)
        assert isinstance(own.standing, Level)
        assert own.standing.n_pieces == 1
        # Put in force again on the same day, it counts as it did.
        walk = walk_to(
            session,
            acme,
            queries.competencies_named(session, [own.competency.id])[
                own.competency.id
            ].framework_version_id,
        )
        service.put_in_force(session, acme.actor["hr"], walk, today=MARK, now=clock.now() + HOUR)
        assert _growth(session, acme) == while_in_force


@pytest.mark.parametrize("roles_too", [True, False])
def test_what_is_foreseen_is_what_comes(
    roles_too: bool, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = acme.actor["hr"], acme.person["leader"]
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        new = in_force(session, acme, MARK, clock.now() + HOUR)
        if not roles_too:
            copied = next(
                row
                for row in queries.role_profiles(session)
                if row.framework_version_id != acme.framework_version_id
            )
            service.remove_profile(session, hr, copied.id, now=clock.now())
        second = SmallOrganisation(**{**acme.__dict__, "competency": new})
        rated(session, second, "coaching-others", 5.0, BETWEEN, clock.now(), source_id=12)
        (walk,) = queries.crossings(session).all
        both = growth_without(session, hr, {leader: ROLE}, walk, TODAY)[leader]
        people = {leader: ROLE}
        assert {leader: both.now} == growth_of_people(session, hr, people, as_of=TODAY)
        _taken_out(session, acme, clock)
        assert {leader: both.then} == growth_of_people(session, hr, people, as_of=TODAY)


def test_foreseeing_takes_five_statements_for_one_person_and_for_three(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        _observed(session, acme, clock)
        in_force(session, acme, MARK, clock.now() + HOUR)
        (walk,) = queries.crossings(session).all
    taken = []
    for whom in (["leader"], ["leader", "other_leader", "manager"]):
        people = {acme.person[key]: ROLE for key in whom}
        with database.reading(acme.id) as session, counted(database.engine) as statements:
            growth_without(session, acme.actor["hr"], people, walk, TODAY)
        taken.append(len(statements))
    assert taken == [5, 5]
