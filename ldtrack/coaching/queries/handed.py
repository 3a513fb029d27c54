"""What a coach may read of coaching with those before them: what the leader handed over."""

from __future__ import annotations

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, literal, or_, select
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import FORMER_COACH
from ldtrack.coaching.domain.handover import Handed, HandoverRow, PeriodRow
from ldtrack.coaching.models import Engagement, Handover, Milestone
from ldtrack.coaching.queries.counted import sessions_held
from ldtrack.people.queries import name_of


def handed(
    actor: Actor, part: Handed, of_id: SQLColumnExpression[int | None]
) -> ColumnElement[bool]:
    """Whether this part of an engagement was handed over to the actor, who coaches now."""
    now = aliased(Engagement)
    return exists().where(
        Handover.of_id == of_id,
        {
            Handed.GOALS: Handover.goals,
            Handed.SESSIONS: Handover.sessions,
            Handed.ACTIONS: Handover.actions,
        }[part],
        now.id == Handover.engagement_id,
        now.coach_id == (actor.person_id or 0),
        now.ends_on.is_(None),
    )


def may_read_milestone(actor: Actor, agreed: bool = False) -> ColumnElement[bool]:
    """The clause for milestones; `agreed` if the leader lets their sponsor see those of coaching.

    A goal that the leader set without a coach, and what a pathway asks for, belong to no coach, so
    there is nothing to hand over.
    """
    its = aliased(Engagement)
    coach_id = select(its.coach_id).where(its.id == Milestone.engagement_id).scalar_subquery()
    return policy.clause(
        actor,
        Action.READ_MILESTONE,
        person_id=Milestone.person_id,
        owner_id=coach_id,
        handed=or_(
            Milestone.engagement_id.is_(None),
            Milestone.step_id.is_not(None),
            handed(actor, Handed.GOALS, Milestone.engagement_id),
        ),
        # What was set without a coach is in no coaching that an agreement could be about.
        agreed=literal(agreed) & Milestone.engagement_id.is_not(None),
    )


def handover_to(session: Session, actor: Actor, engagement_id: int) -> HandoverRow | None:
    """What the leader handed over to the coach of a running engagement; for the leader alone.

    `None` where there was no coaching with anybody else before. One statement.
    """
    now = aliased(Engagement)
    rows = session.execute(
        select(name_of(Engagement.coach_id), Handover)
        .select_from(Engagement)
        .join(now, now.person_id == Engagement.person_id)
        .outerjoin(Handover, (Handover.of_id == Engagement.id) & (Handover.engagement_id == now.id))
        .where(
            now.id == engagement_id,
            before(now),
            policy.clause(actor, Action.HAND_OVER, person_id=Engagement.person_id),
        )
        .order_by(Engagement.starts_on, Engagement.id)
    ).all()
    if not rows:
        return None
    # The outer join leaves the decision out, which its type does not say.
    every: list[Handover | None] = [row for _, row in rows]
    decided = [row for row in every if row is not None]
    return HandoverRow(
        coaches=tuple(dict.fromkeys(coach or FORMER_COACH for coach, _ in rows)),
        parts=frozenset(
            part for part in Handed if any(getattr(row, part.value) for row in decided)
        ),
        decided_at=max((row.decided_at for row in decided), default=None),
    )


def before(now: type[Engagement]) -> ColumnElement[bool]:
    """The clause for ended coaching of the same leader with somebody else."""
    return (
        (Engagement.person_id == now.person_id)
        & (Engagement.id != now.id)
        & Engagement.ends_on.is_not(None)
        & or_(Engagement.coach_id.is_(None), Engagement.coach_id != now.coach_id)
    )


def periods_of(session: Session, actor: Actor, engagement_id: int) -> list[PeriodRow]:
    """The times of all coaches of one coaching that changed hands, the first first; HR's."""
    mine = aliased(Engagement)
    rows = session.execute(
        select(Engagement, name_of(Engagement.coach_id), sessions_held())
        .join(mine, mine.person_id == Engagement.person_id)
        .where(
            mine.id == engagement_id,
            policy.clause(actor, Action.OPEN_ENGAGEMENT, person_id=Engagement.person_id),
        )
        .order_by(Engagement.starts_on, Engagement.id)
    ).all()
    chain = {engagement_id}
    # Each is followed by one at most, so going both ways through them finds them all.
    for one, *_ in (*rows, *reversed(rows)):
        if one.follows_id in chain:
            chain.add(one.id)
        elif one.id in chain and one.follows_id is not None:
            chain.add(one.follows_id)
    return [
        PeriodRow(
            engagement_id=one.id,
            coach=coach or FORMER_COACH,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            n_held=n_held,
        )
        for one, coach, n_held in rows
        if one.id in chain
    ]
