"""The page of one placement: what was promised, what came of it, who looked back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments import queries
from ldtrack.assignments.domain import (
    ActRow,
    DebriefKind,
    DebriefRow,
    PlacementRow,
    is_debriefed,
    is_over,
    open_sides,
)
from ldtrack.assignments.pages.words import Asked, Vocabulary, vocabulary
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import people_named, with_account
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class PlacementPage:
    """One placement; `side` is the reader's part in it, `missing` the debriefs still to come."""

    placement: PlacementRow
    person: str
    names: dict[int, str]
    asks: list[Asked]
    seen: list[tuple[str, float, str]]
    debriefs: list[DebriefRow]
    missing: tuple[DebriefKind, ...]
    is_over: bool
    is_debriefed: bool
    is_own: bool
    answers: bool
    may_decide: bool
    own_debrief_due: bool
    without_account: list[str]
    """Those of whom a look back is missing and who cannot sign in, by name."""
    acts: list[ActRow]

    @property
    def ran(self) -> bool:
        """Whether the person was placed at all."""
        return self.placement.state.has_begun


def placement_page(session: Session, actor: Actor, placement_id: int, today: date) -> PlacementPage:
    """One placement as the actor may see it, else `NotVisible`."""
    placement = queries.placement(session, actor, placement_id)
    posting = placement.posting
    words = vocabulary(session, [posting])
    marks = {mark.author_id for mark in placement.debriefs}
    confirmer = placement.outcome.confirmed_by if placement.outcome else None
    acts = queries.acts_of(session, actor, [placement_id]).get(placement_id, [])
    people = {placement.person_id, placement.peer_id, confirmer} | posting.answerable | marks
    people |= {act.by_id for act in acts}
    named = people_named(session, {one for one in people if one is not None})
    missing = open_sides(placement, today)
    is_own = placement.person_id == actor.person_id
    answers = actor.person_id in posting.answerable and not is_own
    side = _side(is_own=is_own, answers=answers)
    return PlacementPage(
        placement=placement,
        person=named[placement.person_id].name,
        names={row.id: row.name for row in named.values()},
        asks=words.asks(posting),
        seen=_seen(placement, words),
        debriefs=[
            row
            for row in queries.debriefs_of(session, actor, placement_id)
            if row.held_on is not None
        ],
        missing=missing,
        is_over=is_over(placement.state, placement.ends_on, today),
        is_debriefed=is_debriefed(placement.held),
        is_own=is_own,
        answers=answers,
        may_decide=not is_own and (answers or policy.could(actor, Action.WRITE_POSTING)),
        own_debrief_due=side in missing,
        without_account=_without_account(session, placement, missing, named),
        acts=acts,
    )


def levels_on_offer(
    session: Session, placement: PlacementRow
) -> tuple[list[tuple[int, str]], dict[int, list[Option]]]:
    """What the owner is asked to judge, and the levels that there are for each."""
    words = vocabulary(session, [placement.posting])
    asked = [(one.competency_id, one.name) for one in words.asks(placement.posting)]
    levels = {
        competency_id: [
            Option(id=str(level.value), label=str(level.value), note=level.label)
            for level in words.scale_of(competency_id).levels
        ]
        for competency_id, _ in asked
    }
    return asked, levels


def _without_account(
    session: Session,
    placement: PlacementRow,
    missing: tuple[DebriefKind, ...],
    named: Mapping[int, PersonRow],
) -> list[str]:
    asked = set(placement.posting.answerable) if DebriefKind.SPONSOR in missing else set()
    if DebriefKind.PEER in missing and placement.peer_id is not None:
        asked.add(placement.peer_id)
    reached = with_account(session, asked) if asked else set()
    return sorted(named[one].name for one in asked - reached)


def _side(*, is_own: bool, answers: bool) -> DebriefKind | None:
    if is_own:
        return DebriefKind.LEADER
    return DebriefKind.SPONSOR if answers else None


def _seen(placement: PlacementRow, words: Vocabulary) -> list[tuple[str, float, str]]:
    if placement.outcome is None:
        return []
    return [
        (
            words.name(one.competency_id),
            one.level,
            words.word(one.competency_id, one.level),
        )
        for one in placement.outcome.observed
    ]
