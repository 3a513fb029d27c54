"""HR describes roles in the browser; everybody reads what they ask for."""

from __future__ import annotations

from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def test_a_role_that_people_have_is_described_and_is_their_target(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr, edition = visit(acme.actor["hr"]), encode(acme.framework_version_id)
    page = hr.get("/frameworks/roles").text
    assert "1 role says which levels it asks for; 1 role of people here does not." in page
    at = f"/frameworks/{edition}/roles/new?role=Specialist"
    assert 'value="Specialist"' in hr.get(at).text
    page = hr.submit(at, {"name": "Specialist", "targets-0-level": "2"}).text
    assert "2 roles say which levels they ask for." in page


def test_what_a_role_asks_for_is_changed_and_the_role_taken_away(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr, at = visit(acme.actor["hr"]), f"/frameworks/roles/{encode(acme.role_profile_id)}"
    assert "Which levels does <em>Head of Operations</em> ask for?" in hr.get(at).text
    page = hr.submit(at, {"name": "Head of Operations"})
    assert page.status_code == 422
    assert "Choose a level for at least one competency." in page.text
    page = hr.submit(at, {"name": "Head of Operations", "targets-1-level": "5"}).text
    assert "What Head of Operations asks for is changed." in page
    page = hr.post(f"{at}/remove", follow_redirects=True).text
    assert "No role says yet which levels it asks for." in page


def test_everybody_reads_what_roles_ask_for_and_only_hr_changes_it(
    visit: Visit, acme: SmallOrganisation
) -> None:
    at = f"/frameworks/roles/{encode(acme.role_profile_id)}"
    for name in ("leader", "coach", "sponsor"):
        page = visit(acme.actor[name]).get("/frameworks/roles").text
        assert "Head of Operations" in page
        assert at not in page
        assert visit(acme.actor[name]).get(at).status_code == 403


def test_the_list_takes_no_more_statements_for_more_roles(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.get("/frameworks/roles")
    with counted(database.engine) as one:
        hr.get("/frameworks/roles")
    edition = encode(acme.framework_version_id)
    for role in ("Specialist", "Director", "Team lead"):
        hr.submit(f"/frameworks/{edition}/roles/new", {"name": role, "targets-0-level": "2"})
    with counted(database.engine) as several:
        hr.get("/frameworks/roles")
    assert len(several) == len(one) <= 12


def test_what_is_written_about_frameworks_lies_under_their_line_of_the_rail(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    for path in ("/frameworks/roles", f"/frameworks/roles/{encode(acme.role_profile_id)}"):
        assert '<a href="/frameworks" aria-current="true">Frameworks</a>' in hr.get(path).text
