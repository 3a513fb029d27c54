"""Saying who is asked about whom, before a cycle opens and while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.db.session import organisation_of
from ldtrack.feedback.domain.answers import SELF_GROUP
from ldtrack.feedback.domain.commands import AskRater
from ldtrack.feedback.domain.nominating import REPLACED, InvitationState
from ldtrack.feedback.domain.nominations import check_budget
from ldtrack.feedback.domain.promise import check_promise_kept
from ldtrack.feedback.domain.promised import promise_settings
from ldtrack.feedback.domain.rows import CycleRow, ResponseState
from ldtrack.feedback.domain.timeline import BEFORE_OPENING, SubjectState
from ldtrack.feedback.models import Invitation, Response, Subject
from ldtrack.feedback.queries.answering import expected_by_group
from ldtrack.feedback.queries.cycles import require_hr, row_of
from ldtrack.feedback.queries.nominating import requests_in_quarter
from ldtrack.feedback.service.cycles import audit, locked, subject_in_draft
from ldtrack.feedback.service.invitations import Delivery, send_invitations
from ldtrack.people.domain import same_address
from ldtrack.people.queries import people_named, rater_budget


def ask_rater(
    session: Session,
    actor: Actor,
    subject_id: int,
    command: AskRater,
    *,
    now: datetime,
    delivery: Delivery,
) -> int:
    """Ask somebody about the subject; while questionnaires are open the mail leaves at once.

    Raises `RuleBroken` if the person is asked already, if one more would change what raters were
    promised and somebody has answered, or while questionnaires are open for whoever is asked
    often enough; before, the launch check names them. Returns the invitation's id.
    """
    require_hr(actor)
    subject = session.get(Subject, subject_id)
    if subject is None:
        raise NotVisible
    cycle = locked(session, subject.cycle_id)
    session.refresh(subject)
    if subject.state not in (*BEFORE_OPENING, SubjectState.OPEN):
        raise Conflict("This questionnaire has closed; nobody else can be asked.")
    name, email = known_as(session, command)
    check_place(session, row_of(cycle), subject, command.group_key, name, email)
    check_promise(session, row_of(cycle), subject, command.group_key)
    if subject.state == SubjectState.OPEN:
        check_load(session, name, email, subject.opens_on or cycle.opens_on)
    invitation = add_invitation(
        session, subject_id, command.group_key, name, email, command.person_id
    )
    session.flush()
    audit(session, actor, "ask_rater", cycle.id, now, person_id=subject.person_id)
    if subject.state == SubjectState.OPEN:
        send_invitations(session, cycle, [invitation], now=now, delivery=delivery)
    return invitation.id


def replace_rater(
    session: Session,
    actor: Actor,
    invitation_id: int,
    command: AskRater,
    *,
    now: datetime,
    delivery: Delivery,
) -> int:
    """Ask somebody else in a rater's place while questionnaires are open. Returns the subject's id.

    The first link ends. Whatever was sent by it still counts, because to say that there is
    something would tell that they answered.
    """
    require_hr(actor)
    old = session.get(Invitation, invitation_id)
    if old is None or old.state != InvitationState.APPROVED or old.group_key == SELF_GROUP:
        raise NotVisible
    subject = session.get_one(Subject, old.subject_id)
    cycle = locked(session, subject.cycle_id)
    session.refresh(subject)
    if subject.state != SubjectState.OPEN:
        raise Conflict("These questionnaires are not open; whom they ask is fixed.")
    name, email = known_as(session, command)
    check_place(session, row_of(cycle), subject, old.group_key, name, email)
    check_load(session, name, email, subject.opens_on or cycle.opens_on)
    old.state, old.token_hash, old.reason = InvitationState.DECLINED, None, REPLACED
    new = add_invitation(session, subject.id, old.group_key, name, email, command.person_id)
    session.flush()
    audit(session, actor, "replace_rater", cycle.id, now, person_id=subject.person_id)
    send_invitations(session, cycle, [new], now=now, delivery=delivery)
    return subject.id


def invite(
    session: Session, actor: Actor, subject_id: int, command: AskRater, *, now: datetime
) -> int:
    """Ask somebody while the cycle is a draft; nothing is sent yet. Returns the invitation's id."""
    subject_in_draft(session, actor, subject_id)
    return ask_rater(session, actor, subject_id, command, now=now, delivery=Delivery(rater_key=""))


