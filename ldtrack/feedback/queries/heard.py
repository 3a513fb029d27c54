"""What a leader heard and will do: the note, for its author and a coach they share it with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, false, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.heard import HeardRow
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, HeardNote, Invitation, Release, Subject
from ldtrack.people.queries import people_named


def heard_note(
    session: Session, actor: Actor, release_id: int, action: Action = Action.READ_HEARD
) -> HeardRow:
    """The note of a report, else `NotVisible`; with no words before it is begun."""
    row = session.execute(_wanted().where(Release.id == release_id, _may(actor, action))).first()
    if row is None:
        raise NotVisible
    person = people_named(session, [row.person_id])[row.person_id]
    return HeardRow(
        release_id=release_id,
        person_id=row.person_id,
        person=person.name,
        cycle=row.cycle,
        body=row.body,
        shared=row.is_shared,
        sent_on=row.sent_on,
        n_asked=row.n_asked,
    )


def names_asked(session: Session, release_id: int) -> tuple[str, ...]:
    """Names to look for in the note; for a report that was found readable."""
    return tuple(
        session.scalars(
            select(Invitation.name)
            .join(Release, Release.subject_id == Invitation.subject_id)
            .where(Release.id == release_id, _others())
        )
    )


def others_asked(subject_id: SQLColumnExpression[int]) -> SQLColumnExpression[int]:
    """How many were asked about a subject, as a part of a statement."""
    return (
        select(func.count())
        .select_from(Invitation)
        .where(Invitation.subject_id == subject_id, _others())
        .scalar_subquery()
    )


def is_shared() -> SQLColumnExpression[bool]:
    """Whether the coach may read the note; not where there is none."""
    return func.coalesce(HeardNote.is_shared, false())


def _wanted() -> Select[int, str, str, bool, date | None, int]:
    return (
        select(
            Subject.person_id,
            Cycle.name.label("cycle"),
            func.coalesce(HeardNote.body, "").label("body"),
            is_shared().label("is_shared"),
            HeardNote.sent_on,
            others_asked(Subject.id).label("n_asked"),
        )
        .select_from(Release)
        .join(Subject, Subject.id == Release.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .outerjoin(HeardNote, HeardNote.subject_id == Subject.id)
    )


def _others() -> ColumnElement[bool]:
    """Everybody who was asked in the end, but for the leader themselves."""
    return (Invitation.group_key != SELF_GROUP) & Invitation.sent_on.is_not(None)


def _may(actor: Actor, action: Action) -> ColumnElement[bool]:
    return policy.clause(
        actor,
        action,
        person_id=Subject.person_id,
        released=Subject.state == SubjectState.RELEASED,
        shared=is_shared(),
    )
