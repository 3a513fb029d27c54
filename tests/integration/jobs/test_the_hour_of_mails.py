"""Whenever a mail leaves, its row keeps the hour of its act, and no other time beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, update
from sqlalchemy.exc import IntegrityError

from ldtrack.config.settings import Settings
from ldtrack.core.clock import SetClock
from ldtrack.db.session import Database
from ldtrack.db.types import Instant
from ldtrack.feedback.models import Invitation
from ldtrack.feedback.service import remind
from ldtrack.jobs.work import Workshop, work_off
from ldtrack.outbox.domain import MessageState
from ldtrack.outbox.models import Message
from ldtrack.outbox.service.work import HOLD, hold_letter, letter_sent, take_letter
from tests.infrastructure.feedback import delivery, opened
from tests.infrastructure.organisation import SmallOrganisation

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOBODY_LISTENS = "smtp://127.0.0.1:9"


def _workshop(database: Database, clock: SetClock, instance: Path, mail: str) -> Workshop:
    settings = Settings(instance=instance, secret_key="for tests", rater_key="for tests", mail=mail)
    return Workshop(settings=settings, database=database, clock=clock)


def _instants(database: Database, organisation_id: int) -> set[datetime | None]:
    """Whatever the database holds of times in rows of mails."""
    columns = [one for one in inspect(Message).columns if isinstance(one.type, Instant)]
    with database.reading(organisation_id) as session:
        rows = session.execute(select(*columns)).all()
    return {instant for row in rows for instant in row}


def test_rows_of_one_act_hold_one_hour_however_late_and_often_they_were_tried(
    database: Database, acme: SmallOrganisation, clock: SetClock, tmp_path: Path
) -> None:
    clock.instant = NINE + timedelta(minutes=23)
    with database.writing(acme.id) as session:
        running = opened(session, acme, clock.now())
        remind(session, acme.actor["hr"], running.id, now=clock.now(), delivery=delivery())
        n_mails = len(session.scalars(select(Message.id)).all())
    assert n_mails > len(running.invitation)
    assert work_off(_workshop(database, clock, tmp_path, NOBODY_LISTENS), {}) == n_mails
    assert _instants(database, acme.id) == {NINE, clock.now() + timedelta(minutes=1)}
    clock.instant += timedelta(minutes=2)
    assert work_off(_workshop(database, clock, tmp_path, "folder"), {}) == n_mails
    with database.reading(acme.id) as session:
        states = set(session.scalars(select(Message.state)))
        assert len(session.scalars(select(Invitation.id)).all()) == len(running.invitation)
    assert states == {MessageState.SENT}
    assert _instants(database, acme.id) == {NINE, None}


def test_a_letter_that_somebody_brings_away_is_free_again_once_the_hold_is_over(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now(), raters={"peer_1": "peer"})
    with database.writing() as session:
        taken = take_letter(session, clock.now())
        assert taken is not None
        assert take_letter(session, clock.now()) is None
        hold_letter(session, taken.id, clock.now() + HOLD / 2)
        assert take_letter(session, clock.now() + HOLD) is None
        again = take_letter(session, clock.now() + 2 * HOLD)
        assert again == taken
        letter_sent(session, taken.id)
        hold_letter(session, taken.id, clock.now())
        assert take_letter(session, clock.now() + 5 * HOLD) is None


@pytest.mark.parametrize("state", [MessageState.SENT, MessageState.FAILED])
def test_the_database_keeps_no_hold_of_a_mail_that_is_out(
    database: Database, acme: SmallOrganisation, clock: SetClock, state: MessageState
) -> None:
    with database.writing(acme.id) as session:
        opened(session, acme, clock.now())
        with pytest.raises(IntegrityError, match="held_while_waiting"):
            session.execute(update(Message).values(state=state, held_until=clock.now()))
        session.rollback()
