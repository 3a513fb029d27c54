"""Counting every row of a database, table by table."""

from __future__ import annotations

from sqlalchemy import func, select

from ldtrack.app.tables import metadata
from ldtrack.db.session import Database


def rows_by_table(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata().sorted_tables
        }
