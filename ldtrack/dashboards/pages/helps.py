"""Which experiences would develop a competency, and why each of them is named."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.assignments.queries import openings_for
from ldtrack.courses.queries import courses_pitched
from ldtrack.dashboards.pages.words import Target
from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import Rungs, Settling

MOST = 5


@dataclass(frozen=True, kw_only=True)
class Help:
    """An experience on offer; `level` is what it is pitched at."""

    kind: str
    title: str
    level: int
    reason: str
    target: Target


def helps_for(
    session: Session, competency_ids: Collection[int], around: Rungs, today: date
) -> tuple[Help, ...]:
    """Courses and openings that develop it, those pitched at the next level first.

    It may have been called otherwise in an earlier edition, hence several ids.
    """
    found = [
        *(
            Help(
                kind="Course",
                title=course.title,
                level=course.level,
                reason=reason_for(course.level, around),
                target=Target(endpoint="courses.course", values={"course_id": course.id}),
            )
            for course in courses_pitched(session, competency_ids)
        ),
        *(
            Help(
                kind=opening.kind.label,
                title=opening.title,
                level=opening.level,
                reason=reason_for(opening.level, around),
                target=Target(endpoint="assignments.posting", values={"posting_id": opening.id}),
            )
            for opening in openings_for(session, competency_ids, today)
        ),
    ]
    found.sort(key=lambda each: (_distance(each.level, around), each.title))
    return tuple(found[:MOST])


def reason_for(level: int, around: Rungs) -> str:
    """Why something pitched at a level is worth naming to somebody between two levels.

    >>> reason_for(4, Rungs(reached=3, following=4))
    'asks for level 4, the next one'
    """
    if level == around.following:
        return f"asks for level {level}, the next one"
    if around.following is not None and level > around.following:
        return f"asks for level {level}, beyond the next one"
    if level == around.reached:
        return f"asks for level {level}, where you are: steadies it"
    return f"asks for level {level}, below where you are: a refresher"


_SETTLES = {
    SourceKind.FEEDBACK_RELEASE: "360 feedback from about eight raters",
    SourceKind.ASSIGNMENT_OUTCOME: "The outcome of a stretch assignment, debriefed",
    SourceKind.MILESTONE: "A coaching milestone at level {level:g}",
    SourceKind.COURSE_ASSESSMENT: "A course test at level {level:g}",
}


def settles(each: Settling) -> str:
    """A kind of evidence that would settle the level, in words."""
    return _SETTLES[each.source_kind].format(level=each.level or 0)


def _distance(level: int, around: Rungs) -> int:
    wanted = around.following if around.following is not None else around.reached
    return abs(level - (wanted or level))
