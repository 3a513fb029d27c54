"""Notes of a session: what coach and leader share, and what each keeps for themselves, sealed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.coaching.domain.rules import MOST_NOTE
from ldtrack.coaching.models import CoachingSession, Engagement, PrivateNote, SessionNote
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.sealed import note_place, opened
from ldtrack.coaching.service.found import session_to_change
from ldtrack.core.errors import Conflict, NotVisible, RuleBroken, SealedShut
from ldtrack.db.session import seal_of

_TOO_LONG = "Together the two notes are too long for one; shorten one of them first."


def set_shared(session: Session, held: CoachingSession, author_id: int, body: str) -> None:
    """Write the author's shared note in place of an earlier one; an empty one is none."""
    shared = _shared(session, held.id, author_id)
    if shared is None and body:
        session.add(SessionNote(session_id=held.id, author_id=author_id, body=body))
    elif shared is not None and body:
        shared.body = body
    elif shared is not None:
        session.delete(shared)
    session.flush()


def set_private(
    session: Session, held: CoachingSession, author_id: int, body: str, *, by_itself: bool = False
) -> None:
    """Seal the author's private note in place of an earlier one.

    One that a page saves `by_itself` is no turn of its author's. Raises `SealedShut` without the
    key, and for an earlier one that cannot be opened.
    """
    own = _note(session, held.id, author_id)
    if own is None and not body:
        return
    if own is None:
        own = PrivateNote(session_id=held.id, author_id=author_id, turn=0)
        session.add(own)
    else:
        before = opened(session, own)
        if before.is_shut:
            raise SealedShut
        if by_itself and before.body == body:
            return
    own.sealed = seal_of(session).close(body, *note_place(held.id, author_id))
    own.turn += 0 if by_itself else 1
    session.flush()


def write_own_note(
    session: Session, actor: Actor, session_id: int, body: str, *, seen: int | None = None
) -> int:
    """Write what the actor notes for themselves of a session they took part in.

    A page that saves by itself says which turn it has `seen`; if its author has saved since, it
    comes too late and is a `Conflict`. Returns whose coaching it is.
    """
    found = session.execute(
        select(CoachingSession, Engagement)
        .join(Engagement, Engagement.id == CoachingSession.engagement_id)
        .where(CoachingSession.id == session_id, readable(actor))
    ).first()
    if found is None:
        raise NotVisible
    held, one = found
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=one.person_id,
        owner_id=one.coach_id,
        author_id=actor.person_id,
    )
    policy.require(actor, Action.WRITE_PRIVATE_NOTE, facts)
    if len(body) > MOST_NOTE:
        raise RuleBroken("body", f"Please shorten this to {MOST_NOTE:,} characters.")
    author_id = actor.person_id or 0
    own = _note(session, held.id, author_id)
    turn = 0 if own is None else own.turn
    if seen is not None and seen != turn:
        raise Conflict("You have saved this note since.")
    set_private(session, held, author_id, body, by_itself=seen is not None)
    return one.person_id


def unshare_note(session: Session, actor: Actor, session_id: int) -> int:
    """Take the shared note back at once: it goes into the coach's own. Returns the leader's id."""
    held, one = session_to_change(session, actor, session_id)
    author_id = actor.person_id or 0
    shared = _shared(session, held.id, author_id)
    if shared is None:
        raise Conflict("This session has no shared note any more.")
    own = _note(session, held.id, author_id)
    before = "" if own is None else opened(session, own).body
    both = "\n\n".join(part for part in (before, shared.body) if part)
    if len(both) > MOST_NOTE:
        raise Conflict(_TOO_LONG)
    set_private(session, held, author_id, both)
    session.delete(shared)
    session.flush()
    return one.person_id


def note_own_file(session: Session, actor: Actor, *, now: datetime) -> None:
    """Write down that somebody took a copy of their own coaching; not what was in it."""
    note(
        session,
        account_id=actor.account_id,
        action="coaching.own_record:exported",
        thing="person",
        thing_id=actor.person_id,
        person_id=actor.person_id,
        happened_at=now,
    )


def _shared(session: Session, session_id: int, author_id: int) -> SessionNote | None:
    return session.scalars(
        select(SessionNote).where(
            SessionNote.session_id == session_id, SessionNote.author_id == author_id
        )
    ).first()


def _note(session: Session, session_id: int, author_id: int) -> PrivateNote | None:
    return session.scalars(
        select(PrivateNote).where(
            PrivateNote.session_id == session_id, PrivateNote.author_id == author_id
        )
    ).first()
