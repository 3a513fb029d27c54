"""Putting an enrolment right in the browser, with what it would mean shown first."""

from __future__ import annotations

import re
from datetime import date

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.db.session import Database
from ldtrack.pathways import queries, service
from ldtrack.pathways.domain import ChangeEnrolment
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.web.pathways.conftest import Way


def test_the_due_days_are_looked_at_before_the_first_day_is_changed(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    assert f"{way.enrolment_at}/change" in hr.get(way.enrolment_at).text
    typed = {"enrolled_on": "2026-11-01", "cohort": "Winter", "role_profile_id": ""}
    looked = hr.post(f"{way.enrolment_at}/change", data=typed | {"then": "look"})
    assert looked.status_code == 200
    assert "Nothing is changed yet: with 1 Nov 2026 as the first day" in looked.text
    assert "1 Dec 2026" in looked.text
    with database.reading(acme.id) as session:
        row = queries.enrolment(session, acme.actor["hr"], way.enrolment_id)
        assert (row.enrolled_on, row.cohort) == (date(2026, 10, 1), "Autumn")
    page = hr.submit(f"{way.enrolment_at}/change", typed)
    assert "Amara Okafor’s enrolment is changed." in page.text
    assert "1 Nov 2026" in page.text
    assert "Winter" in page.text


def test_the_form_asks_little_of_the_database(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.get(f"{way.enrolment_at}/change")
    with counted(database.engine) as statements:
        hr.get(f"{way.enrolment_at}/change")
    assert len(statements) == 9


def test_a_wrong_day_is_said_at_its_field(visit: Visit, way: Way, acme: SmallOrganisation) -> None:
    typed = {"enrolled_on": "31 February", "cohort": "Winter", "then": "look"}
    answer = visit(acme.actor["hr"]).post(f"{way.enrolment_at}/change", data=typed)
    assert answer.status_code == 422
    assert 'value="Winter"' in answer.text
    assert "31 February" in answer.text


def test_a_wrong_enrolment_is_undone_from_the_message(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    address = f"{way.at}/enrol/{encode(acme.person['other_leader'])}"
    page = hr.submit(address, {"enrolled_on": "2026-11-20"})
    undo = re.search(r'action="(/pathways/enrolments/\w+/take-back)"', page.text)
    assert undo is not None
    page = hr.post(undo[1], follow_redirects=True)
    assert "The enrolment is gone: Ben Li is not on To lead others." in page.text
    with database.reading(acme.id) as session:
        person_id = acme.person["other_leader"]
        assert queries.enrolment_of(session, acme.actor["hr"], person_id) is None


def test_an_enrolment_that_begins_later_is_ended_at_the_first_press(
    visit: Visit, database: Database, way: Way, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = visit(acme.actor["hr"])
    assert 'value="2026-11-20"' in hr.get(f"{way.enrolment_at}/end").text
    later = ChangeEnrolment(enrolled_on=date(2027, 2, 1), cohort="Autumn")
    with database.writing(acme.id) as session:
        service.change_enrolment(
            session, acme.actor["hr"], way.enrolment_id, later, now=clock.now()
        )
    assert 'value="2027-02-01"' in hr.get(f"{way.enrolment_at}/end").text
    page = hr.submit(f"{way.enrolment_at}/end", {"state": "left", "ended_on": "2027-02-01"})
    assert "Amara Okafor’s enrolment has ended." in page.text


def test_an_ended_enrolment_is_opened_again(
    visit: Visit, way: Way, acme: SmallOrganisation
) -> None:
    hr = visit(acme.actor["hr"])
    hr.submit(f"{way.enrolment_at}/end", {"state": "left", "ended_on": "2026-11-20"})
    page = hr.get(way.enrolment_at)
    assert f"{way.enrolment_at}/reopen" in page.text
    assert hr.get(f"{way.enrolment_at}/change").status_code == 409
    page = hr.post(f"{way.enrolment_at}/reopen", follow_redirects=True)
    assert "The enrolment is open again." in page.text
    assert "End the enrolment" in page.text
