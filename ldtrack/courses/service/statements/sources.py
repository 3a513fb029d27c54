"""Who may send statements: credentials that are shown once, kept as a hash, and can be revoked."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.models import StatementSource
from ldtrack.db.session import EVERYWHERE, enter_organisation

MOST_A_MINUTE = 600
"""Requests of one source; a system that sends more sends several statements in each."""
MOST_SOURCES = 50
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class MadeSource:
    """Credentials as they are shown, once."""

    id: int
    key: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class EnteredSource:
    """A source that proved who it is; `too_often` if it has to wait a little."""

    name: str
    too_often: bool


def make_source(session: Session, actor: Actor, name: str, *, now: datetime) -> MadeSource:
    """Let another system send statements. Its secret is not kept and cannot be shown again."""
    _require(actor)
    if not name:
        raise RuleBroken("name", "Name the system that will send statements.")
    running = session.scalars(
        select(StatementSource.id).where(StatementSource.revoked_at.is_(None))
    ).all()
    if len(running) >= MOST_SOURCES:
        raise RuleBroken("name", f"There are {MOST_SOURCES} sources already; revoke one first.")
    # Too random to be guessed, so a plain hash keeps it: there is nothing to slow down.
    secret = secrets.token_urlsafe(32)
    row = StatementSource(
        name=name,
        key=f"ld-{secrets.token_hex(12)}",
        secret_hash=_hashed(secret),
        made_at=now,
        window_count=0,
    )
    session.add(row)
    session.flush()
    _note(session, actor, "make", row, now)
    return MadeSource(id=row.id, key=row.key, secret=secret)


def revoke_source(session: Session, actor: Actor, source_id: int, *, now: datetime) -> None:
    """Take nothing from the system any more, from the next request on; what it said stays."""
    _require(actor)
    row = session.get(StatementSource, source_id)
    if row is None:
        raise NotVisible
    row.revoked_at = row.revoked_at or now
    _note(session, actor, "revoke", row, now)


def enter_source(session: Session, key: str, secret: str, *, now: datetime) -> EnteredSource | None:
    """Narrow the session to the organisation of the source; `None` if the credentials are wrong.

    Each request counts, so that one system cannot keep all others waiting.
    """
    row = session.scalars(
        select(StatementSource).where(StatementSource.key == key), execution_options=EVERYWHERE
    ).one_or_none()
    right = hmac.compare_digest(row.secret_hash if row else _hashed(""), _hashed(secret))
    if row is None or not right or row.revoked_at is not None:
        return None
    enter_organisation(session, row.organisation_id)
    if row.window_began_at is None or now - row.window_began_at >= _MINUTE:
        row.window_began_at, row.window_count = now, 0
    row.window_count += 1
    row.last_used_at = now
    session.flush()
    return EnteredSource(name=row.name, too_often=row.window_count > MOST_A_MINUTE)


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _require(actor: Actor) -> None:
    policy.require(actor, Action.KEEP_SOURCE, Facts(organisation_id=actor.organisation_id))


def _note(session: Session, actor: Actor, what: str, row: StatementSource, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=f"courses.source:{what}",
        thing="statement_source",
        thing_id=row.id,
        happened_at=now,
        reason=row.name,
    )
    session.flush()
