"""A day is the organisation's: cycles, reminders and pulses begin and end by its clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.service import relate
from ldtrack.core.clock import SetClock
from ldtrack.core.errors import NotVisible
from ldtrack.core.zones import begins
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.keys import link_word
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Subject
from ldtrack.feedback.queries.answering import by_link
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job, Message
from ldtrack.people.queries import here, time_zone
from ldtrack.people.service import sign_in
from ldtrack.people.service.organisation import change_organisation
from tests.infrastructure.feedback import RATER_KEY, answer, opened
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.pulses import opened_pulse

MOMENT = timedelta(seconds=1)


def hang_clocks(session: Session, acme: SmallOrganisation, zone: str, now: datetime) -> None:
    """The same as the page of the organisation does."""
    hr = acme.actor["hr"]
    change_organisation(session, hr, name="Acme", time_zone=zone, now=now)
    service.plan_afresh(session, now=here(session, now))


def due(session: Session, kind: str) -> datetime:
    waits = Job.kind == kind, Job.state == JobState.WAITING
    return session.scalars(select(Job.due_at).where(*waits)).one()


def take(session: Session, kind: str) -> None:
    """The job is taken: it no longer waits."""
    for job in session.scalars(select(Job).where(Job.kind == kind)):
        job.state = JobState.RUNNING


@pytest.mark.parametrize(
    ("zone", "last_day", "over"),
    [
        ("Europe/London", date(2027, 3, 27), datetime(2027, 3, 28, 0, tzinfo=UTC)),
        ("Europe/London", date(2027, 3, 28), datetime(2027, 3, 28, 23, tzinfo=UTC)),
        ("Europe/London", date(2027, 10, 31), datetime(2027, 11, 1, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2027, 4, 4), datetime(2027, 4, 4, 13, 30, tzinfo=UTC)),
        ("Pacific/Apia", date(2026, 12, 12), datetime(2026, 12, 12, 11, tzinfo=UTC)),
        ("America/New_York", date(2026, 12, 12), datetime(2026, 12, 13, 5, tzinfo=UTC)),
    ],
)
def test_a_cycle_closes_at_the_end_of_its_last_day_by_the_clocks_of_the_organisation(
    database: Database,
    acme: SmallOrganisation,
    clock: SetClock,
    zone: str,
    last_day: date,
    over: datetime,
) -> None:
    with database.writing(acme.id) as session:
        hang_clocks(session, acme, zone, clock.now())
        running = opened(session, acme, here(session, clock.now()), closes_on=last_day)
        assert due(session, "feedback.close") == over
        key = session.get_one(Subject, running.subject_id).key or b""
    word = link_word(RATER_KEY, key, running.invitation["peer_1"])
    with database.writing() as session:
        by_link(session, word, rater_key=RATER_KEY, now=over - MOMENT)
        answer(session, running, "peer_1", 4, here(session, over - MOMENT))
    with database.reading() as session, pytest.raises(NotVisible):
        by_link(session, word, rater_key=RATER_KEY, now=over)
    with database.writing(acme.id) as session, pytest.raises(NotVisible):
        answer(session, running, "peer_2", 4, here(session, over))
    with database.writing(acme.id) as session:
        early = service.close_if_due(session, running.id, RATER_KEY, here(session, over - MOMENT))
        assert (early, session.get_one(Subject, running.subject_id).state) == (
            False,
            SubjectState.OPEN,
        )
        service.close_if_due(session, running.id, RATER_KEY, here(session, over))
        assert session.get_one(Subject, running.subject_id).closed_on == last_day
        assert session.get_one(Cycle, running.id).closed_on == last_day


def test_a_cycle_opens_on_the_day_that_it_is_here(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    clock.instant = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    with database.writing(acme.id) as session:
        hang_clocks(session, acme, "Europe/Helsinki", clock.now())
        running = opened(session, acme, here(session, clock.now()))
        assert session.get_one(Cycle, running.id).opens_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("Europe/London", datetime(2027, 3, 28, 7, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2027, 3, 27, 21, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2027, 3, 27, 19, tzinfo=UTC)),
    ],
)
def test_reminders_go_out_at_eight_by_the_clocks_of_the_organisation(
    database: Database, acme: SmallOrganisation, clock: SetClock, zone: str, hour: datetime
) -> None:
    last_day, remind_on = date(2027, 3, 30), date(2027, 3, 28)
    with database.writing(acme.id) as session:
        hang_clocks(session, acme, zone, clock.now())
        running = opened(
            session,
            acme,
            here(session, clock.now()),
            closes_on=last_day,
            settings={"reminder_days": ((last_day - remind_on).days,)},
        )
        assert due(session, "feedback.remind") == hour
        take(session, "feedback.remind")
        delivery = service.Delivery(rater_key=RATER_KEY, base_url="https://ld.example.org")
        at = here(session, hour + timedelta(minutes=3))
        service.remind_some(session, running.id, now=at, delivery=delivery)
        discreet = select(Message.due_at).where(Message.discreet)
        assert set(session.scalars(discreet)) == {hour}
        assert session.get_one(Subject, running.subject_id).reminded_on == remind_on


def test_a_pulse_ends_with_its_last_day_here(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hang_clocks(session, acme, "Pacific/Apia", clock.now())
        opened_pulse(session, acme, here(session, clock.now()))
        assert due(session, "feedback.pulse_close") == begins(
            date(2026, 12, 5), ZoneInfo("Pacific/Apia")
        )


def test_when_the_clocks_of_the_organisation_move_east_closes_come_forward(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), settings={"reminder_days": (2,)})
        opened_pulse(session, acme, clock.now())
        assert due(session, "feedback.close") == datetime(2026, 12, 5, tzinfo=UTC)
        hang_clocks(session, acme, "Asia/Tokyo", clock.now())
        assert due(session, "feedback.close") == datetime(2026, 12, 4, 15, tzinfo=UTC)
        assert due(session, "feedback.remind") == datetime(2026, 12, 1, 23, tzinfo=UTC)
        assert due(session, "feedback.pulse_close") == datetime(2026, 12, 4, 15, tzinfo=UTC)


def test_when_they_move_west_the_close_waits_again_until_the_day_is_over(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        hang_clocks(session, acme, "America/New_York", clock.now())
        take(session, "feedback.close")
        at = here(session, datetime(2026, 12, 5, tzinfo=UTC))
        assert service.close_if_due(session, running.id, RATER_KEY, at) is False
        assert due(session, "feedback.close") == datetime(2026, 12, 5, 5, tzinfo=UTC)


def test_a_relationship_begins_with_the_day_here(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        hang_clocks(session, acme, "Pacific/Apia", clock.now())
        relate(
            session,
            kind=RelationshipKind.COACH,
            holder_id=acme.person["other_coach"],
            person_id=acme.person["other_leader"],
            starts_on=date(2026, 11, 21),
        )
        token = sign_in.begin(
            session,
            account_id=acme.actor["other_coach"].account_id or 0,
            now=clock.now(),
            lasts=timedelta(days=2),
        )
    # 13 hours ahead of UTC: it is the 21st there from eleven in the morning on.
    for hour, coaches in ((10, frozenset()), (11, frozenset({acme.person["other_leader"]}))):
        with database.reading() as session:
            at = datetime(2026, 11, 20, hour, tzinfo=UTC)
            found = sign_in.signed_in(session, token=token, now=at)
            assert found is not None
            assert found.actor.coaches == coaches
            assert time_zone(session).key == "Pacific/Apia"
