"""Whoever does not want coaching with somebody is not brought together with them, nor those whom a
line or a sponsor connects; and nobody is told why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.coaching import pages, queries, service
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.coaching.domain.coaches import PresentOneself, WriteCoach
from ldtrack.coaching.domain.matching import CoachFacts, Refusal
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.people.queries import people_named
from tests.infrastructure.organisation import SmallOrganisation


def _coach(session: Session, acme: SmallOrganisation, clock: SetClock) -> CoachFacts:
    """The coach as seen from the leader."""
    leader = people_named(session, [acme.person["leader"]])[acme.person["leader"]]
    rows = queries.coaches_for(session, leader, clock.today())
    return next(row for row in rows if row.person_id == acme.person["coach"])


def _open(session: Session, acme: SmallOrganisation, clock: SetClock) -> int:
    command = OpenEngagement(
        coach_id=acme.person["coach"],
        person_id=acme.person["leader"],
        starts_on=clock.today(),
        sessions_agreed=6,
    )
    return service.open_engagement(session, acme.actor["hr"], command, now=clock.now())


@pytest.mark.parametrize(("by", "about"), [("leader", "coach"), ("coach", "leader")])
def test_whoever_of_the_two_says_it_they_are_not_brought_together_until_it_is_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock, by: str, about: str
) -> None:
    names = {"leader": "Amara Okafor", "coach": "Ines Marques"}
    with database.writing(acme.id) as session:
        for _ in range(2):
            service.keep_apart(session, acme.actor[by], names[about], now=clock.now())
        assert _coach(session, acme, clock).refusal is Refusal.CONFLICT
        with pytest.raises(RuleBroken) as refused:
            _open(session, acme, clock)
        assert (refused.value.field, refused.value.message) == (
            "coach_id",
            "This coach is not for this leader. Choose another one.",
        )
        [(said, name)] = queries.said_by(session, acme.actor[by])
        assert name == names[about]
        own = pages.own_record(session, acme.actor[by], now=clock.now())
        assert own["no_coaching_with"] == [names[about]]
        assert queries.said_by(session, acme.actor[about]) == []
        with pytest.raises(NotVisible):
            service.no_longer_apart(session, acme.actor[about], said)
        service.no_longer_apart(session, acme.actor[by], said)
        _open(session, acme, clock)


def _relate(
    session: Session, acme: SmallOrganisation, clock: SetClock, kind: str, holder: str, person: str
) -> None:
    relate(
        session,
        kind=RelationshipKind(kind),
        holder_id=acme.person[holder],
        person_id=acme.person[person],
        starts_on=clock.today(),
    )


@pytest.mark.parametrize(
    "lines",
    [
        [("manager", "coach", "leader")],
        [("manager", "leader", "coach")],
        [("manager", "coach", "peer_1"), ("manager", "peer_1", "leader")],
        [("sponsor", "coach", "leader")],
        [("sponsor", "peer_1", "leader"), ("sponsor", "peer_1", "coach")],
    ],
)
def test_a_reporting_line_or_the_same_sponsor_keeps_two_apart(
    database: Database, acme: SmallOrganisation, clock: SetClock, lines: list[tuple[str, str, str]]
) -> None:
    with database.writing(acme.id) as session:
        assert _coach(session, acme, clock).refusal is None
        for kind, holder, person in lines:
            _relate(session, acme, clock, kind, holder, person)
        assert _coach(session, acme, clock).refusal is Refusal.CONFLICT
        with pytest.raises(RuleBroken):
            _open(session, acme, clock)


def test_nobody_new_comes_to_a_coach_whose_accreditation_has_ended(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        for days, refusal in ((0, None), (-1, Refusal.ENDED)):
            known = WriteCoach(body="ICF", expires_on=clock.today() + timedelta(days=days))
            coach, hr = acme.person["coach"], acme.actor["hr"]
            service.describe_coach(session, hr, coach, known, now=clock.now())
            assert _coach(session, acme, clock).refusal is refusal
        with pytest.raises(RuleBroken) as refused:
            _open(session, acme, clock)
        assert refused.value.message == (
            "The accreditation of Ines Marques has ended. Renew it first, or choose another coach."
        )


def test_a_coach_says_what_they_coach_best_and_leaves_what_hr_keeps(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr, coach = acme.actor["hr"], acme.actor["coach"]
        known = WriteCoach(places=3, languages="Polish", about="As HR says.")
        service.describe_coach(session, hr, acme.person["coach"], known, now=clock.now())
        for best_at in (tuple(acme.competency.values()), (acme.competency["coaching-others"],)):
            of_oneself = PresentOneself(languages="German", best_at=best_at, about="I listen.")
            service.present_oneself(session, coach, of_oneself)
        kept = queries.coach_described(session, hr, acme.person["coach"])
        assert kept == WriteCoach(places=3, languages="German", about="I listen.")
        seen = _coach(session, acme, clock)
        assert (seen.best_at, seen.places) == (frozenset({"Coaching others"}), 3)
        own = pages.own_record(session, coach, now=clock.now())
        assert own["as_a_coach"] == {
            "about": "I listen.",
            "languages": "German",
            "coaches_best": ["Coaching others"],
            "leaders_at_a_time": 3,
            "accredited_by": "",
            "level": "",
            "accredited_until": None,
        }
        for who in ("leader", "hr", "manager"):
            with pytest.raises(NotAllowed):
                service.present_oneself(session, acme.actor[who], PresentOneself())
