"""The pages behind a link to look back, opened without signing in."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from ldtrack.assignments import service
from ldtrack.assignments.domain import Asking
from ldtrack.assignments.links import Links
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import placed


def _at(
    app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> tuple[str, int]:
    with database.writing(acme.id) as session:
        placement_id = placed(session, acme, clock.now(), sponsor_id=acme.person["report_3"])
        service.name_peer(
            session, acme.actor["leader"], placement_id, acme.person["peer_1"], now=clock.now()
        )
    until = clock.now().date() + timedelta(days=30)
    said = Asking(placement_id=placement_id, person_id=acme.person[who], until=until)
    settings = app.extensions["ldtrack.settings"]
    return f"/d/{Links(keys=(settings.secret_key,)).token(said)}", placement_id


TYPED = {"outcome": "It runs.", "learned": "She asks first.", "next_action": "Lead the audit."}


def test_a_sponsor_without_an_account_confirms_and_looks_back(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, placement_id = _at(app, database, acme, clock, "report_3")
    browser = app.test_client()
    page = browser.get(at).get_data(as_text=True)
    assert "What should Amara Okafor take from" in page
    assert f"{at}/outcome" in page
    level = f"level_{encode(acme.competency['strategic-thinking'])}"
    other = f"level_{encode(acme.competency['coaching-others'])}"
    typed = {
        "delivered": "Scrap fell by 38%.",
        "contribution": "led",
        "outside": "",
        "proof": "The October report",
        level: "4",
        other: "none",
    }
    assert browser.post(f"{at}/outcome", data=typed).location == at
    assert f"{at}/outcome" not in browser.get(at).get_data(as_text=True)
    refused = browser.post(at, data={**TYPED, "learned": ""})
    assert (refused.status_code, "It runs." in refused.get_data(as_text=True)) == (422, True)
    assert browser.post(at, data=TYPED).location == f"{at}/thanks"
    assert "Amara Okafor</em> can read it now" in browser.get(f"{at}/thanks").get_data(as_text=True)
    shown = visit(acme.actor["leader"]).get(f"/assignments/placements/{encode(placement_id)}").text
    assert "She asks first." in shown
    assert "Scrap fell by 38%." in shown


def test_a_peer_without_an_account_looks_back_and_is_asked_for_no_outcome(
    app: Flask, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    at, _ = _at(app, database, acme, clock, "peer_1")
    browser = app.test_client()
    assert f"{at}/outcome" not in browser.get(at).get_data(as_text=True)
    assert browser.get(f"{at}/outcome").status_code == 404
    assert browser.post(at, data=TYPED).location == f"{at}/thanks"


def test_a_link_that_leads_nowhere_says_so_kindly(
    app: Flask, visit: Visit, acme: SmallOrganisation
) -> None:
    assert visit(acme.actor["leader"]).get("/d/nonsense").status_code == 404
    answer = app.test_client().get("/d/nonsense")
    assert answer.status_code == 404
    assert "leads <em>nowhere</em> any more" in answer.get_data(as_text=True)


def test_the_leader_reads_who_answers_by_link_and_has_it_sent_again(
    app: Flask, visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    _, placement_id = _at(app, database, acme, clock, "peer_1")
    at, leader = f"/assignments/placements/{encode(placement_id)}", visit(acme.actor["leader"])
    assert "Petra Kline and Ruth Amsel have no account" in leader.get(at).text
    page = leader.post(f"{at}/links", follow_redirects=True)
    assert "gets a link by mail" in page.text
