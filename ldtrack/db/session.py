"""Sessions that see one organisation and fail closed.

A session belongs to an organisation or to none. Every select, update and delete on a table that
organisations own is narrowed to that organisation; without one it finds nothing. Rows that are
added take the session's organisation, and a row of another one is refused. A session remembers
where the clocks of its organisation hang, once somebody has looked, and carries the seal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from ldtrack.db.base import OrganisationOwned
from ldtrack.db.engine import WRITES
from ldtrack.db.seals import Seal

ORGANISATION = "organisation_id"
EVERYWHERE = {"every_organisation": True}
"""Execution options of the few lookups that come before the organisation is known."""
_ZONE = "zone"
_NUDGE = "nudge"
_WORK_LEFT = "work_left"
_SEAL = "seal"
_NOBODY = 0


class WrongOrganisation(Exception):
    """A row of one organisation was about to be stored in a session of another."""


class Database:
    """One engine and the sessions made from it.

    `nudge`, if given, is called after each commit that left work for later. Without a `seal`
    nothing can be sealed or opened.
    """

    def __init__(
        self,
        engine: Engine,
        nudge: Callable[[], None] | None = None,
        seal: Seal | None = None,
    ) -> None:
        self.engine = engine
        self.nudge = nudge
        self.seal = seal
        self._make = sessionmaker(bind=engine, expire_on_commit=False)

    def session(self, *, writes: bool, organisation_id: int | None = None) -> Session:
        """A new session; `writes` says that it will store something."""
        session = self._make(
            info={**self.carried(organisation_id), _NUDGE: self.nudge},
            execution_options={WRITES: writes},
        )
        return session

    def carried(self, organisation_id: int | None) -> dict[str, Any]:
        """What each session has with it, wherever its work is stored."""
        return {ORGANISATION: organisation_id, _SEAL: self.seal}

    @contextmanager
    def writing(self, organisation_id: int | None = None) -> Iterator[Session]:
        """A session that commits when the block ends well and rolls back otherwise."""
        session = self.session(writes=True, organisation_id=organisation_id)
        with session, session.begin():
            yield session

    @contextmanager
    def reading(self, organisation_id: int | None = None) -> Iterator[Session]:
        """A session for looking only."""
        with self.session(writes=False, organisation_id=organisation_id) as session:
            yield session


def enter_organisation(session: Session, organisation_id: int) -> None:
    """Narrow the session to one organisation from here on."""
    session.info[ORGANISATION] = organisation_id
    session.info.pop(_ZONE, None)


def remember_zone(session: Session, zone: ZoneInfo) -> None:
    """Keep where the clocks of the session's organisation hang."""
    session.info[_ZONE] = zone


def zone_of(session: Session) -> ZoneInfo | None:
    """Where they hang, if somebody has looked."""
    zone: ZoneInfo | None = session.info.get(_ZONE)
    return zone


def seal_of(session: Session) -> Seal:
    """What seals and opens in this session; one without any key refuses both."""
    return session.info.get(_SEAL) or Seal(())


def organisation_of(session: Session) -> int:
    """The session's organisation; a session without one has no business asking."""
    organisation_id = session.info.get(ORGANISATION)
    if organisation_id is None:
        raise WrongOrganisation("this session belongs to no organisation")
    return int(organisation_id)


def leave_work(session: Session) -> None:
    """Say that this transaction leaves work behind; its runner is nudged once it is safe."""
    session.info[_WORK_LEFT] = True


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
def _nudge(session: Session) -> None:
    nudge: Callable[[], None] | None = session.info.get(_NUDGE)
    if session.info.pop(_WORK_LEFT, False) and nudge is not None:
        nudge()


@event.listens_for(Session, "after_rollback")
def _no_work_left(session: Session) -> None:
    session.info.pop(_WORK_LEFT, None)
