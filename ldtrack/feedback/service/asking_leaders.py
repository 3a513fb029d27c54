"""Telling leaders that they are to say whom to ask; what they say is another file's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.feedback.domain.letters import propose_raters, sending_hour
from ldtrack.feedback.domain.timeline import SubjectState, moved
from ldtrack.feedback.models import Cycle, Subject
from ldtrack.outbox.service import Mail, post_all
from ldtrack.people.queries import people_named


def ask_leaders(session: Session, cycle: Cycle, *, now: datetime, base_url: str | None) -> None:
    """Let everybody who has not begun propose raters, and tell them so at one hour."""
    subjects = session.scalars(
        select(Subject).where(Subject.cycle_id == cycle.id, Subject.state == SubjectState.DRAFT)
    ).all()
    for subject in subjects:
        subject.state = moved(SubjectState(subject.state), SubjectState.NOMINATING)
    session.flush()
    if base_url is None:
        return
    people = people_named(session, {subject.person_id for subject in subjects})
    link = f"{base_url.rstrip('/')}/feedback"
    mails = []
    for subject in subjects:
        person = people[subject.person_id]
        if person.email:
            letter = propose_raters(person.name, cycle.name, cycle.nominate_until, link)
            mails.append(
                Mail(
                    to_address=person.email,
                    to_name=person.name,
                    subject=letter.subject,
                    body=letter.body,
                )
            )
    post_all(session, mails, due_at=sending_hour(now))
