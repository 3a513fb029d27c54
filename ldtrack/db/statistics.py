"""What SQLite knows of its tables' sizes, by which it chooses among indexes.

Without, it takes the index of the organisation to be as good as any and reads everything that the
organisation owns to find one person. PostgreSQL sees to this by itself.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

_ROWS = 1_000
"""Rows of each index that are looked at; enough to tell one from a hundred thousand."""
_ALL_TABLES_THAT_GREW = 0x10002


def refresh(connection: Connection) -> None:
    """Look again at tables that were never looked at, or whose size has changed tenfold.

    The connection is in a transaction that may write; it takes a fifth of a second at most.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={_ROWS}")
        connection.exec_driver_sql(f"PRAGMA optimize={_ALL_TABLES_THAT_GREW}")
