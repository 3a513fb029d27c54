"""The catalogue, and completions as an actor may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain import (
    CompletionRow,
    CourseRow,
    Develops,
    OfferingRow,
    PitchedRow,
    valid_until,
)
from ldtrack.courses.models import Completion, Course, CourseCompetency, Offering

PAGE = 50
_PART = 500


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


def courses_by_code(session: Session, codes: Collection[str]) -> dict[str, int]:
    """Ids of courses by code as it was asked for; capitals do not matter."""
    return _ids(session, Course.code, codes)


def courses_by_title(session: Session, titles: Collection[str]) -> dict[str, int]:
    """Ids of courses by title as it was asked for; a title of several courses finds none."""
    return _ids(session, Course.title, titles)


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


def completions_of(
    session: Session, actor: Actor, person_id: int, *, agreed: bool = False
) -> list[CompletionRow]:
    """A person's completions that the actor may see, latest first.

    `agreed` says that the leader agreed to show them to their sponsor.
    """
    return _completions(session, actor, Completion.person_id == person_id, agreed=agreed)


def completions_at(
    session: Session, actor: Actor, course_id: int, *, page: int = 1
) -> tuple[list[CompletionRow], int]:
    """A page of a course's completions that the actor may see, latest first, and their number."""
    here = Completion.course_id == course_id
    total = session.scalar(
        select(func.count()).select_from(Completion).where(here, _visible(actor))
    )
    first = (max(page, 1) - 1) * PAGE
    return _completions(session, actor, here, limit=PAGE, offset=first), total or 0


def completion(session: Session, actor: Actor, completion_id: int) -> CompletionRow:
    """One completion, else `NotVisible`."""
    found = _completions(session, actor, Completion.id == completion_id)
    if not found:
        raise NotVisible
    return found[0]


def passed(people: Collection[int]) -> Select[str, int, int, int, date]:
    """A statement for the day on which each person first completed each course without failing it.

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
        )
        .group_by(Completion.person_id, Completion.course_id)
    )


def _completions(
    session: Session,
    actor: Actor,
    which: ColumnElement[bool],
    *,
    agreed: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[CompletionRow]:
    rows = session.execute(
        select(Completion, Course.code, Course.title, Course.valid_months)
        .join(Course, Course.id == Completion.course_id)
        .where(which, _visible(actor, agreed=agreed))
        .order_by(Completion.completed_on.desc(), Course.title, Completion.id)
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


def _matches(search: str) -> ColumnElement[bool]:
    # LIKE's own signs in what was typed stand for themselves.
    like = "%" + search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    columns = (Course.code, Course.title, Course.provider)
    return or_(*(column.ilike(like, escape="\\") for column in columns))


def _ids(
    session: Session, column: InstrumentedAttribute[str], keys: Collection[str]
) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    # SQLite folds the letters A to Z only, so other words must also be looked for as they are.
    wanted = sorted({*keys, *(key.casefold() for key in keys)})
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        same = or_(column.in_(part), func.lower(column).in_(part))
        for key, course_id in session.execute(select(column, Course.id).where(same)):
            found.setdefault(key.casefold(), set()).add(course_id)
    known = {key: found.get(key.casefold(), set()) for key in keys}
    return {key: min(ids) for key, ids in known.items() if len(ids) == 1}


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
