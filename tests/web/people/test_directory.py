"""People, for HR."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.exchange.domain import ImportKind
from ldtrack.exchange.service.at_once import import_file
from ldtrack.people.pages import directory_page
from ldtrack.people.queries import by_external_id, full_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit


def typed(**change: Any) -> dict[str, Any]:
    return {
        "first_name": "Nina",
        "last_name": "Moss",
        "email": "Nina.Moss@example.org",
        "external_id": "N1",
        "unit": "Sales",
        "job_profile": "Seller",
        "manager": "E1006",
    } | change


def test_hr_finds_people_by_name_address_id_and_unit(
    visit: Visit, database: Database, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.get("/people")
    assert "15 people in 1 unit." in page.text
    assert "Maya Singh" in page.text
    for q in ("okafor", "amara.o", "E1004"):
        assert "1 person matches" in hr.get(f"/people?q={q}").text
    assert "0 people match" in hr.get("/people?q=%25%00").text
    assert hr.get("/people?unit=nonsense&page=-1").status_code == 200


def test_the_directory_is_sorted_by_what_its_head_names_and_by_nothing_else(
    visit: Visit, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])

    def names(address: str) -> list[str]:
        return re.findall(r'/record">([^<]+)</a>', hr.get(address).text)

    usual = names("/people")
    assert names("/people?sort=-name") == usual[::-1]
    assert names("/people?sort=email") == usual
    jobs = re.findall(r'data-label="Job profile">([^<]+)<', hr.get("/people?sort=-job").text)
    assert jobs == sorted(jobs, reverse=True)
    assert 'name="sort" value="-job"' in hr.get("/people?sort=-job&q=a").text


def test_a_person_is_added_and_shown_with_their_manager(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    page = hr.submit("/people/new", typed())
    assert "reports to Maya Singh." in page.text
    assert "nina.moss@example.org" in page.text
    with database.reading(acme.id) as session:
        person_id = by_external_id(session, ["N1"])["N1"]
        whole = full_person(session, person_id, clock.today())
    assert (whole.unit, whole.manager_external_id, whole.active) == ("Sales", "E1006", True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_name": ""}, "Give the first name."),
        ({"email": "nobody"}, "Please give an address such as name@example.org."),
        ({"email": "Ben.Li@example.org"}, "Somebody else has this mail address."),
        ({"external_id": "E1005"}, "Somebody else has this external id."),
        ({"manager": "E9999"}, "There is nobody with this mail address or external id."),
        ({"first_name": "x" * 1_000_000}, "Please shorten this to 100 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    visit: Visit,
    database: Database,
    acme: SmallOrganisation,
    change: dict[str, str],
    sentence: str,
) -> None:
    answer = visit(acme.actor["hr"]).post("/people/new", data=typed(**change))
    assert answer.status_code == 422
    assert sentence in answer.text
    with database.reading(acme.id) as session:
        assert by_external_id(session, ["N1"]) == {}


def test_reporting_lines_cannot_run_in_a_circle(visit: Visit, acme: SmallOrganisation) -> None:
    # Amara reports to Maya.
    address = f"/people/{encode(acme.person['manager'])}/change"
    form = typed(
        first_name="Maya", email="maya.singh@example.org", external_id="E1006", manager="E1004"
    )
    answer = visit(acme.actor["hr"]).post(address, data=form)
    assert answer.status_code == 422
    circle = "Maya Moss → Amara Okafor → Maya Moss"
    assert f"Then reporting lines would run in a circle: {circle}." in answer.text


def test_the_same_form_sent_twice_stores_one_person(visit: Visit, acme: SmallOrganisation) -> None:
    hr = visit(acme.actor["hr"])
    form = typed(idempotency_key="0" * 32)
    places = [hr.post("/people/new", data=form).location for _ in range(2)]
    assert places[0] == places[1]
    assert "16 people in 2 units." in hr.get("/people").text


def test_a_page_about_a_person_names_who_stands_with_them(
    visit: Visit, acme: SmallOrganisation
) -> None:
    page = visit(acme.actor["hr"]).get(f"/people/{encode(acme.person['leader'])}/record")
    assert "reports to Maya Singh." in page.text
    assert "is coached by" in page.text
    assert "Ines Marques" in page.text
    assert "is sponsored by" in page.text
    assert "Leader" in page.text


@pytest.mark.parametrize("who", ["leader", "coach", "sponsor", "administrator", "manager"])
def test_nobody_but_hr_keeps_people(visit: Visit, acme: SmallOrganisation, who: str) -> None:
    visitor = visit(acme.actor[who])
    person = f"/people/{encode(acme.person['leader'])}"
    for address in ("/people", "/people/new", f"{person}/record", f"{person}/change"):
        assert visitor.get(address).status_code == 403
    assert visitor.post(f"{person}/change", data=typed()).status_code == 403


def test_people_of_another_organisation_do_not_exist_here(
    visit: Visit, acme: SmallOrganisation, rival: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    person = f"/people/{encode(rival.person['leader'])}"
    assert hr.get(f"{person}/record").status_code == 404
    assert hr.get(f"{person}/change").status_code == 404
    assert hr.post(f"{person}/change", data=typed()).status_code == 404


def test_statements_of_the_directory_do_not_grow_with_the_people(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    numbers = []
    for n in (1, 3):
        raw = b"external_id,email,first_name,manager_external_id,unit\n" + b"".join(
            b"M%d%d,m%d%d@example.org,Mo%d,E1006,New%d\n" % (n, i, n, i, n, i) for i in range(n)
        )
        with database.writing(acme.id) as session:
            import_file(session, None, ImportKind.PEOPLE, raw, now=clock.now())
        with counted(database.engine) as statements, database.reading(acme.id) as session:
            page = directory_page(
                session,
                acme.actor["hr"],
                today=clock.today(),
                search=f"Mo{n}",
                page=1,
                unit_id=None,
                gone=False,
            )
        assert len(page.people) == n
        numbers.append(len(statements))
    assert numbers == [5, 5]
