"""Counting what a page asks of the database, so that a test can say how much is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

_FRAME = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "COMMIT")


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that run inside the block; `len` of it is their number.

    What only opens or closes a transaction is left out.
    """
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_FRAME):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
