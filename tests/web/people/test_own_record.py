"""Everybody can read who opened what is about them, and which files they handed in."""

from __future__ import annotations

import re

from flask import url_for

from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.courses.test_certificates import PDF, hand_in


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


def test_a_leader_finds_the_files_they_handed_in_and_nobody_else_s(
    visit: Visit, acme: SmallOrganisation
) -> None:
    leader = visit(acme.actor["leader"])
    hand_in(leader, name="mediator.pdf")
    page = leader.get("/account/record").text
    assert "1 file, " in page
    [address] = re.findall('href="(/courses/certificates/[^"]+/file)">mediator.pdf', page)
    assert leader.get(address).data == PDF
    for other in ("coach", "hr", "other_leader"):
        assert "mediator.pdf" not in visit(acme.actor[other]).get("/account/record").text
