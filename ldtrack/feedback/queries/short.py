"""Short feedback that one received or gave, what a leader shared, and who asked whom for some."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competency_name_of
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.short import (
    Behaviour,
    RequestRow,
    RequestState,
    ShortKind,
    ShortRow,
)
from ldtrack.feedback.models import ShortFeedback, ShortFeedbackRequest
from ldtrack.people.queries import name_of

PAGE = 20
SHORT = "short feedback"


def received(session: Session, actor: Actor, *, page: int = 1) -> tuple[list[ShortRow], int]:
    """A page of what the actor was given, newest first, and how much there is."""
    return _page(session, actor, ShortFeedback.person_id == actor.person_id, page)


def given(session: Session, actor: Actor, *, page: int = 1) -> tuple[list[ShortRow], int]:
    """A page of what the actor gave; not what became of it, but for thanks."""
    return _page(session, actor, ShortFeedback.author_id == actor.person_id, page)


def shared_by(
    session: Session, actor: Actor, person_id: int, *, page: int = 1
) -> tuple[list[ShortRow], int]:
    """A page of what a leader shared with the actor, who coaches them."""
    shared = and_(
        ShortFeedback.person_id == person_id, ShortFeedback.shared_with_id == actor.person_id
    )
    return _page(session, actor, shared, page)


def asked_for(session: Session, actor: Actor) -> list[RequestRow]:
    """What colleagues ask the actor for, the oldest first."""
    wanted = _asked().where(
        ShortFeedbackRequest.asked_id == actor.person_id,
        ShortFeedbackRequest.state == RequestState.OPEN,
    )
    return _requests(session, actor, wanted.order_by(ShortFeedbackRequest.asked_on))


def open_requests_to(person_id: int) -> Select[str]:
    """A statement for a word, once for each request that waits for somebody."""
    return select(literal(SHORT)).where(
        ShortFeedbackRequest.asked_id == person_id,
        ShortFeedbackRequest.state == RequestState.OPEN,
    )


def asked_by(session: Session, actor: Actor) -> list[RequestRow]:
    """What the actor asked others for and is not answered, the newest first."""
    wanted = _asked().where(
        ShortFeedbackRequest.person_id == actor.person_id,
        ShortFeedbackRequest.state.in_((RequestState.OPEN, RequestState.DECLINED)),
    )
    newest = wanted.order_by(ShortFeedbackRequest.asked_on.desc(), ShortFeedbackRequest.id)
    return _requests(session, actor, newest.limit(PAGE))


def request_to(session: Session, actor: Actor, request_id: int) -> RequestRow:
    """An open request that the actor can answer, else `NotVisible`."""
    for row in asked_for(session, actor):
        if row.id == request_id:
            return row
    raise NotVisible


def _page(
    session: Session, actor: Actor, which: ColumnElement[bool], page: int
) -> tuple[list[ShortRow], int]:
    visible = policy.clause(
        actor,
        Action.READ_SHORT,
        person_id=ShortFeedback.person_id,
        author_id=ShortFeedback.author_id,
        owner_id=ShortFeedback.shared_with_id,
        shared=ShortFeedback.shared_with_id.is_not(None),
    )
    wanted = select(ShortFeedback).where(which, visible)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    found = session.execute(
        wanted.add_columns(
            name_of(ShortFeedback.person_id),
            name_of(ShortFeedback.author_id),
            competency_name_of(ShortFeedback.competency_id),
        )
        .order_by(ShortFeedback.given_at.desc(), ShortFeedback.id)
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    return [_row(*row) for row in found], total


def _row(row: ShortFeedback, person: str, author: str | None, competency: str) -> ShortRow:
    return ShortRow(
        id=row.id,
        person_id=row.person_id,
        person=person,
        author="A former colleague" if author is None else author,
        competency=competency,
        behaviour=row.behaviour,
        kind=ShortKind(row.kind),
        body=row.body,
        given_at=row.given_at,
        thanked_on=row.thanked_on,
        is_hidden=row.is_hidden,
        shared_with_id=row.shared_with_id,
    )


def _asked() -> Select[ShortFeedbackRequest]:
    return select(ShortFeedbackRequest)


def _requests(
    session: Session, actor: Actor, wanted: Select[ShortFeedbackRequest]
) -> list[RequestRow]:
    visible = policy.clause(
        actor,
        Action.READ_SHORT,
        person_id=ShortFeedbackRequest.person_id,
        author_id=ShortFeedbackRequest.asked_id,
    )
    found = session.execute(
        wanted.where(visible).add_columns(
            name_of(ShortFeedbackRequest.person_id),
            name_of(ShortFeedbackRequest.asked_id),
            competency_name_of(ShortFeedbackRequest.competency_id),
        )
    )
    return [
        RequestRow(
            id=row.id,
            person_id=row.person_id,
            person=person,
            asked_id=row.asked_id,
            asked=asked,
            about=Behaviour(competency_id=row.competency_id, indicator_id=row.indicator_id),
            competency=competency,
            behaviour=row.behaviour,
            question=row.question,
            asked_on=row.asked_on,
            state=RequestState(row.state),
        )
        for row, person, asked, competency in found
    ]
