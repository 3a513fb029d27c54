"""Everybody can read who opened what is about them."""

from __future__ import annotations

from flask import url_for

from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


def test_a_leader_reads_that_the_coach_opened_their_growth_and_nobody_else_reads_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    coach, leader = visit(acme.actor["coach"]), visit(acme.actor["leader"])
    with coach.application.test_request_context():
        growth = url_for("dashboards.growth", person_id=acme.person["leader"])
    assert coach.get(growth).status_code == 200
    assert coach.get(growth).status_code == 200
    assert leader.get(growth).status_code == 200
    page = leader.get("/account/record").text
    assert "What is about you was opened 1 time by others." in page
    assert (page.count("Opened your growth"), page.count("Ines Marques")) == (1, 1)
    for other in ("coach", "hr", "other_leader", "sponsor"):
        page = visit(acme.actor[other]).get("/account/record").text
        assert "Nobody but you has opened what is about you." in page


def test_the_own_account_leads_to_the_record(visit: Visit, acme: SmallOrganisation) -> None:
    assert 'href="/account/record"' in visit(acme.actor["leader"]).get("/account").text
