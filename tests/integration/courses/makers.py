"""Courses for the tests of courses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ldtrack.courses.service import AddCourse, add_course
from tests.infrastructure.organisation import SmallOrganisation


def a_course(
    session: Session,
    acme: SmallOrganisation,
    now: datetime,
    *,
    code: str = "LC-101",
    title: str = "Leading change",
    levels: dict[str, int] | None = None,
) -> int:
    """A course that develops strategic thinking at level 3, unless told otherwise."""
    wanted = {"strategic-thinking": 3} if levels is None else levels
    return add_course(
        session,
        acme.actor["hr"],
        AddCourse(
            code=code,
            title=title,
            develops=tuple((acme.competency[key], level) for key, level in wanted.items()),
        ),
        now=now,
    )
