"""A leader's growth at one look, for the leader and for those who may see it."""

from __future__ import annotations

import re

import pytest

from ldtrack.audit.queries import about
from ldtrack.coaching.domain import SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.dashboards.conftest import agree_on


def _heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    return found.group(1) if found else ""


@pytest.mark.usefixtures("evidence")
def test_the_first_line_says_where_the_leader_stands(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["leader"]).get("/growth")
    assert _heading(page.text) == (
        "You are at target in 1 of 3 competencies; "
        "<em>Strategic thinking</em> is closest to the next."
    )


@pytest.mark.usefixtures("evidence", "pathway", "engagement_id")
def test_role_pathway_and_day_stand_above_it(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["leader"]).get("/growth").text
    kicker = re.sub(r"<[^>]+>|\s+", " ", page[page.index("kicker") : page.index("<h1>")])
    assert "Head of Operations · To lead others, stage 1 of 2" in re.sub(r"\s+", " ", kicker)
    assert "as of 20 Nov 2026" in re.sub(r"\s+", " ", kicker)


@pytest.mark.usefixtures("evidence", "pathway", "engagement_id")
def test_what_is_next_comes_late_things_first(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["leader"]).get("/growth").text
    places = [page.index(words) for words in ("20 days late", "Take the course", "Wed 25 Nov")]
    assert places == sorted(places)
    assert "Session with your coach" in page
    assert "1 action open" in page


@pytest.mark.usefixtures("evidence")
def test_what_happened_lately_says_how_it_moved_the_level(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["leader"]).get("/growth").text
    assert "In the last 60 days" in page
    assert re.search(r"Milestone met: <a [^>]+>Ran the quarterly review</a>\.", page)
    assert "Course completed: Finance for operations." in page


@pytest.mark.usefixtures("evidence")
def test_a_past_day_shows_a_notice_and_only_what_was_known(
    visit: Visit, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    page = leader.get("/growth?as_of=2026-03-01").text
    assert "This is how it looked on 1 Mar 2026" in page
    assert "Next for you" not in page
    assert "from a single piece of evidence" in page
    assert "?as_of=2026-03-01" in page
    for nonsense in ("tomorrow", "2027-01-01", "2025-02-29", "%00"):
        answer = leader.get(f"/growth?as_of={nonsense}")
        assert answer.status_code == 200
        assert "That is not a day up to today" in answer.text


def test_without_anything_it_says_what_will_show_here(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["sponsor"]).get("/growth").text
    assert _heading(page) == "There is no evidence of your growth yet."
    assert "Your growth will show here." in page


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("leader", 200),
        ("coach", 200),
        ("hr", 200),
        ("other_leader", 404),
        ("other_coach", 404),
        ("manager", 404),
        ("sponsor", 404),
        ("administrator", 404),
    ],
)
def test_who_may_see_it(
    who: str, status: int, visit: Visit, acme: SmallOrganisation, growth_url: str
) -> None:
    assert visit(acme.actor[who]).get(growth_url).status_code == status


@pytest.mark.usefixtures("evidence")
def test_a_sponsor_sees_it_only_when_levels_were_agreed(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    engagement_id: int,
    growth_url: str,
) -> None:
    sponsor = visit(acme.actor["sponsor"])
    agree_on(database, acme, engagement_id, clock, SponsorSees.PROGRESS)
    assert sponsor.get(growth_url).status_code == 404
    agree_on(database, acme, engagement_id, clock, SponsorSees.LEVELS)
    page = sponsor.get(growth_url)
    assert page.status_code == 200
    assert "Ran the quarterly review" not in page.text
    assert "Finance for operations" not in page.text


@pytest.mark.usefixtures("evidence", "pathway", "engagement_id")
def test_others_see_the_name_and_nothing_to_do(
    visit: Visit, acme: SmallOrganisation, growth_url: str
) -> None:
    page = visit(acme.actor["coach"]).get(growth_url).text
    assert _heading(page).startswith("Amara is at target in 1 of 3 competencies;")
    assert "Next for you" not in page
    assert "Session with your coach" not in page


@pytest.mark.usefixtures("evidence")
def test_reading_about_somebody_else_is_written_down_once_a_day(
    visit: Visit, acme: SmallOrganisation, database: Database, growth_url: str
) -> None:
    for who in ("coach", "coach", "leader", "hr", "other_leader"):
        visit(acme.actor[who]).get(growth_url)
    with database.reading(acme.id) as session:
        found = about(session, acme.person["leader"], action="growth.trajectory:read")
    assert sorted(row.account_id or 0 for row in found) == sorted(
        acme.actor[who].account_id or 0 for who in ("coach", "hr")
    )


@pytest.mark.usefixtures("evidence", "pathway", "engagement_id")
def test_the_page_is_small_and_asks_little(
    visit: Visit, acme: SmallOrganisation, database: Database, growth_url: str
) -> None:
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    with counted(database.engine) as own:
        page = leader.get("/growth")
    coach.get(growth_url)
    with counted(database.engine) as others:
        coach.get(growth_url)
    assert len(page.data) < 60_000
    # Two for the sign-in, one for the rail, three for growth, two for the pathway, and one each for
    # invitations, coaching with what the sponsor may see, debriefs, questionnaires, and short
    # feedback; a questionnaire that waits for an answer needs one more.
    assert len(own) == 2 + 1 + 3 + 2 + 5
    # Two for the rail; the person, what the sponsor may see and the trace instead of what is next.
    assert len(others) == 2 + 2 + 1 + 3 + 2 + 1 + 1


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("leader", "/growth"),
        ("coach", "/caseload"),
        ("sponsor", "/portfolio"),
        ("hr", "/today"),
    ],
)
def test_everybody_has_a_first_page(
    who: str, first: str, visit: Visit, acme: SmallOrganisation
) -> None:
    visitor = visit(acme.actor[who])
    answer = visitor.get("/")
    assert (answer.status_code, answer.location) == (303, first)
    assert visitor.get(first).status_code == 200
