"""The pages of dated runs: booking, waiting, withdrawing, cancelling, attendance."""

from __future__ import annotations

from datetime import date

import pytest

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import encode
from ldtrack.courses import queries
from ldtrack.courses.pages import my_courses, offering_page
from ldtrack.courses.service import AddOffering, add_offering, book
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.infrastructure.web import Visit
from tests.integration.courses.makers import a_course

SITE = "https://ld.example.org"


@pytest.fixture
def run(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A run today with one place."""
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        command = AddOffering(starts_on=date(2026, 11, 20), place="Room 1", places=1)
        return add_offering(session, acme.actor["hr"], course_id, command, now=clock.now())


def test_two_leaders_want_one_place_and_the_second_moves_up(
    visit: Visit, acme: SmallOrganisation, run: int
) -> None:
    here = f"/courses/offerings/{encode(run)}"
    first, second = visit(acme.actor["leader"]), visit(acme.actor["other_leader"])
    assert "Book a place for me" in first.get(here).text
    page = first.post(f"{here}/book", follow_redirects=True)
    assert "You have a place in <em>Leading change</em>" in page.text
    assert "is full" in second.get(here).text
    page = second.post(f"{here}/book", follow_redirects=True)
    assert "number 1 in line" in page.text
    assert "Okafor" not in page.text
    address = first.get(here).text.split('action="/courses/bookings/')[1].split('"')[0]
    page = first.post(f"/courses/bookings/{address}", follow_redirects=True)
    assert "The place is given back." in page.text
    assert "You have a place" in second.get(here).text
    assert "Room 1" in second.get("/courses/mine").text


def test_hr_books_for_somebody_and_calls_it_off(
    visit: Visit, acme: SmallOrganisation, run: int
) -> None:
    here = f"/courses/offerings/{encode(run)}"
    hr = visit(acme.actor["hr"])
    nobody = hr.post(f"{here}/bookings/new", data={"who": "nobody@example.org"})
    assert "There is nobody with this mail address" in nobody.text
    page = hr.submit(f"{here}/bookings/new", {"who": "amara.okafor@example.org"})
    assert "Amara Okafor has a place." in page.text
    page = hr.submit(f"{here}/bookings/new", {"who": "E1012"})
    assert "is on the waiting list." in page.text
    assert "Say why, for those" in hr.post(f"{here}/cancel", data={}).text
    page = hr.submit(f"{here}/cancel", {"reason": "The trainer is ill."})
    assert "was cancelled." in page.text
    assert "The reason: The trainer is ill." in page.text
    assert hr.post(f"{here}/cancel", data={"reason": "Again"}).status_code == 409
    assert "Cancelled" in visit(acme.actor["leader"]).get("/courses/mine").text


def test_dates_are_changed_and_what_cannot_be_is_said_at_its_field(
    visit: Visit, acme: SmallOrganisation, run: int
) -> None:
    here = f"/courses/offerings/{encode(run)}"
    hr = visit(acme.actor["hr"])
    wrong = hr.post(f"{here}/change", data={"starts_on": "2026-12-02", "ends_on": "2026-12-01"})
    assert "The last day lies before the first." in wrong.text
    form = {"starts_on": "2026-12-02", "place": "https://example.org/room", "places": "3"}
    page = hr.submit(f"{here}/change", form)
    assert 'href="https://example.org/room"' in page.text
    assert "0 of 3 taken" in page.text


def test_attendance_of_the_whole_list_is_recorded_on_one_page(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    here = f"/courses/offerings/{encode(run)}"
    hr = visit(acme.actor["hr"])
    assert "Nobody has a place." in hr.get(f"{here}/attendance").text
    with database.writing(acme.id) as session:
        book(
            session,
            acme.actor["hr"],
            run,
            acme.person["leader"],
            now=clock.now(),
            base_url=SITE,
        )
        [row] = queries.bookings_of(session, acme.actor["hr"], run)
    form = {"seen-0-booking": encode(row.id), "seen-0-attendance": "partly"}
    assert "Amara Okafor" in hr.get(f"{here}/attendance").text
    page = hr.submit(f"{here}/attendance", form)
    assert "The attendance is saved." in page.text
    assert "Partly there" in page.text
    for change in ({"seen-0-booking": encode(5)}, {"seen-0-booking": "x"}):
        assert hr.post(f"{here}/attendance", data=form | change).status_code == 422
    assert "Partly there." in visit(acme.actor["leader"]).get(here).text


def test_a_booking_goes_into_ones_own_calendar_alone(
    visit: Visit, database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        leader = acme.actor["leader"]
        book(session, leader, run, acme.person["leader"], now=clock.now(), base_url=SITE)
        [row] = queries.bookings_of(session, leader, run)
    address = f"/courses/bookings/{encode(row.id)}/calendar.ics"
    answer = visit(leader).get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "SUMMARY:Leading change\r\nLOCATION:Room 1\r\n" in answer.text
    assert visit(acme.actor["other_leader"]).get(address).status_code == 404


def test_statements_of_the_list_do_not_grow_with_it(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    numbers = []
    hr, leader = acme.actor["hr"], acme.actor["leader"]
    for people in (("leader",), ("leader", "peer_1", "peer_2")):
        with database.writing(acme.id) as session:
            course_id = a_course(session, acme, clock.now(), code=f"C{len(people)}")
            command = AddOffering(starts_on=date(2026, 12, 1))
            run = add_offering(session, hr, course_id, command, now=clock.now())
            for key in people:
                book(session, hr, run, acme.person[key], now=clock.now(), base_url=SITE)
        with counted(database.engine) as statements, database.reading(acme.id) as session:
            assert len(offering_page(session, hr, run, clock.today()).booked) == len(people)
        with counted(database.engine) as of_mine, database.reading(acme.id) as session:
            my_courses(session, leader, clock.today())
        numbers.append((len(statements), len(of_mine)))
    assert numbers == [(3, 5), (3, 5)]
