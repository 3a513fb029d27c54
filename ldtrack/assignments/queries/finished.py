"""Placements that were completed and answered for, as rooms above count them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from ldtrack.assignments.domain import BEGUN, RUNNING, DebriefKind, PlacementState
from ldtrack.assignments.models import Debrief, Outcome, Placement, Posting, PostingCompetency

_YEARS = 3
"""How far back counts as lately."""


def finished(people: Collection[int]) -> Select[str, int, int, int, date | None]:
    """A statement for each person's completed placements with an outcome or the leader's debrief.

    Columns: a word, the person, the placement, its opening, the last day. Nothing of what was
    written; the caller checked who is asking.
    """
    return select(
        literal("placement"),
        Placement.person_id,
        Placement.id,
        Placement.posting_id,
        Placement.ends_on,
    ).where(*_finished(people))


def placed_before(
    session: Session, people: Collection[int], today: date
) -> dict[int, tuple[date, int]]:
    """When each of these people last began an assignment, and how many began since three years.

    The caller checked that the actor may know it. One statement.
    """
    since = today.replace(year=today.year - _YEARS, day=min(today.day, 28))
    rows = session.execute(
        select(
            Placement.person_id,
            func.max(Placement.starts_on),
            func.count().filter(Placement.starts_on >= since),
        )
        .where(
            Placement.person_id.in_(sorted(set(people))),
            Placement.state.in_(BEGUN),
            Placement.starts_on <= today,
        )
        .group_by(Placement.person_id)
    )
    return {person_id: (last_on, n) for person_id, last_on, n in rows}


def worked_on(person_id: int, since: date) -> Select[str, date | None, str]:
    """A statement for a person's assignments that ended since then: a word, the day, the title.

    The caller checked that it is the person who asks.
    """
    return (
        select(literal("assignment"), Placement.ends_on, Posting.title)
        .join(Posting, Posting.id == Placement.posting_id)
        .where(
            Placement.person_id == person_id,
            Placement.state.in_((PlacementState.COMPLETED, *RUNNING)),
            Placement.ends_on >= since,
        )
    )


def developed(people: Collection[int]) -> Select[str, int, int, int, date | None]:
    """A statement for what those placements developed: the competency stands for the opening."""
    return (
        select(
            literal("developed"),
            Placement.person_id,
            Placement.id,
            PostingCompetency.competency_id,
            Placement.ends_on,
        )
        .join(PostingCompetency, PostingCompetency.posting_id == Placement.posting_id)
        .where(*_finished(people))
    )


def _finished(people: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    answered = or_(
        exists().where(Outcome.placement_id == Placement.id),
        exists().where(
            Debrief.placement_id == Placement.id,
            Debrief.kind == DebriefKind.LEADER,
            Debrief.held_on.is_not(None),
        ),
    )
    return (
        Placement.person_id.in_(sorted(set(people))),
        # One whose last day has come may be answered for before anybody ends it.
        Placement.state.in_((PlacementState.COMPLETED, *RUNNING)),
        Placement.ends_on.is_not(None),
        answered,
    )
