"""What SQLite knows of its tables' sizes, by which it chooses among indexes.

Without, it takes the index of the organisation to be as good as any and reads everything that the
organisation owns to find one person. PostgreSQL sees to this by itself.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection

_ROWS = 1_000
"""Rows of each index that are looked at; enough to tell one from a hundred thousand."""
_ALL_TABLES_THAT_GREW = 0x10002
_OWNER = "organisation_id"


def refresh(connection: Connection) -> None:
    """Look again at tables that were never looked at, or whose size has changed tenfold.

    The connection is in a transaction that may write; it takes a fifth of a second at most.
    """
    if connection.dialect.name != "sqlite":
        return
    before = _known(connection)
    connection.exec_driver_sql(f"PRAGMA analysis_limit={_ROWS}")
    connection.exec_driver_sql(f"PRAGMA optimize={_ALL_TABLES_THAT_GREW}")
    _count_by_organisation(connection)
    if _known(connection) != before:
        _make_everybody_look(connection)


def _known(connection: Connection, condition: str = "TRUE") -> list[tuple[str, str]]:
    """What is known of each index: how many rows there are, and how many for one key."""
    table = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'"
    if connection.exec_driver_sql(table).first() is None:
        return []
    rows = connection.exec_driver_sql(
        "SELECT idx, stat FROM sqlite_stat1 JOIN pragma_index_info(idx) "
        f"WHERE seqno = 0 AND {condition} ORDER BY idx"
    )
    return [(index, stat) for index, stat in rows]


def _count_by_organisation(connection: Connection) -> None:
    """Say how many rows of one organisation there really are.

    SQLite stops to count where it stops to look, and takes a million rows of one organisation for
    a thousand: fewer than those of four hundred people, whom it would therefore not look up.
    """
    counted = connection.exec_driver_sql("SELECT count(*) FROM organisation").scalar_one()
    for index, stat in _known(connection, f"name = '{_OWNER}'"):
        rows, for_one, *rest = stat.split()
        share = int(rows) // max(1, counted)
        if share > int(for_one):
            connection.exec_driver_sql(
                "UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?",
                (" ".join([rows, str(share), *rest]), index),
            )


def _make_everybody_look(connection: Connection) -> None:
    """Read it here; connections that are open elsewhere read it once the tables have changed."""
    connection.exec_driver_sql("ANALYZE sqlite_schema")
    connection.exec_driver_sql("CREATE TABLE looked_at (id INTEGER)")
    connection.exec_driver_sql("DROP TABLE looked_at")
