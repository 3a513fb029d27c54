"""Saying what a parked activity is and who a parked learner is, once for all that follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.models import ActivityMatch, Course, LearnerMatch, Statement
from ldtrack.courses.service.statements.flowing import flow, flow_keys, keys_of
from ldtrack.courses.service.statements.knowing import activities_known, learners_known
from ldtrack.people.queries import people_here


def match_activity(
    session: Session, actor: Actor, activity_id: str, course_id: int | None, *, now: datetime
) -> int:
    """An activity is this course, or none of ours; what waits for it flows in.

    Returns how many statements wait no more for it.
    """
    _require(actor)
    if course_id is not None and session.get(Course, course_id) is None:
        raise RuleBroken("course", "There is no such course here.")
    row = session.scalars(
        select(ActivityMatch).where(ActivityMatch.activity_id == activity_id)
    ).one_or_none() or ActivityMatch(activity_id=activity_id)
    row.course_id = course_id
    session.add(row)
    waiting = _about(session, activity_id=activity_id, matched=False)
    aside = _learners_aside(session)
    for statement in waiting:
        statement.course_id = course_id
        statement.set_aside = course_id is None or statement.actor_key in aside
    session.flush()
    flow(session, actor, waiting, now=now)
    _note(session, actor, "match_activity", row.id, now)
    return len(waiting)


def match_learner(
    session: Session, actor: Actor, actor_key: str, person_id: int | None, *, now: datetime
) -> int:
    """A learner is this person, or nobody of ours; what waits for them flows in, likewise."""
    _require(actor)
    if person_id is not None and not people_here(session, [person_id]):
        raise RuleBroken("who", "There is nobody like that here.")
    row = session.scalars(
        select(LearnerMatch).where(LearnerMatch.actor_key == actor_key)
    ).one_or_none() or LearnerMatch(actor_key=actor_key)
    row.person_id = person_id
    session.add(row)
    waiting = _of(session, actor_key=actor_key, matched=False)
    aside = _activities_aside(session)
    for statement in waiting:
        statement.person_id = person_id
        statement.set_aside = person_id is None or statement.activity_id in aside
    session.flush()
    flow(session, actor, waiting, now=now)
    _note(session, actor, "match_learner", row.id, now)
    return len(waiting)


def look_again(session: Session, actor: Actor, *, now: datetime) -> int:
    """See whether what waits is known by now, because somebody or some course was added since.

    Returns how many statements wait no more.
    """
    _require(actor)
    unknown = or_(Statement.course_id.is_(None), Statement.person_id.is_(None))
    waiting = session.scalars(
        select(Statement).where(unknown, ~Statement.set_aside, Statement.voided_at.is_(None))
    ).all()
    courses = activities_known(session, {row.activity_id: row.activity_name for row in waiting})
    people = learners_known(session, {row.actor_key for row in waiting})
    for row in waiting:
        if row.course_id is None and (course := courses.get(row.activity_id)):
            row.course_id = course.ours
        if row.person_id is None and (person := people.get(row.actor_key)):
            row.person_id = person.ours
    placed = [row for row in waiting if row.course_id is not None and row.person_id is not None]
    session.flush()
    flow(session, actor, placed, now=now)
    return len(placed)


def forget_activity(session: Session, actor: Actor, match_id: int, *, now: datetime) -> None:
    """Take back which course an activity is: its statements wait again, its completions go."""
    _require(actor)
    row = session.get(ActivityMatch, match_id)
    if row is None:
        raise NotVisible
    activity_id = row.activity_id
    session.delete(row)
    matched = _about(session, activity_id=activity_id, matched=True)
    keys = keys_of(matched)
    aside = _learners_aside(session)
    for statement in matched:
        statement.course_id, statement.set_aside = None, statement.actor_key in aside
    session.flush()
    flow_keys(session, actor, keys, now=now)
    _note(session, actor, "forget_activity", match_id, now)


def forget_learner(session: Session, actor: Actor, match_id: int, *, now: datetime) -> None:
    """Take back who a learner is, likewise."""
    _require(actor)
    row = session.get(LearnerMatch, match_id)
    if row is None:
        raise NotVisible
    actor_key = row.actor_key
    session.delete(row)
    matched = _of(session, actor_key=actor_key, matched=True)
    keys = keys_of(matched)
    aside = _activities_aside(session)
    for statement in matched:
        statement.person_id, statement.set_aside = None, statement.activity_id in aside
    session.flush()
    flow_keys(session, actor, keys, now=now)
    _note(session, actor, "forget_learner", match_id, now)


def _about(session: Session, *, activity_id: str, matched: bool) -> Sequence[Statement]:
    wanted = select(Statement).where(Statement.activity_id == activity_id)
    if not matched:
        wanted = wanted.where(Statement.course_id.is_(None))
    return session.scalars(wanted).all()


def _of(session: Session, *, actor_key: str, matched: bool) -> Sequence[Statement]:
    wanted = select(Statement).where(Statement.actor_key == actor_key)
    if not matched:
        wanted = wanted.where(Statement.person_id.is_(None))
    return session.scalars(wanted).all()


def _learners_aside(session: Session) -> set[str]:
    wanted = select(LearnerMatch.actor_key).where(LearnerMatch.person_id.is_(None))
    return set(session.scalars(wanted))


def _activities_aside(session: Session) -> set[str]:
    wanted = select(ActivityMatch.activity_id).where(ActivityMatch.course_id.is_(None))
    return set(session.scalars(wanted))


def _require(actor: Actor) -> None:
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))


def _note(session: Session, actor: Actor, what: str, match_id: int, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"courses.statement:{what}",
        thing="statement",
        thing_id=match_id,
        happened_at=now,
    )
    session.flush()
