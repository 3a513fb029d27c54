"""Courses by the code or title that a file names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, func, or_, select
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


def courses_known(
    session: Session, *, ids: Collection[int], codes: Collection[str]
) -> tuple[set[int], dict[str, int]]:
    """Both of them, for a few: the ids that are here, and ids by code as it was asked for."""
    wanted = _alike(codes)
    rows = session.execute(
        select(Course.id, Course.code).where(
            or_(Course.id.in_(sorted(ids)), _same(Course.code, sorted(wanted)))
        )
    ).all()
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(row.code.casefold(), set()).add(row.id)
    return {row.id for row in rows if row.id in ids}, _one_each(codes, found)


def _ids(
    session: Session, column: InstrumentedAttribute[str], keys: Collection[str]
) -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for part in in_parts(_alike(keys)):
        for key, course_id in session.execute(select(column, Course.id).where(_same(column, part))):
            found.setdefault(key.casefold(), set()).add(course_id)
    return _one_each(keys, found)


def _alike(keys: Collection[str]) -> set[str]:
    # SQLite folds the letters A to Z only, so other words must also be looked for as they are.
    return {*keys, *(key.casefold() for key in keys)}


def _same(column: InstrumentedAttribute[str], part: Sequence[str]) -> ColumnElement[bool]:
    return or_(column.in_(part), func.lower(column).in_(part))


def _one_each(keys: Collection[str], found: Mapping[str, set[int]]) -> dict[str, int]:
    known = {key: found.get(key.casefold(), set()) for key in keys}
    return {key: min(ids) for key, ids in known.items() if len(ids) == 1}
