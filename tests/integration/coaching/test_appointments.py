"""Sessions are planned by the organisation's clocks, and calendars and people are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.coaching import queries, service
from ldtrack.coaching.domain import LogSession
from ldtrack.coaching.domain.appointments import (
    AppointmentRow,
    AppointmentState,
    PlanAppointment,
)
from ldtrack.coaching.domain.calendar import feed
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import Conflict, NotAllowed, NotVisible, RuleBroken
from ldtrack.db.session import Database
from ldtrack.jobs.kinds import KINDS
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.models import Message
from ldtrack.people.models import Organisation
from tests.infrastructure.furnish.coaching import SENDER
from tests.infrastructure.organisation import SmallOrganisation

LONDON = ZoneInfo("Europe/London")
NEXT = PlanAppointment(
    on=date(2026, 12, 4),
    at=time(14, 30),
    minutes=60,
    place="Room 1; left",
    link="https://x.example/1",
)


@pytest.fixture
def in_london(database: Database, acme: SmallOrganisation) -> None:
    """The organisation's clocks hang in London."""
    with database.writing(acme.id) as session:
        session.execute(update(Organisation).values(time_zone="Europe/London"))


def _plan(
    session: Session,
    acme: SmallOrganisation,
    engagement_id: int,
    clock: SetClock,
    command: PlanAppointment = NEXT,
) -> int:
    return service.plan_appointment(
        session, acme.actor["coach"], engagement_id, command, now=clock.now(), sender=SENDER
    )


def _told(session: Session) -> dict[str, list[tuple[str, Event]]]:
    """What calendars were told by mail, by address, in order."""
    told: dict[str, list[tuple[str, Event]]] = {}
    for row in session.scalars(select(Message).order_by(Message.due_at, Message.id)):
        if row.calendar:
            calendar = Calendar.from_ical(row.calendar)
            [event] = calendar.events
            told.setdefault(row.to_address, []).append((str(calendar["METHOD"]), event))
    return told


def _rows(
    session: Session, acme: SmallOrganisation, engagement_id: int
) -> Sequence[AppointmentRow]:
    return queries.appointments_of(session, acme.actor["leader"], engagement_id)


