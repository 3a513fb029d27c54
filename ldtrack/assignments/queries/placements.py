"""Placements with their outcomes; what was written in debriefs is read elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.assignments.domain import (
    BEGUN,
    Contribution,
    DebriefKind,
    DebriefMark,
    ObservedLevel,
    OutcomeRow,
    PlacementRow,
    PlacementState,
)
from ldtrack.assignments.models import Debrief, Outcome, OutcomeRating, Placement, Posting
from ldtrack.assignments.queries.postings import develops_of, row_of
from ldtrack.assignments.queries.visible import is_over, may
from ldtrack.core.errors import NotVisible
from ldtrack.db.types import Instant
from ldtrack.people.queries import name_of

MOST = 200
OUTCOME = "outcome"
_LATEST_FIRST = (Placement.starts_on.desc(), Posting.title, Placement.id)


def placements_of(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    agreed: bool = False,
    declined: bool = False,
) -> list[PlacementRow]:
    """A person's placements that the actor may see, latest first.

    `agreed` says that the leader agreed to show them to their sponsor. Applications that were
    declined are left out unless asked for.
    """
    visible = may(actor, Action.READ_PLACEMENT, agreed=agreed)
    came_to_nothing = (PlacementState.DECLINED, PlacementState.WITHDRAWN)
    left_out = () if declined else (Placement.state.not_in(came_to_nothing),)
    return _rows(session, Placement.person_id == person_id, visible, *left_out)


def placement(session: Session, actor: Actor, placement_id: int) -> PlacementRow:
    """One placement, else `NotVisible`."""
    visible = may(actor, Action.READ_PLACEMENT)
    found = _rows(session, Placement.id == placement_id, visible)
    if not found:
        raise NotVisible
    return found[0]


def waiting_for_hr(session: Session, actor: Actor, today: date) -> list[PlacementRow]:
    """Applications without an answer, and what is over without a proved outcome, latest first.

    As far as the actor may see.
    """
    unproved = and_(is_over(today), _is_unproved())
    waits = or_(Placement.state == PlacementState.PROPOSED, unproved)
    return _rows(session, may(actor, Action.READ_PLACEMENT), waits)


def outcomes_to_confirm(session: Session, actor: Actor, today: date) -> list[PlacementRow]:
    """Placements that are over, for which the actor answers and whose outcome is not proved."""
    mine = may(actor, Action.CONFIRM_OUTCOME)
    return _rows(session, mine, is_over(today), _is_unproved(), _is_not_own(actor))


def outcomes_asked_of(
    actor: Actor, today: date
) -> Select[str, int, int, int, str, str | None, date | None, datetime | None]:
    """A statement for the same: a word, their order, ids of placement and person, the title, the
    person's name, the last day, and no instant."""
    return (
        select(
            literal(OUTCOME),
            func.row_number().over(order_by=_LATEST_FIRST),
            Placement.id,
            Placement.person_id,
            Posting.title,
            name_of(Placement.person_id),
            Placement.ends_on,
            cast_to(null(), Instant),
        )
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(Outcome, Outcome.placement_id == Placement.id)
        .where(
            may(actor, Action.CONFIRM_OUTCOME),
            is_over(today),
            _is_unproved(),
            _is_not_own(actor),
        )
    )


def answered_for(session: Session, actor: Actor) -> list[PlacementRow]:
    """Placements for which the actor answers, latest first: begun, accepted, or to be answered."""
    wanted = (*BEGUN, PlacementState.PROPOSED, PlacementState.ACCEPTED)
    mine = may(actor, Action.CONFIRM_OUTCOME)
    return _rows(session, mine, Placement.state.in_(wanted), _is_not_own(actor))


def _is_unproved() -> ColumnElement[bool]:
    return or_(Outcome.id.is_(None), Outcome.proof == "")


def _is_not_own(actor: Actor) -> ColumnElement[bool]:
    return Placement.person_id != (actor.person_id or 0)


def _rows(session: Session, *which: ColumnElement[bool]) -> list[PlacementRow]:
    rows = session.execute(
        select(Placement, Posting, Outcome)
        .join(Posting, Posting.id == Placement.posting_id)
        .outerjoin(Outcome, Outcome.placement_id == Placement.id)
        .where(*which)
        .order_by(*_LATEST_FIRST)
        .limit(MOST)
    )
    # The outer join leaves the outcome out, which its type does not say.
    found = [(placed, posting, cast(Outcome | None, outcome)) for placed, posting, outcome in rows]
    develops = develops_of(session, {posting.id for _, posting, _ in found})
    observed, marks = _written(
        session,
        {outcome.id for _, _, outcome in found if outcome},
        # Nobody looks back on what never began.
        {row.id for row, _, _ in found if row.state in BEGUN},
    )
    return [
        PlacementRow(
            id=placement.id,
            person_id=placement.person_id,
            state=PlacementState(placement.state),
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
            motive=placement.motive,
            reason=placement.reason,
            peer_id=placement.peer_id,
            posting=row_of(posting, develops.get(posting.id, ())),
            outcome=_outcome(outcome, observed.get(outcome.id, [])) if outcome else None,
            debriefs=tuple(marks.get(placement.id, ())),
        )
        for placement, posting, outcome in found
    ]


def _outcome(row: Outcome, observed: Iterable[ObservedLevel]) -> OutcomeRow:
    return OutcomeRow(
        id=row.id,
        delivered=row.delivered,
        proof=row.proof,
        contribution=Contribution(row.contribution),
        outside=row.outside,
        confirmed_by=row.confirmed_by,
        confirmed_on=row.confirmed_on,
        observed=tuple(observed),
    )


def _written(
    session: Session, outcome_ids: Collection[int], placement_ids: Collection[int]
) -> tuple[dict[int, list[ObservedLevel]], dict[int, list[DebriefMark]]]:
    """The levels seen by outcome, and who looks or looked back by placement. One statement."""
    observed: dict[int, list[ObservedLevel]] = {}
    marks: dict[int, list[DebriefMark]] = {}
    if not outcome_ids and not placement_ids:
        return observed, marks
    seen = select(
        literal("").label("kind"),
        OutcomeRating.outcome_id.label("of"),
        OutcomeRating.competency_id.label("by"),
        OutcomeRating.level.label("level"),
        cast_to(null(), Date).label("held_on"),
        OutcomeRating.id.label("id"),
    ).where(OutcomeRating.outcome_id.in_(sorted(outcome_ids)))
    held = select(
        cast_to(Debrief.kind, String),
        Debrief.placement_id,
        Debrief.author_id,
        literal(0.0),
        Debrief.held_on,
        Debrief.id,
    ).where(Debrief.placement_id.in_(sorted(placement_ids)))
    both = union_all(seen, held).subquery()
    for kind, of, by, level, held_on, _ in session.execute(
        select(both).order_by(both.c.level.desc(), both.c.held_on, both.c.id)
    ):
        if kind:
            mark = DebriefMark(kind=DebriefKind(kind), author_id=by, held_on=held_on)
            marks.setdefault(of, []).append(mark)
        else:
            observed.setdefault(of, []).append(ObservedLevel(competency_id=by, level=level))
    return observed, marks
