"""Taking people out of feedback who left or are to be forgotten: their answers go with them.

While questionnaires are open, which answers are theirs can be derived; afterwards nobody can, so
what they said stays in reports and in what is kept, without a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.db.base import OrganisationOwned
from ldtrack.db.parts import in_parts
from ldtrack.feedback.domain.keys import response_id
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, SubjectState
from ldtrack.feedback.models import (
    Invitation,
    Pulse,
    PulseInvitation,
    PulseResponse,
    Response,
    Subject,
)
from ldtrack.feedback.queries.cycles import require_hr
from ldtrack.feedback.service.cycles import audit, locked
from ldtrack.outbox.service import unpost
from ldtrack.people.domain import same_address
from ldtrack.people.queries import gone, people_named

_UNFINISHED = (*BEFORE_OPENING, SubjectState.OPEN)


def leavers_in(session: Session, cycle_id: int) -> frozenset[int]:
    """Who left while they are asked, or asked about, in what has not closed yet."""
    people = session.scalars(
        select(Invitation.person_id)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(
            Subject.cycle_id == cycle_id,
            Subject.state.in_(_UNFINISHED),
            Invitation.person_id.is_not(None),
        )
        .union(
            select(Subject.person_id).where(
                Subject.cycle_id == cycle_id, Subject.state.in_(_UNFINISHED)
            )
        )
    )
    return gone(session, [person_id for person_id in people if person_id is not None])


def let_leavers_go(session: Session, cycle_id: int, *, rater_key: str) -> int:
    """Go on without everybody who left. Returns how many that were."""
    people = leavers_in(session, cycle_id)
    here = Subject.cycle_id == cycle_id
    for part in in_parts(people):
        _drop(session, here & Invitation.person_id.in_(part), rater_key)
        session.execute(
            delete(Subject)
            .where(here, Subject.person_id.in_(part), Subject.state.in_(_UNFINISHED))
            .execution_options(synchronize_session=False)
        )
    session.expire_all()
    return len(people)


def take_leavers_out(
    session: Session, actor: Actor, cycle_id: int, *, rater_key: str, now: datetime
) -> int:
    """The same as HR, before a cycle does it by itself. Returns how many that were."""
    require_hr(actor)
    locked(session, cycle_id)
    n = let_leavers_go(session, cycle_id, rater_key=rater_key)
    audit(session, actor, "take_leavers_out", cycle_id, now)
    return n


def forget_person(session: Session, person_id: int, *, rater_key: str) -> None:
    """Leave nothing of somebody in feedback but what is in reports without a name."""
    person = people_named(session, [person_id])[person_id]
    _forget(session, Invitation.person_id == person_id, rater_key)
    _forget_in_pulses(session, PulseInvitation.person_id == person_id, rater_key)
    if person.email:
        forget_address(session, person.email, rater_key=rater_key)
    session.execute(
        delete(Subject)
        .where(Subject.person_id == person_id)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def forget_address(session: Session, address: str, *, rater_key: str) -> int:
    """The same of a rater from outside. Returns for how many questionnaires they were asked."""
    address = same_address(address)
    unpost(session, address)
    n = _forget(session, Invitation.email == address, rater_key)
    return n + _forget_in_pulses(session, PulseInvitation.email == address, rater_key)


def drop_asked(session: Session, invitation_ids: Collection[int], rater_key: str) -> None:
    """Take back some invitations to what has not closed, with whatever was answered to them."""
    for part in in_parts(invitation_ids):
        _drop(session, Invitation.id.in_(part), rater_key)
    session.expire_all()


def drop_asked_in_pulses(session: Session, invitation_ids: Collection[int], rater_key: str) -> None:
    """The same of pulses."""
    for part in in_parts(invitation_ids):
        _forget_in_pulses(session, PulseInvitation.id.in_(part), rater_key)


def _forget(session: Session, whose: ColumnElement[bool], rater_key: str) -> int:
    n = session.scalar(select(func.count()).select_from(Invitation).where(whose)) or 0
    _drop(session, whose, rater_key)
    session.execute(delete(Invitation).where(whose).execution_options(synchronize_session=False))
    session.expire_all()
    return n


def _forget_in_pulses(session: Session, whose: ColumnElement[bool], rater_key: str) -> int:
    asked = session.execute(
        select(PulseInvitation.id, Pulse.key)
        .join(Pulse, Pulse.id == PulseInvitation.pulse_id)
        .where(whose)
    ).all()
    answers = [response_id(rater_key, key, id_) for id_, key in asked if key is not None]
    _delete(session, PulseResponse, answers)
    _delete(session, PulseInvitation, [id_ for id_, _ in asked])
    session.expire_all()
    return len(asked)


def _drop(session: Session, whose: ColumnElement[bool], rater_key: str) -> None:
    """Delete these invitations to what has not closed, with whatever was answered to them."""
    asked = session.execute(
        select(Invitation.id, Subject.key)
        .join(Subject, Subject.id == Invitation.subject_id)
        .where(whose, Subject.state.in_(_UNFINISHED))
    ).all()
    answers = [response_id(rater_key, key, id_) for id_, key in asked if key is not None]
    _delete(session, Response, answers)
    _delete(session, Invitation, [id_ for id_, _ in asked])


def _delete(session: Session, table: type[OrganisationOwned], ids: Iterable[int]) -> None:
    for part in in_parts(list(ids)):
        session.execute(
            delete(table).where(table.id.in_(part)).execution_options(synchronize_session=False)
        )
