"""What lies in the database: to tell whether anything changed, and whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from ldtrack.app.tables import metadata
from ldtrack.core import ids

Rows = Mapping[str, Counter[tuple[tuple[str, str], ...]]]
"""By table, the rows as names and values."""
TRACES = frozenset({"login_session", "sign_in_attempt", "audit_event"})
"""Reading leaves a trace, and so does a failed sign-in."""
KEYS = "answered_request"
_DRAWN = re.compile(r"b'.*'|b\".*\"|\$argon2[^']*|[\w-]{24,}|\d{12,}|\bLR-\d+-\w{6}")
_IN_ADDRESS = re.compile(r"(?<=/)[0-9a-hjkmnp-tv-z]{12}(?=/|$|\\n)")
"""An id as addresses in letters have it."""
_NUMBER = re.compile(r"\d{12,}")


def stored(
    connection: Connection, *, only: Collection[str] | None = None, but: Collection[str] = TRACES
) -> Rows:
    """Everything that is stored, or some tables of it."""
    found: dict[str, Counter[tuple[tuple[str, str], ...]]] = {}
    for name, table in metadata().tables.items():
        if name not in but and (only is None or name in only):
            rows = connection.execute(select(table)).mappings()
            found[name] = Counter(
                tuple((column, repr(value)) for column, value in row.items()) for row in rows
            )
    return found


def changed(before: Rows, after: Rows) -> list[str]:
    """Names of the tables that differ."""
    return sorted(name for name, rows in after.items() if rows != before[name])


def numbers_in(rows: Rows) -> frozenset[str]:
    """Ids and the like: what was drawn at random before."""
    values = (value for table in rows.values() for row in table for _, value in row)
    return frozenset(number for value in values for number in _NUMBER.findall(value))


def added(before: Rows, after: Rows, known: Collection[str]) -> list[str]:
    """What is new or different, with "drawn" for whatever is random and not among the known."""
    return sorted(
        f"{name} " + ", ".join(f"{column}={_foreseen(value, known)}" for column, value in row)
        for name, rows in after.items()
        for row in (rows - before[name]).elements()
    )


def names_of_others(
    connection: Connection, organisation_id: int, others: Collection[int], tables: Collection[str]
) -> list[str]:
    """Columns in which a row of the organisation names something that is another's."""
    found = set()
    for name in tables:
        table = metadata().tables[name]
        if "organisation_id" in table.columns:
            rows = connection.execute(
                select(table).where(table.c.organisation_id == organisation_id)
            ).mappings()
            found |= {
                f"{name}.{at}"
                for row in rows
                for at, value in row.items()
                if isinstance(value, int) and value in others
            }
    return sorted(found)


def _foreseen(value: str, known: Collection[str]) -> str:
    value = _IN_ADDRESS.sub(lambda found: str(ids.decode(found[0])), value)
    return _DRAWN.sub(lambda found: found[0] if found[0] in known else "drawn", value)
