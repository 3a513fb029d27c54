"""HR writes a framework in the browser, from an empty draft or from the edition before."""

from __future__ import annotations

import pytest

from ldtrack.competencies import queries, service
from ldtrack.competencies.domain import DescribeEdition
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.web import Visit


@pytest.fixture
def draft(database: Database, acme: SmallOrganisation) -> int:
    """The second edition of the small framework."""
    with database.writing(acme.id) as session:
        return service.start_edition(
            session, acme.actor["hr"], acme.framework_version_id, DescribeEdition(version="2")
        )


def test_hr_writes_a_framework_until_it_is_published(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    typed = {"title": "How we lead", "version": "1", "language": "en"}
    typed |= {"levels-0-label": "Begins", "levels-1-label": "Does"}
    page = hr.submit("/frameworks/new", typed)
    here = page.request.path
    assert "How we lead</em> has no domain yet." in page.text
    page = hr.submit(f"{here}/domains/new", {"name": "People"})
    with database.reading(acme.id) as session:
        versions = queries.every_edition(session)
        version = next(row for row in versions if row.title == "How we lead")
        edition = queries.edition(session, version.framework_version_id)
    listening = {"name": "Listening", "definition": "Hears what is meant."}
    listening["domain_id"] = encode(edition.domains[0].id)
    page = hr.submit(f"{here}/competencies/new", listening)
    assert "3 things are still missing." in page.text
    assert "Listening has no behaviour by which it can be seen." in page.text
    meanings = {"levels-0-meaning": "Tries.", "levels-1-meaning": "Can."}
    page = hr.submit(f"{here}/levels", typed | meanings)
    with database.reading(acme.id) as session:
        competency = queries.competencies(session, version.framework_version_id)[0]
    page = hr.submit(
        f"/frameworks/competencies/{encode(competency.id)}/indicators/new",
        {"level": "2", "effective": "Asks open questions"},
    )
    assert "Asks open questions" in page.text
    assert "is ready to be published." in hr.get(here).text
    page = hr.post(f"{here}/publish", follow_redirects=True)
    assert "How we lead</em> has 1 competency in 1 domain." in page.text


def test_a_form_of_a_framework_keeps_what_was_typed_and_says_what_is_wrong(
    visit: Visit, acme: SmallOrganisation, draft: int
) -> None:
    hr, at = visit(acme.actor["hr"]), f"/frameworks/{encode(draft)}"
    page = hr.submit(f"{at}/competencies/new", {"name": "Coaching others", "definition": "Again."})
    assert page.status_code == 422
    assert "Choose a domain." in page.text
    assert "Again." in page.text
    page = hr.submit(f"{at}/levels", {f"levels-{n}-label": "" for n in range(5)})
    assert page.status_code == 422
    assert "A scale needs at least two levels." in page.text
    page = hr.submit(f"{at}/about", {"version": "1"})
    assert page.status_code == 422
    assert "There is an edition of that name already." in page.text


def test_what_changed_since_the_edition_before_is_shown_line_by_line(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int
) -> None:
    with database.reading(acme.id) as session:
        rows = {row.key: row for row in queries.competencies(session, draft)}
    thrift = rows["financial-acumen"]
    hr, at = visit(acme.actor["hr"]), f"/frameworks/{encode(draft)}"
    words = {"name": "Thrift", "definition": thrift.definition}
    words["domain_id"] = encode(thrift.domain_id)
    hr.submit(f"/frameworks/competencies/{encode(thrift.id)}/words", words)
    page = hr.get(f"{at}/since/{encode(acme.framework_version_id)}").text
    assert "changed 1 competency; 2 stayed as they were." in page
    assert "Before: </span>Financial acumen</del>" in page
    assert "Now: </span>Thrift</ins>" in page


def test_nobody_but_hr_sees_a_draft(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int
) -> None:
    at = f"/frameworks/{encode(draft)}"
    with database.reading(acme.id) as session:
        competency = encode(queries.competencies(session, draft)[0].id)
    for name in ("leader", "coach", "sponsor", "administrator"):
        somebody = visit(acme.actor[name])
        first = encode(acme.framework_version_id)
        for path in (at, f"{at}/since/{first}", f"/competencies/{competency}"):
            assert somebody.get(path).status_code == 404
        assert f'href="{at}"' not in somebody.get("/frameworks").text
        assert f'href="{at}"' not in somebody.get(f"/frameworks/{first}").text


def test_the_published_edition_leads_to_the_draft_and_cannot_be_written(
    visit: Visit, acme: SmallOrganisation, draft: int
) -> None:
    hr, first = visit(acme.actor["hr"]), f"/frameworks/{encode(acme.framework_version_id)}"
    assert "Go on with 2" in hr.get(first).text
    for path in (f"{first}/about", f"{first}/levels", f"{first}/domains/new"):
        assert hr.get(path).status_code == 409
    assert hr.get(f"{first}/next").location == f"/frameworks/{encode(draft)}"


def test_a_scale_that_comes_back_without_a_line_is_shown_with_those_it_had(
    visit: Visit, acme: SmallOrganisation, draft: int
) -> None:
    hr, nothing = visit(acme.actor["hr"]), {"idempotency_key": "0" * 32}
    page = hr.post(f"/frameworks/{encode(draft)}/levels", data=nothing)
    assert page.status_code == 422
    assert 'value="Intermediate"' in page.text
    page = hr.post("/frameworks/new", data=nothing)
    assert page.status_code == 422
    assert 'value="Skilled"' in page.text


def test_a_retired_edition_is_offered_again_with_one_press(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr, at = visit(acme.actor["hr"]), f"/frameworks/{encode(acme.framework_version_id)}"
    assert "Offer it again" not in hr.get(at).text
    page = hr.post(f"{at}/retire", follow_redirects=True).text
    assert f'action="{at}/offer-again"' in page
    assert "Offer it again" in page
    assert "Offer it again" not in visit(acme.actor["leader"]).get(at).text
    page = hr.post(f"{at}/offer-again", follow_redirects=True).text
    assert "The edition is offered again." in page
    assert "Yes, retire it" in page


def test_publishing_asks_first_and_says_what_deserves_a_second_look(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int
) -> None:
    hr, at = visit(acme.actor["hr"]), f"/frameworks/{encode(draft)}"
    with database.reading(acme.id) as session:
        competency = queries.competencies(session, draft)[0]
        indicators = queries.indicators(session, [competency.id])
    assert "Worth a second look" not in hr.get(at).text
    for one in indicators[1:]:
        hr.post(f"/frameworks/indicators/{encode(one.id)}/remove")
    page = hr.get(at).text
    assert "Worth a second look" in page
    assert f"{competency.name} has no behaviour at levels 2, 3, 4 and 5." in page
    assert "1 competency is not described at every level." in page
    assert "Yes, publish it" in page


def test_all_that_is_missing_is_listed(
    visit: Visit, database: Database, acme: SmallOrganisation, draft: int
) -> None:
    hr, at = visit(acme.actor["hr"]), f"/frameworks/{encode(draft)}"
    with database.reading(acme.id) as session:
        domain_id = queries.edition(session, draft).domains[0].id
    for number in range(14):
        words = {"name": f"New {number}", "definition": "New.", "domain_id": encode(domain_id)}
        hr.submit(f"{at}/competencies/new", words)
    page = hr.get(at).text
    assert "The other 2" in page
    for number in range(14):
        assert f"New {number} has no behaviour by which it can be seen." in page
