"""One course: what it develops, when it runs, who completed it, and whether the reader holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.queries import with_scales
from ldtrack.core.order import Order
from ldtrack.courses import queries
from ldtrack.courses.domain import CompletionRow, CourseRow, Held, OfferingRow
from ldtrack.courses.pages.catalogue import pages_of
from ldtrack.people.queries import people_named


@dataclass(frozen=True, kw_only=True)
class Line:
    """A completion with the person's name."""

    completion: CompletionRow
    name: str


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """One course with its runs and the completions that the reader may see."""

    course: CourseRow
    today: date
    owner: str
    develops: list[tuple[str, str]]
    held: Held | None
    ahead: list[OfferingRow]
    past: list[OfferingRow]
    lines: list[Line]
    search: str
    order: Order
    page: int
    pages: int
    total: int
    may_write: bool


def course_page(
    session: Session,
    actor: Actor,
    course_id: int,
    *,
    page: int,
    today: date,
    search: str = "",
    order: Order = queries.LATEST_FIRST,
) -> CoursePage:
    """One course, else `NotVisible`."""
    course = queries.course(session, actor, course_id)
    completions, total = queries.completions_at(
        session, actor, course_id, search=search, order=order, page=page
    )
    people = people_named(
        session, {row.person_id for row in completions} | ({course.owner_id or 0} - {0})
    )
    owner = people.get(course.owner_id or 0)
    runs = queries.offerings_of(session, course_id)
    held = None
    if actor.person_id is not None:
        held = queries.held(session, actor, actor.person_id, [course_id]).get(course_id)
    return CoursePage(
        course=course,
        today=today,
        owner=owner.name if owner else "",
        develops=_develops(session, course),
        held=held,
        ahead=sorted((run for run in runs if run.last_day >= today), key=lambda run: run.starts_on),
        past=[run for run in runs if run.last_day < today],
        lines=[Line(completion=row, name=people[row.person_id].name) for row in completions],
        search=search,
        order=order,
        page=page,
        pages=pages_of(total),
        total=total,
        may_write=policy.could(actor, Action.WRITE_COURSE),
    )


def _develops(session: Session, course: CourseRow) -> list[tuple[str, str]]:
    named, scales = with_scales(session, [one.competency_id for one in course.develops])
    found = []
    for one in course.develops:
        row = named[one.competency_id]
        found.append((row.name, scales[row.framework_version_id].words(one.level)))
    return found
