"""Sessions that see one organisation and fail closed.

A session belongs to an organisation or to none. Every select, update and delete on a table that
organisations own is narrowed to that organisation; without one it finds nothing. Rows that are
added take the session's organisation, and a row of another one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from ldtrack.db.base import OrganisationOwned
from ldtrack.db.engine import WRITES

ORGANISATION = "organisation_id"
EVERYWHERE = {"every_organisation": True}
"""Execution options of the few lookups that come before the organisation is known."""
AFTER_COMMIT = "after_commit"
_NOBODY = 0


class WrongOrganisation(Exception):
    """A row of one organisation was about to be stored in a session of another."""


class Database:
    """One engine and the sessions made from it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._make = sessionmaker(bind=engine, expire_on_commit=False)

    def session(self, *, writes: bool, organisation_id: int | None = None) -> Session:
        """A new session; `writes` says that it will store something."""
        session = self._make(
            info={ORGANISATION: organisation_id}, execution_options={WRITES: writes}
        )
        return session

    @contextmanager
    def writing(self, organisation_id: int | None = None) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back otherwise."""
        with self.session(writes=True, organisation_id=organisation_id) as session:
            with session.begin():
                yield session

    @contextmanager
    def reading(self, organisation_id: int | None = None) -> Iterator[Session]:
        """A session for looking only."""
        with self.session(writes=False, organisation_id=organisation_id) as session:
            yield session


def enter_organisation(session: Session, organisation_id: int) -> None:
    """Narrow the session to one organisation from here on."""
    session.info[ORGANISATION] = organisation_id


def organisation_of(session: Session) -> int:
    """The session's organisation; a session without one has no business asking."""
    organisation_id = session.info.get(ORGANISATION)
    if organisation_id is None:
        raise WrongOrganisation("this session belongs to no organisation")
    return int(organisation_id)




def after_commit(session: Session, act: Callable[[], None]) -> None:
    """Do something once what this session stored is safe; never if it is rolled back."""
    session.info.setdefault(AFTER_COMMIT, []).append(act)


@event.listens_for(Session, "do_orm_execute")
def _narrow(state: ORMExecuteState) -> None:
    if state.execution_options.get("every_organisation") or state.is_column_load or state.is_insert:
        return
    organisation_id = state.session.info.get(ORGANISATION) or _NOBODY
    state.statement = state.statement.options(
        with_loader_criteria(
            OrganisationOwned,
            lambda owned: owned.organisation_id == organisation_id,
            include_aliases=True,
        )
    )


@event.listens_for(Session, "before_flush")
def _own(session: Session, _context: object, _instances: object) -> None:
    organisation_id = session.info.get(ORGANISATION)
    for row in session.new:
        if isinstance(row, OrganisationOwned):
            if row.organisation_id is None:
                row.organisation_id = organisation_of(session)
            elif organisation_id is not None and row.organisation_id != organisation_id:
                raise WrongOrganisation(f"a {type(row).__name__} of another organisation")


@event.listens_for(Session, "after_commit")
def _run_after_commit(session: Session) -> None:
    for act in session.info.pop(AFTER_COMMIT, []):
        act()


@event.listens_for(Session, "after_rollback")
def _forget_after_rollback(session: Session) -> None:
    session.info.pop(AFTER_COMMIT, None)
