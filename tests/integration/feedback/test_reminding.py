"""Planned reminders: at one hour for all, once a day, and no more after the last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.core.clock import SetClock
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import Database
from ldtrack.feedback import service
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.models import Invitation, Questionnaire, Subject
from ldtrack.outbox.domain import JobState
from ldtrack.outbox.models import Job, Message
from ldtrack.people.models import Person
from tests.infrastructure.feedback import RunningCycle, answered_by, delivery, opened
from tests.infrastructure.organisation import SmallOrganisation


def reminded(session: Session) -> list[datetime]:
    """When each reminder is due."""
    wanted = select(Message.due_at).where(Message.subject.startswith("Reminder"))
    return list(session.scalars(wanted))


def remind(session: Session, running: RunningCycle, clock: SetClock) -> int:
    """What the job does: it no longer waits while it runs."""
    waits = Job.kind == "feedback.remind"
    session.execute(update(Job).where(waits).values(state=JobState.RUNNING))
    return service.remind_some(session, running.id, now=clock.now(), delivery=delivery())


def next_reminder(session: Session) -> datetime:
    return max(session.scalars(select(Job.due_at).where(Job.kind == "feedback.remind")))


def test_reminders_go_out_by_plan_to_those_who_have_not_answered_at_one_hour(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), settings={"reminder_days": (7, 2)})
        assert next_reminder(session) == datetime(2026, 11, 27, 8, tzinfo=UTC)
        answered_by(session, running, ["peer_1", "manager"], clock.now())
        clock.instant = datetime(2026, 11, 27, 8, 12, tzinfo=UTC)
        assert remind(session, running, clock) == 0
        assert reminded(session) == [datetime(2026, 11, 27, 8, tzinfo=UTC)] * (9 - 2)
        assert next_reminder(session) == datetime(2026, 12, 2, 8, tzinfo=UTC)


def test_a_reminder_that_is_done_twice_reaches_nobody_twice(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), settings={"reminder_days": (7,)})
        clock.instant = datetime(2026, 11, 27, 8, tzinfo=UTC)
        for _ in range(2):
            remind(session, running, clock)
        assert len(reminded(session)) == 9
        marks = session.scalars(select(Subject.reminded_on)).all()
        assert marks == [clock.today()]


def test_a_late_job_reminds_nobody_on_another_day_or_after_the_last(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), settings={"reminder_days": (7, 0)})
        clock.instant += timedelta(days=8)
        remind(session, running, clock)
        clock.instant += timedelta(days=7)
        remind(session, running, clock)
        assert reminded(session) == []


def test_a_moved_last_day_moves_the_reminders(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr = acme.actor["hr"]
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now(), settings={"reminder_days": (2,)})
        sooner = datetime(2026, 11, 26, tzinfo=UTC).date()
        service.change_last_day(
            session, hr, running.id, sooner, now=clock.now(), delivery=delivery(), knows=True
        )
        waiting = session.scalars(select(Job.due_at).where(Job.kind == "feedback.remind")).all()
        assert waiting == [datetime(2026, 11, 24, 8, tzinfo=UTC)]
        service.change_last_day(
            session,
            hr,
            running.id,
            sooner + timedelta(days=9),
            now=clock.now(),
            delivery=delivery(),
        )
        clock.instant = datetime(2026, 11, 24, 8, tzinfo=UTC)
        remind(session, running, clock)
        assert reminded(session) == []
        assert next_reminder(session) == datetime(2026, 12, 3, 8, tzinfo=UTC)


def told_of_a_sooner_day(session: Session) -> list[str]:
    """What the mails say to those who had been told a later day."""
    about = Message.subject.startswith("A new last day")
    return list(session.scalars(select(Message.body).where(about)))


def test_a_day_before_the_one_that_raters_were_told_needs_a_yes_and_is_told_to_all_of_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, sooner = acme.actor["hr"], date(2026, 11, 26)
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        answered_by(session, running, ["peer_1"], clock.now())
        move = partial(
            service.change_last_day, session, hr, running.id, now=clock.now(), delivery=delivery()
        )
        with pytest.raises(RuleBroken, match="Raters were told 4 December 2026") as refused:
            move(sooner)
        assert refused.value.field == "knows"
        assert session.get_one(Subject, running.subject_id).closes_on == date(2026, 12, 4)
        move(sooner, knows=True)
        assert session.get_one(Subject, running.subject_id).closes_on == sooner
        told = told_of_a_sooner_day(session)
        assert len(told) == len(running.invitation)
        assert all("at the end of 26 November 2026 (UTC)" in body for body in told)


def test_everybody_is_written_to_in_their_own_language(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        session.get_one(Person, acme.person["peer_1"]).locale = "fr-CA"
        session.flush()
        running = opened(session, acme, clock.now(), settings={"reminder_days": (7,)})
        clock.instant = datetime(2026, 11, 27, 8, 12, tzinfo=UTC)
        remind(session, running, clock)
        to_peer = session.get_one(Invitation, running.invitation["peer_1"]).email
        mails = list(session.scalars(select(Message).order_by(Message.due_at, Message.id)))
        french = {mail.subject: mail.body for mail in mails if mail.to_address == to_peer}
        asked, reminding = (
            "Votre regard sur Amara Okafor, jusqu’au 4 déc. 2026",
            "Rappel : votre regard sur Amara Okafor",
        )
        assert set(french) == {asked, reminding}
        promised = "- Les réponses ne sont montrées qu’ensemble, à partir d’au moins 3 personnes."
        assert promised in french[asked].splitlines()
        assert "jusqu’à la fin du 4 déc. 2026 (UTC)" in french[reminding]
        others = [mail for mail in mails if mail.to_address != to_peer]
        assert all(mail.body.startswith("Dear ") for mail in others)


def test_a_person_from_outside_is_written_to_in_the_language_of_the_questionnaire(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        session.execute(update(Questionnaire).values(language="es"))
        service.ask_rater(
            session,
            acme.actor["hr"],
            running.subject_id,
            AskRater(group_key="stakeholder", name="Ana Ruiz", email="ana@example.net"),
            now=clock.now(),
            delivery=delivery(),
        )
        written = select(Message).where(Message.to_address == "ana@example.net")
        mail = session.scalars(written).one()
        assert mail.subject == "Su visión de Amara Okafor, hasta el 4 dic 2026"
        assert mail.body.startswith("Hola, Ana Ruiz:")


def test_a_later_day_costs_raters_nothing_and_is_told_to_nobody(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    hr, later = acme.actor["hr"], date(2026, 12, 18)
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        service.change_last_day(
            session, hr, running.id, later, now=clock.now(), delivery=delivery()
        )
        assert told_of_a_sooner_day(session) == []
    clock.instant = datetime(2026, 12, 18, 23, 59, tzinfo=UTC)
    with database.writing(acme.id) as session:
        answered_by(session, running, ["peer_1"], clock.now())


def test_without_a_plan_nothing_is_planned(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), settings={"reminder_days": ()})
        assert session.scalars(select(Job.id).where(Job.kind == "feedback.remind")).all() == []
