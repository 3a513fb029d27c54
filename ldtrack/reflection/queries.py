"""Reading the journal: one's own entries, and those a leader shared with the coach who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, column, false, func, literal, select, table
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import holders_of
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import organisation_of
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named
from ldtrack.reflection.domain import Draft, EntryRow, Prompt, weeks_with_an_entry
from ldtrack.reflection.models import Entry, EntryDraft

PAGE = 20
_RHYTHM_WEEKS = 4

# Named by string, as the foreign key does: pathways lie above this room.
_STEP = table("step", column("id"), column("organisation_id"), column("title"))


def entries(
    session: Session, actor: Actor, author_id: int, *, page: int = 1
) -> tuple[list[EntryRow], int]:
    """A page of an author's entries that the actor may see, newest first, and their number."""
    which = and_(Entry.author_id == author_id, _visible(actor))
    total = session.scalar(select(func.count()).select_from(Entry).where(which)) or 0
    return _rows(session, which, limit=PAGE, offset=(max(page, 1) - 1) * PAGE), total


def entry(session: Session, actor: Actor, entry_id: int) -> EntryRow:
    """One entry, else `NotVisible`."""
    found = _rows(session, and_(Entry.id == entry_id, _visible(actor)), limit=1)
    if not found:
        raise NotVisible
    return found[0]


def reflected(people: Collection[int]) -> Select[str, int, int | None, int, date]:
    """The steps of a pathway that people wrote about, each with the first day, as a statement.

    Nothing of what was written; the caller checked who is asking. Columns: a word, the person, the
    step, nothing, the day.
    """
    return (
        select(
            literal("reflection"),
            Entry.author_id,
            Entry.step_id,
            literal(0),
            func.min(Entry.written_on),
        )
        .where(
            Entry.author_id.in_(sorted(set(people))),
            Entry.deleted_at.is_(None),
            Entry.step_id.is_not(None),
        )
        .group_by(Entry.author_id, Entry.step_id)
    )


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """In how many of the last weeks somebody wrote."""

    written: int
    weeks: int


def rhythm(session: Session, actor: Actor, today: date) -> Rhythm:
    """The actor's own rhythm over four weeks."""
    days = session.scalars(
        select(Entry.written_on).where(
            Entry.author_id == actor.person_id,
            Entry.deleted_at.is_(None),
            Entry.written_on > today - timedelta(weeks=_RHYTHM_WEEKS),
        )
    )
    return Rhythm(written=weeks_with_an_entry(days, today, _RHYTHM_WEEKS), weeks=_RHYTHM_WEEKS)


def draft_of(session: Session, actor: Actor) -> Draft:
    """What the actor has begun to write; an empty one if nothing."""
    row = session.scalar(select(EntryDraft).where(EntryDraft.author_id == (actor.person_id or 0)))
    return Draft(body=row.body, prompt=Prompt(row.prompt)) if row is not None else Draft()


def coach_of(session: Session, author_id: int, today: date) -> PersonRow | None:
    """Whom the author could share with today; the latest begun, if there are several."""
    coach_id = holders_of(session, [author_id], RelationshipKind.COACH, today).get(author_id)
    return people_named(session, [coach_id])[coach_id] if coach_id else None


def step_title(session: Session, step_id: int) -> str | None:
    """The title of a pathway's step; `None` if this organisation has no such step."""
    return session.execute(
        select(_STEP.c.title).where(
            _STEP.c.id == step_id, _STEP.c.organisation_id == organisation_of(session)
        )
    ).scalar_one_or_none()


def _visible(actor: Actor) -> ColumnElement[bool]:
    # A later coach is a new reader: what was shared with an earlier one stays with that one.
    with_the_actor = (
        and_(Entry.shared_with_coach, Entry.coach_id == actor.person_id)
        if actor.person_id is not None
        else false()
    )
    return and_(
        Entry.deleted_at.is_(None),
        policy.clause(
            actor,
            Action.READ_REFLECTION,
            author_id=Entry.author_id,
            person_id=Entry.author_id,
            shared=with_the_actor,
        ),
    )


def _rows(
    session: Session, which: ColumnElement[bool], *, limit: int, offset: int = 0
) -> list[EntryRow]:
    rows = session.execute(
        select(Entry, _STEP.c.title)
        .outerjoin(
            _STEP,
            and_(_STEP.c.id == Entry.step_id, _STEP.c.organisation_id == Entry.organisation_id),
        )
        .where(which)
        .order_by(Entry.written_on.desc(), Entry.written_at.desc(), Entry.id)
        .limit(limit)
        .offset(offset)
    )
    return [
        EntryRow(
            id=row.id,
            author_id=row.author_id,
            written_on=row.written_on,
            prompt=Prompt(row.prompt),
            body=row.body,
            shared=row.shared_with_coach,
            coach_id=row.coach_id,
            step_id=row.step_id,
            step=step or "",
        )
        for row, step in rows
    ]