def test_both_are_invited_and_neither_mail_nor_calendar_says_what_it_is_about(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        _plan(session, acme, engagement_id, clock)
        told = _told(session)
        assert len(told) == 2
        assert [method for [(method, _)] in told.values()] == ["REQUEST", "REQUEST"]
        titles = sorted(str(event["SUMMARY"]) for [(_, event)] in told.values())
        assert titles == ["Coaching Amara Okafor", "Coaching with Ines Marques"]
        for [(_, event)] in told.values():
            assert event.decoded("DTSTART") == datetime(2026, 12, 4, 14, 30, tzinfo=UTC)
            assert event.decoded("DTEND") == datetime(2026, 12, 4, 15, 30, tzinfo=UTC)
            assert str(event["LOCATION"]) == "Room 1; left"
            assert (event.sequence, str(event["STATUS"])) == (0, "CONFIRMED")
        [row] = _rows(session, acme, engagement_id)
        assert (row.state, row.minutes, row.place) == (AppointmentState.PLANNED, 60, NEXT.place)
        [load] = queries.caseload(session, acme.actor["coach"])
        assert load.next_on == date(2026, 12, 4)


@pytest.mark.usefixtures("in_london")
@pytest.mark.parametrize(
    ("on", "at", "starts_at"),
    [
        (date(2027, 3, 26), time(9), datetime(2027, 3, 26, 9, tzinfo=UTC)),
        (date(2027, 3, 29), time(9), datetime(2027, 3, 29, 8, tzinfo=UTC)),
        # Clocks leap over half past one on that morning, and show it twice in October.
        (date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_nine_oclock_is_nine_oclock_before_and_after_clocks_change(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    on: date,
    at: time,
    starts_at: datetime,
) -> None:
    command = PlanAppointment(on=on, at=at, minutes=90)
    with database.writing(acme.id) as session:
        _plan(session, acme, engagement_id, clock, command)
        [row] = _rows(session, acme, engagement_id)
        [event] = Calendar.from_ical(feed([row], acme.person["leader"])).walk("VEVENT")
    begins, ends = event.decoded("DTSTART"), event.decoded("DTEND")
    assert begins == starts_at
    assert ends - begins == timedelta(minutes=90)
    if at == time(9):
        assert begins.astimezone(LONDON).time() == at


def test_a_moved_session_keeps_its_name_for_calendars_and_counts_its_changes(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    later = PlanAppointment(on=date(2026, 12, 9), at=time(10), minutes=45)
    with database.writing(acme.id) as session:
        one = _plan(session, acme, engagement_id, clock)
        clock.instant += timedelta(hours=1)
        leader = acme.actor["leader"]
        service.move_appointment(session, leader, one, later, now=clock.now(), sender=SENDER)
        clock.instant += timedelta(hours=1)
        service.call_off(session, leader, one, "A strike", now=clock.now(), sender=SENDER)
        for told in _told(session).values():
            assert [method for method, _ in told] == ["REQUEST", "REQUEST", "CANCEL"]
            assert [event.sequence for _, event in told] == [0, 1, 2]
            assert len({str(event["UID"]) for _, event in told}) == 1
            assert [str(event["STATUS"]) for _, event in told][-1] == "CANCELLED"
        bodies = session.scalars(select(Message.body)).all()
        assert [body for body in bodies if "strike" in body] == []
        [row] = _rows(session, acme, engagement_id)
        assert (row.state, row.word, row.changed_by) == (
            AppointmentState.CANCELLED,
            "A strike",
            "Amara Okafor",
        )
        [load] = queries.caseload(session, acme.actor["coach"])
        assert load.next_on is None
        with pytest.raises(Conflict):
            service.call_off(session, leader, one, "Again", now=clock.now(), sender=SENDER)


def test_what_cannot_be_is_refused_at_its_field(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    past = PlanAppointment(on=date(2026, 11, 20), at=time(9), minutes=60)
    long = PlanAppointment(on=date(2026, 12, 4), at=time(9), minutes=481)
    with database.writing(acme.id) as session:
        for command, field in ((past, "on"), (long, "minutes")):
            with pytest.raises(RuleBroken) as refused:
                _plan(session, acme, engagement_id, clock, command)
            assert refused.value.field == field
        one = _plan(session, acme, engagement_id, clock)
        coach = acme.actor["coach"]
        with pytest.raises(RuleBroken) as refused:
            service.call_off(session, coach, one, "", now=clock.now(), sender=SENDER)
        assert refused.value.field == "word"
        with pytest.raises(Conflict):
            service.say_missed(session, coach, one, "", now=clock.now())


def test_nobody_but_the_two_plans_or_reads_it_and_only_the_coach_says_it_was_missed(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    with database.writing(acme.id) as session:
        one = _plan(session, acme, engagement_id, clock)
        for role in ("hr", "manager", "sponsor", "administrator", "other_coach", "other_leader"):
            actor = acme.actor[role]
            with pytest.raises(NotVisible):
                queries.appointment(session, actor, one)
            with pytest.raises(NotVisible):
                service.call_off(session, actor, one, "Mine", now=clock.now(), sender=SENDER)
            assert queries.appointments_of(session, actor, engagement_id) == []
        after = datetime(2026, 12, 4, 16, tzinfo=UTC)
        with pytest.raises(NotAllowed):
            service.say_missed(session, acme.actor["leader"], one, "", now=after)
        service.say_missed(session, acme.actor["coach"], one, "Ill", now=after)
        counts = queries.counts_by_state(session, engagement_id)
        assert counts == dict.fromkeys(AppointmentState, 0) | {AppointmentState.NO_SHOW: 1}


def test_a_planned_session_that_is_logged_was_that_one_and_is_planned_again_when_taken_back(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    coach = acme.actor["coach"]
    with database.writing(acme.id) as session:
        _plan(session, acme, engagement_id, clock)
        clock.instant = datetime(2026, 12, 4, 16, tzinfo=UTC)
        held = LogSession(held_on=date(2026, 12, 4), minutes=60)
        session_id = service.log_session(session, coach, engagement_id, held, now=clock.now())
        assert _rows(session, acme, engagement_id) == []
        service.take_back_session(session, coach, session_id, now=clock.now())
        [row] = _rows(session, acme, engagement_id)
        assert row.state is AppointmentState.PLANNED


def test_both_are_reminded_a_day_before_also_of_one_that_was_moved(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    engagement_id: int,
    workshop: Workshop,
) -> None:
    def reminders() -> int:
        with database.reading(acme.id) as session:
            soon = select(Message.id).where(Message.subject.like("Soon:%"))
            return len(session.scalars(soon).all())

    with database.writing(acme.id) as session:
        one = _plan(session, acme, engagement_id, clock)
    with database.writing(acme.id) as session:
        later = PlanAppointment(on=date(2026, 12, 9), at=time(10), minutes=45)
        coach = acme.actor["coach"]
        service.move_appointment(session, coach, one, later, now=clock.now(), sender=SENDER)
    seen = []
    for instant in (
        datetime(2026, 12, 3, 15, tzinfo=UTC),
        datetime(2026, 12, 8, 9, 59, tzinfo=UTC),
        datetime(2026, 12, 8, 10, tzinfo=UTC),
        datetime(2026, 12, 9, 9, tzinfo=UTC),
    ):
        clock.instant = instant
        work_off(workshop, KINDS)
        seen.append(reminders())
    assert seen == [0, 0, 2, 2]


def test_a_feed_has_what_its_reader_may_see_and_says_the_same_as_long_as_nothing_changes(
    database: Database, acme: SmallOrganisation, clock: SetClock, engagement_id: int
) -> None:
    leader, coach = acme.actor["leader"], acme.actor["coach"]
    with database.writing(acme.id) as session:
        _plan(session, acme, engagement_id, clock)
        for actor in (leader, coach):
            service.make_feed(session, actor, now=clock.now())
        words = [queries.own_feed(session, actor) or "" for actor in (leader, coach)]
    found = []
    for word in words:
        with database.reading() as session:
            reader_id, rows = queries.feed_behind(session, word, clock.now())
            found.append(feed(rows, reader_id))
            assert found[-1] == feed(rows, reader_id)
    summaries = [
        [str(event["SUMMARY"]) for event in Calendar.from_ical(one).walk("VEVENT")] for one in found
    ]
    assert summaries == [["Coaching with Ines Marques"], ["Coaching Amara Okafor"]]
    with database.writing(acme.id) as session:
        service.end_engagement(session, acme.actor["hr"], engagement_id, now=clock.now())
    clock.instant += timedelta(days=1)
    with database.reading() as session:
        assert queries.feed_behind(session, words[1], clock.now())[1] == []
    with database.writing(acme.id) as session:
        service.make_feed(session, leader, now=clock.now())
        service.end_feed(session, coach)
    for word in (*words, "", "x" * 32):
        with pytest.raises(NotVisible), database.reading() as session:
            queries.feed_behind(session, word, clock.now())
