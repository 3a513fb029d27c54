"""HR's pages of openings, and the form's patience with odd input."""

from __future__ import annotations

from typing import Any

import pytest

from ldtrack.access.domain import Actor
from ldtrack.assignments import queries, service
from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit
from tests.integration.assignments.makers import opening

NEW = "/assignments/openings/new"


def _typed(acme: SmallOrganisation, **changes: str) -> dict[str, str]:
    return {
        "title": "Bring two depots onto one timetable",
        "kind": "project",
        "description": "",
        "owner": "maya.singh@example.org",
        "sponsor": "Sofia.Berg@example.org",
        "promised_outcome": "One timetable by June.",
        "measure": "Late departures a week",
        "starts_on": "2027-01-04",
        "ends_on": "2027-06-30",
        "share_of_time": "30",
        "develops-0-competency": encode(acme.competency["strategic-thinking"]),
        "develops-0-level": "4",
        "novelty": "3",
        "stakes": "2",
        "visibility": "1",
        "boundary_crossing": "4",
        "ambiguity": "0",
        **changes,
    }


def _titles(database: Database, actor: Actor) -> list[str]:
    with database.reading(actor.organisation_id) as session:
        return [row.title for row in queries.postings(session, actor)[0]]


def test_hr_posts_an_opening_and_finds_it_in_the_list(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.submit(NEW, _typed(acme))
    assert page.status_code == 200
    assert "Bring two depots onto one timetable" in page.text
    assert "10 of 20" in page.text
    assert "clear stretch; highest in boundary crossing" in page.text
    assert "Maya Singh" in page.text
    listed = hr.get("/assignments/openings?q=depots").text
    assert "1 opening matches" in listed
    assert "Strategic thinking (level&nbsp;4)" in listed


def test_an_opening_is_changed_closed_and_opened_again(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, acme.actor["hr"], opening(acme), now=clock.now())
    hr, at = visit(acme.actor["hr"]), f"/assignments/openings/{encode(posting_id)}"
    assert hr.submit(f"{at}/change", _typed(acme, title="Renamed")).status_code == 200
    assert _titles(database, acme.actor["hr"]) == ["Renamed"]
    assert hr.post(f"{at}/close", data={"reason": ""}).status_code == 422
    closed = hr.submit(f"{at}/close", {"reason": "The site was sold.", "waiting": "kept"}).text
    assert "no more applications since" in closed
    assert "The site was sold." in closed
    assert "no more applications since" not in (hr.post(f"{at}/reopen", follow_redirects=True).text)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Give the assignment a title."),
        ({"title": "x" * 1_000_000}, "Please shorten this to 200 characters"),
        ({"kind": "holiday"}, "not on offer"),
        ({"owner": ""}, "Say who answers for it."),
        ({"owner": "nobody@example.org"}, "There is nobody with this mail address"),
        ({"sponsor": "maya.singh@rival.example"}, "There is nobody with this mail address"),
        ({"starts_on": "2027-02-29"}, "There is no day 2027-02-29"),
        ({"ends_on": "2026-12-31"}, "The end lies before the beginning."),
        ({"share_of_time": "1e9"}, "whole number"),
        ({"share_of_time": "0"}, "from 1 to 100"),
        ({"develops-0-competency": ""}, "Choose at least one competency"),
        ({"develops-0-level": ""}, "Say which level it asks for."),
        ({"develops-0-level": "9"}, "Give levels from 1 to 5."),
        ({"develops-0-competency": encode(77)}, "not on offer"),
        ({"stakes": "9"}, "not on offer"),
    ],
)
def test_odd_input_is_refused_with_a_sentence_and_nothing_is_stored(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    changes: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["hr"]).post(NEW, data=_typed(acme, **changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert _titles(database, acme.actor["hr"]) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nul\x00l", "Null"),
        ("عنوان \u202eالمشروع", "عنوان المشروع"),
        ("Lift 🚚 off", "Lift 🚚 off"),
        ("<b>bold</b> & 100%", "<b>bold</b> & 100%"),
    ],
)
def test_letters_of_all_kinds_are_kept(
    visit: Visit, database: Database, acme: SmallOrganisation, typed: str, kept: str
) -> None:
    page = visit(acme.actor["hr"]).submit(NEW, _typed(acme, title=typed))
    assert page.status_code == 200
    assert _titles(database, acme.actor["hr"]) == [kept]


def test_a_form_sent_twice_posts_once(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr, typed = visit(acme.actor["hr"]), _typed(acme, idempotency_key="a" * 32)
    first, second = (hr.post(NEW, data=typed) for _ in range(2))
    assert (first.status_code, first.location) == (303, second.location)
    assert len(_titles(database, acme.actor["hr"])) == 1


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator"])
def test_the_pages_of_hr_are_not_for_others(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, who: str
) -> None:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, acme.actor["hr"], opening(acme), now=clock.now())
    visitor, at = visit(acme.actor[who]), f"/assignments/openings/{encode(posting_id)}"
    for address in ("/assignments/openings", NEW, f"{at}/change", f"{at}/place"):
        assert visitor.get(address).status_code == 403
    assert visitor.get(at).status_code == 200


def test_another_organisations_opening_is_not_there(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    rival: SmallOrganisation,
    clock: SetClock,
) -> None:
    with database.writing(acme.id) as session:
        posting_id = service.post_opening(session, acme.actor["hr"], opening(acme), now=clock.now())
    theirs: Any = visit(rival.actor["hr"])
    at = f"/assignments/openings/{encode(posting_id)}"
    answers = [theirs.get(address) for address in (at, f"{at}/change", f"{at}/place")]
    answers += [theirs.post(f"{at}/close"), theirs.get(f"{at}/apply")]
    assert [answer.status_code for answer in answers] == [404] * 5
