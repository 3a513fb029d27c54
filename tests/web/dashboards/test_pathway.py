"""Somebody's way along their pathway: done and shown, side by side."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ldtrack.coaching.domain import SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses.domain import RecordCompletion
from ldtrack.courses.queries import courses_on_offer
from ldtrack.courses.service import record_completion
from ldtrack.db.session import Database
from ldtrack.evidence.domain import SourceKind
from ldtrack.pathways import service as pathways
from ldtrack.pathways.domain import Confidence, WriteGate
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.growth.evidence import rated
from tests.integration.pathways.makers import a_pathway, enrolled
from tests.web.dashboards.conftest import agree_on


@pytest.fixture
def pathway_url(acme: SmallOrganisation) -> str:
    """The page about the leader's way."""
    return f"/people/{encode(acme.person['leader'])}/pathway"


def _bars(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<progress [^>]*aria-label="(Done|Shown)">([^<]+)<', page)


@pytest.mark.usefixtures("evidence", "pathway")
def test_done_and_shown_are_two_bars(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["leader"]).get("/pathway").text
    assert (
        "<h1>You have done 0% of what is required on <em>To lead others</em>, "
        "and shown 1 of 1 level it asks for.</h1>" in page
    )
    # Steps of the first stage weigh differently, so their weights are no number of steps; it has a
    # gate, the second has none.
    assert _bars(page) == [("Done", "0%"), ("Shown", "1 of 1"), ("Done", "0 of 2")]


@pytest.mark.usefixtures("pathway")
def test_doing_a_step_moves_one_bar_and_not_the_other(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        record_completion(
            session,
            acme.actor["hr"],
            RecordCompletion(
                course_id=courses_on_offer(session)[0].id,
                person_id=acme.person["leader"],
                completed_on=date(2026, 11, 1),
            ),
            now=clock.now(),
        )
    page = visit(acme.actor["leader"]).get("/pathway").text
    assert _bars(page)[:2] == [("Done", "25%"), ("Shown", "0 of 1")]


def test_without_a_pathway_it_says_what_one_is(visit: Visit, acme: SmallOrganisation) -> None:
    page = visit(acme.actor["leader"]).get("/pathway").text
    assert "<h1>You are on no pathway yet.</h1>" in page


@pytest.mark.usefixtures("evidence", "pathway")
@pytest.mark.parametrize(
    ("who", "status"),
    [("coach", 200), ("hr", 200), ("manager", 200), ("other_leader", 404), ("sponsor", 404)],
)
def test_who_may_see_it(
    who: str, status: int, visit: Visit, acme: SmallOrganisation, pathway_url: str
) -> None:
    assert visit(acme.actor[who]).get(pathway_url).status_code == status


@pytest.mark.usefixtures("evidence", "pathway")
def test_a_line_manager_sees_what_is_done_and_not_what_is_shown(
    visit: Visit, acme: SmallOrganisation, pathway_url: str
) -> None:
    page = visit(acme.actor["manager"]).get(pathway_url).text
    assert _bars(page) == [("Done", "0%"), ("Done", "0 of 2")]
    assert "Shown" not in re.sub(r"<p class=\"lead\">.*?</p>", "", page)


@pytest.mark.usefixtures("evidence", "pathway")
def test_a_sponsor_sees_the_bar_that_was_agreed(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    engagement_id: int,
    pathway_url: str,
) -> None:
    sponsor = visit(acme.actor["sponsor"])
    agree_on(database, acme, engagement_id, clock, SponsorSees.PROGRESS)
    assert [name for name, _ in _bars(sponsor.get(pathway_url).text)] == ["Done", "Done"]
    agree_on(database, acme, engagement_id, clock, SponsorSees.PROGRESS, SponsorSees.LEVELS)
    assert [name for name, _ in _bars(sponsor.get(pathway_url).text)] == [
        "Done",
        "Shown",
        "Done",
    ]


def test_each_gate_says_what_is_met_and_what_is_missing(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, now = acme.actor["hr"], clock.now()
    wanted = WriteGate(
        competency_id=acme.competency["coaching-others"],
        level=3,
        confidence=Confidence.FAIRLY_SURE,
        kinds=(SourceKind.COACH_RATING, SourceKind.FEEDBACK_RELEASE),
    )
    with database.writing(acme.id) as session:
        made = a_pathway(session, acme, now, published=False, title="Sure", code="S-1")
        pathways.write_gate(session, hr, made.stage_ids[0], wanted)
        pathways.publish(session, hr, made.version_id)
        enrolled(session, acme, made, now, on=date(2026, 11, 19))
        rated(
            session, acme, "coaching-others", 4.8, date(2026, 11, 1), now, source_id=1, noise=0.05
        )
    page = visit(acme.actor["leader"]).get("/pathway").text
    assert "for level 3: met" in page
    assert "Coach rating is there" in page
    assert "no 360 feedback yet" in page
    assert "Not yet" in page
