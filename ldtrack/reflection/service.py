"""Writing, sharing and deleting journal entries; only their author can."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.reflection.domain import (
    MOST_CHARACTERS,
    UNDO_FOR,
    Draft,
    WriteEntry,
    is_past_undo,
    says_something,
)
from ldtrack.reflection.models import Entry, EntryDraft
from ldtrack.reflection.queries import coach_of, step_title


def write(session: Session, actor: Actor, command: WriteEntry, *, now: datetime) -> int:
    """Keep a new entry of the actor's own, dated today unless it says otherwise. Returns its id."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_REFLECTION, _facts(actor.organisation_id, actor.person_id))
    written_on = command.written_on or now.date()
    if written_on > now.date():
        raise RuleBroken("written_on", "Give a day that is not in the future.")
    if command.step_id is not None and step_title(session, command.step_id) is None:
        raise NotVisible
    _check(command)
    _forget(session, actor.person_id, now)
    entry = Entry(
        author_id=actor.person_id,
        written_on=written_on,
        written_at=now,
        prompt=command.prompt,
        body=command.body,
        step_id=command.step_id,
    )
    _set_sharing(session, entry, shared=command.shared, today=now.date())
    session.add(entry)
    session.execute(delete(EntryDraft).where(EntryDraft.author_id == actor.person_id))
    session.flush()
    return entry.id


def keep_draft(session: Session, actor: Actor, draft: Draft) -> None:
    """Keep what the actor has begun to write, in place of what was kept before."""
    if actor.person_id is None:
        raise NotVisible
    policy.require(actor, Action.WRITE_REFLECTION, _facts(actor.organisation_id, actor.person_id))
    row = session.scalar(select(EntryDraft).where(EntryDraft.author_id == actor.person_id))
    if row is None:
        row = EntryDraft(author_id=actor.person_id)
        session.add(row)
    row.body, row.prompt = draft.body[:MOST_CHARACTERS], draft.prompt
    session.flush()


def rewrite(
    session: Session, actor: Actor, entry_id: int, command: WriteEntry, *, now: datetime
) -> None:
    """Change the text of an entry and who may read it; its day and step stay."""
    entry = _own(session, actor, entry_id)
    _check(command)
    _forget(session, entry.author_id, now)
    entry.body = command.body
    entry.prompt = command.prompt
    _set_sharing(session, entry, shared=command.shared, today=now.date())
    session.flush()


def share(session: Session, actor: Actor, entry_id: int, *, now: datetime) -> None:
    """Let the author's coach of today read the entry."""
    _set_sharing(session, _own(session, actor, entry_id), shared=True, today=now.date())
    session.flush()


def stop_sharing(session: Session, actor: Actor, entry_id: int) -> None:
    """Take the entry back; from here on the coach finds nothing."""
    entry = _own(session, actor, entry_id)
    entry.shared_with_coach, entry.coach_id = False, None
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


def _check(command: WriteEntry) -> None:
    if not says_something(command.body, command.prompt):
        raise RuleBroken("body", "Write a line first; one is enough.")
    if len(command.body) > MOST_CHARACTERS:
        raise RuleBroken("body", f"An entry holds at most {MOST_CHARACTERS:,} characters.")


def _set_sharing(session: Session, entry: Entry, *, shared: bool, today: date) -> None:
    if not shared:
        entry.shared_with_coach, entry.coach_id = False, None
        return
    coach = coach_of(session, entry.author_id, today)
    if coach is None:
        raise RuleBroken("shared", "You have no coach at present whom you could share it with.")
    entry.shared_with_coach, entry.coach_id = True, coach.id


def _own(session: Session, actor: Actor, entry_id: int, *, deleted: bool = False) -> Entry:
    entry = session.get(Entry, entry_id)
    if entry is None or (entry.deleted_at is not None) is not deleted:
        raise NotVisible
    policy.require_visible(
        actor, Action.WRITE_REFLECTION, _facts(entry.organisation_id, entry.author_id)
    )
    return entry


def _facts(organisation_id: int, author_id: int) -> Facts:
    return Facts(organisation_id=organisation_id, person_id=author_id, author_id=author_id)


def _forget(session: Session, author_id: int, now: datetime) -> None:
    """Delete for good what can no longer be brought back."""
    session.execute(
        delete(Entry).where(Entry.author_id == author_id, Entry.deleted_at < now - UNDO_FOR)
    )
