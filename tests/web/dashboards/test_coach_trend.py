"""A coach’s own trend: what was held and judged, an honest too few, and who does not read it."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.coaching import service
from ldtrack.coaching.domain import LogSession, OpenEngagement, SetMilestone
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from tests.infrastructure.milestones import agreed_milestone
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

ADDRESS = "/caseload/trend"


@pytest.fixture
def judged(database: Database, acme: SmallOrganisation, clock: SetClock) -> None:
    """Two milestones of the leader that were met in a session, and one that was missed."""
    coach, leader = acme.actor["coach"], acme.actor["leader"]
    with database.writing(acme.id) as session:
        engagement_id = service.open_engagement(
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
        ids = [
            agreed_milestone(
                session,
                coach,
                leader,
                SetMilestone(
                    person_id=acme.person["leader"],
                    competency_id=acme.competency[competency],
                    title=f"MARK {competency}",
                    level=3,
                ),
                now=clock.now(),
            )
            for competency in ("coaching-others", "strategic-thinking", "financial-acumen")
        ]
        held = LogSession(
            held_on=date(2026, 11, 18),
            minutes=90,
            unsigned_reason="It could not wait",
            milestones_met=tuple(ids[:2]),
            milestones_missed=tuple(ids[2:]),
        )
        service.log_session(session, coach, engagement_id, held, now=clock.now())


@pytest.mark.usefixtures("judged")
def test_a_coach_reads_what_was_held_and_judged_and_that_it_is_too_few_to_say(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["coach"]).get(ADDRESS).text
    assert "<em>too few to say</em>" in page
    # Nothing was seen before, so each milestone in the middle of the scale was as good as even.
    assert "2 of 3 met, 1.5 expected" in page
    assert "You judged 3 milestones of 1 leader whom you coach now." in page
    assert ("1.5</td>" in page, "MARK" in page, "Amara" in page) == (True, False, False)


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("who", ["hr", "leader", "manager", "sponsor", "administrator"])
def test_nobody_else_reads_it(visit: Visit, acme: SmallOrganisation, who: str) -> None:
    assert visit(acme.actor[who]).get(ADDRESS).status_code == 403


@pytest.mark.usefixtures("judged")
def test_another_coach_reads_their_own_and_nothing_of_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    assert "No session in two years." in visit(acme.actor["other_coach"]).get(ADDRESS).text


@pytest.mark.usefixtures("judged")
def test_the_trend_asks_little(visit: Visit, database: Database, acme: SmallOrganisation) -> None:
    coach = visit(acme.actor["coach"])
    with counted(database.engine) as statements:
        assert coach.get(ADDRESS).status_code == 200
    # Sign-in and rail three, sessions, milestones, job profiles, and four for levels.
    assert len(statements) == 10
