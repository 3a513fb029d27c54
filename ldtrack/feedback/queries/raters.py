"""Who was asked about whom, and who has answered; what they answered is never read here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.nominating import InvitationState
from ldtrack.feedback.domain.rows import AskedRow, CycleRow, RaterRow, ResponseState, SubjectRow
from ldtrack.feedback.domain.timeline import SubjectState
from ldtrack.feedback.models import Cycle, Invitation, Response, Subject
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.people.queries import has_left, name_of


def raters_of(session: Session, cycle_id: int) -> list[RaterRow]:
    """Everybody asked in a cycle, by name; for whoever may see the cycle."""
    return rows_of(
        session,
        select(Invitation)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(Subject.cycle_id == cycle_id),
    )


def nominations(session: Session, actor: Actor, subject_id: int) -> list[RaterRow]:
    """Who was asked about a subject: for HR, the leader, their coach and their manager."""
    person_id = session.scalar(select(Subject.person_id).where(Subject.id == subject_id))
    if person_id is None:
        raise NotVisible
    policy.require_visible(
        actor,
        Action.READ_NOMINATION,
        Facts(organisation_id=actor.organisation_id, person_id=person_id),
    )
    return rows_of(session, select(Invitation).where(Invitation.subject_id == subject_id))


def nominations_of(
    session: Session, actor: Actor, person_id: int, subject_ids: Collection[int]
) -> dict[int, list[RaterRow]]:
    """The same for some cycles about one person, by subject; one statement."""
    policy.require_visible(
        actor,
        Action.READ_NOMINATION,
        Facts(organisation_id=actor.organisation_id, person_id=person_id),
    )
    found: dict[int, list[RaterRow]] = {subject_id: [] for subject_id in subject_ids}
    wanted = select(Invitation).join(Subject, Subject.id == Invitation.subject_id)
    theirs = Subject.person_id == person_id, Subject.id.in_(subject_ids)
    for row in rows_of(session, wanted.where(*theirs)):
        found[row.subject_id].append(row)
    return found


def asked_here(
    session: Session, actor: Actor, invitation_id: int
) -> tuple[RaterRow, frozenset[int]]:
    """One rater as HR sees them, with the ids of everybody who is asked about the same person."""
    require_hr(actor)
    about = select(Invitation.subject_id).where(Invitation.id == invitation_id)
    rows = rows_of(session, select(Invitation).where(Invitation.subject_id.in_(about)))
    for row in rows:
        if row.invitation_id == invitation_id:
            return row, frozenset(r.person_id for r in rows if r.person_id is not None)
    raise NotVisible


def who_answered(
    session: Session, actor: Actor, subject: SubjectRow, cycle: CycleRow, *, rater_key: str
) -> frozenset[int]:
    """Invitations about a subject whose questionnaire was sent in; for HR, who see no answer.

    Nobody, where raters were told so, or for HR staff who receive the feedback themselves.
    """
    require_hr(actor)
    if not cycle.tells_who_answered or subject.person_id == actor.person_id:
        return frozenset()
    return answered_about(session, [subject.id], rater_key=rater_key)


def answered_about(
    session: Session, subject_ids: Collection[int], *, rater_key: str
) -> frozenset[int]:
    """The same of everybody asked about some subjects, for acts that show it to nobody.

    While a subject is open nothing stored says so: it is derived here with both secrets.
    """
    which = Subject.id.in_(subject_ids)
    invitations = session.execute(
        select(Invitation.id, Invitation.answered, Subject.key)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(which)
    )
    sent = set(
        session.scalars(
            select(Response.id)
            .join(Subject, Subject.id == Response.subject_id)
            .where(which, Response.state == ResponseState.SENT)
        )
    )
    return frozenset(
        id_
        for id_, marked, key in invitations
        if marked or (key is not None and response_id(rater_key, key, id_) in sent)
    )


def asked_of(session: Session, actor: Actor, today: date, *, rater_key: str = "") -> list[AskedRow]:
    """The open questionnaires that the actor was asked to fill in, the most urgent first.

    Only with the `rater_key` can it say which of them the actor has sent.
    """
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.group_key,
            name_of(Subject.person_id).label("subject"),
            Cycle.name.label("cycle"),
            Subject.closes_on,
            Subject.key,
        )
        .join(Subject, Subject.id == Invitation.subject_id)
        .join(Cycle, Cycle.id == Subject.cycle_id)
        .where(
            policy.clause(actor, Action.READ_ASKED, person_id=Invitation.person_id),
            Subject.state == SubjectState.OPEN,
            Subject.closes_on >= today,
            Invitation.state == InvitationState.APPROVED,
        )
        .order_by(Subject.closes_on, Invitation.id)
    ).all()
    places = {row.id: response_id(rater_key, row.key or b"", row.id) for row in rows}
    sent = _sent(session, places.values()) if rater_key and places else frozenset[int]()
    return [
        AskedRow(
            invitation_id=row.id,
            subject=row.subject,
            cycle=row.cycle,
            closes_on=row.closes_on,
            is_self=row.group_key == SELF_GROUP,
            sent=places[row.id] in sent,
        )
        for row in rows
    ]


def _sent(session: Session, ids: Collection[int]) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(Response.id).where(Response.id.in_(ids), Response.state == ResponseState.SENT)
        )
    )


def rows_of(session: Session, wanted: Select[Invitation]) -> list[RaterRow]:
    """The rows of a statement for invitations, by name."""
    return [
        RaterRow(
            invitation_id=row.id,
            subject_id=row.subject_id,
            person_id=row.person_id,
            name=row.name,
            email=row.email,
            group_key=row.group_key,
            sent_on=row.sent_on,
            state=InvitationState(row.state),
            reason=row.reason,
            left=left,
        )
        for row, left in session.execute(
            wanted.add_columns(has_left(Invitation.person_id)).order_by(
                Invitation.name, Invitation.email
            )
        )
    ]
