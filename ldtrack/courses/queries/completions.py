"""Who completed what, as an actor may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    UnaryExpression,
    and_,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.core.order import Order
from ldtrack.courses.domain import (
    CompletionRow,
    Held,
    valid_until,
)
from ldtrack.courses.models import Completion, Course
from ldtrack.people.queries import in_name, sort_name_of

PAGE = 50
LATEST_FIRST = Order(key="on", down=True)
COMPLETION_ORDERS: Mapping[str, SQLColumnExpression[Any]] = {
    "name": sort_name_of(Completion.person_id),
    "on": Completion.completed_on,
    "result": Completion.score / Completion.score_max,
}
"""What the completions of a course can be sorted by."""


def completions_of(
    session: Session, actor: Actor, person_id: int, *, agreed: bool = False
) -> list[CompletionRow]:
    """A person's completions that the actor may see, latest first.

    `agreed` says that the leader agreed to show them to their sponsor.
    """
    return _completions(session, actor, Completion.person_id == person_id, agreed=agreed)


def completions_of_people(
    session: Session, actor: Actor, people: Sequence[int]
) -> list[CompletionRow]:
    """The completions of several people that the actor may see, person by person as they are given,
    earliest first."""
    place = {person_id: number for number, person_id in enumerate(people)}
    found = _completions(session, actor, Completion.person_id.in_(people))
    return sorted(found, key=lambda row: (place[row.person_id], row.completed_on, row.code))


def completions_at(
    session: Session,
    actor: Actor,
    course_id: int,
    *,
    search: str = "",
    order: Order = LATEST_FIRST,
    page: int = 1,
) -> tuple[list[CompletionRow], int]:
    """A page of a course's completions that the actor may see, and how many match in all.

    `search` is a part of the person's name.
    """
    here = Completion.course_id == course_id
    if search:
        here = and_(here, in_name(Completion.person_id, search))
    total = session.scalar(
        select(func.count()).select_from(Completion).where(here, _visible(actor))
    )
    first = (max(page, 1) - 1) * PAGE
    column = COMPLETION_ORDERS[order.key]
    by = column.desc().nulls_last() if order.down else column.asc().nulls_last()
    rows = _completions(session, actor, here, by=by, limit=PAGE, offset=first)
    return rows, total or 0


def held(
    session: Session, actor: Actor, person_id: int, course_ids: Collection[int] | None = None
) -> dict[int, Held]:
    """What somebody holds: by course the latest completion that was not failed, in one statement.

    Of these courses, or of all.
    """
    which = Completion.person_id == person_id
    if course_ids is not None:
        which = and_(which, Completion.course_id.in_(sorted(set(course_ids))))
    found: dict[int, Held] = {}
    for row in _completions(session, actor, which):
        if row.passed is not False:
            last = Held(completed_on=row.completed_on, valid_until=row.valid_until)
            found.setdefault(row.course_id, last)
    return found


def n_completions(session: Session) -> int:
    """How many completions there are."""
    return session.scalar(select(func.count(Completion.id))) or 0


def completion(session: Session, actor: Actor, completion_id: int) -> CompletionRow:
    """One completion, else `NotVisible`."""
    found = _completions(session, actor, Completion.id == completion_id)
    if not found:
        raise NotVisible
    return found[0]


def passed(
    people: Collection[int], course_ids: Collection[int] | None = None
) -> Select[str, int, int, int, date]:
    """A statement for the day on which each person first completed each course, or each of those
    that are asked about, without failing it.

    Columns: a word, the person, the course, nothing, the day. The caller checked who is asking.
    """
    return (
        select(
            literal("course"),
            Completion.person_id,
            Completion.course_id,
            literal(0),
            func.min(Completion.completed_on),
        )
        .where(
            Completion.person_id.in_(sorted(set(people))),
            func.coalesce(Completion.passed, true()),
            true() if course_ids is None else Completion.course_id.in_(sorted(set(course_ids))),
        )
        .group_by(Completion.person_id, Completion.course_id)
    )


def completed_by(person_id: int, since: date) -> Select[str, date, str]:
    """A statement for a person's completions since then: a word, the day, the course's title.

    The caller checked that it is the person who asks.
    """
    return (
        select(literal("course"), Completion.completed_on, Course.title)
        .join(Course, Course.id == Completion.course_id)
        .where(Completion.person_id == person_id, Completion.completed_on >= since)
    )


def _completions(
    session: Session,
    actor: Actor,
    which: ColumnElement[bool],
    *,
    agreed: bool = False,
    by: UnaryExpression[Any] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[CompletionRow]:
    rows = session.execute(
        select(Completion, Course.code, Course.title, Course.valid_months)
        .join(Course, Course.id == Completion.course_id)
        .where(which, _visible(actor, agreed=agreed))
        .order_by(
            *([] if by is None else [by]),
            Completion.completed_on.desc(),
            Course.title,
            Completion.id,
        )
        .limit(limit)
        .offset(offset)
    )
    return [
        CompletionRow(
            id=row.id,
            course_id=row.course_id,
            code=code,
            title=title,
            person_id=row.person_id,
            completed_on=row.completed_on,
            valid_until=valid_until(row.completed_on, months),
            score=row.score,
            score_max=row.score_max,
            passed=row.passed,
            source=row.source,
        )
        for row, code, title, months in rows
    ]


def _visible(actor: Actor, *, agreed: bool = False) -> ColumnElement[bool]:
    return policy.clause(
        actor, Action.READ_COMPLETION, person_id=Completion.person_id, agreed=literal(agreed)
    )
