"""What HR sees when a coach and a leader are brought together: who is sought, and who suits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain.matching import (
    MOST_FOCUS,
    CoachFacts,
    LookedFor,
    Match,
    Refusal,
    Sought,
    in_order,
)
from ldtrack.competencies.queries import competencies_named, competencies_on_offer
from ldtrack.core.errors import NotVisible
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.languages import language_words
from ldtrack.people.queries import directory, locales_of, person
from ldtrack.ui.fields import Option

BelowTarget = Callable[[Actor, PersonRow], Iterable[int]]
"""The competencies in which a leader is furthest from what their role asks for."""


@dataclass(frozen=True, kw_only=True)
class BringTogetherPage:
    """First who is to be coached, found by a search; then what they look for, and who suits."""

    leader: PersonRow | None
    search: str
    found: tuple[PersonRow, ...] = ()
    focus: tuple[Option, ...] = ()
    sought: Sought = field(default_factory=Sought)
    coaches: tuple[Match, ...] = ()
    full: tuple[CoachFacts, ...] = ()
    to_renew: tuple[CoachFacts, ...] = ()
    may_open_account: bool


def leaders_to_coach(session: Session, actor: Actor, search: str) -> BringTogetherPage:
    """People to choose the leader from."""
    return BringTogetherPage(
        leader=None,
        search=search,
        found=tuple(directory(session, actor, search=search)[0]),
        may_open_account=policy.could(actor, Action.WRITE_ACCOUNT),
    )


def leader_to_coach(session: Session, actor: Actor, leader_id: int) -> PersonRow:
    """The leader, else `NotVisible`."""
    leader = person(session, actor, leader_id)
    if not leader.active:
        raise NotVisible
    return leader


def coaches_to_choose_from(
    session: Session, actor: Actor, leader: PersonRow, looked_for: LookedFor, today: date
) -> BringTogetherPage:
    """The coaches who may coach a leader, those first who suit best what is looked for."""
    offered = competencies_on_offer(session)
    names = {row.id: row.name for row, _ in offered}
    sought = Sought(
        # One name may stand in two editions; it is looked for once.
        focus=tuple(dict.fromkeys(names[one] for one in looked_for.focus if one in names)),
        language=looked_for.language,
    )
    coaches = queries.coaches_for(session, leader, today)
    return BringTogetherPage(
        leader=leader,
        search="",
        focus=tuple(Option(id=row.id, label=row.name, group=head) for row, head in offered),
        sought=sought,
        coaches=tuple(in_order(coaches, sought)),
        full=tuple(one for one in coaches if one.refusal is Refusal.FULL),
        to_renew=tuple(one for one in coaches if one.refusal is Refusal.ENDED),
        may_open_account=policy.could(actor, Action.WRITE_ACCOUNT),
    )


def known_of(
    session: Session, actor: Actor, leader: PersonRow, below_target: BelowTarget
) -> LookedFor:
    """What a leader may look for, from what HR knows anyway: nothing that coach and leader share.

    The goals of their last agreement; without one, where they are furthest from what their role
    asks for. The language is that of the mails to them.
    """
    goals = queries.goals_agreed(session, actor, leader.id)
    return LookedFor(
        focus=_on_offer(session, goals) if goals else tuple(below_target(actor, leader)),
        language=language_words(locales_of(session, [leader.id]).get(leader.id, "")),
    )


def _on_offer(session: Session, goals: Iterable[int]) -> tuple[int, ...]:
    """The same competencies, by their names, in the editions that are on offer by now."""
    offered = {row.name: row.id for row, _ in competencies_on_offer(session)}
    named = competencies_named(session, goals)
    found = [offered[row.name] for row in named.values() if row.name in offered]
    return tuple(found[:MOST_FOCUS])
