"""Planned sessions as their two people see them, the address of a calendar, and HR's counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.coaching.domain import FORMER_COACH
from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.coaching.models import Appointment, CalendarFeed, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation, seal_of
from ldtrack.people.queries import here, name_of, people_named

KEPT_IN_FEED = timedelta(days=60)
_FEED = "calendar feed"


def appointment(session: Session, actor: Actor, appointment_id: int) -> AppointmentRow:
    """One whose two people the actor is among, else `NotVisible`."""
    found = _rows(session, Appointment.id == appointment_id, readable(actor))
    if not found:
        raise NotVisible
    return found[0]


def appointments_of(session: Session, actor: Actor, engagement_id: int) -> list[AppointmentRow]:
    """What is planned in an engagement, and what did not come about, the next first."""
    return _rows(
        session,
        Engagement.id == engagement_id,
        Appointment.state != AppointmentState.HELD,
        readable(actor),
    )


def counts_by_state(session: Session, engagement_id: int) -> dict[AppointmentState, int]:
    """How many came to what; for an engagement already found visible."""
    rows = session.execute(
        select(Appointment.state, func.count())
        .where(Appointment.engagement_id == engagement_id)
        .group_by(Appointment.state)
    )
    none = dict.fromkeys(AppointmentState, 0)
    return none | {AppointmentState(state): count for state, count in rows}


def own_feed(session: Session, actor: Actor) -> str | None:
    """The word in the address of the actor's calendar; raises `SealedShut` without the key."""
    row = session.scalars(
        select(CalendarFeed).where(CalendarFeed.person_id == actor.person_id)
    ).first()
    return None if row is None else seal_of(session).open(row.sealed, *feed_place(row.person_id))


def feed_behind(session: Session, word: str, now: datetime) -> tuple[int, list[AppointmentRow]]:
    """Whose calendar it is, and what is in it, else `NotVisible`; enters their organisation.

    What they may see is asked anew each time, so what ends with a relation is gone at once.
    """
    row = session.scalars(
        select(CalendarFeed).where(CalendarFeed.word_hash == word_hash(word)),
        execution_options=EVERYWHERE,
    ).first()
    if row is None:
        raise NotVisible
    enter_organisation(session, row.organisation_id)
    today = here(session, now).date()
    who = people_named(session, [row.person_id])[row.person_id]
    if not who.active or (who.left_on is not None and who.left_on <= today):
        raise NotVisible
    return row.person_id, _rows(
        session,
        readable(_reader(session, row, today)),
        or_(
            Appointment.state == AppointmentState.HELD,
            # What coaching that ended still had planned does not come about.
            and_(Appointment.state == AppointmentState.PLANNED, Engagement.ends_on.is_(None)),
        ),
        Appointment.starts_at >= now - KEPT_IN_FEED,
    )


def word_hash(word: str) -> str:
    """How the word of an address is known here."""
    return sha256(word.encode()).hexdigest()


def feed_place(person_id: int) -> tuple[str, int]:
    """What the word is sealed for."""
    return _FEED, person_id


def as_shown(session: Session, appointment_id: int) -> AppointmentRow:
    """One with its names; for one already found visible."""
    [row] = _rows(session, Appointment.id == appointment_id)
    return row


def _rows(session: Session, *which: ColumnElement[bool]) -> list[AppointmentRow]:
    """With the names of all three, the next first; one statement."""
    found = session.execute(
        select(
            Appointment,
            Engagement,
            name_of(Engagement.coach_id),
            name_of(Engagement.person_id),
            name_of(Appointment.changed_by_id),
        )
        .join(Engagement, Engagement.id == Appointment.engagement_id)
        .where(*which)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return [
        AppointmentRow(
            id=one.id,
            engagement_id=one.engagement_id,
            coach_id=its.coach_id,
            coach=coach or FORMER_COACH,
            person_id=its.person_id,
            person=person,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place,
            link=one.link,
            state=AppointmentState(one.state),
            word=one.word,
            changed_by=changed_by or FORMER_COACH,
            changed_at=one.changed_at,
            turn=one.turn,
        )
        for one, its, coach, person, changed_by in found
    ]


def _reader(session: Session, row: CalendarFeed, today: date) -> Actor:
    return Actor(
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        coaches=frozenset(people_of(session, row.person_id, RelationshipKind.COACH, today)),
    )
