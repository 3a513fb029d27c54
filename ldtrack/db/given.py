"""Many rows in one parameter: as a table that statements join with, and on their way into one.

A statement for each row costs PostgreSQL two and a half times as much as all of them in one, and a
list of hundreds of keys is compared one by one once a plan is kept for any keys. As JSON the rows
are one parameter, whatever their number. SQLite, which runs in the same process, has nothing to
gain where it writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, FromClause, Table, Text, bindparam, cast, column, func, insert, select
from sqlalchemy.orm import Session

_AT_ONCE = 5_000
"""Rows in one statement, so that its text stays within a few megabytes."""


def given(
    session: Session, table: Table, rows: Sequence[Mapping[str, Any]]
) -> Iterator[FromClause]:
    """Rows, some thousands at a time, as tables whose columns are like those of `table`.

    Each row names the same columns.
    """
    for start in range(0, len(rows), _AT_ONCE):
        part = json.dumps(rows[start : start + _AT_ONCE], default=str, allow_nan=False)
        said = bindparam("rows", part, type_=Text(), unique=True)
        if session.get_bind().dialect.name == "postgresql":
            columns = [column(name, table.c[name].type) for name in rows[0]]
            records = func.json_to_recordset(cast(said, JSON)).table_valued(*columns, name="given")
            yield records.render_derived(with_types=True)
        else:
            each = func.json_each(said).table_valued("value")
            values = [func.json_extract(each.c.value, f"$.{name}").label(name) for name in rows[0]]
            yield select(*values).subquery("given")


def write_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows as they are: each names the same columns, and no default is filled in."""
    if not rows:
        return
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(table), rows)
        return
    for part in given(session, table, rows):
        into = insert(table).from_select(list(rows[0]), select(part), include_defaults=False)
        session.execute(into)
