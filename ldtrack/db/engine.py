"""Engines that lose nothing: SQLite with a write-ahead log and one writer, PostgreSQL as it is."""

from __future__ import annotations

import sqlite3
from functools import partial
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url

WRITES = "writes"
"""Execution option of a session that is going to write."""

PATIENCE = 15
"""Usual seconds to wait for what another transaction holds; then whoever asked is told so."""

SAFE_SQLITE = (3, 51, 3)
"""Older ones can, in a rare race, damage a database with a write-ahead log."""


def engine_for(url: str, patience: float = PATIENCE) -> Engine:
    """An engine for the address; SQLite gets its pragmas and `BEGIN IMMEDIATE` for writers.

    Whoever has waited `patience` seconds for what another transaction holds is refused.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(
            address, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True
        )
        event.listen(engine, "connect", partial(_limit_waiting, patience))
        return engine
    engine = create_engine(
        address,
        module=sqlite_module(),
        connect_args={"timeout": patience},
        pool_size=20,
        # An error that is logged must not quote what a person wrote.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_module() -> ModuleType:
    """The newest SQLite at hand: the wheel's where there is one, else Python's own."""
    try:
        from pysqlite3 import dbapi2  # lazy: a wheel that not every platform has
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def sqlite_is_safe() -> bool:
    """Whether the SQLite library in use is free of the write-ahead log fault."""
    version = str(sqlite_module().sqlite_version)
    return tuple(int(part) for part in version.split(".")) >= SAFE_SQLITE


def _limit_waiting(patience: float, connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {int(patience * 1000)}")
    connection.commit()


def _prepare(connection: Any, _record: object) -> None:
    # The driver must not begin by itself: it would begin too late, after the first read.
    connection.isolation_level = None
    cursor = connection.cursor()
    # What was deleted must be gone from the file too: secrets of 360 cycles, answers, accounts.
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A reader that turns writer halfway can be refused; a writer says so from the start.
    immediate = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
