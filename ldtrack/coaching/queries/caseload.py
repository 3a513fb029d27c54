"""A coach's leaders at a glance, in statements that do not grow with their number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.coaching.domain import CaseloadRow, MilestoneState
from ldtrack.coaching.models import CoachingAction, CoachingSession, Engagement, Milestone
from ldtrack.coaching.queries.counted import sessions_held
from ldtrack.coaching.queries.engagements import readable
from ldtrack.coaching.queries.handed import may_read_milestone
from ldtrack.coaching.queries.proposals import n_to_answer
from ldtrack.people.queries import people_named


def caseload(session: Session, actor: Actor) -> list[CaseloadRow]:
    """One row for each running engagement of the coach, by name; three statements in all."""
    found = session.execute(
        select(
            Engagement,
            sessions_held(),
            _last_on(),
            next_session_on(),
            _open_actions(),
            n_to_answer(actor),
        )
        .where(Engagement.ends_on.is_(None), readable(actor, Action.LOG_SESSION))
        .order_by(Engagement.starts_on, Engagement.id)
    ).all()
    people = {one.person_id for one, *_ in found}
    due = _due(session, actor, people)
    named = people_named(session, people)
    rows = [
        CaseloadRow(
            engagement_id=one.id,
            person_id=one.person_id,
            name=named[one.person_id].name,
            starts_on=one.starts_on,
            n_held=n_held,
            n_agreed=one.sessions_agreed,
            last_on=last_on,
            next_on=next_on if n_held else one.first_on,
            n_open_actions=n_open,
            n_to_answer=n_asked,
            milestones_due_on=tuple(due.get(one.person_id, ())),
        )
        for one, n_held, last_on, next_on, n_open, n_asked in found
    ]
    return sorted(rows, key=lambda row: row.name)


def _last_on() -> ScalarSelect[date]:
    return (
        select(func.max(CoachingSession.held_on))
        .where(CoachingSession.engagement_id == Engagement.id)
        .scalar_subquery()
    )


def next_session_on() -> ScalarSelect[date | None]:
    """The day that the latest session of `Engagement` named for the next one."""
    return (
        select(CoachingSession.next_on)
        .where(CoachingSession.engagement_id == Engagement.id)
        .order_by(
            CoachingSession.held_on.desc(), CoachingSession.logged_at.desc(), CoachingSession.id
        )
        .limit(1)
        .scalar_subquery()
    )


def _open_actions() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(CoachingAction)
        .where(CoachingAction.engagement_id == Engagement.id, CoachingAction.settled_on.is_(None))
        .scalar_subquery()
    )


def _due(session: Session, actor: Actor, people: set[int]) -> dict[int, list[date]]:
    due: dict[int, list[date]] = {}
    for person_id, due_on in session.execute(
        select(Milestone.person_id, Milestone.due_on)
        .where(
            Milestone.person_id.in_(sorted(people)),
            Milestone.state == MilestoneState.PLANNED,
            Milestone.due_on.is_not(None),
            may_read_milestone(actor),
        )
        .order_by(Milestone.due_on, Milestone.id)
    ):
        if due_on is not None:
            due.setdefault(person_id, []).append(due_on)
    return due
