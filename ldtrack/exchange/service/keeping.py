"""Keeping a file that was sent, and forgetting it in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.domain import (
    BACK_FOR,
    KEPT_FOR,
    LOOK,
    STORE,
    TAKE_BACK,
    ImportKind,
    ImportState,
)
from ldtrack.exchange.models import ColumnMatch, ImportChunk, ImportRun
from ldtrack.outbox.service import forget_jobs
from ldtrack.people.queries import person_of_account

_CHUNK = 1_000_000


def begin(
    session: Session,
    actor: Actor,
    kind: ImportKind,
    file: BinaryIO,
    *,
    name: str,
    now: datetime,
    told: Mapping[str, Any] | None = None,
) -> int:
    """Keep a file to be looked at. Returns the id of the import."""
    policy.require(actor, kind.action, Facts(organisation_id=actor.organisation_id))
    _tidy(session, now)
    run = ImportRun(
        kind=kind,
        name=name[:200],
        account_id=actor.account_id,
        begun_at=now,
        n_bytes=0,
        told=dict(told or {}),
    )
    session.add(run)
    session.flush()
    for position, content in enumerate(iter(lambda: file.read(_CHUNK), b"")):
        session.add(ImportChunk(run_id=run.id, position=position, content=content))
        run.n_bytes += len(content)
        session.flush()
        session.expunge_all()
        session.add(run)
    session.flush()
    return run.id


def raw_of(session: Session, run_id: int) -> bytes:
    """The file."""
    rows = session.scalars(
        select(ImportChunk.content)
        .where(ImportChunk.run_id == run_id)
        .order_by(ImportChunk.position)
    )
    return b"".join(rows)


def held(session: Session, run_id: int) -> ImportRun:
    """The import, held against everybody else who would go on with it; else `NotVisible`."""
    run = session.scalar(
        select(ImportRun)
        .where(ImportRun.id == run_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if run is None:
        raise NotVisible
    return run


def sender_of(session: Session, run: ImportRun) -> Actor:
    """Whoever sent the file; whether they may was asked when they did."""
    return Actor(
        organisation_id=run.organisation_id,
        account_id=run.account_id,
        person_id=person_of_account(session, run.account_id),
        roles=frozenset({Role.HR}),
    )


def match_columns(
    session: Session, actor: Actor, run_id: int, stands_for: Mapping[str, str]
) -> None:
    """Say what the columns of a file stand for, have it looked at again, and remember it.

    A column that stands for nothing is left out, even if it is called like one of ours.
    """
    run = held(session, run_id)
    policy.require(actor, run.kind.action, Facts(organisation_id=actor.organisation_id))
    if run.state not in (ImportState.UNMATCHED, ImportState.LOOKED_AT):
        raise NotVisible
    known = {
        row.title: row
        for row in session.scalars(select(ColumnMatch).where(ColumnMatch.kind == run.kind))
    }
    for title, column in stands_for.items():
        row = known.get(title)
        if row is not None and column == title:
            session.delete(row)
        elif row is not None:
            row.stands_for = column
        elif column != title:
            session.add(ColumnMatch(kind=run.kind, title=title[:200], stands_for=column))
    run.state = ImportState.SENT
    session.flush()


def forget(session: Session, run_id: int) -> None:
    """Forget a file that is not to be stored."""
    _forget(session, [run_id])


def forget_all(session: Session) -> None:
    """Forget every file of the organisation, because somebody in them is to be forgotten.

    What they did stays; it can no longer be taken back.
    """
    _forget(session, session.scalars(select(ImportRun.id)).all())


def _tidy(session: Session, now: datetime) -> None:
    waiting = (ImportState.SENT, ImportState.UNMATCHED, ImportState.LOOKED_AT)
    old = or_(
        ImportRun.state.in_(waiting) & (ImportRun.begun_at < now - KEPT_FOR),
        ImportRun.begun_at < now - BACK_FOR,
    )
    _forget(session, session.scalars(select(ImportRun.id).where(old)).all())


def _forget(session: Session, run_ids: Sequence[int]) -> None:
    """With the jobs about them: one that gave up would wait for somebody to go on with it."""
    forget_jobs(session, kinds=(LOOK, STORE, TAKE_BACK), things=run_ids)
    gone = delete(ImportRun).where(ImportRun.id.in_(run_ids))
    session.execute(gone.execution_options(synchronize_session=False))
