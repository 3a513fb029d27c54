"""Asking a colleague for short feedback, answering that, and saying not this time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken
from ldtrack.feedback.domain.letters import sending_hour
from ldtrack.feedback.domain.short import (
    MOST_ASKED,
    AskForShort,
    Behaviour,
    GiveShort,
    RequestState,
    ShortKind,
)
from ldtrack.feedback.domain.short_letters import short_feedback_is_asked_for
from ldtrack.feedback.models import ShortFeedbackRequest
from ldtrack.feedback.service.short import check_reachable, give, page_of, words_of
from ldtrack.outbox.service import post
from ldtrack.people.queries import people_named


def ask_for_short(
    session: Session, actor: Actor, command: AskForShort, *, now: datetime, base_url: str
) -> int:
    """Ask a colleague for a word on one thing. Returns the request's id.

    Raises `RuleBroken` if they are asked already, or if too many are.
    """
    person_id = actor.person_id or 0
    policy.require(
        actor,
        Action.ASK_FOR_SHORT,
        Facts(organisation_id=actor.organisation_id, person_id=actor.person_id),
    )
    check_reachable(session, person_id, command.asked_id)
    people = people_named(session, [person_id, command.asked_id])
    asked = people[command.asked_id]
    _check_open(session, person_id, command.asked_id, asked.first_name)
    row = ShortFeedbackRequest(
        person_id=person_id,
        asked_id=command.asked_id,
        competency_id=command.about.competency_id,
        indicator_id=command.about.indicator_id,
        behaviour=words_of(session, command.about),
        question=command.question,
        asked_on=now.date(),
        state=RequestState.OPEN,
    )
    session.add(row)
    session.flush()
    if asked.email:
        letter = short_feedback_is_asked_for(asked.name, people[person_id].name, page_of(base_url))
        post(
            session,
            to_address=asked.email,
            to_name=asked.name,
            subject=letter.subject,
            body=letter.body,
            due_at=sending_hour(now),
        )
    return row.id


def answer_short(
    session: Session,
    actor: Actor,
    request_id: int,
    kind: ShortKind,
    body: str,
    *,
    now: datetime,
    base_url: str,
) -> int:
    """Give what was asked for, on what was asked. Returns the id of the feedback."""
    row = _open(session, actor, request_id)
    about = Behaviour(competency_id=row.competency_id, indicator_id=row.indicator_id)
    command = GiveShort(person_id=row.person_id, about=about, kind=kind, body=body)
    short_id = give(session, actor, command, now=now, base_url=base_url)
    row.state = RequestState.ANSWERED
    session.flush()
    return short_id


def decline_short(session: Session, actor: Actor, request_id: int) -> None:
    """Say not this time; no reason is asked for."""
    _open(session, actor, request_id).state = RequestState.DECLINED
    session.flush()


def withdraw_request(session: Session, actor: Actor, request_id: int) -> None:
    """Ask no longer, as whoever asked; one that was declined goes out of sight by this."""
    row = session.get(ShortFeedbackRequest, request_id)
    if row is None or row.person_id != actor.person_id:
        raise NotVisible
    policy.require(actor, Action.ASK_FOR_SHORT, _facts(actor, row))
    if row.state == RequestState.ANSWERED:
        raise Conflict("It has been answered already.")
    row.state = RequestState.WITHDRAWN
    session.flush()


def _open(session: Session, actor: Actor, request_id: int) -> ShortFeedbackRequest:
    row = session.get(ShortFeedbackRequest, request_id)
    if row is None or row.asked_id != actor.person_id:
        raise NotVisible
    policy.require(actor, Action.GIVE_SHORT, _facts(actor, row))
    if row.state != RequestState.OPEN:
        raise Conflict("This is not asked any more.")
    return row


def _facts(actor: Actor, row: ShortFeedbackRequest) -> Facts:
    return Facts(
        organisation_id=actor.organisation_id, person_id=row.person_id, author_id=row.asked_id
    )


def _check_open(session: Session, person_id: int, asked_id: int, first_name: str) -> None:
    waiting = dict(
        session.execute(
            select(ShortFeedbackRequest.asked_id, func.count())
            .where(
                ShortFeedbackRequest.person_id == person_id,
                ShortFeedbackRequest.state == RequestState.OPEN,
            )
            .group_by(ShortFeedbackRequest.asked_id)
        ).all()
    )
    if asked_id in waiting:
        raise RuleBroken("person_id", f"{first_name} is asked already; let them answer first.")
    if sum(waiting.values()) >= MOST_ASKED:
        raise RuleBroken(
            "person_id", f"You are waiting for {MOST_ASKED} colleagues already; that is enough."
        )
