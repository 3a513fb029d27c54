"""Planned sessions as their two people see them, the address of a calendar, and HR's counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import people_of
from ldtrack.coaching.domain import FORMER_COACH
from ldtrack.coaching.domain.appointments import AppointmentRow, AppointmentState
from ldtrack.coaching.models import Appointment, CalendarFeed, Engagement
from ldtrack.coaching.queries.engagements import readable
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import EVERYWHERE, enter_organisation, seal_of
from ldtrack.people.queries import here, names_of, people_named

KEPT_IN_FEED = timedelta(days=60)
_FEED = "calendar feed"


def appointment(session: Session, actor: Actor, appointment_id: int) -> AppointmentRow:
    """One whose two people the actor is among, else `NotVisible`."""
    found = session.execute(
        select(Appointment, Engagement)
        .join(Engagement, Engagement.id == Appointment.engagement_id)
        .where(Appointment.id == appointment_id, readable(actor))
    ).all()
    if not found:
        raise NotVisible
    return rows_of(session, [(one, engagement) for one, engagement in found])[0]


def appointments_of(session: Session, actor: Actor, engagement_id: int) -> list[AppointmentRow]:
    """What is planned in an engagement, and what did not come about, the next first."""
    found = session.execute(
        select(Appointment, Engagement)
        .join(Engagement, Engagement.id == Appointment.engagement_id)
        .where(
            Engagement.id == engagement_id,
            Appointment.state != AppointmentState.HELD,
            readable(actor),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    return rows_of(session, [(one, engagement) for one, engagement in found])


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
    found = session.execute(
        select(Appointment, Engagement)
        .join(Engagement, Engagement.id == Appointment.engagement_id)
        .where(
            readable(_reader(session, row, today)),
            Appointment.state.in_((AppointmentState.PLANNED, AppointmentState.HELD)),
            Appointment.starts_at >= now - KEPT_IN_FEED,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    return row.person_id, rows_of(session, [(one, engagement) for one, engagement in found])


def word_hash(word: str) -> str:
    """How the word of an address is known here."""
    return sha256(word.encode()).hexdigest()


def feed_place(person_id: int) -> tuple[str, int]:
    """What the word is sealed for."""
    return _FEED, person_id


def rows_of(
    session: Session, found: Sequence[tuple[Appointment, Engagement]]
) -> list[AppointmentRow]:
    """The same with names."""
    everybody = {who for one, its in found for who in (its.coach_id, its.person_id)}
    names = names_of(session, everybody | {one.changed_by_id for one, _ in found})
    return [
        AppointmentRow(
            id=one.id,
            engagement_id=one.engagement_id,
            coach_id=its.coach_id,
            coach=names.get(its.coach_id, FORMER_COACH),
            person_id=its.person_id,
            person=names[its.person_id],
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place,
            link=one.link,
            state=AppointmentState(one.state),
            word=one.word,
            changed_by=names.get(one.changed_by_id, FORMER_COACH),
            changed_at=one.changed_at,
            turn=one.turn,
        )
        for one, its in found
    ]


def _reader(session: Session, row: CalendarFeed, today: date) -> Actor:
    return Actor(
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        coaches=frozenset(people_of(session, row.person_id, RelationshipKind.COACH, today)),
    )
