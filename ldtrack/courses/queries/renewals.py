"""Completions that end soon and were not followed by another one."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, true
from sqlalchemy.orm import Session, aliased

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.courses.domain import RenewalRow
from ldtrack.courses.models import Completion, Course
from ldtrack.people.queries import has_left

ENDING = "completions that end soon"
PAGE = 50


def completions_ending(
    session: Session, actor: Actor, today: date, *, page: int = 1
) -> tuple[list[RenewalRow], int]:
    """A page of those of which their people were told, the soonest first, and how many in all."""
    total = session.scalar(
        select(func.count()).select_from(Completion).where(_ending(actor, today))
    )
    rows = session.execute(
        select(Completion, Course.title)
        .join(Course, Course.id == Completion.course_id)
        .where(_ending(actor, today))
        .order_by(Completion.reminded_until, Course.title, Completion.id)
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    found = [
        RenewalRow(
            course_id=row.course_id,
            title=title,
            person_id=row.person_id,
            completed_on=row.completed_on,
            until=row.reminded_until or today,
        )
        for row, title in rows
    ]
    return found, total or 0


def ending_figure(actor: Actor, today: date) -> Select[str, int]:
    """A statement for a word and a count, to be asked together with those of other rooms."""
    return select(literal(ENDING), func.count(Completion.id)).where(_ending(actor, today))


def _ending(actor: Actor, today: date) -> ColumnElement[bool]:
    later = aliased(Completion)
    renewed = exists().where(
        later.course_id == Completion.course_id,
        later.person_id == Completion.person_id,
        later.completed_on > Completion.completed_on,
        func.coalesce(later.passed, true()),
    )
    return and_(
        policy.clause(actor, Action.RECORD_COMPLETION),
        Completion.reminded_until >= today,
        ~renewed,
        ~has_left(Completion.person_id),
    )
