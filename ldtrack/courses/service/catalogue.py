"""Keeping the catalogue: what is offered and what it develops."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies.queries import competencies_named, scale
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.domain import AddCourse
from ldtrack.courses.models import Course, CourseCompetency
from ldtrack.people.queries import people_named

_CURRENCY = re.compile("[A-Z]{3}")


def add_course(session: Session, actor: Actor, command: AddCourse, *, now: datetime) -> int:
    """Put a course into the catalogue. Returns its id."""
    _require_write(actor)
    course = Course(code=command.code)
    _write(session, course, command)
    return course.id


def change_course(
    session: Session, actor: Actor, course_id: int, command: AddCourse, *, now: datetime
) -> None:
    """Change a course; what its earlier completions said about levels stays as it was."""
    _require_write(actor)
    _write(session, _course(session, course_id), command)


def archive_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> None:
    """Take a course out of the catalogue; completions and what they said remain."""
    _require_write(actor)
    course = _course(session, course_id)
    course.archived_on = course.archived_on or now.date()
    session.flush()


def restore_course(session: Session, actor: Actor, course_id: int, *, now: datetime) -> None:
    """Put an archived course back."""
    _require_write(actor)
    _course(session, course_id).archived_on = None
    session.flush()


def _require_write(actor: Actor) -> None:
    policy.require(actor, Action.WRITE_COURSE, Facts(organisation_id=actor.organisation_id))


def _course(session: Session, course_id: int) -> Course:
    course = session.get(Course, course_id)
    if course is None:
        raise NotVisible
    return course


def _write(session: Session, course: Course, command: AddCourse) -> None:
    _check(session, course, command)
    course.code = command.code
    course.title = command.title
    course.provider = command.provider
    course.format = command.format
    course.mode = command.mode
    course.hours = command.hours
    course.valid_months = command.valid_months
    course.cost_cents = command.cost_cents
    course.currency = command.currency
    course.owner_id = command.owner_id
    course.description = command.description
    session.add(course)
    session.flush()
    _set_develops(session, course.id, dict(command.develops))


def _check(session: Session, course: Course, command: AddCourse) -> None:
    same_code = func.lower(Course.code) == func.lower(command.code)
    with session.no_autoflush:
        taken = session.scalars(select(Course.id).where(same_code)).all()
    if set(taken) - {course.id}:
        raise RuleBroken("code", "Another course has this code.")
    if command.cost_cents is not None and not _CURRENCY.fullmatch(command.currency):
        raise RuleBroken("currency", "Name the currency by its three letters, such as EUR.")
    if command.cost_cents is None and command.currency:
        raise RuleBroken("cost", "Say how much of this currency it costs.")
    if command.owner_id is not None and not people_named(session, [command.owner_id]):
        raise RuleBroken("owner_id", "There is nobody like that here.")
    if len(dict(command.develops)) < len(command.develops):
        raise RuleBroken("develops", "Name each competency once.")
    competencies = competencies_named(session, [one for one, _ in command.develops])
    scales = {
        version: scale(session, version)
        for version in {row.framework_version_id for row in competencies.values()}
    }
    for competency_id, level in command.develops:
        row = competencies.get(competency_id)
        if row is None:
            raise RuleBroken("develops", "One of these competencies is not there any more.")
        levels = scales[row.framework_version_id]
        if level not in {one.value for one in levels.levels}:
            raise RuleBroken("develops", f"{row.name} has levels from {levels.lo} to {levels.hi}.")


def _set_develops(session: Session, course_id: int, wanted: dict[int, int]) -> None:
    before = {
        row.competency_id: row
        for row in session.scalars(
            select(CourseCompetency).where(CourseCompetency.course_id == course_id)
        )
    }
    for competency_id, row in before.items():
        if competency_id not in wanted:
            session.delete(row)
    for competency_id, level in wanted.items():
        row = before.get(competency_id) or CourseCompetency(
            course_id=course_id, competency_id=competency_id
        )
        row.level = level
        session.add(row)
    session.flush()
