"""One competency and why its level is what it is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ldtrack.assignments.domain import Develops, PostingKind
from ldtrack.assignments.domain.commands import PostOpening
from ldtrack.assignments.service import post_opening
from ldtrack.coaching.domain import SponsorSees
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course
from tests.integration.growth.evidence import met, rated
from tests.web.dashboards.conftest import agree_on

MILESTONE = "Ran the quarterly review Coaching milestone · Ines Marques"


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def _ledger(page: str) -> list[str]:
    body = page[page.index("<tbody>", page.index("Evidence behind the level")) :]
    rows = body[: body.index("</tbody>")].split("</tr>")[:-1]
    return [_words(row).strip() for row in rows]


@pytest.mark.usefixtures("evidence")
def test_every_piece_says_what_it_counted_and_did_newest_first(
    visit: Visit, acme: SmallOrganisation, competency_url: str
) -> None:
    page = visit(acme.actor["leader"]).get(competency_url).text
    assert _ledger(page) == [
        f"12 Nov 2026 {MILESTONE} level 3 reached 13% +0.1 13%",
        "10 Jul 2026 Piece 3 360 feedback 3.9 52% +0.2 46%",
        "10 Jan 2026 Piece 1 Coach rating · Ines Marques 3.6 80% +0.5 33%",
    ]
    assert "Where it started: Middle of the scale, 3.0. That counts 8% now." in _words(page)


@pytest.mark.usefixtures("evidence")
def test_what_was_taken_back_leaves_its_line_without_a_value(
    visit: Visit, acme: SmallOrganisation, competency_url: str
) -> None:
    page = _words(visit(acme.actor["leader"]).get(competency_url).text)
    assert (
        "Coaching milestone: Taken back by mistake was taken back on 20 Nov 2026. "
        "It counts no more." in page
    )


@pytest.mark.usefixtures("evidence")
def test_taking_part_is_listed_apart_and_makes_no_level(
    visit: Visit, acme: SmallOrganisation, growth_url: str
) -> None:
    address = f"{growth_url}/{encode(acme.competency['financial-acumen'])}"
    page = visit(acme.actor["leader"]).get(address).text
    assert "<h1><em>Financial acumen</em> is not assessed yet.</h1>" in page
    assert "Nothing was observed yet that could move a level." in page
    assert "Listed, but moves nothing" in page
    assert '<figure class="chart-figure"' not in page


@pytest.mark.usefixtures("evidence")
def test_a_single_piece_is_said_to_be_single(
    visit: Visit, acme: SmallOrganisation, growth_url: str
) -> None:
    address = f"{growth_url}/{encode(acme.competency['strategic-thinking'])}"
    page = visit(acme.actor["leader"]).get(address).text
    assert "It rests on a single piece of evidence, so there is no trend yet." in page
    assert 'class="line"' not in page


def test_a_milestone_shows_at_once(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    competency_url: str,
) -> None:
    leader = visit(acme.actor["leader"])
    assert "not assessed yet" in leader.get(competency_url).text
    with database.writing(acme.id) as session:
        met(session, acme, "coaching-others", 3, clock.today(), clock.now(), source_id=1)
    assert "Ran the quarterly review" in leader.get(competency_url).text


def test_a_fall_is_told_with_its_pieces_and_without_alarm(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    competency_url: str,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        rated(session, acme, "coaching-others", 4.0, date(2026, 2, 1), now, source_id=1)
        rated(session, acme, "coaching-others", 3.4, date(2026, 8, 1), now, source_id=2)
    page = _words(visit(acme.actor["leader"]).get(competency_url).text)
    assert "New evidence is lower than before: Coach rating, Piece 2 (1 Aug 2026)." in page
    assert "The ranges before and after overlap, so it may be chance." in page


def test_a_surprising_piece_is_flagged(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    competency_url: str,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        for number in range(1, 4):
            rated(
                session,
                acme,
                "coaching-others",
                2.0,
                date(2026, number, 1),
                now,
                source_id=number,
                noise=0.05,
            )
        rated(session, acme, "coaching-others", 5.0, date(2026, 4, 1), now, source_id=9, noise=0.05)
    page = visit(acme.actor["leader"]).get(competency_url).text
    assert page.count("Surprising, please check") == 1


@pytest.mark.usefixtures("evidence")
def test_what_would_help_is_named_with_its_reason(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    competency_url: str,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        for code, title, level in (("A", "Steady on", 3), ("B", "Next please", 4)):
            a_course(session, acme, now, code=code, title=title, levels={"coaching-others": level})
        post_opening(
            session,
            acme.actor["hr"],
            PostOpening(
                title="Depot merger",
                kind=PostingKind.TASK_FORCE,
                owner_id=acme.person["manager"],
                sponsor_id=acme.person["sponsor"],
                promised_outcome="One depot",
                measure="Cost",
                starts_on=date(2026, 12, 1),
                ends_on=date(2027, 6, 1),
                share_of_time=50,
                develops=(Develops(competency_id=acme.competency["coaching-others"], level=5),),
            ),
            now=now,
        )
    page = _words(visit(acme.actor["leader"]).get(competency_url).text)
    helps = page[page.index("What would help most") : page.index("What would settle it most")]
    assert [
        helps.index(words)
        for words in (
            "Next please Course · asks for level 4, the next one",
            "Depot merger Task force · asks for level 5, beyond the next one",
            "Steady on Course · asks for level 3, where you are: steadies it",
        )
    ] == sorted(helps.index(title) for title in ("Next please", "Depot merger", "Steady on"))
    assert "360 feedback from about eight raters would narrow the range from" in page
    assert "Shows coaching others at level 3" in page
    assert "Shows coaching others at level 4" in page
    assert "Shows coaching others at level 5" not in page


@pytest.mark.usefixtures("evidence")
def test_hr_reads_levels_and_a_360_as_one_line(
    visit: Visit, acme: SmallOrganisation, competency_url: str
) -> None:
    page = visit(acme.actor["hr"]).get(competency_url).text
    lines = _ledger(page)
    assert [line for line in lines if "360 feedback" in line] == [
        "10 Jul 2026 Piece 3 360 feedback 3.9 52% +0.2 46%"
    ]
    assert "/feedback/reports/" not in page
    assert "Ran the quarterly review" not in page


@pytest.mark.usefixtures("evidence")
def test_a_sponsor_reads_no_piece_that_was_not_agreed_in_the_drawing_neither(
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    engagement_id: int,
    competency_url: str,
) -> None:
    agree_on(database, acme, engagement_id, clock, SponsorSees.LEVELS)
    page = visit(acme.actor["sponsor"]).get(competency_url)
    assert page.status_code == 200
    for secret in ("Ran the quarterly review", "Piece 1", "Piece 3", "Ines Marques", ">3.9<"):
        assert secret not in page.text
    assert "360 feedback 1" not in page.text
    assert "data-figure" in page.text


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(
    ("who", "status"),
    [("coach", 200), ("other_leader", 404), ("manager", 404), ("sponsor", 404)],
)
def test_who_may_see_it(
    who: str, status: int, visit: Visit, acme: SmallOrganisation, competency_url: str
) -> None:
    assert visit(acme.actor[who]).get(competency_url).status_code == status


@pytest.mark.usefixtures("evidence")
def test_strangers_things_are_not_there(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, growth_url: str
) -> None:
    leader = visit(acme.actor["leader"])
    theirs = encode(rival.competency["coaching-others"])
    assert leader.get(f"{growth_url}/{theirs}").status_code == 404
    stranger = visit(rival.actor["hr"])
    assert stranger.get(growth_url).status_code == 404


@pytest.mark.parametrize("n_pieces", [1, 3])
def test_the_page_is_small_and_asks_little(
    n_pieces: int,
    visit: Visit,
    acme: SmallOrganisation,
    database: Database,
    clock: SetClock,
    competency_url: str,
) -> None:
    now = clock.now()
    with database.writing(acme.id) as session:
        for number in range(1, n_pieces + 1):
            rated(
                session, acme, "coaching-others", 3.0, date(2026, number, 1), now, source_id=number
            )
            a_course(
                session,
                acme,
                now,
                code=f"C{number}",
                title=f"Course {number}",
                levels={"coaching-others": 3},
            )
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    with counted(database.engine) as own:
        page = leader.get(competency_url)
    coach.get(competency_url)
    with counted(database.engine) as others:
        coach.get(competency_url)
    assert len(page.data) < 60_000
    # Sign-in, rail, growth, indicators, courses, openings, own journal; others need the person
    # and a trace, and a coach is told in the rail of proposals that wait.
    assert len(own) == 2 + 1 + 3 + 1 + 1 + 1 + 1
    assert len(others) == 2 + 2 + 1 + 3 + 1 + 1 + 1 + 1
