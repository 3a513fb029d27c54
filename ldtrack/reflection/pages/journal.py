"""What the pages of the journal show, put together from queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import asked_of, competencies_named
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import people_named
from ldtrack.reflection import queries
from ldtrack.reflection.domain.journal import Draft, EntryRow, Prompt, Reader, Rhythm, begun_with
from ldtrack.reflection.domain.takeaways import TakeawayRow
from ldtrack.reflection.pages.readers import read_by
from ldtrack.reflection.queries import PAGE


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry in a list: who reads it now, who no longer does, and what it is about."""

    entry: EntryRow
    readers: tuple[str, ...]
    former: tuple[str, ...]
    competencies: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What an entry can be shared with and be about; `readers` and `competencies` to tick."""

    readers: tuple[Reader, ...]
    competencies: tuple[CompetencyRow, ...]

    @property
    def coaches(self) -> str:
        """The coach, by name; '' if there is none."""
        return " and ".join(r.name for r in self.readers if r.kind is RelationshipKind.COACH)


@dataclass(frozen=True, kw_only=True)
class JournalPage:
    """One's own journal, or what of it is about one competency."""

    lines: list[Line]
    begun: Draft
    rhythm: Rhythm
    writing: Writing
    step_id: int | None
    step: str
    competency: CompetencyRow | None
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class SharedPage:
    """What a leader shared with the coach, sponsor or peer who reads."""

    leader: str
    rhythm: Rhythm | None
    lines: list[Line]
    takeaways: list[TakeawayRow]
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
    about: str,
    step_id: int | None,
    competency_id: int | None,
) -> JournalPage:
    """The actor's own journal, begun with a prompt or for a step if they ask for it."""
    author_id = actor.person_id or 0
    step = queries.step_title(session, step_id) if step_id is not None else ""
    writing = writing_of(session, actor, today, () if competency_id is None else (competency_id,))
    known = {row.id: row for row in writing.competencies}
    rhythm = queries.rhythm(session, actor, author_id, today)
    if step is None or rhythm is None or not known.keys() >= {competency_id} - {None}:
        raise NotVisible
    entries, total = queries.entries(
        session, actor, author_id, page=page, competency_id=competency_id
    )
    draft = queries.draft_of(session, actor)
    return JournalPage(
        lines=_lines(session, entries, writing.readers, known),
        begun=begun_with(replace(draft, about=about or draft.about), prompt),
        rhythm=rhythm,
        writing=writing,
        step_id=step_id,
        step=step,
        competency=known.get(competency_id or 0),
        page=page,
        pages=_pages(total),
        total=total,
    )


def writing_of(session: Session, actor: Actor, today: date, also: Collection[int] = ()) -> Writing:
    """Whom the actor could let read today, and the competencies of their role and `also`."""
    profiles, _ = asked_of(session, [actor.job_profile], today)
    role = profiles.get(actor.job_profile)
    return Writing(
        readers=tuple(queries.readers_for(session, actor.person_id or 0, today)),
        competencies=tuple(
            competencies_named(session, {*(role.targets if role else ()), *also}).values()
        ),
    )


def shared_page(
    session: Session, actor: Actor, leader_id: int, today: date, *, page: int
) -> SharedPage:
    """What the leader shared with the actor; `NotVisible` unless they are related."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=leader_id, shared=True)
    policy.require_visible(actor, Action.READ_REFLECTION, facts)
    entries, total = queries.entries(session, actor, leader_id, page=page)
    return SharedPage(
        leader=people_named(session, [leader_id])[leader_id].name,
        rhythm=queries.rhythm(session, actor, leader_id, today),
        lines=_lines(session, entries, None, {}),
        takeaways=queries.takeaways_shared(session, actor, leader_id) if page == 1 else [],
        page=page,
        pages=_pages(total),
        total=total,
    )


def _lines(
    session: Session,
    entries: list[EntryRow],
    readers: Collection[Reader] | None,
    known: Mapping[int, CompetencyRow],
) -> list[Line]:
    """The entries with words; who else reads them is told to their author, who gives `readers`."""
    tagged = {id_ for row in entries for id_ in row.competency_ids}
    named = {**known, **competencies_named(session, tagged - known.keys())}
    names = read_by(session, entries, readers)
    return [
        Line(
            entry=row,
            readers=names.now(row),
            former=names.before(row),
            competencies=tuple(named[id_].name for id_ in row.competency_ids if id_ in named),
        )
        for row in entries
    ]


def _pages(total: int) -> int:
    return max(1, ceil(total / PAGE))
