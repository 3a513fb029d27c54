"""A goal from a statement of a 360 report: one click, one look, and it is linked for good."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from ldtrack.coaching import service as coaching
from ldtrack.coaching.domain import OpenEngagement
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.feedback.models import Release
from ldtrack.feedback.service import pass_on
from tests.infrastructure.feedback import RunningCycle, closed
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

STATEMENT = "Shows coaching others at level 3"


@pytest.fixture
def with_coach(database: Database, acme: SmallOrganisation, clock: SetClock) -> RunningCycle:
    """The leader is coached, and the coach has the report."""
    with database.writing(acme.id) as session:
        coaching.open_engagement(
            session,
            acme.actor["hr"],
            OpenEngagement(
                coach_id=acme.person["coach"],
                person_id=acme.person["leader"],
                starts_on=clock.now().date(),
                sessions_agreed=8,
            ),
            now=clock.now(),
        )
        return closed(session, acme, clock.now())


def out(database: Database, acme: SmallOrganisation, running: RunningCycle, clock: SetClock) -> str:
    """Pass the report on; the address of the report."""
    with database.writing(acme.id) as session:
        pass_on(session, acme.actor["coach"], running.subject_id, now=clock.now())
        return f"/feedback/reports/{encode(session.scalars(select(Release.id)).one())}"


def first_goal(page: str) -> str:
    """The first address that a report offers to make a statement a goal."""
    found = re.search(r'href="(/feedback/reports/[^"]*/goals/[^"]*)"', page)
    assert found is not None
    return found.group(1)


def own_page(acme: SmallOrganisation, who: str) -> str:
    """Where the other one of the two finds what was proposed."""
    return f"/people/{encode(acme.person['leader'])}/coaching" if who == "leader" else "/coaching"


def post_address(page: str, verb: str) -> str:
    """Where the page's first button sends that moves a milestone in this way."""
    found = re.search(rf'"(/coaching/milestones/[^"]*/{verb})"', page)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    ("who", "goals"), [("leader", "/coaching"), ("coach", "/people/{}/coaching")]
)
def test_one_click_on_a_statement_begins_a_goal_in_its_words(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    with_coach: RunningCycle,
    who: str,
    goals: str,
) -> None:
    report = out(database, acme, with_coach, clock)
    visitor = visit(acme.actor[who])
    address = first_goal(visitor.get(report).text)
    page = visitor.get(address).text
    assert f'value="{STATEMENT}"' in page
    assert re.search(r'value="3" checked', page)
    after = visitor.post(address, data={"title": "Asks first", "level": "3"}, follow_redirects=True)
    assert after.request.path == goals.format(encode(acme.person["leader"]))
    assert "Asks first" in after.text
    assert f'From Autumn 2026: <span dir="auto">“{STATEMENT}”</span>' in after.text
    assert "Proposed as a goal since 20 Nov" in visitor.get(report).text
    assert "This is proposed as a goal since <em>20 Nov 2026</em>." in visitor.get(address).text
    other = visit(acme.actor["coach" if who == "leader" else "leader"])
    found = re.search(
        r'href="(/coaching/milestones/[^/"]*)">Answer', other.get(own_page(acme, who)).text
    )
    assert found is not None
    other.post(f"{found.group(1)}/agree?turn=0")
    assert "A goal since 20 Nov" in visitor.get(report).text
    assert "This is a goal since <em>20 Nov 2026</em>." in visitor.get(address).text


def test_the_coach_makes_goals_before_the_leader_has_the_report_and_the_leader_does_not(
    visit: Visit, acme: SmallOrganisation, with_coach: RunningCycle
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    debrief = f"/feedback/debriefs/{encode(with_coach.subject_id)}"
    address = first_goal(coach.get(debrief).text)
    assert "though the report is not out yet" in coach.get(address).text
    assert leader.get(address).status_code == 404
    assert leader.post(address, data={"title": "Mine", "level": "3"}).status_code == 404


def test_a_goal_that_says_nothing_is_refused_and_keeps_what_was_typed(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    with_coach: RunningCycle,
) -> None:
    leader = visit(acme.actor["leader"])
    address = first_goal(leader.get(out(database, acme, with_coach, clock)).text)
    for typed, sentence in (
        ({"title": "", "level": "3"}, "Say what will be seen when it is met."),
        ({"title": "Asks first", "level": "9"}, "This choice is not on offer."),
        ({"title": "Asks first", "level": "3", "due_on": "2026-11-01"}, "still to come"),
    ):
        page = leader.post(address, data=typed)
        assert page.status_code == 422
        assert sentence in page.text
        assert f'value="{typed["title"]}"' in page.text or not typed["title"]


def test_a_statement_that_is_not_of_the_report_is_nowhere(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    with_coach: RunningCycle,
) -> None:
    report = out(database, acme, with_coach, clock)
    leader = visit(acme.actor["leader"])
    assert leader.get(f"{report}/goals/{encode(77)}").status_code == 404
    address = first_goal(leader.get(report).text)
    others = ("other_leader", "other_coach", "manager", "sponsor", "hr", "administrator")
    refused = {visit(acme.actor[who]).get(address).status_code for who in others}
    assert refused <= {403, 404}


def test_a_leader_without_a_coach_makes_a_goal_says_it_is_reached_and_takes_that_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = closed(session, acme, clock.now())
    leader = visit(acme.actor["leader"])
    address = first_goal(leader.get(out(database, acme, running, clock)).text)
    assert "Only you see this goal." in leader.get(address).text
    made = leader.post(address, data={"title": "Mine", "level": "3"}, follow_redirects=True)
    assert made.request.path == "/coaching"
    assert "You have no coach at the moment, and <em>1 goal</em> of your own." in made.text
    reached = post_address(made.text, "reached")
    said = leader.post(reached, follow_redirects=True)
    assert "reached, as told" in said.text
    assert "I have reached it" not in said.text
    again = leader.post(post_address(said.text, "plan-again"), follow_redirects=True)
    assert "I have reached it" in again.text
    dropped = leader.post(post_address(again.text, "drop"), follow_redirects=True)
    assert "There is nothing here yet." in dropped.text


def test_the_page_takes_the_same_statements_with_one_goal_and_with_three(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    with_coach: RunningCycle,
) -> None:
    report = out(database, acme, with_coach, clock)
    leader = visit(acme.actor["leader"])
    offered = re.findall(r'href="(/feedback/reports/[^"]*/goals/[^"]*)"', leader.get(report).text)
    taken = []
    for address in offered[:3]:
        leader.post(address, data={"title": "A goal", "level": "3"})
        with counted(database.engine) as statements:
            assert leader.get(offered[-1]).status_code == 200
        taken.append(len(statements))
    assert taken == [12] * 3
