"""What the pages of courses show, put together from queries."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import competencies_named, scale
from ldtrack.courses import queries
from ldtrack.courses.domain import CompletionRow, CourseRow, OfferingRow
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """A page of the catalogue; `develops` holds competency and level in words, by course."""

    search: str
    archived: bool
    courses: list[CourseRow]
    develops: dict[int, list[str]]
    page: int
    pages: int
    total: int
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """A completion with the person's name."""

    completion: CompletionRow
    name: str


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """One course with its runs and the completions that the reader may see."""

    course: CourseRow
    owner: str
    develops: list[tuple[str, str]]
    offerings: list[OfferingRow]
    lines: list[Line]
    page: int
    pages: int
    total: int
    may_write: bool


def catalogue_page(
    session: Session, actor: Actor, *, search: str, page: int, archived: bool
) -> CataloguePage:
    """A page of the courses that match."""
    rows, total = queries.catalogue(session, actor, search=search, page=page, archived=archived)
    named = competencies_named(session, {one.competency_id for row in rows for one in row.develops})
    return CataloguePage(
        search=search,
        archived=archived,
        courses=rows,
        develops={
            row.id: [
                f"{named[one.competency_id].name} (level\u00a0{one.level})" for one in row.develops
            ]
            for row in rows
        },
        page=page,
        pages=_pages(total),
        total=total,
        may_write=policy.could(actor, Action.WRITE_COURSE),
    )


def course_page(session: Session, actor: Actor, course_id: int, *, page: int) -> CoursePage:
    """One course, else `NotVisible`."""
    course = queries.course(session, actor, course_id)
    completions, total = queries.completions_at(session, actor, course_id, page=page)
    people = people_named(
        session, {row.person_id for row in completions} | ({course.owner_id or 0} - {0})
    )
    owner = people.get(course.owner_id or 0)
    return CoursePage(
        course=course,
        owner=owner.name if owner else "",
        develops=_develops(session, course),
        offerings=queries.offerings_of(session, course_id),
        lines=[Line(completion=row, name=people[row.person_id].name) for row in completions],
        page=page,
        pages=_pages(total),
        total=total,
        may_write=policy.could(actor, Action.WRITE_COURSE),
    )


def _develops(session: Session, course: CourseRow) -> list[tuple[str, str]]:
    named = competencies_named(session, [one.competency_id for one in course.develops])
    scales = {
        version: scale(session, version)
        for version in {row.framework_version_id for row in named.values()}
    }
    found = []
    for one in course.develops:
        row = named[one.competency_id]
        found.append((row.name, scales[row.framework_version_id].words(one.level)))
    return found


def _pages(total: int) -> int:
    return max(1, ceil(total / queries.PAGE))
