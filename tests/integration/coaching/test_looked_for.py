"""What is looked for in a coach at first, from what HR may know anyway."""

from __future__ import annotations

from collections.abc import Iterable

from ldtrack.access.domain import Actor
from ldtrack.coaching import pages, service
from ldtrack.coaching.domain import SetMilestone
from ldtrack.coaching.domain.matching import LookedFor, Sought
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.people.domain import PersonRow
from tests.infrastructure.milestones import SITE
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.coaching.signing import said, sent, sign


def test_it_is_where_the_leader_is_below_target_until_an_agreement_says_what_it_is_for(
    database: Database, acme: SmallOrganisation, clock: SetClock, unsigned_id: int
) -> None:
    hr, strategy = acme.actor["hr"], acme.competency["strategic-thinking"]

    def below(actor: Actor, leader: PersonRow) -> Iterable[int]:
        return (strategy,)

    with database.writing(acme.id) as session:
        leader = pages.leader_to_coach(session, hr, acme.person["leader"])
        known = pages.known_of(session, hr, leader, below)
        assert known == LookedFor(focus=(strategy,), language="English")
        agreement_id = sent(session, acme, unsigned_id, said(acme), now=clock.now())
        sign(session, acme, agreement_id, ["leader", "coach", "sponsor"], now=clock.now())
        known = pages.known_of(session, hr, leader, below)
        assert known.focus == (acme.competency["coaching-others"],)


def test_it_is_never_what_coach_and_leader_agreed_between_them(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        milestone = SetMilestone(
            person_id=acme.person["leader"],
            competency_id=acme.competency["coaching-others"],
            title="Asks before telling",
            level=3,
        )
        coach, now = acme.actor["coach"], clock.now()
        service.propose_milestone(session, coach, milestone, now=now, base_url=SITE)
        hr = acme.actor["hr"]
        leader = pages.leader_to_coach(session, hr, acme.person["leader"])
        assert pages.known_of(session, hr, leader, lambda *_: ()).focus == ()


def test_the_coaches_come_in_the_order_in_which_they_suit_what_is_looked_for(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hr = acme.actor["hr"]
        leader = pages.leader_to_coach(session, hr, acme.person["leader"])
        looked_for = LookedFor(focus=(acme.competency["coaching-others"],), language="Irish")
        page = pages.coaches_to_choose_from(session, hr, leader, looked_for, clock.today())
        assert page.sought == Sought(focus=("Coaching others",), language="Irish")
        assert [one.coach.name for one in page.coaches] == ["Ines Marques", "Otto Lind"]
