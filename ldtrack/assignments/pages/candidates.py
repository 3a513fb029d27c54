"""The page of those who applied for an opening, for whoever decides about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments import queries
from ldtrack.assignments.domain import (
    HOLDS_PLACE,
    ActKind,
    ActRow,
    PlacementState,
    PostingRow,
    StandingRow,
    support_in,
)
from ldtrack.assignments.queries import OpenPerson
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who applied or was placed; `acts` is what was done, first things first."""

    row: StandingRow
    name: str
    acts: list[ActRow]

    @property
    def support(self) -> ActRow | None:
        """The line manager's word on the application."""
        return support_in(self.acts)

    @property
    def latest(self) -> ActRow | None:
        """What was done last."""
        return self.acts[-1] if self.acts else None


@dataclass(frozen=True, kw_only=True)
class CandidatesPage:
    """Who applied, waits, holds a place, or did not come to it; `names` by person."""

    posting: PostingRow
    applied: dict[int, Candidate]
    listed: list[Candidate]
    placed: list[Candidate]
    past: list[Candidate]
    open_to: dict[int, OpenPerson]
    """Who did not apply and is open to offers of this kind, by person."""
    addresses: dict[int, str]
    """Where those can be written to."""
    names: dict[int, str]
    n_free: int
    today: date

    def waiting(self, placement_id: int) -> Candidate:
        """Who waits for an answer on this application, else `NotVisible`."""
        waiting = (*self.applied.values(), *self.listed)
        found = next((one for one in waiting if one.row.id == placement_id), None)
        if found is None:
            raise NotVisible
        return found

    @property
    def placements(self) -> list[StandingRow]:
        """The placements of everybody who waits for an answer."""
        return [one.row for one in (*self.applied.values(), *self.listed)]


def candidates_page(session: Session, actor: Actor, posting_id: int, today: date) -> CandidatesPage:
    """Everybody who applied for an opening, for HR and those who answer for it."""
    posting = queries.posting(session, actor, posting_id)
    owner_id = actor.person_id if actor.person_id in posting.answerable else posting.owner_id
    if not posting.state.is_public:
        raise NotVisible
    facts = Facts(organisation_id=actor.organisation_id, owner_id=owner_id)
    policy.require(actor, Action.DECIDE_PLACEMENT, facts)
    rows = queries.placements_at(session, actor, posting_id)
    open_people = queries.open_people(session, actor, posting, today)
    acts = queries.acts_of(session, actor, [row.id for row in rows])
    people = {row.person_id for row in rows} | {one.person_id for one in open_people}
    people |= {act.by_id for done in acts.values() for act in done if act.by_id is not None}
    named = people_named(session, people)
    names = {row.id: row.name for row in named.values()}
    found = [
        Candidate(row=row, name=names[row.person_id], acts=acts.get(row.id, [])) for row in rows
    ]
    placed = [one for one in found if one.row.state in HOLDS_PLACE]
    return CandidatesPage(
        posting=posting,
        applied={
            one.row.person_id: one for one in found if one.row.state is PlacementState.PROPOSED
        },
        listed=sorted(
            (one for one in found if one.row.state is PlacementState.LISTED), key=_listed_on
        ),
        placed=placed,
        past=[one for one in found if one.row.state not in _PRESENT],
        open_to={one.person_id: one for one in open_people},
        addresses={one.person_id: named[one.person_id].email for one in open_people},
        names=names,
        n_free=max(0, posting.places - len(placed)),
        today=today,
    )


_PRESENT = (PlacementState.PROPOSED, PlacementState.LISTED, *HOLDS_PLACE)


def _listed_on(one: Candidate) -> date:
    return next(act.done_on for act in one.acts if act.kind is ActKind.LISTED)
