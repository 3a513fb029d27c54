"""The catalogue, as a list and by what a course develops."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import (
    Cost,
    CourseFormat,
    CourseOutline,
    CourseRow,
    Develops,
    PitchedRow,
)
from ldtrack.courses.models import Completion, Course, CourseCompetency
from ldtrack.courses.queries.wanted import Wanted

PAGE = 50
_N_COMPLETIONS = (
    select(func.count())
    .select_from(Completion)
    .where(Completion.course_id == Course.id)
    .scalar_subquery()
)
_ORDERS: Mapping[str, SQLColumnExpression[Any]] = {
    "title": Course.title,
    "hours": Course.hours,
    "n": _N_COMPLETIONS,
}

_EVERYTHING = Wanted()


def catalogue(
    session: Session, actor: Actor, wanted: Wanted = _EVERYTHING, *, page: int = 1
) -> tuple[list[CourseRow], int]:
    """A page of courses that are wanted, in the order that is, and how many there are in all."""
    found = _wanted(actor, wanted)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    column = _ORDERS[wanted.order.key]
    first = column.desc().nulls_last() if wanted.order.down else column.asc().nulls_last()
    ordered = found.order_by(first, Course.title, Course.id)
    part = ordered.limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return _rows(session, part, actor), total


def every_course(session: Session, actor: Actor, wanted: Wanted = _EVERYTHING) -> list[CourseRow]:
    """All of them on one list, for a file."""
    return _rows(session, _wanted(actor, wanted).order_by(Course.title, Course.id), actor)


def course(session: Session, actor: Actor, course_id: int) -> CourseRow:
    """One course, archived or not, else `NotVisible`."""
    visible = policy.clause(actor, Action.READ_COURSE)
    found = _rows(session, select(Course).where(Course.id == course_id, visible), actor)
    if not found:
        raise NotVisible
    return found[0]


def courses_named(
    session: Session, ids: Iterable[int], actor: Actor | None = None
) -> dict[int, CourseRow]:
    """Courses by id, archived ones too; everybody in the organisation may read them.

    What they cost is told to an actor who may know it.
    """
    wanted = sorted(set(ids))
    found = _rows(session, select(Course).where(Course.id.in_(wanted)), actor) if wanted else []
    return {row.id: row for row in found}


def courses_outlined(session: Session, ids: Collection[int]) -> dict[int, CourseOutline]:
    """What courses are called and develop, by id, archived ones too; one statement."""
    if not ids:
        return {}
    rows = session.execute(
        select(Course.id, Course.code, Course.title, CourseCompetency.competency_id)
        .outerjoin(CourseCompetency, CourseCompetency.course_id == Course.id)
        .where(Course.id.in_(sorted(set(ids))))
        .order_by(Course.id, CourseCompetency.id)
    )
    return {
        id_: CourseOutline(
            code=code,
            title=title,
            # A course that develops nothing comes with none.
            develops=frozenset(row.competency_id for row in part if row.competency_id),
        )
        for (id_, code, title), part in groupby(rows, key=lambda row: tuple(row[:3]))
    }


def course_titles(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Titles of courses by id, archived ones too."""
    rows = session.execute(select(Course.id, Course.title).where(Course.id.in_(sorted(set(ids)))))
    return {row.id: row.title for row in rows}


def hours_named_by(course_id: SQLColumnExpression[int | None]) -> ScalarSelect[float | None]:
    """The length of the course that a column names, as a part of another room's statement."""
    return select(Course.hours).where(Course.id == course_id).scalar_subquery()


def courses_on_offer(session: Session) -> list[CourseRow]:
    """Every course that is not archived, by title, to choose among."""
    offered = select(Course).where(Course.archived_on.is_(None))
    return _rows(session, offered.order_by(Course.title, Course.id))


