"""What a database knows of its tables' sizes, by which it chooses among indexes.

Without, it takes the index of the organisation to be as good as any and reads everything that the
organisation owns to find one person. PostgreSQL looks by itself, but once a minute, which is too
late for a file that fills an empty table: each part of it would read all parts before.
"""

from __future__ import annotations

from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

_ROWS = 1_000
"""Rows of each index that are looked at; enough to tell one from a hundred thousand."""
_ALL_TABLES_THAT_GREW = 0x10002
_OWNER = "organisation_id"
_GREW_TENFOLD = """
SELECT format('%I', relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
  AND pg_relation_size(oid) > 10 * greatest(relpages, 1) * current_setting('block_size')::bigint
ORDER BY relname
"""
"""Tables of PostgreSQL of which it knows a tenth at most; a table that it never saw counts from
ten pages on, some hundreds of rows."""


def refresh(connection: Connection) -> None:
    """Look again at tables that were never looked at, or whose size has changed tenfold.

    The connection is in a transaction that may write; it takes a fifth of a second at most.
    """
    # The bare driver: what the database is told about itself is no statement of a page or a job.
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        _refresh_sqlite(cursor)
    else:
        _refresh_postgresql(cursor)
    cursor.close()


def _refresh_postgresql(cursor: DBAPICursor) -> None:
    cursor.execute(_GREW_TENFOLD)
    if grew := [name for (name,) in cursor.fetchall()]:
        # Whoever looks at the same table at this moment does it for both.
        cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(grew)}")


def _refresh_sqlite(cursor: DBAPICursor) -> None:
    before = _known(cursor)
    cursor.execute(f"PRAGMA analysis_limit={_ROWS}")
    cursor.execute(f"PRAGMA optimize={_ALL_TABLES_THAT_GREW}")
    _count_by_organisation(cursor)
    if _known(cursor) != before:
        _make_everybody_look(cursor)


def _known(cursor: DBAPICursor, condition: str = "TRUE") -> list[tuple[str, str]]:
    """What is known of each index: how many rows there are, and how many for one key."""
    cursor.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'")
    if cursor.fetchone() is None:
        return []
    cursor.execute(
        "SELECT idx, stat FROM sqlite_stat1 JOIN pragma_index_info(idx) "
        f"WHERE seqno = 0 AND {condition} ORDER BY idx"
    )
    return [(index, stat) for index, stat in cursor.fetchall()]


def _count_by_organisation(cursor: DBAPICursor) -> None:
    """Say how many rows of one organisation there really are.

    SQLite stops to count where it stops to look, and takes a million rows of one organisation for
    a thousand: fewer than those of four hundred people, whom it would therefore not look up.
    """
    cursor.execute("SELECT max(1, count(*)) FROM organisation")
    ((organisations,),) = cursor.fetchall()
    for index, stat in _known(cursor, f"name = '{_OWNER}'"):
        rows, for_one, *rest = stat.split()
        share = int(rows) // organisations
        if share > int(for_one):
            told = " ".join([rows, str(share), *rest])
            cursor.execute("UPDATE sqlite_stat1 SET stat = ? WHERE idx = ?", (told, index))


def _make_everybody_look(cursor: DBAPICursor) -> None:
    """Read it here; connections that are open elsewhere read it once the tables have changed."""
    cursor.execute("ANALYZE sqlite_schema")
    cursor.execute("CREATE TABLE looked_at (id INTEGER)")
    cursor.execute("DROP TABLE looked_at")
