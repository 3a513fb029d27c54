"""Confirming outcomes and looking back, as people do it in a browser."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from ldtrack.assignments import queries, service
from ldtrack.assignments.domain import DebriefRow
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.evidence.models import Evidence
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import LOOKED_BACK, placed

THREE = {"outcome": "It holds.", "learned": "To ask.", "next_action": "Ask on Monday."}


@pytest.fixture
def placement_id(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """The leader's placement; its last day has come."""
    with database.writing(acme.id) as session:
        return placed(session, acme, clock.now())


@pytest.fixture
def at(placement_id: int) -> str:
    """The placement's address."""
    return f"/assignments/placements/{encode(placement_id)}"


def _answers(acme: SmallOrganisation, **changes: str) -> dict[str, str]:
    return {
        "delivered": "Scrap fell by 38%.",
        "contribution": "led",
        "outside": "New tooling",
        "proof": "The October report",
        f"level_{encode(acme.competency['strategic-thinking'])}": "4",
        f"level_{encode(acme.competency['coaching-others'])}": "none",
        **changes,
    }


def _evidence(database: Database, acme: SmallOrganisation) -> list[tuple[int, float | None]]:
    with database.reading(acme.id) as session:
        rows = session.scalars(select(Evidence).order_by(Evidence.revision))
        return [(row.competency_id, row.value) for row in rows]


def _debriefs(
    database: Database, acme: SmallOrganisation, who: str, placement_id: int
) -> list[DebriefRow]:
    with database.reading(acme.id) as session:
        return queries.debriefs_of(session, acme.actor[who], placement_id)


def test_an_owner_without_a_role_for_it_is_led_to_the_three_questions(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str
) -> None:
    owner, nobody = visit(acme.actor["manager"]), visit(acme.actor["other_leader"])
    assert "Assignments to answer" in owner.get("/assignments").text
    assert "Assignments to answer" not in nobody.get("/assignments").text
    assert f"{at}/outcome" in owner.get("/assignments/outcomes").text
    page = owner.submit(f"{at}/outcome", _answers(acme))
    assert "It counts once Amara Okafor and one other person have looked back." in page.text
    assert _evidence(database, acme) == []
    shown = visit(acme.actor["leader"]).get(at).text
    assert "is confirmed." in shown
    assert "New tooling" in shown


def test_a_sponsor_finds_outcomes_in_the_rail_even_when_there_are_none(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["sponsor"]).get("/assignments/outcomes").text
    assert page.count("Assignments to answer") >= 1
    assert "Nothing waits for your word." in page


def test_a_claim_without_proof_asks_for_it_and_moves_nothing(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str
) -> None:
    owner = visit(acme.actor["manager"])
    page = owner.submit(f"{at}/outcome", _answers(acme, proof=" \n "))
    assert "Kept as a claim." in page.text
    assert "Add proof" in page.text
    assert _evidence(database, acme) == []
    form = owner.get(f"{at}/outcome").text
    assert "Scrap fell by 38%." in form


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("delivered", "", "Say what was delivered"),
        ("delivered", "x" * 1_000_000, "Please shorten this"),
        ("contribution", "invented", "not on offer"),
        ("contribution", "", "Choose the word that fits"),
        ("level", "", "Choose a level for Strategic thinking"),
        ("level", "6", "not on offer"),
        ("level", "nan", "not on offer"),
    ],
)
def test_odd_answers_are_refused_and_nothing_counts(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    at: str,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    if field == "level":
        field = f"level_{encode(acme.competency['strategic-thinking'])}"
    answer = visit(acme.actor["manager"]).post(
        f"{at}/outcome", data=_answers(acme, **{field: typed})
    )
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _evidence(database, acme) == []


def test_answers_sent_twice_count_once(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, placement_id: int
) -> None:
    with database.writing(acme.id) as session:
        for who in ("leader", "sponsor"):
            service.write_debrief(
                session, acme.actor[who], placement_id, LOOKED_BACK, now=clock.now()
            )
    at = f"/assignments/placements/{encode(placement_id)}"
    owner, typed = visit(acme.actor["manager"]), _answers(acme, idempotency_key="c" * 32)
    codes = [owner.post(f"{at}/outcome", data=typed).status_code for _ in range(2)]
    assert codes == [303, 303]
    assert _evidence(database, acme) == [(acme.competency["strategic-thinking"], 4.0)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 403), ("hr", 403), ("coach", 403), ("other_leader", 404), ("other_coach", 404)],
)
def test_nobody_else_opens_the_three_questions(
    visit: Visit, acme: SmallOrganisation, at: str, who: str, status: int
) -> None:
    visitor = visit(acme.actor[who])
    assert visitor.get(f"{at}/outcome").status_code == status
    assert visitor.post(f"{at}/outcome", data=_answers(acme)).status_code == status


