"""Courses by the code or title that a file names."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.courses.models import Course
from ldtrack.db.parts import in_parts


def courses_by_code(session: Session, codes: Collection[str]) -> dict[str, int]:
    """Ids of courses by code as it was asked for; capitals do not matter."""
    return _ids(session, Course.code, codes)


def courses_by_title(session: Session, titles: Collection[str]) -> dict[str, int]:
    """Ids of courses by title as it was asked for; a title of several courses finds none."""
    return _ids(session, Course.title, titles)


def courses_here(session: Session, ids: Collection[int]) -> set[int]:
    """Those of the ids that belong to courses of this organisation."""
    return set(session.scalars(select(Course.id).where(Course.id.in_(sorted(ids)))))


def _ids(
    session: Session, column: InstrumentedAttribute[str], keys: Collection[str]
) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    # SQLite folds the letters A to Z only, so other words must also be looked for as they are.
    for part in in_parts({*keys, *(key.casefold() for key in keys)}):
        same = or_(column.in_(part), func.lower(column).in_(part))
        for key, course_id in session.execute(select(column, Course.id).where(same)):
            found.setdefault(key.casefold(), set()).add(course_id)
    known = {key: found.get(key.casefold(), set()) for key in keys}
    return {key: min(ids) for key, ids in known.items() if len(ids) == 1}