def remove_rater(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> int:
    """Ask somebody no longer, before the cycle opens. Returns the subject's id."""
    require_hr(actor)
    invitation = session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotVisible
    subject = subject_in_draft(session, actor, invitation.subject_id)
    session.delete(invitation)
    session.flush()
    audit(session, actor, "remove_rater", subject.cycle_id, now, person_id=subject.person_id)
    return subject.id


def known_as(session: Session, command: AskRater) -> tuple[str, str]:
    """The name and address of whoever is to be asked."""
    if command.person_id is None:
        if not command.name or not command.email:
            raise RuleBroken("email", "Give a name and a mail address.")
        return command.name, same_address(command.email)
    person = people_named(session, [command.person_id]).get(command.person_id)
    if person is None:
        raise NotVisible
    if not person.email:
        raise RuleBroken("person_id", f"{person.name} has no mail address.")
    return person.name, person.email


def check_place(
    session: Session, cycle: CycleRow, subject: Subject, group_key: str, name: str, email: str
) -> None:
    """Raise `RuleBroken` for an unknown group, or for somebody who is asked already."""
    if group_key not in {group.key for group in cycle.groups}:
        raise RuleBroken("group_key", "Choose one of the rater groups.")
    if already := _asked_at(session, subject.id, email):
        name = name if name == already else f"Under this address {already}"
        raise RuleBroken("email", f"{name} is asked already; everybody is asked once.")
    asked = expected_by_group(session, cycle, subject.id)
    if group_key == SELF_GROUP and asked.get(SELF_GROUP):
        raise RuleBroken("group_key", "Only one person can answer as self.")


def check_load(session: Session, name: str, email: str, opens_on: date) -> None:
    """Raise `RuleBroken` for somebody who is asked often enough in the quarter of the day."""
    requests = requests_in_quarter(session, [email], opens_on).get(email, 0)
    check_budget(name, requests, rater_budget(session, organisation_of(session)))


def check_promise(session: Session, cycle: CycleRow, subject: Subject, group_key: str) -> None:
    """Raise `RuleBroken` if one more would change what raters who answered were promised."""
    asked = expected_by_group(session, cycle, subject.id)
    more = {**asked, group_key: asked.get(group_key, 0) + 1}
    check_counts(session, cycle, subject, asked, more)


def check_counts(
    session: Session,
    cycle: CycleRow,
    subject: Subject,
    asked: Mapping[str, int],
    more: Mapping[str, int],
) -> None:
    """The same where so many are asked in each group now, and so `more` will be."""
    # A draft does not count: refusing because of one would tell that somebody has begun.
    answered = session.scalar(
        select(Response.id)
        .where(Response.subject_id == subject.id, Response.state == ResponseState.SENT)
        .limit(1)
    )
    check_promise_kept(
        promise_settings(cycle, "the leader", asked),
        promise_settings(cycle, "the leader", more),
        has_answers=answered is not None,
    )


def addresses_about(session: Session, subject_id: int) -> set[str]:
    """The addresses of everybody who is asked about a subject, or was."""
    return set(session.scalars(select(Invitation.email).where(Invitation.subject_id == subject_id)))


def _asked_at(session: Session, subject_id: int, email: str) -> str | None:
    """The name under which an address is asked about a subject, or was."""
    return session.scalar(
        select(Invitation.name).where(
            Invitation.subject_id == subject_id, Invitation.email == email
        )
    )


def add_invitation(
    session: Session,
    subject_id: int,
    group_key: str,
    name: str,
    email: str,
    person_id: int | None,
    state: InvitationState = InvitationState.APPROVED,
) -> Invitation:
    """A new row; nobody is written to by it."""
    invitation = Invitation(
        subject_id=subject_id,
        group_key=group_key,
        name=name,
        email=email,
        person_id=person_id,
        state=state,
    )
    session.add(invitation)
    return invitation
