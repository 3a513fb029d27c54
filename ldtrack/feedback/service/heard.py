"""Writing what one heard and will do, and sending it once to everybody who was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.heard import check_heard, heard_letter, mark_of
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, HeardNote, Invitation, Release, Subject
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named


def write_heard(
    session: Session, actor: Actor, release_id: int, body: str, *, shared: bool
) -> None:
    """Keep the note as a draft, and say whether the coach may read it; `Conflict` once sent."""
    subject = _subject(session, actor, release_id)
    check_heard(body)
    note = _note(session, subject)
    if note is None:
        note = HeardNote(subject_id=subject.id)
        session.add(note)
    note.body, note.is_shared = body, shared
    session.flush()


def send_heard(
    session: Session, actor: Actor, release_id: int, *, looked_at: str, now: datetime
) -> int:
    """Send the note to everybody who was asked, all at one hour. Returns to how many.

    `looked_at` is the mark of the words that the leader saw last; others are not sent.
    """
    subject = _subject(session, actor, release_id)
    note = _note(session, subject)
    if note is None:
        raise NotVisible
    if mark_of(note.body) != looked_at:
        raise Conflict("The note was changed since you looked at it. Look at it again.")
    asked = session.execute(
        select(Invitation.name, Invitation.email)
        .where(
            Invitation.subject_id == subject.id,
            Invitation.group_key != SELF_GROUP,
            Invitation.sent_on.is_not(None),
        )
        .order_by(Invitation.email)
    ).all()
    if not asked:
        raise Conflict("Nobody was asked here, so there is nobody to write to.")
    note.sent_on = now.date()
    session.flush()
    person = people_named(session, [subject.person_id])[subject.person_id].name
    cycle = session.get_one(Cycle, subject.cycle_id).name
    for name, email in asked:
        letter = heard_letter(name, person, cycle, note.body)
        post(
            session,
            to_address=email,
            to_name=name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )
    return len(asked)


def _subject(session: Session, actor: Actor, release_id: int) -> Subject:
    """Whose report it is, held until the act is done."""
    subject = session.scalars(
        select(Subject)
        .join(Release, Release.subject_id == Subject.id)
        .where(Release.id == release_id)
        .with_for_update(of=Subject)
    ).first()
    if subject is None:
        raise NotVisible
    policy.require_visible(
        actor,
        Action.WRITE_HEARD,
        Facts(
            organisation_id=actor.organisation_id,
            person_id=subject.person_id,
            released=subject.state == SubjectState.RELEASED,
        ),
    )
    return subject


def _note(session: Session, subject: Subject) -> HeardNote | None:
    note = session.scalars(select(HeardNote).where(HeardNote.subject_id == subject.id)).first()
    if note is not None and note.sent_on is not None:
        raise Conflict("The note was sent, and cannot be changed or sent again.")
    return note
