"""Linking one course with one competency, from wherever the two are seen together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.competencies.queries import competency, scale
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.models import Course, CourseCompetency


def let_course_develop(
    session: Session,
    actor: Actor,
    course_id: int,
    competency_id: int,
    level: int,
    *,
    now: datetime,
) -> None:
    """Say that a course develops a competency, or at which other level; the rest stays."""
    course = _course(session, actor, course_id)
    row = competency(session, competency_id)
    levels = scale(session, row.framework_version_id)
    if level not in {one.value for one in levels.levels}:
        raise RuleBroken("level", f"{row.name} has levels from {levels.lo} to {levels.hi}.")
    link = _link(session, course_id, competency_id)
    if link is None:
        link = CourseCompetency(course_id=course_id, competency_id=competency_id)
        session.add(link)
    link.level = level
    session.flush()
    _note(session, actor, course, f"develops {row.name} at level {level}", now)


def let_course_develop_no_more(
    session: Session, actor: Actor, course_id: int, competency_id: int, *, now: datetime
) -> None:
    """Take the link away; what earlier completions said about levels stays."""
    course = _course(session, actor, course_id)
    link = _link(session, course_id, competency_id)
    if link is None:
        raise NotVisible
    session.delete(link)
    session.flush()
    name = competency(session, competency_id).name
    _note(session, actor, course, f"develops {name} no longer", now)


def _course(session: Session, actor: Actor, course_id: int) -> Course:
    policy.require(actor, Action.WRITE_COURSE, Facts(organisation_id=actor.organisation_id))
    found = session.get(Course, course_id)
    if found is None:
        raise NotVisible
    return found


def _link(session: Session, course_id: int, competency_id: int) -> CourseCompetency | None:
    return session.scalar(
        select(CourseCompetency).where(
            CourseCompetency.course_id == course_id,
            CourseCompetency.competency_id == competency_id,
        )
    )


def _note(session: Session, actor: Actor, course: Course, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_COURSE.value,
        thing="course",
        thing_id=course.id,
        happened_at=now,
        reason=what,
    )