def courses_pitched(session: Session, competency_ids: Collection[int]) -> list[PitchedRow]:
    """Courses on offer that develop any of the competencies, and at which level. One statement."""
    rows = session.execute(
        select(Course.id, Course.title, CourseCompetency.level)
        .join(CourseCompetency, CourseCompetency.course_id == Course.id)
        .where(
            CourseCompetency.competency_id.in_(sorted(competency_ids)),
            Course.archived_on.is_(None),
        )
        .order_by(Course.title, Course.id)
    )
    return [PitchedRow(id=id_, title=title, level=level) for id_, title, level in rows]


def developed(session: Session) -> list[tuple[int, int]]:
    """Each competency that some course on offer develops, with each level it is pitched at."""
    rows = session.execute(
        select(CourseCompetency.competency_id, CourseCompetency.level)
        .join(Course, Course.id == CourseCompetency.course_id)
        .where(Course.archived_on.is_(None))
        .distinct()
        .order_by(CourseCompetency.level, CourseCompetency.competency_id)
    )
    return [(competency_id, level) for competency_id, level in rows]


def _wanted(actor: Actor, wanted: Wanted) -> Select[Course]:
    found = select(Course).where(
        policy.clause(actor, Action.READ_COURSE),
        Course.archived_on.is_not(None) if wanted.archived else Course.archived_on.is_(None),
    )
    if wanted.search:
        found = found.where(_matches(wanted.search))
    if wanted.format is not None:
        found = found.where(Course.format == wanted.format)
    pitched = [CourseCompetency.course_id == Course.id]
    if wanted.competency_id is not None:
        pitched.append(CourseCompetency.competency_id == wanted.competency_id)
    if wanted.level is not None:
        pitched.append(CourseCompetency.level == wanted.level)
    return found.where(exists().where(*pitched)) if len(pitched) > 1 else found


def _matches(search: str) -> ColumnElement[bool]:
    columns = (Course.code, Course.title, Course.provider, Course.description)
    return or_(*(column.icontains(search, autoescape=True) for column in columns))


def _rows(session: Session, wanted: Select[Course], actor: Actor | None = None) -> list[CourseRow]:
    """The courses with what they develop; what they cost is for an actor who may see it.

    Two statements.
    """
    tells_cost = actor is not None and policy.could(actor, Action.SEE_COST)
    courses = session.scalars(wanted).all()
    develops, completions = _around(session, [row.id for row in courses])
    return [
        CourseRow(
            id=row.id,
            code=row.code,
            title=row.title,
            provider=row.provider,
            format=None if row.format is None else CourseFormat(row.format),
            mode=row.mode,
            hours=row.hours,
            valid_months=row.valid_months,
            cost=_cost(row) if tells_cost else None,
            owner_id=row.owner_id,
            description=row.description,
            archived_on=row.archived_on,
            develops=tuple(develops.get(row.id, ())),
            n_completions=completions.get(row.id, 0),
        )
        for row in courses
    ]


def _around(
    session: Session, ids: Collection[int]
) -> tuple[dict[int, list[Develops]], dict[int, int]]:
    """What each course develops, the highest level first, and how often it was completed."""
    pairs = select(
        CourseCompetency.course_id,
        CourseCompetency.id,
        CourseCompetency.competency_id,
        CourseCompetency.level,
        literal(0).label("n"),
    ).where(CourseCompetency.course_id.in_(ids))
    counted = (
        select(Completion.course_id, literal(0), literal(0), literal(0), func.count())
        .where(Completion.course_id.in_(ids))
        .group_by(Completion.course_id)
    )
    develops: dict[int, list[Develops]] = {}
    completions: dict[int, int] = {}
    rows = session.execute(union_all(pairs, counted)).all()
    for course_id, _, competency_id, level, n in sorted(rows, key=lambda row: (-row[3], row[1])):
        # A row that counts names no competency: ids begin at 1.
        if competency_id:
            one = Develops(competency_id=competency_id, level=level)
            develops.setdefault(course_id, []).append(one)
        else:
            completions[course_id] = n
    return develops, completions


def _cost(course: Course) -> Cost | None:
    if course.cost_cents is None:
        return None
    return Cost(cents=course.cost_cents, currency=course.currency)
