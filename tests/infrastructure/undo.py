"""A database of which any try can be taken back: one connection, one transaction for each try."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from ldtrack.db.session import Database
from tests.infrastructure.sealing import SEAL

_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")


class Undoable(Database):
    """Sessions commit to savepoints of one connection; what is done outside of a try stays.

    A try is taken back by ending its transaction rather than a savepoint: SQLite reads all its
    tables' definitions again after each savepoint that is taken back, once any changed in between.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, seal=SEAL)
        self.connection = engine.connect()
        self.connection.begin()
        self._written: list[set[str]] = [set()]
        event.listen(engine, "savepoint", self._began)
        event.listen(engine, "release_savepoint", self._released)
        event.listen(engine, "rollback_savepoint", self._rolled_back)
        event.listen(engine, "before_cursor_execute", self._executes)

    def session(self, *, writes: bool, organisation_id: int | None = None) -> Session:
        """A session like any other, but that its commit can be taken back."""
        return Session(
            bind=self.connection,
            join_transaction_mode="create_savepoint",
            expire_on_commit=False,
            info=self.carried(organisation_id),
        )

    @contextmanager
    def undone(self) -> Iterator[set[str]]:
        """Take back whatever is stored inside; gives the names of the tables that were written."""
        self.connection.commit()
        self.connection.begin()
        self._written.append(set())
        try:
            yield self._written[-1]
        finally:
            self._written.pop()
            self.connection.rollback()
            self.connection.begin()

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()
        self.engine.dispose()

    def _began(self, _connection: Connection, _name: str) -> None:
        self._written.append(set())

    def _released(self, _connection: Connection, _name: str, _context: object) -> None:
        kept = self._written.pop()
        self._written[-1].update(kept)

    def _rolled_back(self, _connection: Connection, _name: str, _context: object) -> None:
        self._written.pop()

    def _executes(
        self, _connection: Connection, _cursor: object, statement: str, *_: object
    ) -> None:
        if found := _WRITES.match(statement):
            self._written[-1].add(found[1])
