"""Engines for the many databases of the tests, as quick as one engine is that lives long."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Engine, event

from ldtrack.db.engine import engine_for

_FIRST: dict[str, Dialect] = {}
_COMPILED: dict[Any, Any] = {}


def quick_engine(url: str) -> Engine:
    """An engine that knows the statements which earlier ones of its kind have compiled.

    Statements are remembered by dialect, so all of a kind share the first one's. Compiling each of
    them for each test again took a third of the time of the tests that need a database.
    """
    engine = engine_for(url)
    engine.dialect = _FIRST.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=_COMPILED)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _lose_data_on_a_crash_but_be_quick)
    return engine


def _lose_data_on_a_crash_but_be_quick(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=off")
