"""Rows in one parameter arrive as they were, on either engine."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, tuple_
from sqlalchemy.exc import IntegrityError

from ldtrack.core.clock import SetClock
from ldtrack.core.ids import BITS
from ldtrack.courses.models import Completion
from ldtrack.db.base import Base
from ldtrack.db.given import given, write_rows
from ldtrack.db.session import Database
from tests.infrastructure.organisation import SmallOrganisation
from tests.infrastructure.statements import counted
from tests.integration.courses.makers import a_course

_TABLE = Base.metadata.tables["completion"]
_LARGEST = (1 << BITS) - 1
_FIRST = date(2026, 1, 1)


def _row(acme: SmallOrganisation, course_id: int, n: int) -> dict[str, object]:
    return {
        "id": _LARGEST - n,
        "organisation_id": acme.id,
        "course_id": course_id,
        "person_id": acme.person["leader"],
        "completed_on": date.fromordinal(_FIRST.toordinal() - n),
        "score": 0.1 + n,
        "score_max": 20_000.0,
        "passed": None if n % 2 else True,
        "source": "“own” – it's\n\\1",
    }


def test_rows_are_written_as_they_are_some_thousands_in_a_statement(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        rows = [_row(acme, course_id, n) for n in range(5_001)]
        with counted(database.engine) as statements:
            write_rows(session, _TABLE, rows)
            write_rows(session, _TABLE, [])
        assert len(statements) == (1 if database.engine.dialect.name == "sqlite" else 2)
    with database.reading(acme.id) as session:
        stored = session.execute(select(*(_TABLE.c[name] for name in rows[0]))).mappings()
        assert sorted(map(dict, stored), key=lambda row: -row["id"]) == rows


def test_rows_are_found_by_several_columns_together(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
        write_rows(session, _TABLE, [_row(acme, course_id, n) for n in range(4)])
    keys = [
        {"course_id": course_id, "completed_on": date(2025, 12, 31)},
        {"course_id": course_id + 1, "completed_on": date(2026, 1, 1)},
    ]
    with database.reading(acme.id) as session:
        (wanted,) = given(session, _TABLE, keys)
        both = tuple_(Completion.course_id, Completion.completed_on).in_(select(wanted))
        assert session.scalars(select(Completion.id).where(both)).all() == [_LARGEST - 1]
        assert list(given(session, _TABLE, [])) == []


def test_one_row_that_may_not_be_leaves_none_of_them(
    database: Database, acme: SmallOrganisation, clock: SetClock
) -> None:
    with database.writing(acme.id) as session:
        course_id = a_course(session, acme, clock.now())
    rows = [_row(acme, course_id, n) for n in range(3)]
    rows[2]["completed_on"] = rows[0]["completed_on"]
    with pytest.raises(IntegrityError), database.writing(acme.id) as session:
        write_rows(session, _TABLE, rows)
    with database.reading(acme.id) as session:
        assert session.scalar(select(func.count(Completion.id))) == 0
