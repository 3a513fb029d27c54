"""Pilots in the browser: begun, looked back on, gone on with for all."""

from __future__ import annotations

import pytest

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way, way

__all__ = ["way"]

TYPED = {"cohort": "Autumn", "aim": "Whether nine months are enough", "ends_on": "2027-05-01"}


def test_a_pilot_is_begun_looked_back_on_and_followed_by_the_version_for_all(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert "Try it with one cohort first" in hr.get(way.at).text
    page = hr.submit(f"{way.at}/pilot", TYPED).text
    assert "tries version 1 until 1 May 2027" in page
    refused = hr.post(f"{way.draft_at}/publish", data={}, follow_redirects=True)
    assert "Look back on the pilot first; then the next version is for all." in refused.text
    empty = hr.post(f"{way.at}/pilot/review", data={"reviewed_on": "2026-11-20"})
    assert empty.status_code == 422
    assert "Say what worked." in empty.text
    typed = {
        "worked": "Meeting every month",
        "changes": "The project is shorter",
        "decided_by": encode(acme.person["sponsor"]),
        "reviewed_on": "2026-11-20",
    }
    page = hr.post(f"{way.at}/pilot/review", data=typed, follow_redirects=True).text
    assert "was looked back on, on 20 Nov 2026." in page
    assert "Sofia Berg" in page
    page = hr.post(f"{way.at}/pilot/roll-out", data={}, follow_redirects=True).text
    assert "This is the draft for all." in page
    assert "What is different" in page
    page = hr.get(f"{way.draft_at}/differences").text
    assert "is what the pilot was." in page
    step = encode(way.draft.steps[0].id)
    hr.post(f"/pathways/steps/{step}/remove", data={})
    with counted(database.engine) as statements:
        page = hr.get(f"{way.draft_at}/differences").text
    assert "is different from the pilot in 2 places" in page
    assert "Take the course" in page
    assert len(statements) == 8


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cohort": ""}, "Name the cohort that tries it."),
        ({"aim": ""}, "Say what is tried."),
        ({"ends_on": "2026-11-01"}, "Give a day that is not past."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    visit: Visit, way: Way, acme: SmallOrganisation, change: dict[str, str], sentence: str
) -> None:
    answer = visit(acme.actor["hr"]).post(f"{way.at}/pilot", data=TYPED | change)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize("key", ["leader", "coach", "sponsor", "administrator"])
def test_nobody_else_works_with_pilots(
    visit: Visit, way: Way, acme: SmallOrganisation, key: str
) -> None:
    visitor = visit(acme.actor[key])
    assert visitor.get(f"{way.at}/pilot").status_code == 403
    assert visitor.get(f"{way.at}/differences").status_code == 403
    for act in ("review", "end", "roll-out"):
        assert visitor.post(f"{way.at}/pilot/{act}", data={}).status_code == 403


def test_it_can_be_no_pilot_after_all_and_the_page_asks_little(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.at}/pilot", TYPED)
    with counted(database.engine) as statements:
        hr.get(f"{way.at}/pilot")
    assert len(statements) == 8
    page = hr.post(f"{way.at}/pilot/end", data={}, follow_redirects=True).text
    assert "It is no pilot any more" in page
    assert "Try it with one cohort first" in page
