"""Carrying out what was looked at and said yes to, part by part, and taking it back likewise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.domain import Actor, Facts
from ldtrack.audit.service import note
from ldtrack.core.errors import RuleBroken
from ldtrack.db.statistics import refresh
from ldtrack.exchange.domain import (
    STORE,
    TAKE_BACK,
    ImportKind,
    ImportState,
    PartDone,
    PartKind,
)
from ldtrack.exchange.models import ImportChunk, ImportPart, ImportRun
from ldtrack.exchange.opening import OpenSession
from ldtrack.exchange.service.completion_rows import store_completions, take_back_completions
from ldtrack.exchange.service.keeping import held, sender_of
from ldtrack.exchange.service.looked import Asked
from ldtrack.exchange.service.people_rows import store_people, take_back_people
from ldtrack.exchange.service.staging import n_bad_lines, write_problems
from ldtrack.outbox.service import ask

_GREW = frozenset({2, 20, 200})
"""Parts after which tables may have grown tenfold within this very file."""
_STORE: Mapping[ImportKind, Callable[..., PartDone]] = {
    ImportKind.PEOPLE: store_people,
    ImportKind.COMPLETIONS: store_completions,
}
_TAKE_BACK: Mapping[ImportKind, Callable[..., tuple[int, int]]] = {
    ImportKind.PEOPLE: take_back_people,
    ImportKind.COMPLETIONS: take_back_completions,
}


def say_yes(
    session: Session,
    actor: Actor,
    run_id: int,
    *,
    skip_bad: bool,
    leavers: bool,
    now: datetime,
    due_at: datetime,
) -> None:
    """Have a file stored that was looked at, from `due_at` on by whoever does jobs.

    Raises `RuleBroken` at `skip_bad` if lines with problems are not to be left out.
    """
    run = held(session, run_id)
    policy.require(actor, run.kind.action, Facts(organisation_id=actor.organisation_id))
    if run.state is not ImportState.LOOKED_AT:
        raise RuleBroken("", "This file was said yes to already.")
    if run.bad_lines and not skip_bad:
        raise RuleBroken("skip_bad", "Nothing is stored: some lines have problems.")
    if not run.added + run.changed + run.unchanged + run.waiting:
        raise RuleBroken("", "Nothing in this file can be stored.")
    if not leavers:
        session.execute(
            delete(ImportPart).where(
                ImportPart.run_id == run_id, ImportPart.kind == PartKind.LEAVERS
            )
        )
    run.n_parts = _count(session, run_id)
    run.state, run.n_done, run.would = ImportState.STORING, 0, {}
    run.added = run.changed = run.unchanged = run.gone = run.waiting = 0
    session.flush()
    ask(session, kind=STORE, thing_id=run_id, due_at=due_at)
    _note(session, actor.account_id, run, now, f"{run.name}: said yes to")


def take_back(
    session: Session, actor: Actor, run_id: int, *, now: datetime, due_at: datetime
) -> None:
    """Have taken back what a file did, as far as nothing has been built on it since."""
    run = held(session, run_id)
    policy.require(actor, run.kind.action, Facts(organisation_id=actor.organisation_id))
    if run.state is not ImportState.STORED:
        raise RuleBroken("", "This cannot be taken back.")
    run.state = ImportState.TAKING_BACK
    run.told = {**run.told, "back": 0, "stayed": 0}
    session.flush()
    ask(session, kind=TAKE_BACK, thing_id=run_id, due_at=due_at)
    _note(session, actor.account_id, run, now, f"{run.name}: to be taken back")


def go_on(
    open_session: OpenSession,
    run_id: int,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Do what is left of storing or of taking back, each part in a transaction of its own.

    Safe after a stop, and beside somebody else who does the same.
    """
    left = True
    while left:
        with open_session() as session:
            left = _next(session, run_id, now)
            run = held(session, run_id)
            done, total = run.n_done, run.n_parts
            if done in _GREW or not left:
                refresh(session.connection())
        if progress is not None:
            progress(done if run.state is not ImportState.TAKING_BACK else total - done, total)


def _next(session: Session, run_id: int, now: datetime) -> bool:
    run = held(session, run_id)
    storing = run.state is ImportState.STORING
    if not storing and run.state is not ImportState.TAKING_BACK:
        return False
    order = ImportPart.position if storing else ImportPart.position.desc()
    part = session.scalars(
        select(ImportPart)
        .where(ImportPart.run_id == run_id, ImportPart.done.is_(not storing))
        .order_by(order)
        .limit(1)
    ).first()
    if part is not None:
        asked = Asked(actor=sender_of(session, run), now=now, told=run.told)
        (_store_part if storing else _take_part_back)(session, run, part, asked)
    if part is None or run.n_done == (run.n_parts if storing else 0):
        _finish(session, run, now)
        return False
    return True


def _store_part(session: Session, run: ImportRun, part: ImportPart, asked: Asked) -> None:
    done = _STORE[ImportKind(run.kind)](session, PartKind(part.kind), part.rows, asked)
    part.done, part.rows, part.undo = True, [], _as_json(done.undo)
    run.n_done += 1
    run.added += done.tally.added
    run.changed += done.tally.changed
    run.unchanged += done.tally.unchanged
    run.gone += done.tally.gone
    run.waiting += done.tally.waiting
    session.flush()
    if done.problems:
        write_problems(session, run.id, done.problems)
        run.bad_lines = n_bad_lines(session, run.id)


def _take_part_back(session: Session, run: ImportRun, part: ImportPart, asked: Asked) -> None:
    back, stayed = _TAKE_BACK[ImportKind(run.kind)](session, PartKind(part.kind), part.undo, asked)
    told = run.told
    run.told = {**told, "back": told["back"] + back, "stayed": told["stayed"] + stayed}
    part.done, part.undo = False, {}
    run.n_done -= 1
    session.flush()


def _finish(session: Session, run: ImportRun, now: datetime) -> None:
    if run.state is ImportState.STORING:
        run.state = ImportState.STORED
        session.execute(delete(ImportChunk).where(ImportChunk.run_id == run.id))
        counts = f"{run.added} added, {run.changed} changed, {run.unchanged} unchanged"
        rest = f"{run.gone} left, {run.waiting} waiting"
        _note(session, run.account_id, run, now, f"{run.name}: {counts}, {rest}")
    else:
        run.state = ImportState.TAKEN_BACK
        _note(session, run.account_id, run, now, f"{run.name}: {run.told['back']} taken back")


def _count(session: Session, run_id: int) -> int:
    return (
        session.scalar(
            select(func.count()).select_from(ImportPart).where(ImportPart.run_id == run_id)
        )
        or 0
    )


def _as_json(undo: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) for name, value in undo.items()}


def _note(
    session: Session, account_id: int | None, run: ImportRun, now: datetime, what: str
) -> None:
    note(
        session,
        account_id=account_id,
        action=ImportKind(run.kind).action.value,
        thing=f"{run.kind}_import",
        thing_id=run.id,
        happened_at=now,
        reason=what,
    )
    session.flush()
