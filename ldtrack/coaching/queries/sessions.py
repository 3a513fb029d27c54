"""Sessions with their shared notes for coach and leader, and private notes for their author."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH, DraftRow, OwnNote, PrivateNoteRow, SessionRow
from ldtrack.coaching.domain.draft import PRIVATE
from ldtrack.coaching.domain.templates import Template
from ldtrack.coaching.models import (
    CoachingSession,
    Engagement,
    PrivateNote,
    SessionCompetency,
    SessionDraft,
    SessionNote,
)
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.sealed import opened, opened_draft
from ldtrack.core.errors import NotVisible, SealedShut
from ldtrack.people.queries import names_of, people_named


def sessions_of(session: Session, actor: Actor, person_id: int) -> list[SessionRow]:
    """The person's sessions that the actor took part in, newest first; no private notes."""
    return _rows(session, _wanted(actor).where(Engagement.person_id == person_id))


def held_with(person_id: int, since: date) -> Select[str, date, str]:
    """A statement for the sessions since then in which a person was coached: a word, the day, ''.

    The caller checked that it is the person who asks.
    """
    return (
        select(literal("session"), CoachingSession.held_on, literal(""))
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(Engagement.person_id == person_id, CoachingSession.held_on >= since)
    )


def session_held(session: Session, actor: Actor, session_id: int) -> SessionRow:
    """One session that the actor took part in, else `NotVisible`; no private note."""
    found = _rows(session, _wanted(actor).where(CoachingSession.id == session_id))
    if not found:
        raise NotVisible
    return found[0]


def private_notes(
    session: Session, actor: Actor, session_ids: Collection[int]
) -> dict[int, OwnNote]:
    """The actor's own private notes of these sessions, by session."""
    rows = session.scalars(
        select(PrivateNote).where(PrivateNote.session_id.in_(sorted(session_ids)), _own(actor))
    )
    return {row.session_id: opened(session, row) for row in rows}


def own_note(session: Session, actor: Actor, session_id: int) -> OwnNote:
    """The actor's own private note of one session, to be written on.

    Raises `SealedShut` while its key is not here: what is written now would take its place.
    """
    note = private_notes(session, actor, [session_id]).get(session_id, OwnNote())
    if note.is_shut:
        raise SealedShut
    return note


def own_private_notes(session: Session, actor: Actor) -> list[PrivateNoteRow]:
    """Everything the actor ever noted privately, newest first, also of coaching that is over."""
    found = session.execute(
        select(Engagement.person_id, CoachingSession.held_on, PrivateNote)
        .join(CoachingSession, CoachingSession.id == PrivateNote.session_id)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(_own(actor))
        .order_by(CoachingSession.held_on.desc(), CoachingSession.id)
    )
    notes = [(who, held_on, opened(session, row)) for who, held_on, row in found]
    drafts = session.execute(
        select(Engagement.person_id, SessionDraft)
        .join(Engagement, Engagement.id == SessionDraft.engagement_id)
        .where(policy.clause(actor, Action.READ_PRIVATE_NOTE, author_id=SessionDraft.author_id))
        .order_by(SessionDraft.kept_at.desc(), SessionDraft.id)
    )
    begun = [(who, None, _noted_in(opened_draft(session, row))) for who, row in drafts]
    every = [row for row in (*begun, *notes) if row[2].body or row[2].is_shut]
    named = people_named(session, {who for who, _, _ in every})
    return [
        PrivateNoteRow(person_id=who, person=named[who].name, held_on=held_on, note=note)
        for who, held_on, note in every
    ]


def _noted_in(draft: DraftRow) -> OwnNote:
    return OwnNote(body="".join(draft.lines.get(PRIVATE, [])), is_shut=draft.is_shut)


def _own(actor: Actor) -> ColumnElement[bool]:
    return policy.clause(actor, Action.READ_PRIVATE_NOTE, author_id=PrivateNote.author_id)


def _wanted(actor: Actor) -> Select[CoachingSession, Engagement, str | None]:
    return (
        select(CoachingSession, Engagement, SessionNote.body)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .outerjoin(SessionNote, SessionNote.session_id == CoachingSession.id)
        .where(readable(actor))
        .order_by(
            CoachingSession.held_on.desc(), CoachingSession.logged_at.desc(), CoachingSession.id
        )
    )


def _rows(
    session: Session, wanted: Select[CoachingSession, Engagement, str | None]
) -> list[SessionRow]:
    found = session.execute(wanted).all()
    if not found:
        return []
    competencies: dict[int, list[int]] = {}
    for row in session.scalars(
        select(SessionCompetency)
        .where(SessionCompetency.session_id.in_([held.id for held, *_ in found]))
        .order_by(SessionCompetency.id)
    ):
        competencies.setdefault(row.session_id, []).append(row.competency_id)
    coaches = names_of(session, {engagement.coach_id for _, engagement, _ in found})
    return [
        SessionRow(
            id=held.id,
            engagement_id=engagement.id,
            coach_id=engagement.coach_id,
            coach=coaches.get(engagement.coach_id, FORMER_COACH),
            person_id=engagement.person_id,
            held_on=held.held_on,
            minutes=held.minutes,
            next_on=held.next_on,
            template=Template(held.template),
            follows=held.follows,
            competency_ids=tuple(competencies.get(held.id, ())),
            shared_note=note or "",
            logged_at=held.logged_at,
            logged_by=held.logged_by,
            unsigned_reason=held.unsigned_reason,
        )
        for held, engagement, note in found
    ]
