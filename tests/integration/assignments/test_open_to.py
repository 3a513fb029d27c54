"""Who is open to offers is seen by those who answer for an opening of the kind, and no others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import PostingKind
from ldtrack.assignments.models import OpenToOffers
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed
from ldtrack.db.session import Database
from ldtrack.people.models import Person
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.assignments.makers import opening, placed

AHEAD = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30)}
PROJECTS = {PostingKind.PROJECT}


@pytest.fixture
def posting_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A project that the manager owns and the sponsor sponsors, open to applications."""
    with database.writing(acme.id) as session:
        return service.post_opening(
            session, acme.actor["hr"], opening(acme, places=3, **AHEAD), now=clock.now()
        )


def _sees(session: Session, actor: Actor, posting_id: int, today: date) -> list[int]:
    posting = queries.posting(session, actor, posting_id)
    return [one.person_id for one in queries.open_people(session, actor, posting, today)]


def test_whoever_is_open_to_the_kind_is_seen_by_those_who_answer_and_by_hr_alone(
    database: Database, acme: SmallOrganisation, clock: SetClock, posting_id: int
) -> None:
    today, leader = clock.today(), acme.actor["leader"]
    with database.writing(acme.id) as session:
        service.be_open_to(session, leader, PROJECTS, now=clock.now())
        # Somebody else is open to something else.
        rotations = {PostingKind.ROTATION}
        service.be_open_to(session, acme.actor["other_leader"], rotations, now=clock.now())
        seen = {
            name
            for name, actor in acme.actor.items()
            if _sees(session, actor, posting_id, today) == [acme.person["leader"]]
        }
        nothing = {
            name
            for name, actor in acme.actor.items()
            if _sees(session, actor, posting_id, today) == []
        }
    assert seen == {"manager", "sponsor", "hr"}
    assert nothing == set(acme.actor) - seen


def test_nobody_is_listed_who_did_not_say_so(
    database: Database, acme: SmallOrganisation, clock: SetClock, posting_id: int
) -> None:
    today, owner = clock.today(), acme.actor["manager"]
    with database.writing(acme.id) as session:
        # Everybody who could be shown is there: with levels, a past, an application elsewhere.
        placed(session, acme, clock.now())
        other = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
        service.apply(session, acme.actor["other_leader"], other, now=clock.now())
        assert _sees(session, owner, posting_id, today) == []


def test_a_word_taken_back_is_gone_at_once(
    database: Database, acme: SmallOrganisation, clock: SetClock, posting_id: int
) -> None:
    today, leader, owner = clock.today(), acme.actor["leader"], acme.actor["manager"]
    with database.writing(acme.id) as session:
        both = {PostingKind.PROJECT, PostingKind.ROTATION}
        service.be_open_to(session, leader, both, now=clock.now())
        assert queries.open_to(session, leader) == both
        service.be_open_to(session, leader, {PostingKind.ROTATION}, now=clock.now())
        assert _sees(session, owner, posting_id, today) == []
        service.be_open_to(session, leader, (), now=clock.now())
        assert queries.open_to(session, leader) == frozenset()
        assert session.scalars(select(OpenToOffers.id)).all() == []


@pytest.mark.parametrize("why", ["applied", "closed", "over", "left", "answers"])
def test_whoever_is_in_it_or_gone_and_whatever_is_not_open_lists_nobody(
    database: Database, acme: SmallOrganisation, clock: SetClock, posting_id: int, why: str
) -> None:
    now, today, hr = clock.now(), clock.today(), acme.actor["hr"]
    who = "manager" if why == "answers" else "leader"
    with database.writing(acme.id) as session:
        service.be_open_to(session, acme.actor[who], PROJECTS, now=now)
        if why == "applied":
            service.apply(session, acme.actor["leader"], posting_id, now=now)
        elif why == "closed":
            closing = service.CloseOpening(reason="Filled.")
            service.close_opening(session, hr, posting_id, closing, now=now)
        elif why == "over":
            today = AHEAD["ends_on"]
        elif why == "left":
            session.get_one(Person, acme.person["leader"]).active = False
            session.flush()
        assert _sees(session, hr, posting_id, today) == []


def test_whoever_had_no_stretch_assignment_for_longest_comes_first(
    database: Database, acme: SmallOrganisation, clock: SetClock, posting_id: int
) -> None:
    with database.writing(acme.id) as session:
        placed(session, acme, clock.now())
        for who in ("leader", "other_leader"):
            service.be_open_to(session, acme.actor[who], PROJECTS, now=clock.now())
        found = _sees(session, acme.actor["manager"], posting_id, clock.today())
    assert found == [acme.person["other_leader"], acme.person["leader"]]


@pytest.mark.parametrize("who", ["coach", "sponsor", "administrator", "hr"])
def test_only_leaders_are_open_to_offers(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session, pytest.raises(NotAllowed):
        service.be_open_to(session, acme.actor[who], PROJECTS, now=clock.now())


def test_another_organisation_lists_nobody(
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    with database.writing(rival.id) as session:
        service.be_open_to(session, rival.actor["leader"], PROJECTS, now=clock.now())
    with database.writing(acme.id) as session:
        one = service.post_opening(
            session, acme.actor["hr"], opening(acme, **AHEAD), now=clock.now()
        )
        assert _sees(session, acme.actor["manager"], one, clock.today()) == []
