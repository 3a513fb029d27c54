"""Certificates that an actor may see: one's own, and those that one reviews."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import CertificateRow, CertificateState
from ldtrack.courses.models import Certificate, Course

WAITING = "certificates that wait for a reviewer"
PAGE = 50


def certificates_of(session: Session, actor: Actor, person_id: int) -> list[CertificateRow]:
    """What somebody handed in, latest first."""
    return _rows(session, actor, Action.READ_CERTIFICATE, Certificate.person_id == person_id)


def certificates_waiting(session: Session, actor: Actor) -> list[CertificateRow]:
    """What waits for the actor's review, longest first."""
    rows = _rows(
        session,
        actor,
        Action.REVIEW_CERTIFICATE,
        Certificate.state == CertificateState.WAITING,
        Certificate.person_id.is_distinct_from(actor.person_id),
        most=PAGE,
    )
    return sorted(rows, key=lambda row: row.handed_in_at)


def certificate(session: Session, actor: Actor, certificate_id: int) -> CertificateRow:
    """One of them, else `NotVisible`."""
    found = _rows(session, actor, Action.READ_CERTIFICATE, Certificate.id == certificate_id)
    if not found:
        raise NotVisible
    return found[0]


def certificates_with(person_id: int) -> Select[int, int]:
    """A statement for the files of somebody's certificates, each with its certificate."""
    return select(Certificate.file_id, Certificate.id).where(Certificate.person_id == person_id)


def waiting_figure(actor: Actor) -> Select[str, int]:
    """A statement for a word and a count, to be asked together with those of other rooms."""
    return (
        select(literal(WAITING), func.count(Certificate.id))
        .outerjoin(Course, Course.id == Certificate.course_id)
        .where(
            _may(actor, Action.REVIEW_CERTIFICATE),
            Certificate.state == CertificateState.WAITING,
            Certificate.person_id.is_distinct_from(actor.person_id),
        )
    )


def _rows(
    session: Session,
    actor: Actor,
    action: Action,
    *which: ColumnElement[bool],
    most: int | None = None,
) -> list[CertificateRow]:
    rows = session.execute(
        select(Certificate, Course.title)
        .outerjoin(Course, Course.id == Certificate.course_id)
        .where(_may(actor, action), *which)
        .order_by(Certificate.handed_in_at.desc(), Certificate.id)
        .limit(most)
    )
    return [
        CertificateRow(
            id=row.id,
            person_id=row.person_id,
            file_id=row.file_id,
            course_id=row.course_id,
            course=course or "",
            title=row.title,
            awarded_on=row.awarded_on,
            word=row.word,
            state=CertificateState(row.state),
            handed_in_at=row.handed_in_at,
            answer=row.answer,
        )
        for row, course in rows
    ]


def _may(actor: Actor, action: Action) -> ColumnElement[bool]:
    return policy.clause(actor, action, person_id=Certificate.person_id, owner_id=Course.owner_id)
