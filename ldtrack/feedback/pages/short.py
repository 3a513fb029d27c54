"""Pages of short feedback: everything of one's own, whom it is for, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind
from ldtrack.access.queries import holders_of, relationships_of
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, IndicatorRow, ScaleRow
from ldtrack.core.errors import NotVisible
from ldtrack.feedback.domain.short import RequestRow, ShortRow
from ldtrack.feedback.queries import short
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import colleagues, people_named, with_account


@dataclass(frozen=True, kw_only=True)
class ShortPage:
    """One's own short feedback; `coach` is whom it can be shared with, if there is one."""

    asked_for: tuple[RequestRow, ...]
    asked_by: tuple[RequestRow, ...]
    received: tuple[ShortRow, ...]
    given: tuple[ShortRow, ...]
    n_received: int
    page: int
    pages: int
    coach: PersonRow | None
    may_ask: bool
    now: datetime

    @property
    def shown(self) -> tuple[ShortRow, ...]:
        """What was received and not hidden."""
        return tuple(row for row in self.received if not row.is_hidden)

    @property
    def hidden(self) -> tuple[ShortRow, ...]:
        """What was received and hidden."""
        return tuple(row for row in self.received if row.is_hidden)


@dataclass(frozen=True, kw_only=True)
class WhomPage:
    """Colleagues to choose from: those one works with, and those that a search found."""

    near: tuple[PersonRow, ...]
    found: tuple[PersonRow, ...]
    search: str


@dataclass(frozen=True, kw_only=True)
class AboutPage:
    """First the competency is chosen, then one of its behaviours."""

    other: PersonRow
    focus: tuple[CompetencyRow, ...]
    others: tuple[CompetencyRow, ...]
    competency: CompetencyRow | None
    scale: ScaleRow | None
    behaviours: tuple[IndicatorRow, ...]


@dataclass(frozen=True, kw_only=True)
class SharedShortPage:
    """What a leader shared with their coach."""

    leader: str
    rows: tuple[ShortRow, ...]
    page: int
    pages: int
    total: int


def short_page(session: Session, actor: Actor, now: datetime, *, page: int) -> ShortPage:
    """Everything that is the actor's own."""
    received, n_received = short.received(session, actor, page=page)
    given, _ = short.given(session, actor)
    coaches = holders_of(session, [actor.person_id or 0], RelationshipKind.COACH, now.date())
    coach_id = coaches.get(actor.person_id or 0)
    return ShortPage(
        asked_for=tuple(short.asked_for(session, actor)),
        asked_by=tuple(short.asked_by(session, actor)),
        received=tuple(received),
        given=tuple(given),
        n_received=n_received,
        page=page,
        pages=_pages(n_received),
        coach=people_named(session, [coach_id])[coach_id] if coach_id else None,
        may_ask=policy.could(actor, Action.ASK_FOR_SHORT),
        now=now,
    )


def whom_page(session: Session, actor: Actor, today: date, *, search: str) -> WhomPage:
    """Whom the actor works with today, or whoever matches the search."""
    found = colleagues(session, actor, search=search) if search else []
    near: list[PersonRow] = []
    if not search:
        known = relationships_of(session, actor.person_id or 0, today)
        ids = with_account(session, {row.other_id for row in known})
        near = list(people_named(session, ids).values())
    return WhomPage(near=tuple(near), found=tuple(found), search=search)


def about_page(
    session: Session,
    actor: Actor,
    other_id: int,
    about_id: int,
    competency_id: int | None,
    today: date,
) -> AboutPage:
    """What feedback about a person could be on; `other_id` is the colleague who is chosen."""
    if other_id == actor.person_id or other_id not in with_account(session, [other_id]):
        raise NotVisible
    people = people_named(session, {other_id, about_id})
    if competency_id is None:
        focus, others = _offered(session, people[about_id].job_profile, today)
        return AboutPage(
            other=people[other_id],
            focus=focus,
            others=others,
            competency=None,
            scale=None,
            behaviours=(),
        )
    competency = competencies.competency(session, competency_id)
    rows = competencies.indicators(session, [competency.id])
    return AboutPage(
        other=people[other_id],
        focus=(),
        others=(),
        competency=competency,
        scale=competencies.scale(session, competency.framework_version_id),
        behaviours=tuple(row for row in rows if row.effective),
    )


def shared_page(session: Session, actor: Actor, leader_id: int, *, page: int) -> SharedShortPage:
    """What the leader shared with the actor; `NotVisible` unless the actor coaches them."""
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=leader_id,
        owner_id=actor.person_id,
        shared=True,
    )
    policy.require_visible(actor, Action.READ_SHORT, facts)
    rows, total = short.shared_by(session, actor, leader_id, page=page)
    return SharedShortPage(
        leader=people_named(session, [leader_id])[leader_id].name,
        rows=tuple(rows),
        page=page,
        pages=_pages(total),
        total=total,
    )


def _offered(
    session: Session, job_profile: str, today: date
) -> tuple[tuple[CompetencyRow, ...], tuple[CompetencyRow, ...]]:
    """What the role asks for, then the rest of the frameworks in force."""
    role = competencies.asked_now(session, job_profile, today)
    wanted = set(role.targets) if role else set()
    named = competencies.competencies_named(session, wanted).values()
    versions = {row.framework_version_id for row in named} or {_newest(session) or 0} - {0}
    every = [
        row for version in sorted(versions) for row in competencies.competencies(session, version)
    ]
    focus = tuple(row for row in every if row.id in wanted)
    return focus, tuple(row for row in every if row.id not in wanted)


def _newest(session: Session) -> int | None:
    published = competencies.published_frameworks(session)
    return published[-1].framework_version_id if published else None


def _pages(total: int) -> int:
    return max(1, ceil(total / short.PAGE))
