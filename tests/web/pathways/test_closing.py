"""Closing a pathway, finding what was learnt, opening it again, throwing a draft away."""

from __future__ import annotations

import pytest

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import CreatePathway
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way

SAID = {"reason": "Nobody came.", "learnt": "Ask leaders first."}


def test_hr_closes_a_pathway_after_reading_what_that_ends(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert f"{way.at}/close" in hr.get(way.at).text
    asked = hr.get(f"{way.at}/close").text
    assert "1 person is on it and finishes; nothing changes for them." in asked
    page = hr.submit(f"{way.at}/close", SAID).text
    assert "To lead others is closed. Whoever is on it finishes." in page
    assert "was closed on 20 Nov 2026; 1 person still finishes." in page
    assert "Ask leaders first." in page
    assert "Enrol somebody" not in page
    assert "To lead others" not in hr.get("/pathways").text
    assert "Ask leaders first." in hr.get("/pathways/closed?q=leaders").text
    assert "Nothing matches." in hr.get("/pathways/closed?q=pay").text
    assert "Enrol somebody" in hr.post(f"{way.at}/reopen", follow_redirects=True).text
    assert "Open again" in hr.get("/pathways/closed").text
    assert "To lead others" in hr.get("/pathways").text


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [("reason", "Say why."), ("learnt", "Say what was learnt, if only a little.")],
)
def test_a_pathway_is_not_closed_without_a_word(
    visit: Visit, way: Way, acme: SmallOrganisation, left_out: str, sentence: str
) -> None:
    hr = visit(acme.actor["hr"])
    answer = hr.post(f"{way.at}/close", data=SAID | {left_out: " "})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Enrol somebody" in hr.get(way.at).text


def test_why_a_pathway_was_closed_is_hr_s(visit: Visit, way: Way, acme: SmallOrganisation) -> None:
    visit(acme.actor["hr"]).post(f"{way.at}/close", data=SAID)
    leader = visit(acme.actor["leader"])
    assert "Ask leaders first." not in leader.get(way.at).text
    assert leader.get("/pathways/closed").status_code == 403
    assert "To lead others" not in leader.get("/pathways").text
    assert "To lead others" in leader.get("/pathway").text


def test_a_draft_is_thrown_away_after_a_question(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "No other version changes, and whoever is on one stays there." in (
        hr.get(way.draft_at).text
    )
    page = hr.post(f"{way.draft_at}/drop", follow_redirects=True)
    assert "The draft of version 2 is gone." in page.text
    assert hr.get(way.draft_at).status_code == 404
    assert hr.get(way.at).status_code == 200


def test_a_pathway_begun_by_mistake_is_gone_with_its_only_draft(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        about = CreatePathway(title="Oops", framework_version_id=acme.framework_version_id)
        draft = service.create_pathway(session, hr, about)
    visitor = visit(hr)
    assert (
        "“Oops” with it: it has no other version." in visitor.get(f"/pathways/{encode(draft)}").text
    )
    page = visitor.post(f"/pathways/{encode(draft)}/drop", follow_redirects=True)
    assert "The draft is gone, and “Oops” with it." in page.text
    with database.reading(acme.id) as session:
        assert queries.catalogue(session, hr) == []
