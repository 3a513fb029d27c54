"""The catalogue, narrowed as the reader asked, with what they hold of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies.domain import CompetencyRow
from ldtrack.competencies.queries import competencies_named
from ldtrack.courses import queries
from ldtrack.courses.domain import CourseFormat, CourseRow, Held
from ldtrack.courses.queries import Wanted
from ldtrack.courses.queries.wanted import BY_TITLE


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """A page of the catalogue; `develops` holds competency and level in words, by course.

    `competencies` and `levels` are what the list can be narrowed to.
    """

    wanted: Wanted
    today: date
    courses: list[CourseRow]
    develops: dict[int, list[str]]
    held: dict[int, Held]
    formats: tuple[CourseFormat, ...]
    competencies: list[tuple[int, str]]
    levels: list[int]
    page: int
    pages: int
    total: int
    may_write: bool


def catalogue_page(
    session: Session, actor: Actor, wanted: Wanted, *, page: int, today: date
) -> CataloguePage:
    """A page of the courses that match; how often each was completed orders it for HR alone."""
    may_write = policy.could(actor, Action.WRITE_COURSE)
    if wanted.order.key == "n" and not may_write:
        wanted = replace(wanted, order=BY_TITLE)
    rows, total = queries.catalogue(session, actor, wanted, page=page)
    pairs = queries.developed(session)
    shown = {one.competency_id for row in rows for one in row.develops}
    named = competencies_named(session, shown | {competency_id for competency_id, _ in pairs})
    names = [(id_, named[id_].name) for id_ in {competency_id for competency_id, _ in pairs}]
    held: dict[int, Held] = {}
    if actor.person_id is not None and rows:
        held = queries.held(session, actor, actor.person_id, [row.id for row in rows])
    return CataloguePage(
        wanted=wanted,
        today=today,
        courses=rows,
        develops={row.id: in_words(row, named) for row in rows},
        held=held,
        formats=tuple(CourseFormat),
        competencies=sorted(names, key=lambda pair: pair[1].casefold()),
        levels=sorted({level for _, level in pairs}),
        page=page,
        pages=pages_of(total),
        total=total,
        may_write=may_write,
    )


def in_words(row: CourseRow, named: Mapping[int, CompetencyRow]) -> list[str]:
    """What a course develops, each competency with its level."""
    return [f"{named[one.competency_id].name} (level\u00a0{one.level})" for one in row.develops]


def pages_of(total: int) -> int:
    """How many pages there are."""
    return max(1, ceil(total / queries.PAGE))
