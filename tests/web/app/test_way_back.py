"""Pages about somebody say where one is, and lead back to where one meets them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from ldtrack.app.navigation import links_for
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


@pytest.mark.parametrize(
    ("role", "page", "back"),
    [("hr", "growth", "record"), ("hr", "reviews", "record"), ("coach", "journal", "coaching")],
)
def test_the_name_above_a_page_leads_back_to_the_person(
    visit: Visit, acme: SmallOrganisation, role: str, page: str, back: str
) -> None:
    about = f"/people/{encode(acme.person['leader'])}"

    answer = visit(acme.actor[role]).get(f"{about}/{page}")

    assert f'<a href="{about}/{back}">Amara Okafor</a>' in answer.text


def test_a_coach_who_reads_about_a_leader_stays_under_the_caseload(
    visit: Visit, acme: SmallOrganisation
) -> None:
    answer = visit(acme.actor["coach"]).get(f"/people/{encode(acme.person['leader'])}/growth")

    assert '<a href="/caseload" aria-current="true">Caseload</a>' in answer.text


def test_a_page_of_the_rail_says_its_name_above_the_headline(
    visit: Visit, acme: SmallOrganisation
) -> None:
    answer = visit(acme.actor["leader"]).get("/journal")

    assert '<p class="kicker">Journal</p>' in answer.text


def test_an_account_of_nobody_lies_under_no_line_where_no_page_is_about_anybody(
    app: Flask, database: Database, acme: SmallOrganisation
) -> None:
    nobody = replace(acme.actor["leader"], person_id=None)

    with app.test_request_context("/attributions"), database.reading(acme.id):
        assert [link.label for link in links_for(nobody) if link.within] == []
