"""Bringing a file in from beginning to end, for the console and for made-up organisations."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.exchange.domain import ImportKind, PartKind
from ldtrack.exchange.limits import LARGE, Limits
from ldtrack.exchange.models import ImportPart, ImportRun
from ldtrack.exchange.opening import OpenSession
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.people_foretold import would_of
from ldtrack.exchange.queries import leavers_of, problems_of
from ldtrack.exchange.report import Report
from ldtrack.exchange.service import carrying_out, keeping, looking
from ldtrack.exchange.table import NO_MATCH

_IF_STOPPED = timedelta(minutes=5)
"""After this a job goes on with what was begun here and stopped."""


def import_file(
    session: Session,
    actor: Actor | None,
    kind: ImportKind,
    source: Path | str | bytes,
    *,
    now: datetime,
    skip_bad: bool = False,
    told: Mapping[str, Any] | None = None,
    limits: Limits = LARGE,
) -> Report:
    """The same within one transaction: all or nothing unless bad rows are to be skipped."""
    return bring_in(
        lambda: nullcontext(session),
        actor or operator_of(session),
        kind,
        source,
        now=now,
        skip_bad=skip_bad,
        told=told,
        limits=limits,
    )


def bring_in(
    open_session: OpenSession,
    actor: Actor,
    kind: ImportKind,
    source: Path | str | bytes,
    *,
    now: datetime,
    skip_bad: bool = False,
    leavers: bool = False,
    dry_run: bool = False,
    match: Mapping[str, str] = NO_MATCH,
    told: Mapping[str, Any] | None = None,
    limits: Limits = LARGE,
) -> Report:
    """Look at a file and store it, part by part, unless there are problems that are not skipped.

    Doing it again changes nothing. With `dry_run` it is only looked at. `match` is for a file that
    calls its columns otherwise.
    """
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = "file" if isinstance(source, bytes) else Path(source).name
    with open_session() as session:
        run_id = keeping.begin(session, actor, kind, BytesIO(raw), name=name, now=now, told=told)
    looking.look(open_session, run_id, now=now, limits=limits, match=match)
    with open_session() as session:
        would = _report(session, run_id)
        if dry_run or not would.good or (would.problems and not skip_bad):
            missing = tuple(leavers_of(session, run_id))
            keeping.forget(session, run_id)
            return replace(would, leavers=missing)
        carrying_out.say_yes(
            session,
            actor,
            run_id,
            skip_bad=skip_bad,
            leavers=leavers,
            now=now,
            due_at=now + _IF_STOPPED,
        )
    carrying_out.go_on(open_session, run_id, now)
    with open_session() as session:
        return replace(_report(session, run_id), stored=True, added_ids=_added(session, run_id))


def _report(session: Session, run_id: int) -> Report:
    run = session.get_one(ImportRun, run_id, populate_existing=True)
    return Report(
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        gone=run.gone,
        skipped=run.skipped,
        waiting=run.waiting,
        problems=tuple(problems_of(session, run_id)),
        notes=tuple(run.notes),
        would=would_of(run.would),
        n_leavers=run.n_leavers,
    )


def _added(session: Session, run_id: int) -> tuple[int, ...]:
    kinds = (PartKind.PEOPLE, PartKind.COMPLETIONS)
    undos = session.scalars(
        select(ImportPart.undo).where(ImportPart.run_id == run_id, ImportPart.kind.in_(kinds))
    )
    return tuple(one for undo in undos for one in undo["added"])
