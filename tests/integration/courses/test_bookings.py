"""Places in dated runs: never more than there are, and whoever waits moves up."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.courses import queries
from ldtrack.courses.domain import BookingState
from ldtrack.courses.models import Booking
from ldtrack.courses.service import (
    AddOffering,
    add_offering,
    book,
    cancel_offering,
    change_offering,
    remove_offering,
    withdraw,
)
from ldtrack.db.session import Database
from ldtrack.outbox.models import Message
from ldtrack.people.service.erasing import erase_person
from tests.infrastructure.organisation import SmallOrganisation
from tests.integration.courses.makers import a_course

SITE = "https://ld.example.org"
AHEAD = date(2026, 12, 1)
B, W, X = BookingState.BOOKED, BookingState.WAITING, BookingState.WITHDRAWN


@pytest.fixture
def run(database: Database, acme: SmallOrganisation, clock: SetClock) -> int:
    """A dated run with two places."""
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        command = AddOffering(starts_on=AHEAD, place="Room 1", places=2)
        return add_offering(session, acme.actor["hr"], course_id, command, now=clock.now())


def booked(session: Session, acme: SmallOrganisation, run: int, clock: SetClock, *who: str) -> None:
    """HR books them one minute after another."""
    for key in who:
        clock.instant += timedelta(minutes=1)
        book(session, acme.actor["hr"], run, acme.person[key], now=clock.now(), base_url=SITE)


def listed(session: Session, acme: SmallOrganisation, run: int) -> dict[str, BookingState]:
    names = {person_id: key for key, person_id in acme.person.items()}
    rows = queries.bookings_of(session, acme.actor["hr"], run)
    return {names[row.person_id]: row.state for row in rows}


def give_back(
    session: Session, acme: SmallOrganisation, run: int, who: str, clock: SetClock
) -> None:
    rows = queries.bookings_of(session, acme.actor["hr"], run)
    [row] = [row for row in rows if row.person_id == acme.person[who]]
    withdraw(session, acme.actor["hr"], row.id, now=clock.now(), base_url=SITE)


def mails(session: Session) -> Iterator[tuple[str, str]]:
    for message in session.scalars(select(Message).order_by(Message.due_at, Message.to_address)):
        yield message.to_address.split("@")[0], message.subject


def test_who_comes_after_the_last_place_waits_and_moves_up_when_one_comes_free(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2", "leader", "peer_3")
        assert listed(session, acme, run) == {"peer_1": B, "peer_2": B, "leader": W, "peer_3": W}
        in_line = [row.place_in_line for row in queries.bookings_of(session, acme.actor["hr"], run)]
        assert in_line == [None, None, 1, 2]
        give_back(session, acme, run, "peer_1", clock)
        assert listed(session, acme, run) == {"peer_2": B, "leader": B, "peer_3": W, "peer_1": X}
        sent = set(mails(session))
    assert sent == {
        ("petra.kline", "A place for you: Leading change"),
        ("paul.ode", "A place for you: Leading change"),
        ("amara.okafor", "On the waiting list: Leading change"),
        ("pia.wolf", "On the waiting list: Leading change"),
        ("amara.okafor", "A place came free: Leading change"),
        ("petra.kline", "Not booked any more: Leading change"),
    }


def test_who_withdrew_may_come_again_and_stands_last(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2", "peer_3")
        give_back(session, acme, run, "peer_1", clock)
        booked(session, acme, run, clock, "peer_1")
        assert listed(session, acme, run) == {"peer_2": B, "peer_3": B, "peer_1": W}


def test_booking_twice_changes_nothing(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    leader = acme.actor["leader"]
    with database.writing(acme.id) as session:
        book(session, leader, run, acme.person["leader"], now=clock.now(), base_url=SITE)
        with pytest.raises(RuleBroken, match="on the list already"):
            book(session, leader, run, acme.person["leader"], now=clock.now(), base_url=SITE)
        assert listed(session, acme, run) == {"leader": B}
        assert list(mails(session)) == []


def test_many_who_want_the_last_places_at_the_same_moment_get_exactly_those(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    people = [key for key in acme.person if key != "leader"][:8]
    ready = Barrier(len(people))

    def want(key: str) -> BookingState:
        ready.wait()
        with database.writing(acme.id) as session:
            return book(
                session, acme.actor["hr"], run, acme.person[key], now=clock.now(), base_url=SITE
            )

    with ThreadPoolExecutor(len(people)) as pool:
        states = list(pool.map(want, people))
    assert sorted(states) == [B] * 2 + [W] * 6
    with database.reading(acme.id) as session:
        seats = session.scalars(select(Booking.seat).where(Booking.seat.is_not(None)))
        assert sorted(seat or 0 for seat in seats) == [1, 2]


def test_places_given_back_while_others_ask_leave_nobody_waiting_beside_a_free_place(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2")
        rows = queries.bookings_of(session, acme.actor["hr"], run)
    newcomers = ["peer_3", "peer_4", "report_1"]
    ready = Barrier(len(rows) + len(newcomers))

    def leave(booking_id: int) -> None:
        ready.wait()
        with database.writing(acme.id) as session:
            withdraw(session, acme.actor["hr"], booking_id, now=clock.now(), base_url=SITE)

    def come(key: str) -> None:
        ready.wait()
        with database.writing(acme.id) as session:
            book(session, acme.actor["hr"], run, acme.person[key], now=clock.now(), base_url=SITE)

    with ThreadPoolExecutor(len(rows) + len(newcomers)) as pool:
        done = [pool.submit(leave, row.id) for row in rows]
        done += [pool.submit(come, key) for key in newcomers]
        for one in done:
            one.result()
    with database.reading(acme.id) as session:
        states = list(listed(session, acme, run).values())
    assert sorted(states) == [B, B, W, X, X]


def test_the_database_refuses_two_people_on_one_seat(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1")
    with pytest.raises(IntegrityError, match="seat"), database.writing(acme.id) as session:
        session.add(
            Booking(
                offering_id=run,
                person_id=acme.person["peer_2"],
                state=B,
                seat=1,
                asked_at=clock.now(),
            )
        )


def test_more_places_go_to_those_who_wait_and_fewer_than_are_booked_there_cannot_be(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2", "peer_3", "leader")
        more = AddOffering(starts_on=AHEAD, place="Room 1", places=3)
        change_offering(session, hr, run, more, now=clock.now(), base_url=SITE)
        assert listed(session, acme, run)["peer_3"] is B
        give_back(session, acme, run, "peer_1", clock)
        give_back(session, acme, run, "peer_2", clock)
        fewer = AddOffering(starts_on=AHEAD, place="Room 1", places=1)
        with pytest.raises(RuleBroken, match="2 places are booked already"):
            change_offering(session, hr, run, fewer, now=clock.now(), base_url=SITE)
        as_many = AddOffering(starts_on=AHEAD, place="Room 1", places=2)
        change_offering(session, hr, run, as_many, now=clock.now(), base_url=SITE)
        seats = session.scalars(select(Booking.seat).where(Booking.seat.is_not(None)))
        assert sorted(seat or 0 for seat in seats) == [
            1,
            2,
        ]


def test_other_days_are_told_to_everybody_on_the_list(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2", "leader")
        clock.instant += timedelta(minutes=1)
        later = AddOffering(starts_on=date(2026, 12, 8), place="Room 1", places=2)
        change_offering(session, acme.actor["hr"], run, later, now=clock.now(), base_url=SITE)
        told = [who for who, subject in mails(session) if subject == "Changed: Leading change"]
    assert told == ["amara.okafor", "paul.ode", "petra.kline"]


def test_a_cancelled_run_is_told_with_its_reason_and_takes_nobody_in(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2", "leader")
        clock.instant += timedelta(minutes=1)
        cancel_offering(session, hr, run, "The trainer is ill.", now=clock.now(), base_url=SITE)
        letters = session.scalars(
            select(Message).where(Message.subject.startswith("Cancelled: Leading change, 1 Dec"))
        ).all()
        assert len(letters) == 3
        assert {"The reason: The trainer is ill." in letter.body for letter in letters} == {True}
        for who in ("peer_1", "peer_3"):
            with pytest.raises(Conflict):
                book(session, hr, run, acme.person[who], now=clock.now(), base_url=SITE)
        with pytest.raises(Conflict):
            cancel_offering(session, hr, run, "Again", now=clock.now(), base_url=SITE)


def test_dates_that_somebody_booked_are_not_removed(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1")
        with pytest.raises(Conflict):
            remove_offering(session, acme.actor["hr"], run, now=clock.now())


def test_what_is_over_can_be_neither_booked_nor_given_back(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1")
        clock.instant += timedelta(days=30)
        with pytest.raises(Conflict):
            booked(session, acme, run, clock, "peer_2")
        with pytest.raises(Conflict):
            give_back(session, acme, run, "peer_1", clock)


def test_somebody_who_is_erased_leaves_a_free_seat(
    database: Database, acme: SmallOrganisation, clock: SetClock, run: int
) -> None:
    with database.writing(acme.id) as session:
        booked(session, acme, run, clock, "peer_1", "peer_2")
        erase_person(session, acme.actor["hr"], acme.person["peer_1"], now=clock.now())
        booked(session, acme, run, clock, "leader")
        names = {person_id: key for key, person_id in acme.person.items()}
        rows = session.execute(select(Booking.person_id, Booking.seat)).all()
    assert {(names[person_id], seat) for person_id, seat in rows} == {("peer_2", 2), ("leader", 1)}


def test_one_books_for_oneself_and_nobody_sees_anothers_booking(
    database: Database, acme: SmallOrganisation, rival: SmallOrganisation, clock: SetClock, run: int
) -> None:
    leader, other = acme.actor["leader"], acme.actor["other_leader"]
    with database.writing(acme.id) as session:
        with pytest.raises(NotAllowed):
            book(session, leader, run, acme.person["peer_1"], now=clock.now(), base_url=SITE)
        book(session, leader, run, acme.person["leader"], now=clock.now(), base_url=SITE)
        [mine] = queries.bookings_of(session, leader, run)
        assert queries.bookings_of(session, other, run) == []
        with pytest.raises(NotVisible):
            withdraw(session, other, mine.id, now=clock.now(), base_url=SITE)
        with pytest.raises(RuleBroken):
            book(
                session,
                acme.actor["hr"],
                run,
                rival.person["leader"],
                now=clock.now(),
                base_url=SITE,
            )
    with database.writing(rival.id) as session, pytest.raises(NotVisible):
        withdraw(session, rival.actor["hr"], mine.id, now=clock.now(), base_url=SITE)
