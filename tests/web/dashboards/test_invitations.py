"""Invitations in the browser: HR writes one, a leader answers, HR enrols or declines."""

from __future__ import annotations

import re

import pytest

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from ldtrack.pathways.domain import InterestState
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.web.pathways.conftest import Way, way

__all__ = ["way"]

STORY = "# A year ago\n\nI would **not** have dared. <script>alert(1)</script>"


def invite(hr: Visitor, way: Way, **change: str) -> str:
    """Write an invitation. Returns its address."""
    typed = {"story": STORY, "audience": "everybody", "opens_on": "2026-11-18"} | change
    page = hr.submit(f"{way.at}/invitations/new", typed)
    assert page.status_code == 200
    found = re.search(r'href="(/pathways/invitations/[a-z0-9]+)/people"', page.text)
    assert found
    return found[1]


def interest(database: Database, acme: SmallOrganisation, way: Way) -> list[InterestState]:
    with database.reading(acme.id) as session:
        hr = acme.actor["hr"]
        plan = queries.pathway(session, hr, way.made.version_id)
        return [
            row.state
            for figures in queries.calls_of(session, hr, plan.pathway_id)
            for row in queries.interested_in(session, hr, figures.call.id)
        ]


def test_a_leader_finds_it_on_the_first_page_and_answers_and_takes_it_back(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    at = invite(visit(acme.actor["hr"]), way, closes_on="2026-12-18", seats="12")
    ben = visit(acme.actor["other_leader"])
    home = ben.get("/growth").text
    assert "You are invited" in home
    assert "until 18 Dec" in home
    assert at in home
    page = ben.get(at).text
    assert "<h3>A year ago</h3>" in page
    assert "<strong>not</strong>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "4 steps, and 1 more if you like" in page
    assert "About 3" in page
    answer = ben.post(f"{at}/interest", data={"words": "To dare more"}, follow_redirects=True)
    assert "HR knows that you are interested. Nobody else does." in answer.text
    assert 'value="To dare more"' in answer.text
    assert "Interested" in ben.get("/growth").text
    assert interest(database, acme, way) == [InterestState.STATED]
    answer = ben.post(f"{at}/withdraw", data={}, follow_redirects=True)
    assert "Nothing of it is kept." in answer.text
    assert interest(database, acme, way) == []


def test_whom_it_is_not_meant_for_meets_no_such_page(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.at}/rule/change", {"job_profiles": ["Head of Operations"]})
    at = invite(hr, way, audience="rule")
    # Amara is on the pathway already; the coach has another job.
    for key in ("leader", "coach", "sponsor", "administrator"):
        visitor = visit(acme.actor[key])
        assert visitor.get(at).status_code == 404
        assert visitor.post(f"{at}/interest", data={"words": "x"}).status_code == 404
        assert visitor.post(f"{at}/interest", data={"words": "x" * 501}).status_code == 404
        assert visitor.post(f"{at}/withdraw", data={}).status_code == 404
    assert "You are invited" not in visit(acme.actor["leader"]).get("/growth").text
    assert visit(acme.actor["other_leader"]).get(at).status_code == 200
    assert visit(acme.actor["manager"]).get(at).status_code == 200
    assert interest(database, acme, way) == []


@pytest.mark.parametrize("opens_on", ["2026-11-21", "2026-11-30"])
def test_before_it_opens_nobody_but_hr_sees_it(
    visit: Visit, way: Way, acme: SmallOrganisation, opens_on: str
) -> None:
    hr = visit(acme.actor["hr"])
    at = invite(hr, way, opens_on=opens_on)
    assert hr.get(at).status_code == 200
    assert visit(acme.actor["other_leader"]).get(at).status_code == 404


@pytest.mark.parametrize("key", ["leader", "coach", "manager", "sponsor", "administrator"])
def test_nobody_else_works_with_invitations(
    visit: Visit, way: Way, acme: SmallOrganisation, key: str
) -> None:
    at = invite(visit(acme.actor["hr"]), way)
    visitor = visit(acme.actor[key])
    for page in (f"{way.at}/invitations", f"{way.at}/invitations/new"):
        assert visitor.get(page).status_code == 403
    for act in ("people", "change", "decline"):
        assert visitor.get(f"{at}/{act}").status_code == 403
        assert visitor.post(f"{at}/{act}", data={}).status_code == 403


def test_hr_sees_who_and_why_enrols_some_and_declines_the_others(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.at}/rule/change", {"job_profiles": ["Head of Operations"]})
    at = invite(hr, way, audience="rule")
    for key in ("other_leader", "manager"):
        visit(acme.actor[key]).post(f"{at}/interest", data={"words": f"{key} would like to"})
    page = hr.get(f"{at}/people").text
    assert "2 people are interested in" in page
    assert "2 of 2 people whom it is meant for said that they are interested." in page
    assert "other_leader would like to" in page
    ben, maya = (encode(acme.person[key]) for key in ("other_leader", "manager"))
    page = hr.submit(
        f"{at}/people", {"people": [ben], "starts_on": "2026-12-01", "cohort": "Winter"}
    ).text
    assert "1 person is enrolled." in page
    page = hr.submit(f"{at}/decline", {"people": [maya], "words": "Next year."}).text
    assert "1 person gets a mail." in page
    assert set(interest(database, acme, way)) == {InterestState.ENROLLED, InterestState.DECLINED}
    page = hr.get(f"{way.at}/invitations").text
    assert "2 people answered 1 invitation to" in page
    assert "Not this time" in visit(acme.actor["manager"]).get(at).text
    assert "You are on" in visit(acme.actor["other_leader"]).get(at).text
    assert "You are invited" not in visit(acme.actor["manager"]).get("/growth").text


def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_is_kept(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for change, sentence in (
        ({"story": ""}, "Say why somebody would want to come."),
        ({"closes_on": "2026-11-01"}, "It cannot close before it opens."),
        ({"audience": "rule"}, "Write the pathway’s rule first"),
        ({"seats": "0"}, "Seats"),
    ):
        typed = {"story": "Come", "audience": "everybody", "opens_on": "2026-11-18"} | change
        answer = hr.post(f"{way.at}/invitations/new", data=typed)
        assert answer.status_code == 422
        assert sentence in answer.text
    at = invite(hr, way)
    for act in ("people", "decline"):
        answer = hr.post(f"{at}/{act}", data={"starts_on": "2026-12-01"})
        assert answer.status_code == 422
        assert "Choose at least one person." in answer.text


@pytest.mark.parametrize("n_interested", [1, 3])
def test_its_pages_ask_little_whoever_answers(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, n_interested: int
) -> None:
    hr = visit(acme.actor["hr"])
    gap = {"competency_1": encode(acme.competency["coaching-others"]), "level_1": "3"}
    hr.submit(f"{way.at}/rule/change", {"unassessed_too": "y", **gap})
    at = invite(hr, way, audience="rule")
    for key in ("other_leader", "manager", "coach")[:n_interested]:
        visit(acme.actor[key]).post(f"{at}/interest", data={"words": "Yes"})
    found = {}
    for name, visitor, page in (
        ("list", hr, f"{way.at}/invitations"),
        ("people", hr, f"{at}/people"),
        ("page", visit(acme.actor["other_leader"]), at),
        ("home", visit(acme.actor["other_leader"]), "/growth"),
    ):
        with counted(database.engine) as statements:
            assert visitor.get(page).status_code == 200
        found[name] = len(statements)
    assert found == {"list": 12, "people": 12, "page": 9, "home": 12}
