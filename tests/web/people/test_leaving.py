"""HR says that people leave, come back, move or join on a day, and sees before what is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.people.queries import by_external_id, full_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def test_a_person_who_leaves_is_signed_out_at_once_and_kept_until_it_is_taken_back(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader, coach = (visit(acme.actor[who]) for who in ("hr", "leader", "coach"))
    one = f"/people/{encode(acme.person['leader'])}"
    assert (leader.get("/account").status_code, coach.get(f"{one}/growth").status_code) == (
        200,
        200,
    )
    form = {"on": clock.today().isoformat(), "reason": "retired"}
    left = hr.submit(f"{one}/leave", form)
    assert "left; their history stays." in left.text
    assert "Left: retired" in left.text
    assert (leader.get("/account").status_code, coach.get(f"{one}/growth").status_code) == (
        303,
        404,
    )
    assert "left 20 Nov 2026" in hr.get("/people?show=gone").text
    with database.reading(acme.id) as session:
        assert full_person(session, acme.person["leader"], clock.today()).manager_external_id == ""
    undo = left.text.split(f'action="{one}/changes/')[1].split('"')[0]
    back = hr.post(f"{one}/changes/{undo}", follow_redirects=True)
    assert "reports to Maya Singh." in back.text
    assert (leader.get("/account").status_code, coach.get(f"{one}/growth").status_code) == (
        200,
        200,
    )


def test_what_is_open_is_shown_before_somebody_leaves(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    address = f"/people/{encode(acme.person['manager'])}/leave"
    hr = visit(acme.actor["hr"])
    with counted(database.engine) as statements:
        page = hr.get(address).text
    assert "People who report to them" in page
    assert "report to nobody until somebody is named" in page
    assert len(statements) <= 5, statements


def test_who_comes_back_can_sign_in_and_is_given_their_relations_anew(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, leader = visit(acme.actor["hr"]), visit(acme.actor["leader"])
    one = f"/people/{encode(acme.person['leader'])}"
    today = clock.today().isoformat()
    hr.submit(f"{one}/leave", {"on": today, "reason": "other"})
    assert "reports to nobody." in hr.submit(f"{one}/return", {"on": today}).text
    assert leader.get("/account").status_code == 200
    assert visit(acme.actor["coach"]).get(f"{one}/growth").status_code == 404


def test_a_planned_move_is_shown_and_can_be_taken_back(
    visit: Visit, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, one = visit(acme.actor["hr"]), f"/people/{encode(acme.person['leader'])}"
    form = {
        "on": (clock.today() + timedelta(days=11)).isoformat(),
        "unit": "Finance",
        "job_profile": "Director",
        "manager": "E1006",
    }
    planned = hr.submit(f"{one}/move", form).text
    words = "Moves from Head of Operations, Operations to Director, Finance"
    assert words in planned
    assert "1 Dec 2026, planned" in planned
    change = planned.split(f'action="{one}/changes/')[1].split('"')[0]
    assert words not in hr.post(f"{one}/changes/{change}", follow_redirects=True).text


def test_who_joins_later_is_listed_as_not_begun(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    form = {
        "first_name": "Nia",
        "email": "nia@example.org",
        "external_id": "E2001",
        "joins_on": (clock.today() + timedelta(days=11)).isoformat(),
    }
    assert "has not begun yet." in hr.submit("/people/new", form).text
    assert "has not begun yet" in hr.get("/people?show=gone").text
    with database.reading(acme.id) as session:
        assert by_external_id(session, ["E2001"]).keys() == {"E2001"}
    far = form | {"external_id": "E2002", "email": "far@example.org", "joins_on": "2030-01-01"}
    refused = hr.post("/people/new", data=far)
    assert (refused.status_code, "at most a year away" in refused.text) == (422, True)
    with database.reading(acme.id) as session:
        assert by_external_id(session, ["E2002"]) == {}


@pytest.mark.parametrize(
    ("page", "form", "sentence"),
    [
        ("leave", {"on": "", "reason": "other"}, "Say from which day on they are not here."),
        ("leave", {"on": "2026-11-20"}, "Say why."),
        ("leave", {"on": "2028-11-20", "reason": "other"}, "Choose a day at most a year away."),
        ("return", {"on": "2026-11-20"}, "Amara is here."),
        ("move", {"on": "2026-11-20", "manager": "E1004"}, "Nobody can be their own line manager."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    visit: Visit, acme: SmallOrganisation, page: str, form: dict[str, str], sentence: str
) -> None:
    address = f"/people/{encode(acme.person['leader'])}/{page}"
    refused = visit(acme.actor["hr"]).post(address, data=form)
    assert refused.status_code == 422
    assert sentence in refused.text


def test_nobody_says_of_themselves_that_they_leave(visit: Visit, acme: SmallOrganisation) -> None:
    hr, one = visit(acme.actor["hr"]), f"/people/{encode(acme.person['hr'])}"
    refused = hr.post(f"{one}/leave", data={"on": "2026-11-20", "reason": "other"})
    assert "Somebody else has to say that you leave." in refused.text
    assert hr.get("/account").status_code == 200


def test_nobody_but_hr_says_who_is_here(visit: Visit, acme: SmallOrganisation) -> None:
    one = f"/people/{encode(acme.person['leader'])}"
    for role in ("leader", "coach", "sponsor", "administrator"):
        for page in ("leave", "return", "move"):
            assert visit(acme.actor[role]).get(f"{one}/{page}").status_code in (403, 404), role
