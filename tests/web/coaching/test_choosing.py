"""HR invites, the leader chooses among coaches on a page, the coach answers on theirs."""

from __future__ import annotations

import re

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def _button(page: str, label: str) -> str:
    """Where the form of the button with these words is sent to."""
    forms = re.findall(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*?<button[^>]*>([^<]+)<', page, re.S)
    return {words.strip(): str(action) for action, words in forms}[label]


def _invitation(acme: SmallOrganisation) -> dict[str, str | list[str]]:
    return {
        "coach_ids": [encode(acme.person[one]) for one in ("coach", "other_coach")],
        "closes_on": "2026-12-18",
        "sessions_agreed": "6",
    }


def test_the_way_from_the_invitation_to_the_yes(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader, coach = (visit(acme.actor[key]) for key in ("hr", "leader", "coach"))
    assert "You are not choosing a coach at the moment." in leader.get("/coaching/choice").text
    coach.submit(
        "/coaching/as-a-coach",
        {
            "about": "I ask more than I say.",
            "languages": "German",
            "best_at": encode(acme.competency["coaching-others"]),
        },
    )
    filled_in = hr.get(f"/coaching/choices/new/{encode(acme.person['leader'])}").location
    assert "Looked for: English" in hr.get(filled_in).text
    page = hr.submit(
        f"/coaching/choices/new/{encode(acme.person['leader'])}?sought=1&language=German"
        f"&focus={encode(acme.competency['coaching-others'])}",
        _invitation(acme),
    ).text
    assert "<em>1 leader</em> is choosing a coach." in page
    assert "May choose among 2" in page
    assert "You may choose your coach." in leader.get("/coaching").text
    with counted(database.engine) as statements:
        page = leader.get("/coaching/choice").text
    assert len(statements) <= 12, statements
    assert "I ask more than I say." in page
    assert "</strong> Coaches best Coaching others; speaks German;" in page
    leader.post(_button(page, "Ask Ines Marques for a first talk"))
    page = coach.get("/coaching/asked").text
    assert "Looks for: Coaching others; German." in page
    one = re.search(r"/coaching/candidates/(\w+)/talk", page)
    assert one is not None
    talk = {"on": "2026-12-14", "at": "09:30", "minutes": "30", "place": "Room 4"}
    assert "Room 4" in coach.submit(f"/coaching/candidates/{one[1]}/talk", talk).text
    page = leader.get("/coaching/choice").text
    assert "Room 4" in page
    leader.post(_button(page, "Choose Ines Marques"))
    assert "who has not answered yet." in leader.get("/coaching/choice").text
    page = hr.get("/coaching/choices").text
    assert "Has chosen and waits for the answer" in page
    assert "Ines" not in page
    assert "Room 4" not in page
    said_yes = coach.post(_button(coach.get("/coaching/asked").text, "Say yes to Amara Okafor"))
    assert "What do" in coach.get(said_yes.location).text
    assert "Found a coach" in hr.get("/coaching/choices").text
    assert "Coaching with Ines Marques" in leader.get("/coaching").text


def test_a_no_needs_a_word_that_the_leader_reads_and_hr_does_not(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr, leader, coach = (visit(acme.actor[key]) for key in ("hr", "leader", "coach"))
    hr.submit(f"/coaching/choices/new/{encode(acme.person['leader'])}?sought=1", _invitation(acme))
    leader.post(_button(leader.get("/coaching/choice").text, "Choose Ines Marques"))
    one = re.search(r"/coaching/candidates/(\w+)/decline", coach.get("/coaching/asked").text)
    assert one is not None
    address = f"/coaching/candidates/{one[1]}/decline"
    refused = coach.post(address, data={"word": ""})
    assert refused.status_code == 422
    coach.submit(address, {"word": "I know your team too well."})
    page = leader.get("/coaching/choice").text
    assert "I know your team too well." in page
    assert "Choose Otto Lind" in page
    assert "I know your team" not in hr.get("/coaching/choices").text


def test_a_leader_leaves_it_and_hr_takes_one_back(visit: Visit, acme: SmallOrganisation) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    address = f"/coaching/choices/new/{encode(acme.person['leader'])}"
    for act, where in (("leave", "Left by the leader"), ("end", "Taken back")):
        hr.submit(f"{address}?sought=1", _invitation(acme))
        if act == "leave":
            leader.post("/coaching/choice/leave", data={})
        else:
            hr.post(_button(hr.get("/coaching/choices").text, "Yes, take it back"))
        assert where in hr.get("/coaching/choices").text
        assert "You are not choosing a coach at the moment." in leader.get("/coaching/choice").text


def test_what_cannot_be_is_said_beside_the_field(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    address = f"/coaching/choices/new/{encode(acme.person['leader'])}?sought=1"
    for more, why in (
        ({"coach_ids": []}, "Choose one coach at least."),
        ({"closes_on": "2026-11-01"}, "Give a day from today to 180 days from now."),
    ):
        refused = hr.post(address, data=_invitation(acme) | more)
        assert refused.status_code == 422
        assert why in refused.text


def test_inviting_takes_a_dozen_statements(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for address in (
        f"/coaching/choices/new/{encode(acme.person['leader'])}",
        f"/coaching/choices/new/{encode(acme.person['leader'])}?sought=1",
        "/coaching/choices",
    ):
        with counted(database.engine) as statements:
            assert hr.get(address).status_code in {200, 303}
        assert len(statements) <= 12, statements
