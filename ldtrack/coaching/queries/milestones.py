"""Milestones and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, literal, select, true
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import NOT_AGREED, MilestoneRow, MilestoneState, SponsorSees
from ldtrack.coaching.models import Milestone, MilestoneOrigin
from ldtrack.coaching.queries.handed import may_read_milestone
from ldtrack.coaching.queries.holding import sponsor_sees
from ldtrack.coaching.queries.origins import origin_of, origin_row

SOONEST_FIRST = (
    Milestone.due_on.is_(None),
    Milestone.due_on,
    Milestone.title,
    Milestone.id,
)


def milestones_of(session: Session, actor: Actor, person_id: int) -> list[MilestoneRow]:
    """The person's agreed milestones that the actor may see, soonest due first.

    What is only proposed counts nowhere and is read by the two alone. A coach sees those of their
    own coaching and what was handed over to them. A sponsor sees those of coaching, and only if
    that was agreed; HR sees none, only counts.
    """
    # What was agreed matters to a sponsor alone.
    agreed = person_id in actor.sponsors and SponsorSees.MILESTONES in sponsor_sees(
        session, person_id
    )
    found = session.execute(
        select(Milestone, MilestoneOrigin)
        .select_from(Milestone)
        .outerjoin(MilestoneOrigin, origin_of(actor))
        .where(
            Milestone.person_id == person_id,
            Milestone.state.not_in(NOT_AGREED),
            may_read_milestone(actor, agreed),
        )
        .order_by(*SOONEST_FIRST)
    )
    return [row_of(one, origin) for one, origin in found]


def milestones_for(session: Session, competency_ids: Collection[int]) -> dict[int, int]:
    """How many milestones were ever agreed on each competency, dropped ones aside.

    Numbers only, for the whole organisation, so it asks for no actor.
    """
    found = session.execute(
        select(Milestone.competency_id, func.count())
        .where(
            Milestone.competency_id.in_(sorted(set(competency_ids))),
            Milestone.state.not_in((MilestoneState.DROPPED, *NOT_AGREED)),
        )
        .group_by(Milestone.competency_id)
    )
    return dict(found.all())


def milestone_counts(session: Session, engagement_id: int) -> dict[MilestoneState, int]:
    """How many agreed milestones of an engagement stand where; for one already found visible."""
    found = session.execute(
        select(Milestone.state, func.count())
        .where(Milestone.engagement_id == engagement_id, Milestone.state.not_in(NOT_AGREED))
        .group_by(Milestone.state)
    ).all()
    return dict.fromkeys(MilestoneState, 0) | {
        MilestoneState(state): number for state, number in found
    }


def met(people: Collection[int]) -> Select[str, int, int | None, int, date | None]:
    """A statement for the pathway steps whose milestone each person met, and when.

    Columns: a word, the person, the step, the level, the day. For people whose progress the caller
    was already allowed to see; says no title.
    """
    return select(
        literal("milestone"),
        Milestone.person_id,
        Milestone.step_id,
        Milestone.level,
        Milestone.met_on,
    ).where(
        Milestone.person_id.in_(sorted(set(people))),
        Milestone.step_id.is_not(None),
        Milestone.met_on.is_not(None),
        Milestone.state == MilestoneState.MET,
    )


def steps_planned(session: Session, person_id: int) -> set[int]:
    """The pathway steps that have a milestone with this person, whatever became of it.

    For a person whose progress the caller was already allowed to see; says no title.
    """
    steps = session.scalars(select(Milestone.step_id).where(Milestone.person_id == person_id))
    return {step_id for step_id in steps if step_id is not None}


def without_day(session: Session, person_id: int | None = None) -> dict[int, set[int]]:
    """By person, the pathway steps whose milestone is planned and has no due day.

    Of one person or of everybody; for the pathways that gave them, says no title.
    """
    rows = session.execute(
        select(Milestone.person_id, Milestone.step_id).where(
            Milestone.state == MilestoneState.PLANNED,
            Milestone.step_id.is_not(None),
            Milestone.due_on.is_(None),
            true() if person_id is None else Milestone.person_id == person_id,
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for each, step_id in rows:
        found[each].add(step_id or 0)
    return dict(found)


def row_of(one: Milestone, origin: MilestoneOrigin | None = None) -> MilestoneRow:
    """One milestone, for whoever found it visible, and its origin with it."""
    state = MilestoneState(one.state)
    return MilestoneRow(
        id=one.id,
        engagement_id=one.engagement_id,
        person_id=one.person_id,
        competency_id=one.competency_id,
        title=one.title,
        level=one.level,
        due_on=one.due_on,
        met_on=one.met_on,
        state=state,
        step_id=one.step_id,
        moved_in_id=one.moved_in_id,
        origin=None if origin is None else origin_row(origin, state),
    )
