"""Handing a certificate in, and what its reviewer makes of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.courses.domain import (
    Accept,
    CertificateState,
    HandIn,
    RecordCompletion,
    Shows,
)
from ldtrack.courses.domain.certificates import SOURCE
from ldtrack.courses.models import Certificate, Course
from ldtrack.courses.service.completions import store_completions
from ldtrack.courses.service.letters import Letter, accepted, handed_in, sent_back
from ldtrack.files.domain import FileUse
from ldtrack.files.service import forget_file, keep_file
from ldtrack.outbox.service import post
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named

MOST_WAITING = 20
"""Certificates of one person that wait at the same time."""


def hand_in(
    session: Session, actor: Actor, command: HandIn, *, now: datetime, base_url: str
) -> int:
    """Hand a certificate of one's own in; its file is kept in the same transaction.

    Whoever answers for the course is told. Returns its id.
    """
    person_id = actor.person_id or 0
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require(actor, Action.HAND_IN_CERTIFICATE, facts)
    if command.awarded_on > now.date():
        raise RuleBroken("awarded_on", "Give a day that is not in the future.")
    if command.course_id is not None and session.get(Course, command.course_id) is None:
        raise RuleBroken("course", "There is no such course here.")
    waiting = select(func.count(Certificate.id)).where(
        Certificate.person_id == person_id, Certificate.state == CertificateState.WAITING
    )
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise RuleBroken("file", f"{MOST_WAITING} certificates wait already; let those be seen.")
    file_id = keep_file(
        session,
        command.content,
        use=FileUse.CERTIFICATE,
        person_id=person_id,
        name=command.file_name,
        now=now,
    )
    row = Certificate(
        person_id=person_id,
        file_id=file_id,
        course_id=command.course_id,
        title=command.title,
        awarded_on=command.awarded_on,
        word=command.word,
        state=CertificateState.WAITING,
        handed_in_at=now,
    )
    session.add(row)
    session.flush()
    _tell_owner(session, actor, row, now, f"{base_url}/courses/certificates")
    return row.id


def take_back_certificate(session: Session, actor: Actor, certificate_id: int) -> None:
    """Take one's own back, with its file, unless it was accepted."""
    row = _row(session, certificate_id)
    facts = Facts(organisation_id=actor.organisation_id, person_id=row.person_id)
    policy.require_visible(actor, Action.HAND_IN_CERTIFICATE, facts)
    if row.state is CertificateState.ACCEPTED:
        raise Conflict("It was accepted, so it stays with the completion.")
    session.delete(row)
    session.flush()
    forget_file(session, row.file_id)


def accept_certificate(
    session: Session,
    actor: Actor,
    certificate_id: int,
    command: Accept,
    *,
    now: datetime,
    base_url: str,
) -> int:
    """Accept it: the person has completed the course. Returns the completion's id.

    A certificate that shows an assessment counts as a pass at the level of the course; one of
    taking part is exposure.
    """
    row = _to_review(session, actor, certificate_id)
    course = session.get(Course, command.course_id)
    if course is None:
        raise RuleBroken("course", "Choose the course that it stands for.")
    done = store_completions(
        session,
        [
            RecordCompletion(
                course_id=course.id,
                person_id=row.person_id,
                completed_on=command.completed_on,
                passed=True if command.shows is Shows.PASSED else None,
                source=SOURCE,
            )
        ],
        recorded_by=actor.person_id,
        now=now,
    )
    row.course_id, row.completion_id = course.id, done.ids[0]
    row.state = CertificateState.ACCEPTED
    _decided(session, actor, row, "accept", now)
    person = people_named(session, [row.person_id])[row.person_id]
    _post(session, person, accepted(person.name, row.title, f"{base_url}/courses/mine"), now)
    return done.ids[0]


def return_certificate(
    session: Session,
    actor: Actor,
    certificate_id: int,
    word: str,
    *,
    now: datetime,
    base_url: str,
) -> None:
    """Send it back with a word that says what is missing."""
    row = _to_review(session, actor, certificate_id)
    if not word:
        raise RuleBroken("answer", "Say what is missing.")
    row.state, row.answer = CertificateState.RETURNED, word
    _decided(session, actor, row, "return", now)
    person = people_named(session, [row.person_id])[row.person_id]
    letter = sent_back(person.name, row.title, word, f"{base_url}/courses/mine")
    _post(session, person, letter, now)


def _to_review(session: Session, actor: Actor, certificate_id: int) -> Certificate:
    row = _row(session, certificate_id)
    course = session.get(Course, row.course_id) if row.course_id else None
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=row.person_id,
        owner_id=course.owner_id if course else None,
    )
    policy.require_visible(actor, Action.READ_CERTIFICATE, facts)
    policy.require(actor, Action.REVIEW_CERTIFICATE, facts)
    if row.person_id == actor.person_id:
        raise Conflict("Somebody else has to look at your own certificate.")
    if row.state is not CertificateState.WAITING:
        raise Conflict("Somebody has decided on it meanwhile.")
    return row


def _row(session: Session, certificate_id: int) -> Certificate:
    row = session.scalars(
        select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotVisible
    return row


def _decided(session: Session, actor: Actor, row: Certificate, what: str, now: datetime) -> None:
    row.decided_on, row.decided_by = now.date(), actor.person_id
    note(
        session,
        account_id=actor.account_id,
        action=f"courses.certificate:{what}",
        thing="certificate",
        thing_id=row.id,
        person_id=row.person_id,
        happened_at=now,
    )
    session.flush()


def _tell_owner(session: Session, actor: Actor, row: Certificate, now: datetime, link: str) -> None:
    course = session.get(Course, row.course_id) if row.course_id else None
    if course is None or course.owner_id in (None, actor.person_id):
        return
    people = people_named(session, [course.owner_id or 0, row.person_id])
    owner = people.get(course.owner_id or 0)
    if owner is not None:
        letter = handed_in(owner.name, people[row.person_id].name, course.title, link)
        _post(session, owner, letter, now)


def _post(session: Session, person: PersonRow, letter: Letter, now: datetime) -> None:
    if person.email and person.active:
        post(
            session,
            to_address=person.email,
            to_name=person.name,
            subject=letter.subject,
            body=letter.body,
            due_at=now,
        )
