"""The pages of a triad, with a sign-in and by a link."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.network.queries import seat_of, triad_with
from ldtrack.network.views.doors import links
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.network.makers import asked, running

NEW = {"purpose": "To delegate", "weeks": "1", "first": "Maya Singh", "second": "Ben Li"}


def test_three_find_each_other_and_the_first_page_says_what_waits(
    visit: Visit, acme: SmallOrganisation
) -> None:
    amara, maya, ben = (visit(acme.actor[key]) for key in ("leader", "manager", "other_leader"))
    page = amara.post("/triads/new", data=NEW, follow_redirects=True)
    assert "It begins when <em>all three</em> said yes." in page.text
    for one in (maya, ben):
        assert "You are asked to be one of three" in one.get("/growth").text
        [here] = re.findall(r'href="(/triads/[0-9a-z]{12})"', one.get("/triads").text)
        assert "To delegate" in one.get(here).text
        one.post(f"{here}/answer", data={"answer": "yes"})
    assert "A word to your triad" in amara.get("/growth").text
    assert "HR" not in amara.get(here).text


def test_a_name_that_nobody_has_is_refused_at_its_field_and_what_was_typed_is_kept(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["leader"]).post("/triads/new", data=NEW | {"second": "Nobody"})
    assert page.status_code == 422
    assert "There is nobody here with this name" in page.text
    assert 'value="Maya Singh"' in page.text


def test_a_check_in_says_what_became_of_it(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        at = f"/triads/{encode(running(session, acme, clock))}"
    amara, ben = visit(acme.actor["leader"]), visit(acme.actor["other_leader"])
    until = (clock.today() + timedelta(days=5)).isoformat()
    amara.post(f"{at}/commit", data={"what": "Let Ana lead", "until": until})
    form = amara.get(f"{at}/check-in").text
    [state] = set(re.findall('name="(state_[0-9a-z]{12})"', form))
    told = state.replace("state", "told")
    unsaid = amara.post(f"{at}/check-in", data={state: "done", "what": "More"})
    assert (unsaid.status_code, "Say until when." in unsaid.text) == (422, True)
    amara.post(f"{at}/check-in", data={state: "done", told: "She did.", "word": "Good."})
    page = ben.get(at).text
    assert ("She did." in page, "Good." in page, "You checked in" in page) == (True, True, False)
    assert "You checked in" in amara.get(at).text


def test_somebody_from_outside_takes_part_by_the_link(
    app: Flask, visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        triad_id = asked(session, acme, clock, ("Maya Singh", "Zoe Zed <zoe@example.com>"))
        own = seat_of(session, acme.actor["leader"], triad_id)
        zoe = next(one for one in triad_with(session, own)[1] if one.name == "Zoe Zed")
    with app.test_request_context():
        at = f"/with-you/{links().token(zoe.id, clock.today())}"
    nobody, maya = app.test_client(), visit(acme.actor["manager"])
    assert "Will you be <em>one of three</em>?" in nobody.get(at).text
    nobody.post(f"{at}/answer", data={"answer": "yes"})
    maya.post(f"/triads/{encode(triad_id)}/answer", data={"answer": "yes"})
    nobody.post(f"{at}/tell", data={"body": "A hard talk."})
    assert "A hard talk." in maya.get(f"/triads/{encode(triad_id)}").text
    assert maya.get(at).status_code == 404
    assert nobody.get(f"/triads/{encode(triad_id)}").status_code == 303
    nobody.post(f"{at}/leave")
    assert nobody.get(at).status_code == 404


def test_nobody_else_finds_a_triad(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        at = f"/triads/{encode(running(session, acme, clock))}"
    for who in ("hr", "coach", "sponsor", "administrator", "other_coach"):
        one = visit(acme.actor[who])
        for path in ("", "/check-in", "/tell", "/invite"):
            assert one.get(f"{at}{path}").status_code == 404
        assert "To delegate more" not in one.get("/triads").text
    assert "Fewer than 5 triads run." in visit(acme.actor["hr"]).get("/triads").text


def test_a_triad_is_read_in_few_statements(
    visit: Visit, acme: SmallOrganisation, database: Database, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        at = f"/triads/{encode(running(session, acme, clock))}"
    leader = visit(acme.actor["leader"])
    with counted(database.engine) as statements:
        leader.get(at)
    assert len(statements) == 10
