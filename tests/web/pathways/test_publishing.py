"""Publishing asks first, says what it does, and can be taken back while nobody is on it."""

from __future__ import annotations

import re

from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way


def test_publishing_asks_first_and_is_undone_from_the_message(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    asked = hr.get(way.draft_at).text
    assert "Version 1 takes nobody new; the 1 person on it stays there." in asked
    assert "Yes, publish it" in asked
    page = hr.post(f"{way.draft_at}/publish", follow_redirects=True).text
    undo = re.search(r'action="(/pathways/\w+/unpublish)"', page)
    assert undo is not None
    assert "Version 1 takes people again meanwhile." in page
    page = hr.post(undo[1], follow_redirects=True).text
    assert "The version is a draft again." in page
    assert "Yes, publish it" in page
    assert "Enrol somebody" in hr.get(way.at).text


def test_a_version_with_people_is_not_made_a_draft_again(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.post(f"{way.draft_at}/drop")
    assert "Make it a draft again" not in hr.get(way.at).text
    answer = hr.post(f"{way.at}/unpublish")
    assert answer.status_code == 409
    assert "Somebody is or was on this version" in answer.text
