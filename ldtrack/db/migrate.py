"""Bringing a database's tables up to date, and telling whether they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData
from sqlalchemy.engine import Connection

from ldtrack.db.engine import WRITES
from ldtrack.db.seals import Seal

_FOLDER = Path(__file__).resolve().parents[1] / "migrations"


def upgrade(
    engine: Engine, metadata: MetaData, to: str = "head", *, seal: Seal | None = None
) -> None:
    """Run what has not been run yet, in one transaction; `seal` closes what is to be sealed."""
    with _writing(engine) as connection:
        command.upgrade(_config(connection, metadata, seal), to)
    _forget_the_log(engine)


def downgrade(engine: Engine, metadata: MetaData, to: str, *, seal: Seal | None = None) -> None:
    """Go back to an earlier revision, or to `base`; `seal` opens what was sealed."""
    with _writing(engine) as connection:
        command.downgrade(_config(connection, metadata, seal), to)


def seal_of_revision(config: Config | None) -> Seal:
    """What the revision that runs seals and opens with; without a key it refuses both."""
    return (config.attributes.get("seal") if config else None) or Seal(())


def new_revision(engine: Engine, metadata: MetaData, message: str, name: str) -> None:
    """Write a revision from what the models say and the database does not have."""
    with _writing(engine) as connection:
        command.revision(_config(connection, metadata), message, autogenerate=True, rev_id=name)


def present(engine: Engine) -> str | None:
    """The revision of the database; `None` for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The last revision there is."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()


def differences(engine: Engine, metadata: MetaData) -> list[Any]:
    """What the models say and the database does not; empty when both agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """One transaction for all revisions.

    SQLite changes a table by copying it and dropping the old one, which would take the rows that
    refer to it along; so its foreign keys rest meanwhile, and are checked before the commit.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        cursor = connection.connection.cursor()
        if is_sqlite:
            cursor.execute("PRAGMA foreign_keys=off")
        try:
            with connection.begin():
                yield connection
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("a revision left rows that refer to nothing")
        finally:
            if is_sqlite:
                cursor.execute("PRAGMA foreign_keys=on")
            cursor.close()


def _forget_the_log(engine: Engine) -> None:
    """Bring SQLite's log into the file and empty it: it may hold words as they were before."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _config(connection: Connection, metadata: MetaData, seal: Seal | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes.update(connection=connection, metadata=metadata, seal=seal)
    return config
