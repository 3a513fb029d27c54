"""Cohorts in the browser: found, renamed, merged, moved between, removed, and meant."""

from __future__ import annotations

import re

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries
from ldtrack.pathways.models import Cohort
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit, Visitor
from tests.integration.pathways.makers import enrolled
from tests.web.pathways.conftest import Way


@pytest.fixture
def hr(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> Visitor:
    """HR, with Amara in Autumn, Ben in Winter and nobody in Empty."""
    with database.writing(acme.id) as session:
        enrolled(session, acme, way.made, clock.now(), who="other_leader", cohort="Winter")
        session.add(Cohort(name="Empty"))
    return visit(acme.actor["hr"])


def at(hr: Visitor, name: str) -> str:
    """The address of a cohort, from the list of all."""
    found = re.search(rf'href="(/pathways/cohorts/\w+)">{name}<', hr.get("/pathways/cohorts").text)
    assert found is not None
    return found[1]


def test_the_list_says_who_travels_and_who_is_late(hr: Visitor, database: Database) -> None:
    page = hr.get("/pathways/cohorts").text
    assert "3 cohorts travel together; in <em>2</em> somebody has something overdue." in page
    assert "1 of 1 person on their way" in page
    assert "nobody is in it" in page
    with counted(database.engine) as statements:
        hr.get("/pathways/cohorts")
    assert len(statements) == 10
    assert "1 cohort matches <em>aut</em>." in hr.get("/pathways/cohorts?q=aut").text


def test_a_cohort_is_renamed_and_a_taken_name_is_refused_at_its_field(hr: Visitor) -> None:
    autumn = at(hr, "Autumn")
    page = hr.submit(f"{autumn}/name", {"name": "First of 2026"})
    assert "The cohort is called First of 2026 now." in page.text
    answer = hr.post(f"{autumn}/name", data={"name": "Winter"})
    assert answer.status_code == 422
    assert "There is a cohort of that name. Merge the two instead." in answer.text


def test_two_cohorts_become_one(hr: Visitor) -> None:
    autumn, winter = at(hr, "Autumn"), at(hr, "Winter")
    assert "1 enrolment goes along" in hr.get(f"{autumn}/merge").text
    page = hr.submit(f"{autumn}/merge", {"into_id": winter.rsplit("/", 1)[1]})
    assert "Autumn is gone; 1 person of it travels with this one." in page.text
    assert "2 people travel or travelled with <em>Winter</em>." in page.text
    assert hr.get(autumn).status_code == 404


def test_somebody_moves_to_another_cohort(hr: Visitor, way: Way) -> None:
    autumn = at(hr, "Autumn")
    typed = {"people": encode(way.enrolment_id), "cohort": "Winter"}
    page = hr.submit(autumn, typed)
    assert "1 person travels with Winter now." in page.text
    assert "Nobody is in <em>Autumn</em>." in page.text
    answer = hr.post(autumn, data=typed)
    assert answer.status_code == 422


def test_an_empty_cohort_is_removed_after_a_question(hr: Visitor) -> None:
    empty = at(hr, "Empty")
    assert "Yes, remove it" in hr.get(empty).text
    assert "Yes, remove it" not in hr.get(at(hr, "Autumn")).text
    page = hr.post(f"{empty}/remove", follow_redirects=True)
    assert "The cohort Empty is gone." in page.text


def test_the_people_of_a_version_are_narrowed_to_a_cohort(hr: Visitor, way: Way) -> None:
    winter = at(hr, "Winter").rsplit("/", 1)[1]
    page = hr.get(f"{way.at}/people?cohort={winter}").text
    assert "1 person of <em>Winter</em> is enrolled." in page
    assert "Ben Li" in page
    assert "Amara Okafor" not in page
    # The section of cohorts tells of all of them, whoever is on this page.
    assert page.count("Set up a trust pulse") == 2
    assert "Nobody matches." in hr.get(f"{way.at}/people?cohort={encode(7)}").text
    assert "Nobody matches." in hr.get(f"{way.at}/people?cohort=no-such").text


def test_a_slip_in_a_name_is_asked_about_once(
    hr: Visitor, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    address = f"{way.at}/enrol/{encode(acme.person['manager'])}"
    typed = {"enrolled_on": "2026-11-20", "cohort": "Autum"}
    asked = hr.post(address, data=typed)
    assert asked.status_code == 422
    assert "Did you mean “Autumn”? If not, send the form again as it is." in asked.text
    assert 'value="Autum"' in asked.text
    page = hr.submit(address, typed | {"meant": "Autum"})
    assert "Maya Singh is enrolled." in page.text
    with database.reading(acme.id) as session:
        assert "Autum" in [row.name for row in queries.cohorts(session)]


def test_nobody_but_hr_comes_to_cohorts(visit: Visit, hr: Visitor, acme: SmallOrganisation) -> None:
    autumn = at(hr, "Autumn")
    for who in ("leader", "coach", "manager"):
        visitor = visit(acme.actor[who])
        for address in ("/pathways/cohorts", autumn, f"{autumn}/name", f"{autumn}/merge"):
            assert visitor.get(address).status_code == 403
