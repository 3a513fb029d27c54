"""Reading the journal: one's own entries, and those an author shared with whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.db.session import organisation_of
from ldtrack.reflection.domain.journal import (
    Draft,
    EntryRow,
    Prompt,
)
from ldtrack.reflection.models import (
    Entry,
    EntryCompetency,
    EntryDraft,
    EntryReader,
)

PAGE = 20
IS_THERE = Entry.deleted_at.is_(None)

# Named by string, as the foreign key does: pathways lie above this room.
_STEP = table("step", column("id"), column("organisation_id"), column("title"))


def entries(
    session: Session,
    actor: Actor,
    author_id: int,
    *,
    page: int = 1,
    competency_id: int | None = None,
) -> tuple[list[EntryRow], int]:
    """A page of an author's entries that the actor may see, newest first, and their number."""
    which = and_(Entry.author_id == author_id, may_read_entry(actor))
    if competency_id is not None:
        tagged = exists().where(
            EntryCompetency.entry_id == Entry.id, EntryCompetency.competency_id == competency_id
        )
        which = and_(which, tagged)
    total = session.scalar(select(func.count()).select_from(Entry).where(which)) or 0
    return _rows(session, which, limit=PAGE, offset=(max(page, 1) - 1) * PAGE), total


def own_entries(session: Session, actor: Actor) -> list[EntryRow]:
    """All of the actor's own entries, newest first."""
    own = and_(Entry.author_id == (actor.person_id or 0), may_read_entry(actor))
    return _rows(session, own, limit=None)


def entry(session: Session, actor: Actor, entry_id: int) -> EntryRow:
    """One entry, else `NotVisible`."""
    found = _rows(session, and_(Entry.id == entry_id, may_read_entry(actor)), limit=1)
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


def about_competency(session: Session, actor: Actor, competency_id: int) -> int:
    """How many of the actor's own entries they say are about a competency."""
    tagged = select(func.count()).select_from(Entry).join(EntryCompetency)
    return (
        session.scalar(
            tagged.where(
                EntryCompetency.competency_id == competency_id,
                Entry.author_id == actor.person_id,
                IS_THERE,
            )
        )
        or 0
    )


def written_about(person_id: int, since: date) -> Select[str, date, str]:
    """A statement for what a person's entries since a day look back on: a word, the day, the line.

    The caller checked that it is the person who asks.
    """
    return select(literal("entry"), Entry.written_on, Entry.about).where(
        Entry.author_id == person_id, Entry.written_on >= since, Entry.about != "", IS_THERE
    )


def draft_of(session: Session, actor: Actor) -> Draft:
    """What the actor has begun to write; an empty one if nothing."""
    row = session.scalar(select(EntryDraft).where(EntryDraft.author_id == (actor.person_id or 0)))
    if row is None:
        return Draft()
    return Draft(body=row.body, about=row.about, prompt=Prompt(row.prompt))


def step_title(session: Session, step_id: int) -> str | None:
    """The title of a pathway's step; `None` if this organisation has no such step."""
    return session.execute(
        select(_STEP.c.title).where(
            _STEP.c.id == step_id, _STEP.c.organisation_id == organisation_of(session)
        )
    ).scalar_one_or_none()


def may_read_entry(actor: Actor) -> ColumnElement[bool]:
    """Which entries the actor may read, as a condition."""
    # Who coaches or sponsors the author later is a new reader: the author has to name them.
    with_the_actor = (
        exists().where(EntryReader.entry_id == Entry.id, EntryReader.reader_id == actor.person_id)
        if actor.person_id is not None
        else false()
    )
    return and_(
        IS_THERE,
        policy.clause(
            actor,
            Action.READ_REFLECTION,
            author_id=Entry.author_id,
            person_id=Entry.author_id,
            shared=with_the_actor,
        ),
    )


def _rows(
    session: Session, which: ColumnElement[bool], *, limit: int | None, offset: int = 0
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
    found = rows.all()
    beside = _beside(session, [row.id for row, _ in found])
    return [
        EntryRow(
            id=row.id,
            author_id=row.author_id,
            written_on=row.written_on,
            prompt=Prompt(row.prompt),
            body=row.body,
            about=step or row.about,
            step_id=row.step_id,
            reader_ids=tuple(beside.get((row.id, "reader"), ())),
            competency_ids=tuple(beside.get((row.id, "competency"), ())),
        )
        for row, step in found
    ]


def _beside(session: Session, entry_ids: Sequence[int]) -> dict[tuple[int, str], list[int]]:
    """By entry and word, the readers and the competencies that stand beside entries."""
    if not entry_ids:
        return {}
    found: dict[tuple[int, str], list[int]] = {}
    both: CompoundSelect[int, str, int] = union_all(
        select(EntryReader.entry_id, literal("reader"), EntryReader.reader_id).where(
            EntryReader.entry_id.in_(entry_ids)
        ),
        select(
            EntryCompetency.entry_id, literal("competency"), EntryCompetency.competency_id
        ).where(EntryCompetency.entry_id.in_(entry_ids)),
    )
    for entry_id, word, other_id in sorted(session.execute(both)):
        found.setdefault((entry_id, word), []).append(other_id)
    return found
