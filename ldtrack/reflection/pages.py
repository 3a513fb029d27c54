"""What the pages of the journal show, put together from queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named, person
from ldtrack.reflection import queries
from ldtrack.reflection.domain import Draft, EntryRow, Prompt, begun_with
from ldtrack.reflection.queries import PAGE, Rhythm


@dataclass(frozen=True, kw_only=True)
class JournalPage:
    """One's own journal; `readers` names the coach of each entry that is shared."""

    entries: list[EntryRow]
    readers: dict[int, str]
    begun: Draft
    rhythm: Rhythm
    coach: PersonRow | None
    step_id: int | None
    step: str
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class SharedPage:
    """What a leader shared with the coach who reads."""

    leader: str
    entries: list[EntryRow]
    page: int
    pages: int
    total: int


def journal_page(
    session: Session,
    actor: Actor,
    today: date,
    *,
    page: int,
    prompt: Prompt,
    step_id: int | None,
) -> JournalPage:
    """The actor's own journal, begun with a prompt or for a step if they ask for it."""
    author_id = actor.person_id or 0
    step = queries.step_title(session, step_id) if step_id is not None else ""
    if step is None:
        raise NotVisible
    entries, total = queries.entries(session, actor, author_id, page=page)
    named = people_named(session, {row.coach_id for row in entries if row.coach_id is not None})
    return JournalPage(
        entries=entries,
        readers={row.id: row.name for row in named.values()},
        begun=begun_with(queries.draft_of(session, actor), prompt),
        rhythm=queries.rhythm(session, actor, today),
        coach=queries.coach_of(session, author_id, today),
        step_id=step_id,
        step=step,
        page=page,
        pages=_pages(total),
        total=total,
    )


def shared_page(session: Session, actor: Actor, leader_id: int, *, page: int) -> SharedPage:
    """What the leader shared with the actor; `NotVisible` unless the actor coaches them."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=leader_id, shared=True)
    policy.require_visible(actor, Action.READ_REFLECTION, facts)
    entries, total = queries.entries(session, actor, leader_id, page=page)
    return SharedPage(
        leader=person(session, actor, leader_id).name,
        entries=entries,
        page=page,
        pages=_pages(total),
        total=total,
    )


def _pages(total: int) -> int:
    return max(1, ceil(total / PAGE))
