"""The catalogue, as a list and by what a course develops."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import (
    CourseRow,
    Develops,
    OfferingRow,
    PitchedRow,
)
from ldtrack.courses.models import Completion, Course, CourseCompetency, Offering

PAGE = 50


def catalogue(
    session: Session, actor: Actor, *, search: str = "", page: int = 1, archived: bool = False
) -> tuple[list[CourseRow], int]:
    """A page of courses by title that match the search, and how many there are in all."""
    wanted = select(Course).where(
        policy.clause(actor, Action.READ_COURSE),
        Course.archived_on.is_not(None) if archived else Course.archived_on.is_(None),
    )
    if search:
        wanted = wanted.where(_matches(search))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    part = wanted.order_by(Course.title, Course.id).limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return _rows(session, part), total


def course(session: Session, actor: Actor, course_id: int) -> CourseRow:
    """One course, archived or not, else `NotVisible`."""
    visible = policy.clause(actor, Action.READ_COURSE)
    found = _rows(session, select(Course).where(Course.id == course_id, visible))
    if not found:
        raise NotVisible
    return found[0]


def courses_named(session: Session, ids: Iterable[int]) -> dict[int, CourseRow]:
    """Courses by id, archived ones too; everybody in the organisation may read them."""
    wanted = sorted(set(ids))
    found = _rows(session, select(Course).where(Course.id.in_(wanted))) if wanted else []
    return {row.id: row for row in found}


def courses_on_offer(session: Session) -> list[CourseRow]:
    """Every course that is not archived, by title, to choose among."""
    offered = select(Course).where(Course.archived_on.is_(None))
    return _rows(session, offered.order_by(Course.title, Course.id))


def any_course(session: Session) -> bool:
    """Whether there is a course on offer at all."""
    offered = select(Course.id).where(Course.archived_on.is_(None))
    return session.scalar(offered.limit(1)) is not None


def courses_for(session: Session, competency_ids: Collection[int]) -> dict[int, list[CourseRow]]:
    """Courses on offer that develop each of the competencies, by title."""
    pairs = session.execute(
        select(CourseCompetency.competency_id, CourseCompetency.course_id)
        .join(Course, Course.id == CourseCompetency.course_id)
        .where(
            CourseCompetency.competency_id.in_(sorted(set(competency_ids))),
            Course.archived_on.is_(None),
        )
        .order_by(Course.title, Course.id)
    ).all()
    courses = courses_named(session, {course_id for _, course_id in pairs})
    found: dict[int, list[CourseRow]] = {}
    for competency_id, course_id in pairs:
        found.setdefault(competency_id, []).append(courses[course_id])
    return found


def courses_pitched(session: Session, competency_id: int) -> list[PitchedRow]:
    """Courses on offer that develop one competency and at which level, in one statement."""
    rows = session.execute(
        select(Course.id, Course.title, CourseCompetency.level)
        .join(CourseCompetency, CourseCompetency.course_id == Course.id)
        .where(CourseCompetency.competency_id == competency_id, Course.archived_on.is_(None))
        .order_by(Course.title, Course.id)
    )
    return [PitchedRow(id=id_, title=title, level=level) for id_, title, level in rows]


def offerings_of(session: Session, course_id: int) -> list[OfferingRow]:
    """Dated runs of a course, latest first."""
    rows = session.scalars(
        select(Offering)
        .where(Offering.course_id == course_id)
        .order_by(Offering.starts_on.desc(), Offering.id)
    )
    return [
        OfferingRow(id=row.id, starts_on=row.starts_on, ends_on=row.ends_on, place=row.place)
        for row in rows
    ]


def _matches(search: str) -> ColumnElement[bool]:
    # LIKE's own signs in what was typed stand for themselves.
    like = "%" + search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    columns = (Course.code, Course.title, Course.provider)
    return or_(*(column.ilike(like, escape="\\") for column in columns))


def _rows(session: Session, wanted: Select[Course]) -> list[CourseRow]:
    courses = session.scalars(wanted).all()
    ids = [row.id for row in courses]
    develops: dict[int, list[Develops]] = {}
    for pair in session.scalars(
        select(CourseCompetency)
        .where(CourseCompetency.course_id.in_(ids))
        .order_by(CourseCompetency.level.desc(), CourseCompetency.id)
    ):
        develops.setdefault(pair.course_id, []).append(
            Develops(competency_id=pair.competency_id, level=pair.level)
        )
    counted = session.execute(
        select(Completion.course_id, func.count())
        .where(Completion.course_id.in_(ids))
        .group_by(Completion.course_id)
    )
    completions = dict(counted.all())
    return [
        CourseRow(
            id=row.id,
            code=row.code,
            title=row.title,
            provider=row.provider,
            mode=row.mode,
            hours=row.hours,
            valid_months=row.valid_months,
            owner_id=row.owner_id,
            description=row.description,
            archived_on=row.archived_on,
            develops=tuple(develops.get(row.id, ())),
            n_completions=completions.get(row.id, 0),
        )
        for row in courses
    ]
