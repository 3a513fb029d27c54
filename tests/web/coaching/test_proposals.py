"""Proposing a milestone, and what the other one finds and can say."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import MilestoneState, SetMilestone
from ldtrack.coaching.models import Milestone
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.milestones import SITE
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit

TITLE = "Runs a review"


def _new(acme: SmallOrganisation) -> str:
    return (
        f"/people/{encode(acme.person['leader'])}/milestones/new"
        f"?competency={encode(acme.competency['coaching-others'])}"
    )


def _answer(page: TestResponse) -> str:
    """The address of the proposal that waits for the reader."""
    found = re.search(r'href="(/coaching/milestones/[^/"]*)">Answer', page.text)
    assert found is not None
    return found.group(1)


def _propose(
    database: Database, acme: SmallOrganisation, clock: SetClock, who: str, n: int = 1
) -> list[int]:
    command = SetMilestone(
        person_id=acme.person["leader"],
        competency_id=acme.competency["coaching-others"],
        title=TITLE,
        level=3,
    )
    with database.writing(acme.id) as session:
        return [
            service.propose_milestone(
                session, acme.actor[who], command, now=clock.now(), base_url=SITE
            )
            for _ in range(n)
        ]


@pytest.mark.parametrize(
    ("who", "other", "place", "others_place"),
    [
        ("coach", "leader", "/people/{}/coaching", "/coaching"),
        ("leader", "coach", "/coaching", "/people/{}/coaching"),
    ],
)
def test_one_proposes_with_indicators_and_evidence_in_sight_and_the_other_agrees(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    engagement_id: int,
    who: str,
    other: str,
    place: str,
    others_place: str,
) -> None:
    one, two = visit(acme.actor[who]), visit(acme.actor[other])
    leader_id = encode(acme.person["leader"])
    assert "What coaching others means here." in one.get(_new(acme).split("?")[0]).text
    page = one.get(_new(acme))
    assert "Shows coaching others at level 3" in page.text
    assert page.text.count("What the role asks for") == 1
    assert "What evidence it would leave" in page.text
    typed = {"title": TITLE, "level": "3", "due_on": "2026-12-01", "word": "As we said"}
    asked = one.submit(_new(acme), typed)
    assert asked.request.path == place.format(leader_id)
    assert ("not answered yet" in asked.text, "Take it back" in asked.text) == (True, True)
    found = two.get(others_place.format(leader_id))
    assert "“As we said”" in found.text
    address = _answer(found)
    proposal = two.get(address).text
    assert ("What evidence it would leave" in proposal, "If missed" in proposal) == (True, True)
    agreed = two.post(f"{address}/agree?turn=0", follow_redirects=True)
    assert "It is agreed, and counts from now on." in agreed.text
    assert "Proposed by" in agreed.text
    with database.reading(acme.id) as session:
        [row] = queries.milestones_of(session, acme.actor["coach"], acme.person["leader"])
    assert row.state is MilestoneState.PLANNED
    drop = f"/coaching/milestones/{encode(row.id)}/drop"
    assert visit(acme.actor["leader"]).post(drop).status_code == (303 if who == "leader" else 403)
    assert visit(acme.actor["hr"]).post(drop).status_code == 403


def test_it_goes_back_changed_and_what_is_new_is_shown_beside_what_was(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    [milestone_id] = _propose(database, acme, clock, "coach")
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    address = f"/coaching/milestones/{encode(milestone_id)}"
    typed = {"title": TITLE, "level": "2", "due_on": "2026-12-18", "word": "One step first"}
    sent = leader.submit(f"{address}/change", typed)
    assert "It is proposed to Ines Marques. It counts once they agree." in sent.text
    page = coach.get(address).text
    assert "Amara Okafor would rather have it otherwise: <em>do you agree?</em>" in page
    assert ("3 – " in page, "no day" in page, "One step first" in page) == (True, True, True)
    late = coach.post(f"{address}/agree?turn=0", follow_redirects=True)
    assert late.status_code == 409
    assert "It was changed since you looked." in late.text
    assert coach.post(f"{address}/agree?turn=1").status_code == 303


def test_a_no_needs_a_word_which_the_other_reads(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    [milestone_id] = _propose(database, acme, clock, "leader")
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    address = f"/coaching/milestones/{encode(milestone_id)}"
    empty = coach.post(f"{address}/decline", data={"word": ""})
    assert (empty.status_code, "Say in a few words why" in empty.text) == (422, True)
    coach.submit(f"{address}/decline", {"word": "After the summer"})
    own = leader.get("/coaching").text
    assert ("1 proposed and not agreed" in own, "After the summer" in own) == (True, True)
    assert "Ines Marques declined this on <em>20 Nov 2026</em>." in leader.get(address).text
    assert coach.get(f"{address}/decline").status_code == 409
    assert "Propose it otherwise" in leader.get(address).text


def test_the_leaders_proposal_is_agreed_by_one_tap_in_the_session_form(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    [theirs] = _propose(database, acme, clock, "leader")
    [own] = _propose(database, acme, clock, "coach")
    coach = visit(acme.actor["coach"])
    address = f"/coaching/engagements/{encode(engagement_id)}/sessions/new"
    page = coach.get(address).text
    assert "Amara proposes" in page
    assert "Met, it would move Amara’s level" in page
    assert (encode(theirs) in page, encode(own) in page) == (True, False)
    held = {"held_on": "2026-11-18", "minutes": "60", "milestones_agreed": [encode(theirs)]}
    done = coach.submit(address, held)
    assert "agreed by Ines Marques on 20 Nov" in done.text


def test_a_goal_of_ones_own_is_proposed_to_a_coach_who_came_later(
    visit: Visit, database: Database, acme: SmallOrganisation, engagement_id: int
) -> None:
    goal = Milestone(
        person_id=acme.person["leader"],
        competency_id=acme.competency["coaching-others"],
        title=TITLE,
        level=3,
    )
    with database.writing(acme.id) as session:
        session.add(goal)
        session.flush()
        change = f"/coaching/milestones/{encode(goal.id)}/change"
    leader, coach = visit(acme.actor["leader"]), visit(acme.actor["coach"])
    assert change in leader.get("/coaching").text
    leader_id = encode(acme.person["leader"])
    assert "their own goal" in coach.get(f"/people/{leader_id}/coaching").text
    form = f"/coaching/engagements/{encode(engagement_id)}/sessions/new"
    assert (coach.get(change).status_code, TITLE in coach.get(form).text) == (404, False)
    leader.submit(change, {"title": TITLE, "level": "3"})
    assert "Amara proposes" in coach.get(form).text


@pytest.mark.parametrize(
    ("who", "other", "first_page"),
    [("coach", "leader", "/growth"), ("leader", "coach", "/caseload")],
)
def test_what_waits_for_an_answer_stands_on_the_first_page(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    who: str,
    other: str,
    first_page: str,
) -> None:
    _propose(database, acme, clock, who)
    assert "1 milestone proposed to you" in visit(acme.actor[other]).get(first_page).text


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(
    ("who", "address", "statements_taken"),
    [
        ("leader", "/coaching", 12),
        ("leader", "/coaching/milestones/{one}", 9),
        ("leader", "/people/{leader}/milestones/new?competency={competency}", 10),
    ],
)
def test_pages_with_proposals_take_few_statements(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    who: str,
    address: str,
    statements_taken: int,
    n: int,
) -> None:
    [one, *_] = _propose(database, acme, clock, "coach", n)
    reader = visit(acme.actor[who])
    asked = address.format(
        one=encode(one),
        leader=encode(acme.person["leader"]),
        competency=encode(acme.competency["coaching-others"]),
    )
    with counted(database.engine) as statements:
        assert reader.get(asked).status_code == 200
    assert len(statements) == statements_taken
