"""The mails about planned sessions: invitations that calendars understand, and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.coaching.domain.appointments import REMINDED, AppointmentRow, AppointmentState
from ldtrack.coaching.domain.calendar import invitation
from ldtrack.coaching.models import Appointment, Engagement
from ldtrack.coaching.queries.appointments import as_shown
from ldtrack.coaching.service.addresses import page_for
from ldtrack.core.zones import zone_words
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import here, people_named, time_zone


@dataclass(frozen=True, kw_only=True)
class Sender:
    """From which address mails come, and where their links lead."""

    address: str
    base_url: str


def invite(
    session: Session, row: Appointment, one: Engagement, *, now: datetime, sender: Sender
) -> None:
    """Tell both that it is planned, was moved or is off; nothing of what is talked about."""
    shown = as_shown(session, row.id)
    head = _head(shown)
    mails = []
    for who in _both(session, one):
        title = shown.named_for(who.id)
        body = f"Hello {who.first_name},\n\n{head}: {title}.\n\n{_when_and_where(session, shown)}"
        if shown.state is AppointmentState.CANCELLED:
            body += f"\n{shown.changed_by} cancelled it. The reason is on your coaching page."
        mails.append(
            Mail(
                to_address=who.email,
                to_name=who.name,
                subject=f"{head}: {title}",
                body=f"{body}\n\n{sender.base_url}{page_for(who.id, shown.person_id)}\n",
                calendar=invitation(shown, who.id, address=who.email, sender=sender.address),
            )
        )
    post_all(session, mails, due_at=now)


def remind(
    session: Session, appointment_id: int, *, now: datetime, base_url: str
) -> datetime | None:
    """Remind both of a session within a day; one that was moved is returned with a later time."""
    row = session.get(Appointment, appointment_id)
    if row is None or row.state != AppointmentState.PLANNED or row.starts_at <= now:
        return None
    if row.starts_at - now > REMINDED:
        return row.starts_at - REMINDED
    one = session.get_one(Engagement, row.engagement_id)
    if one.ends_on is not None:
        return None
    shown = as_shown(session, row.id)
    mails = [
        Mail(
            to_address=who.email,
            to_name=who.name,
            subject=f"Soon: {shown.named_for(who.id)}",
            body=f"Hello {who.first_name},\n\n{_when_and_where(session, shown)}\n\n"
            f"{base_url}{page_for(who.id, shown.person_id)}\n",
        )
        for who in _both(session, one)
    ]
    post_all(session, mails, due_at=now)
    return None


def _both(session: Session, one: Engagement) -> list[PersonRow]:
    people = people_named(session, {one.person_id, one.coach_id or 0})
    return [who for _, who in sorted(people.items()) if who.email and who.active]


def _head(shown: AppointmentRow) -> str:
    if shown.state is AppointmentState.CANCELLED:
        return "Cancelled"
    return "Moved" if shown.turn else "Planned"


def _when_and_where(session: Session, shown: AppointmentRow) -> str:
    begins, ends = here(session, shown.starts_at), here(session, shown.ends_at)
    clocks = zone_words(time_zone(session).key)
    lines = [f"{begins:%A, %-d %B %Y}, {begins:%H:%M} to {ends:%H:%M} ({clocks})"]
    return "\n".join([*lines, *(part for part in (shown.place, shown.link) if part)])
