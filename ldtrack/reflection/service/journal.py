"""Writing, sharing and deleting journal entries; only their author can."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.competencies.queries import competencies_named
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.reflection.domain.journal import (
    MOST_ABOUT,
    MOST_CHARACTERS,
    UNDO_FOR,
    Draft,
    WriteEntry,
    is_past_undo,
    says_something,
)
from ldtrack.reflection.models import (
    Entry,
    EntryCompetency,
    EntryDraft,
    EntryReader,
)
from ldtrack.reflection.queries import readers_for, step_title


def write(session: Session, actor: Actor, command: WriteEntry, *, now: datetime) -> int:
    """Keep a new entry of the actor's own, dated today unless it says otherwise. Returns its id."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_REFLECTION, facts_of(actor.organisation_id, actor.person_id))
    written_on = command.written_on or now.date()
    if written_on > now.date():
        raise RuleBroken("written_on", "Give a day that is not in the future.")
    if command.step_id is not None and step_title(session, command.step_id) is None:
        raise NotVisible
    _check(session, actor.person_id, command, now.date())
    _forget(session, actor.person_id, now)
    entry = Entry(
        author_id=actor.person_id,
        written_on=written_on,
        written_at=now,
        prompt=command.prompt,
        body=command.body,
        about=command.about,
        step_id=command.step_id,
    )
    session.add(entry)
    session.flush()
    _let_read(session, entry, command.reader_ids)
    _tag(session, entry, command.competency_ids)
    session.execute(delete(EntryDraft).where(EntryDraft.author_id == actor.person_id))
    session.flush()
    return entry.id


def keep_draft(session: Session, actor: Actor, draft: Draft) -> None:
    """Keep what the actor has begun to write, in place of what was kept before."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_REFLECTION, facts_of(actor.organisation_id, actor.person_id))
    row = session.scalar(select(EntryDraft).where(EntryDraft.author_id == actor.person_id))
    if row is None:
        row = EntryDraft(author_id=actor.person_id)
        session.add(row)
    row.body, row.about = draft.body[:MOST_CHARACTERS], draft.about
    row.prompt = draft.prompt
    session.flush()


def rewrite(
    session: Session, actor: Actor, entry_id: int, command: WriteEntry, *, now: datetime
) -> None:
    """Change an entry, what it is about and who may read it; its day and step stay."""
    entry = _own(session, actor, entry_id)
    _check(session, entry.author_id, command, now.date())
    _forget(session, entry.author_id, now)
    entry.body = command.body
    entry.prompt = command.prompt
    entry.about = command.about
    _let_read(session, entry, command.reader_ids)
    _tag(session, entry, command.competency_ids)
    session.flush()


def share(session: Session, actor: Actor, entry_id: int, *, now: datetime) -> None:
    """Let the author's coach of today read the entry, beside whoever may already."""
    entry = _own(session, actor, entry_id)
    possible = readers_for(session, entry.author_id, now.date())
    coaches = {one.id for one in possible if one.kind is RelationshipKind.COACH}
    if not coaches:
        raise RuleBroken("readers", "You have no coach at present whom you could share it with.")
    already = session.scalars(
        select(EntryReader.reader_id).where(EntryReader.entry_id == entry.id)
    ).all()
    still = {one.id for one in possible}.intersection(already)
    _let_read(session, entry, coaches | still)
    session.flush()


def stop_sharing(session: Session, actor: Actor, entry_id: int) -> None:
    """Take the entry back; from here on nobody else finds anything."""
    entry = _own(session, actor, entry_id)
    session.execute(delete(EntryReader).where(EntryReader.entry_id == entry.id))
    session.flush()


def remove(session: Session, actor: Actor, entry_id: int, *, now: datetime) -> None:
    """Delete the entry: nobody sees it any more, and for ten minutes it can be brought back."""
    entry = _own(session, actor, entry_id)
    _forget(session, entry.author_id, now)
    entry.deleted_at = now
    session.flush()


def bring_back(session: Session, actor: Actor, entry_id: int, *, now: datetime) -> None:
    """Undo the deletion, unless its ten minutes are over."""
    entry = _own(session, actor, entry_id, deleted=True)
    if entry.deleted_at is None or is_past_undo(entry.deleted_at, now):
        raise NotVisible
    entry.deleted_at = None
    session.flush()


def _check(session: Session, author_id: int, command: WriteEntry, today: date) -> None:
    if not says_something(command.body, command.prompt):
        raise RuleBroken("body", "Write a line first; one is enough.")
    if len(command.body) > MOST_CHARACTERS:
        raise RuleBroken("body", f"An entry holds at most {MOST_CHARACTERS:,} characters.")
    if len(command.about) > MOST_ABOUT:
        raise RuleBroken("about", f"Use at most {MOST_ABOUT} characters.")
    possible = {one.id for one in readers_for(session, author_id, today)}
    if not possible.issuperset(command.reader_ids):
        raise RuleBroken("readers", "Choose a coach, a sponsor or a peer of today.")
    named = competencies_named(session, command.competency_ids)
    if not named.keys() >= set(command.competency_ids):
        raise NotVisible


def _let_read(session: Session, entry: Entry, readers: Iterable[int]) -> None:
    """Let these and nobody else read it."""
    session.execute(delete(EntryReader).where(EntryReader.entry_id == entry.id))
    session.add_all(EntryReader(entry_id=entry.id, reader_id=id_) for id_ in sorted(set(readers)))


def _tag(session: Session, entry: Entry, competency_ids: Iterable[int]) -> None:
    session.execute(delete(EntryCompetency).where(EntryCompetency.entry_id == entry.id))
    session.add_all(
        EntryCompetency(entry_id=entry.id, competency_id=id_) for id_ in sorted(set(competency_ids))
    )


def _own(session: Session, actor: Actor, entry_id: int, *, deleted: bool = False) -> Entry:
    entry = session.get(Entry, entry_id)
    if entry is None or (entry.deleted_at is not None) is not deleted:
        raise NotVisible
    policy.require_visible(
        actor, Action.WRITE_REFLECTION, facts_of(entry.organisation_id, entry.author_id)
    )
    return entry


def facts_of(organisation_id: int, author_id: int) -> Facts:
    """What the policy asks about something that somebody wrote for themselves."""
    return Facts(organisation_id=organisation_id, person_id=author_id, author_id=author_id)


def _forget(session: Session, author_id: int, now: datetime) -> None:
    """Delete for good what can no longer be brought back."""
    session.execute(
        delete(Entry).where(Entry.author_id == author_id, Entry.deleted_at < now - UNDO_FOR)
    )
