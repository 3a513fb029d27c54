"""A leader's own page of assignments, and the page of those who answer for some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.assignments import queries
from ldtrack.assignments.domain import (
    OPEN,
    UNANSWERED,
    DebriefKind,
    DebriefTask,
    Pending,
    PlacementRow,
    PlacementState,
    PostingRow,
    is_over,
    open_sides,
)
from ldtrack.assignments.pages.words import Asked, vocabulary
from ldtrack.people.queries import people_named

_MOST_SHOWN = 3
_CAME_TO_NOTHING = (PlacementState.DECLINED, PlacementState.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class MinePage:
    """A leader's placements by where they stand, what is due, and what is open to them."""

    person: str
    current: list[PlacementRow]
    due: list[PlacementRow]
    begun: frozenset[int]
    """The placements on which the reader has begun to look back."""
    peerless: list[PlacementRow]
    waiting: list[PlacementRow]
    offered: list[PlacementRow]
    past: list[PlacementRow]
    missing: dict[int, tuple[DebriefKind, ...]]
    openings: list[PostingRow]
    asks: dict[int, list[Asked]]
    today: date

    def best(self, order: Sequence[int]) -> list[PostingRow]:
        """The first few that are open, in this order if there is one."""
        by_id = {row.id: row for row in self.openings}
        return [by_id[id_] for id_ in list(order or by_id)[:_MOST_SHOWN]]


@dataclass(frozen=True, kw_only=True)
class OwnerPage:
    """What waits for somebody who answers for assignments, and what they answered before."""

    support: list[Pending]
    applied: list[PlacementRow]
    to_start: list[PlacementRow]
    to_confirm: list[PlacementRow]
    claims: list[PlacementRow]
    debriefs: list[DebriefTask]
    running: list[PlacementRow]
    past: list[PlacementRow]
    openings: list[PostingRow]
    """Drafts and proposals of the reader, and what is open and theirs to answer for."""
    names: dict[int, str]


def mine(session: Session, actor: Actor, today: date) -> MinePage:
    """The actor's own page."""
    rows = queries.placements_of(session, actor, actor.person_id or 0, declined=True)
    taken = {row.posting.id for row in rows if row.state in OPEN}
    openings = [
        row
        for row in queries.open_postings(session, actor, today)
        if row.id not in taken and actor.person_id not in row.answerable
    ]
    return _page(session, rows, today, person="", openings=openings)


def of_person(session: Session, actor: Actor, person_id: int, name: str, today: date) -> MinePage:
    """Somebody else's placements, as the actor may see them."""
    rows = queries.placements_of(session, actor, person_id)
    return _page(session, rows, today, person=name, openings=[])


def of_owner(session: Session, actor: Actor, today: date) -> OwnerPage:
    """What the actor answers for."""
    every = queries.answered_for(session, actor)
    rows = [row for row in every if row.state.has_begun]
    over = [row for row in rows if is_over(row.state, row.ends_on, today)]
    to_confirm = [row for row in over if row.outcome is None or not row.outcome.is_proved]
    support = [one for one in queries.asked(session, actor) if one.person_id in actor.manages]
    undecided = [row for row in every if not row.state.has_begun]
    debriefs = [
        task
        for task in queries.debriefs_due(session, actor, today)
        if task.kind is not DebriefKind.LEADER
    ]
    waiting = {row.id for row in to_confirm}
    people = {row.person_id for row in every}
    people |= {task.person_id for task in debriefs} | {one.person_id for one in support}
    return OwnerPage(
        support=support,
        applied=[row for row in undecided if row.state is PlacementState.PROPOSED],
        to_start=[
            row
            for row in undecided
            if row.state is PlacementState.ACCEPTED and row.starts_on <= today
        ],
        to_confirm=[row for row in to_confirm if row.outcome is None],
        claims=[row for row in to_confirm if row.outcome is not None],
        debriefs=debriefs,
        running=[row for row in rows if row not in over],
        past=[row for row in over if row.id not in waiting],
        openings=queries.own_openings(session, actor, today),
        names={row.id: row.name for row in people_named(session, people).values()},
    )


def _page(
    session: Session,
    rows: list[PlacementRow],
    today: date,
    *,
    person: str,
    openings: list[PostingRow],
) -> MinePage:
    words = vocabulary(session, [*openings, *(row.posting for row in rows)])
    over = [row for row in rows if is_over(row.state, row.ends_on, today)]
    return MinePage(
        person=person,
        current=[
            row
            for row in rows
            if (row.state.is_running or row.state is PlacementState.ACCEPTED) and row not in over
        ],
        due=[row for row in reversed(over) if not person and DebriefKind.LEADER not in row.held],
        begun=frozenset(
            row.id for row in over if any(mark.author_id == row.person_id for mark in row.debriefs)
        ),
        peerless=[row for row in over if row.peer_id is None and DebriefKind.PEER not in row.held],
        waiting=[row for row in rows if row.state in UNANSWERED],
        offered=[row for row in rows if row.state is PlacementState.OFFERED],
        past=[
            *over,
            *(row for row in rows if row.state in _CAME_TO_NOTHING),
        ],
        missing={row.id: open_sides(row, today) for row in over},
        openings=openings,
        asks={
            posting.id: words.asks(posting)
            for posting in (*openings, *(row.posting for row in rows))
        },
        today=today,
    )
