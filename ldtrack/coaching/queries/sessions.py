"""Sessions with their shared notes for coach and leader, and private notes for their author."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Select, and_, literal, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH, DraftRow, OwnNote, PrivateNoteRow, SessionRow
from ldtrack.coaching.domain.draft import PRIVATE
from ldtrack.coaching.domain.handover import Handed
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
from ldtrack.people.queries import name_of, people_named


def sessions_of(session: Session, actor: Actor, person_id: int) -> list[SessionRow]:
    """The person's sessions that the actor took part in, newest first; no private notes.

    For a coach also earlier ones that the leader handed over.
    """
    return [
        row
        for row, _ in _rows(session, actor, Engagement.person_id == person_id, part=Handed.SESSIONS)
    ]


def with_own_notes(
    session: Session, actor: Actor, person_id: int
) -> list[tuple[SessionRow, OwnNote]]:
    """The same, each with what the actor noted of it for themselves. One statement."""
    rows = _rows(session, actor, Engagement.person_id == person_id, part=Handed.SESSIONS)
    return [(row, OwnNote() if own is None else opened(session, own)) for row, own in rows]


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
    found = _rows(session, actor, CoachingSession.id == session_id)
    if not found:
        raise NotVisible
    return found[0][0]


def held_with_own_note(
    session: Session, actor: Actor, session_id: int
) -> tuple[SessionRow, OwnNote]:
    """The same with what the actor noted for themselves, to be written on.

    One statement. Raises `SealedShut` as `own_note` does.
    """
    for row, own in _rows(session, actor, CoachingSession.id == session_id):
        return row, _to_write_on(OwnNote() if own is None else opened(session, own))
    raise NotVisible


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
    return _to_write_on(private_notes(session, actor, [session_id]).get(session_id, OwnNote()))


def _to_write_on(note: OwnNote) -> OwnNote:
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


def _rows(
    session: Session, actor: Actor, which: ColumnElement[bool], *, part: Handed | None = None
) -> list[tuple[SessionRow, PrivateNote | None]]:
    """Each with what the actor noted for themselves, still sealed."""
    found = session.execute(
        select(
            CoachingSession,
            Engagement,
            name_of(Engagement.coach_id),
            SessionNote.body,
            PrivateNote,
            SessionCompetency.competency_id,
        )
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .outerjoin(SessionNote, SessionNote.session_id == CoachingSession.id)
        .outerjoin(PrivateNote, and_(PrivateNote.session_id == CoachingSession.id, _own(actor)))
        .outerjoin(SessionCompetency, SessionCompetency.session_id == CoachingSession.id)
        .where(which, readable(actor, part=part))
        .order_by(
            CoachingSession.held_on.desc(),
            CoachingSession.logged_at.desc(),
            CoachingSession.id,
            SessionCompetency.id,
        )
    )
    rows: list[tuple[SessionRow, PrivateNote | None]] = []
    # A row for each competency of a session, one after the other.
    for _, each in groupby(found, key=lambda row: row[0].id):
        of_one = list(each)
        held, engagement, coach, shared, own, _ = of_one[0]
        about = tuple(competency_id for *_, competency_id in of_one if competency_id)
        rows.append((_row(held, engagement, coach, shared, about), own))
    return rows


def _row(
    held: CoachingSession,
    engagement: Engagement,
    coach: str | None,
    shared: str | None,
    about: tuple[int, ...],
) -> SessionRow:
    return SessionRow(
        id=held.id,
        engagement_id=engagement.id,
        coach_id=engagement.coach_id,
        coach=coach or FORMER_COACH,
        person_id=engagement.person_id,
        held_on=held.held_on,
        minutes=held.minutes,
        next_on=held.next_on,
        template=Template(held.template),
        follows=held.follows,
        competency_ids=about,
        shared_note=shared or "",
        logged_at=held.logged_at,
        logged_by=held.logged_by,
        runs=engagement.ends_on is None,
        unsigned_reason=held.unsigned_reason,
    )