def test_a_leader_keeps_a_draft_that_only_they_see_and_hands_it_in(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str, placement_id: int
) -> None:
    leader = visit(acme.actor["leader"])
    assert "look back on it while it is fresh" in leader.get("/assignments").text
    kept = leader.post(f"{at}/debrief/draft", data={"outcome": "It holds.", "learned": "😀"})
    assert kept.status_code == 204
    assert "It holds." in leader.get(f"{at}/debrief").text
    assert _debriefs(database, acme, "coach", placement_id) == []
    refused = leader.post(f"{at}/debrief", data={**THREE, "next_action": ""})
    assert refused.status_code == 422
    assert "Name one next action." in refused.text
    leader.submit(f"{at}/debrief", THREE)
    assert [
        row.held_on is not None for row in _debriefs(database, acme, "coach", placement_id)
    ] == [True]


def test_keeping_a_draft_with_all_three_parts_does_not_hand_it_in(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str, placement_id: int
) -> None:
    leader = visit(acme.actor["leader"])
    leader.post(f"{at}/debrief/draft", data=THREE)
    leader.post(f"{at}/debrief", data={**THREE, "then": "draft"})
    assert [row.held_on for row in _debriefs(database, acme, "leader", placement_id)] == [None]


def test_a_leader_asks_a_peer_who_looks_back_without_seeing_the_placement(
    visit: Visit, database: Database, acme: SmallOrganisation, at: str, placement_id: int
) -> None:
    leader, peer = visit(acme.actor["leader"]), visit(acme.actor["other_leader"])
    for typed in ("nobody@example.org", "maya.singh@example.org", ""):
        assert leader.post(f"{at}/peer", data={"peer": typed}).status_code == 422
    page = leader.submit(f"{at}/peer", {"peer": "ben.li@example.org"})
    assert "Ben Li is asked to look back on it." in page.text
    assert "1 look back is asked of you." in peer.get("/assignments/outcomes").text
    assert peer.get(at).status_code == 404
    peer.submit(f"{at}/debrief", THREE)
    assert "Ask on Monday." in leader.get(at).text


def test_what_was_written_in_looking_back_does_not_reach_hr(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    at: str,
    placement_id: int,
) -> None:
    with database.writing(acme.id) as session:
        service.write_debrief(
            session, acme.actor["leader"], placement_id, LOOKED_BACK, now=clock.now()
        )
    read = {
        who: visit(acme.actor[who]).get(at).text for who in ("leader", "coach", "sponsor", "hr")
    }
    found = {who: LOOKED_BACK.learned in text for who, text in read.items()}
    assert found == {"leader": True, "coach": True, "sponsor": True, "hr": False}


def test_another_organisation_finds_none_of_it(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation, at: str
) -> None:
    for who in ("hr", "leader", "manager"):
        theirs = visit(rival.actor[who])
        answers = [theirs.get(f"{at}{page}") for page in ("", "/outcome", "/debrief", "/peer")]
        answers.append(theirs.post(f"{at}/debrief/draft", data=THREE))
        assert {answer.status_code for answer in answers} <= {404}
