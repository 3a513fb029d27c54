"""What lies in the database: to tell whether anything changed, whose, and whether it mixes."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from ldtrack.db.session import Database

Rows = Mapping[tuple[str, int], str]
"""A digest of the rows by table and organisation; 0 for tables that no organisation owns."""
_ALWAYS = frozenset({"login_session", "sign_in_attempt", "audit_event"})
"""Reading leaves a trace, and so does a failed sign-in."""


def stored(database: Database, *, but: Collection[str] = _ALWAYS) -> Rows:
    """Everything that is stored, but for what changes with every visit."""
    found: dict[tuple[str, int], Any] = defaultdict(sha256)
    with database.engine.connect() as connection:
        for table in sorted(set(inspect(connection).get_table_names()) - set(but)):
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            for row in sorted(rows, key=repr):
                owner = row._mapping.get("organisation_id", 0)
                found[table, owner].update(repr(tuple(row)).encode())
    return {key: digest.hexdigest() for key, digest in found.items()}


def changed(before: Rows, after: Rows, organisation_id: int | None = None) -> list[str]:
    """Names of tables that differ, for everybody or for one organisation."""
    return sorted(
        {
            table
            for table, owner in before.keys() | after.keys()
            if organisation_id in (None, owner)
            and before.get((table, owner)) != after.get((table, owner))
        }
    )


def mixed(database: Database, organisation_id: int, others: Collection[int]) -> list[str]:
    """Columns in which a row of the organisation names something that is another's."""
    found = set()
    with database.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            columns = {column["name"] for column in inspect(connection).get_columns(table)}
            if "organisation_id" in columns:
                query = f"SELECT * FROM {table} WHERE organisation_id = :one"
                for row in connection.execute(text(query), {"one": organisation_id}):
                    found |= {
                        f"{table}.{name}" for name, value in row._mapping.items() if value in others
                    }
    return sorted(found)


def keep(database: Database, folder: Path) -> Path:
    """A copy of the database as it is now, to go back to."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    kept = folder / "kept.db"
    shutil.copy(_file(database), kept)
    return kept


def go_back(database: Database, kept: Path) -> None:
    """Make the database what it was when it was kept."""
    database.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{_file(database)}{ending}").unlink(missing_ok=True)
    shutil.copy(kept, _file(database))


def _file(database: Database) -> str:
    path = database.engine.url.database
    assert path
    return path
