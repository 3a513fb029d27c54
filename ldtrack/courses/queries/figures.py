"""What the catalogue holds, at a glance."""

from __future__ import annotations

from sqlalchemy import Select, func, literal, select

from ldtrack.courses.models import Course, CourseCompetency

ON_OFFER = "courses on offer"


def figures() -> tuple[Select[str, int], ...]:
    """Statements for a word and a count each, to be asked together with those of other rooms."""
    return (select(literal(ON_OFFER), func.count(Course.id)).where(Course.archived_on.is_(None)),)


def developed() -> Select[int]:
    """The competencies that a course on offer develops, as a part of another room's statement."""
    return (
        select(CourseCompetency.competency_id)
        .join(Course, Course.id == CourseCompetency.course_id)
        .where(Course.archived_on.is_(None))
    )
