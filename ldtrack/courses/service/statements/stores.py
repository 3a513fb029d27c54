"""Learning record stores that are asked for statements again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible
from ldtrack.courses.domain.statements import AddStore
from ldtrack.courses.models import RecordStore
from ldtrack.outbox.service import ask

PULL = "courses.pull"
"""The kind of the job that asks a store."""


@dataclass(frozen=True, kw_only=True)
class StoreToAsk:
    """What asking a store needs."""

    name: str
    address: str
    username: str
    secret: str
    since: datetime | None


def add_store(session: Session, actor: Actor, command: AddStore, *, now: datetime) -> int:
    """Ask a store from now on. The caller saw to it that its address may be asked."""
    _require(actor)
    row = RecordStore(
        name=command.name,
        address=command.address,
        username=command.username,
        secret=command.secret,
        every_hours=command.every_hours,
        n_taken=0,
    )
    session.add(row)
    session.flush()
    ask(session, kind=PULL, thing_id=row.id, due_at=now)
    _note(session, actor, "add", row, now)
    return row.id


def ask_store_now(session: Session, actor: Actor, store_id: int, *, now: datetime) -> None:
    """Ask a store at once, and go on as planned afterwards."""
    _require(actor)
    ask(session, kind=PULL, thing_id=_store(session, store_id).id, due_at=now)


def remove_store(session: Session, actor: Actor, store_id: int, *, now: datetime) -> None:
    """Ask it no more; what it told stays."""
    _require(actor)
    row = _store(session, store_id)
    _note(session, actor, "remove", row, now)
    session.delete(row)
    session.flush()


def store_to_ask(session: Session, store_id: int) -> StoreToAsk | None:
    """What the job needs; `None` once the store was removed."""
    row = session.get(RecordStore, store_id)
    if row is None:
        return None
    return StoreToAsk(
        name=row.name,
        address=row.address,
        username=row.username,
        secret=row.secret,
        since=row.since,
    )


def store_told(session: Session, store_id: int, *, n_new: int, until: datetime | None) -> None:
    """Remember up to when the store told everything, with what it told."""
    row = session.get(RecordStore, store_id)
    if row is not None:
        row.n_taken += n_new
        row.since = max(filter(None, (row.since, until)), default=None)
        session.flush()


def store_asked(session: Session, store_id: int, *, problem: str, now: datetime) -> None:
    """Remember that it was asked and how that went, and ask again when it is time."""
    row = session.get(RecordStore, store_id)
    if row is not None:
        row.asked_at, row.problem = now, problem[:300]
        ask(session, kind=PULL, thing_id=row.id, due_at=now + timedelta(hours=row.every_hours))


def _store(session: Session, store_id: int) -> RecordStore:
    row = session.get(RecordStore, store_id)
    if row is None:
        raise NotVisible
    return row


def _require(actor: Actor) -> None:
    policy.require(actor, Action.KEEP_SOURCE, Facts(organisation_id=actor.organisation_id))


def _note(session: Session, actor: Actor, what: str, row: RecordStore, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"courses.store:{what}",
        thing="record_store",
        thing_id=row.id,
        happened_at=now,
        reason=row.name,
    )
    session.flush()
