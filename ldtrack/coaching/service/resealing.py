"""Sealing anew what was sealed: for another author's record, or with the newest key."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session, aliased

from ldtrack.coaching.models import CalendarFeed, PrivateNote, SessionDraft, SessionNote
from ldtrack.coaching.queries.appointments import feed_place
from ldtrack.coaching.queries.sealed import draft_place, note_place
from ldtrack.core.errors import SealedShut
from ldtrack.db.session import seal_of
from ldtrack.people.domain.joining import Pair


@dataclass(frozen=True, kw_only=True)
class Resealed:
    """How many notes and drafts were sealed anew, and how many no key at hand opens."""

    n_notes: int
    n_drafts: int
    n_shut: int


def reseal(session: Session) -> Resealed:
    """Seal every private note, draft and calendar's address with the newest key.

    What does not open stays as it is, for the day on which its key is back.
    """
    notes = [
        _renewed(session, row, note_place(row.session_id, row.author_id))
        for row in session.scalars(select(PrivateNote).order_by(PrivateNote.id)).all()
    ]
    drafts = [
        _renewed(session, row, draft_place(row.engagement_id, row.author_id))
        for row in session.scalars(select(SessionDraft).order_by(SessionDraft.id)).all()
    ]
    feeds = [
        _renewed(session, row, feed_place(row.person_id))
        for row in session.scalars(select(CalendarFeed).order_by(CalendarFeed.id)).all()
    ]
    session.flush()
    n_shut = [*notes, *drafts, *feeds].count(False)
    return Resealed(n_notes=sum(notes), n_drafts=sum(drafts), n_shut=n_shut)


def _renewed(
    session: Session, row: PrivateNote | SessionDraft | CalendarFeed, place: tuple[object, ...]
) -> bool:
    try:
        _move(session, row, place, place)
    except SealedShut:
        return False
    return True


def unite_notes(session: Session, pair: Pair) -> None:
    """Notes of one session become one text; private ones are sealed for the record that stays."""
    goes, stays = aliased(SessionNote), aliased(SessionNote)
    for one, other in session.execute(
        select(goes, stays)
        .join(stays, stays.session_id == goes.session_id)
        .where(goes.author_id == pair.goes, stays.author_id == pair.stays)
    ).all():
        other.body = f"{other.body}\n\n{one.body}"
        session.delete(one)
    _unite_private(session, pair)


def _unite_private(session: Session, pair: Pair) -> None:
    goes, stays = aliased(PrivateNote), aliased(PrivateNote)
    seal = seal_of(session)
    for one, other in session.execute(
        select(goes, stays)
        .outerjoin(stays, and_(stays.session_id == goes.session_id, stays.author_id == pair.stays))
        .where(goes.author_id == pair.goes)
    ).all():
        place = note_place(one.session_id, pair.stays)
        if other is None:
            _move(session, one, note_place(one.session_id, pair.goes), place)
            one.author_id = pair.stays
            continue
        first = seal.open(other.sealed, *place)
        second = seal.open(one.sealed, *note_place(one.session_id, pair.goes))
        both = "\n\n".join(part for part in (first, second) if part)
        other.sealed = seal.close(both, *place)
        session.delete(one)
    session.flush()


def pass_drafts(session: Session, pair: Pair) -> None:
    """Of two drafts for one engagement the one that stays remains; others pass, sealed anew."""
    theirs = select(SessionDraft.engagement_id).where(SessionDraft.author_id == pair.stays)
    session.execute(
        delete(SessionDraft).where(
            SessionDraft.author_id == pair.goes, SessionDraft.engagement_id.in_(theirs)
        )
    )
    for row in session.scalars(select(SessionDraft).where(SessionDraft.author_id == pair.goes)):
        _move(
            session,
            row,
            draft_place(row.engagement_id, pair.goes),
            draft_place(row.engagement_id, pair.stays),
        )
        row.author_id = pair.stays


def pass_feed(session: Session, pair: Pair) -> None:
    """The address of a calendar passes, sealed anew, unless the record that stays has its own."""
    feeds = {
        row.person_id: row
        for row in session.scalars(
            select(CalendarFeed).where(CalendarFeed.person_id.in_(pair.both))
        )
    }
    goes = feeds.get(pair.goes)
    if goes is None:
        return
    if pair.stays in feeds:
        session.delete(goes)
    else:
        _move(session, goes, feed_place(pair.goes), feed_place(pair.stays))
        goes.person_id = pair.stays
    session.flush()


def _move(
    session: Session,
    row: PrivateNote | SessionDraft | CalendarFeed,
    place: tuple[object, ...],
    to: tuple[object, ...],
) -> None:
    seal = seal_of(session)
    row.sealed = seal.close(seal.open(row.sealed, *place), *to)
