"""Imports as pages show them, for those who may bring in their kind of rows; and long lists."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, literal, select, true
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible
from ldtrack.exchange.domain import (
    KEPT_FOR,
    LEAVERS_SHOWN,
    LIST_KEPT_FOR,
    ROWS,
    ImportKind,
    ImportRow,
    ImportState,
    ListFormat,
    LongListRow,
    PartKind,
    Tally,
)
from ldtrack.exchange.models import ColumnMatch, ImportPart, ImportProblem, ImportRun, LongList
from ldtrack.exchange.people_foretold import would_of
from ldtrack.exchange.problem import Problem
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import account_names, people_named

_MOST = 100
FILES_FOR_A_YES = "files that wait for a yes"
LISTS_TO_TAKE = "lists that are ready to be taken"
_WAITING = (ImportState.SENT, ImportState.UNMATCHED, ImportState.LOOKED_AT)


def import_of(
    session: Session, actor: Actor, run_id: int, now: datetime, kind: ImportKind | None = None
) -> ImportRow:
    """One import, else `NotVisible`; a file waits a day for the yes to it."""
    rows = _rows(session, select(ImportRun).where(ImportRun.id == run_id))
    facts = Facts(organisation_id=actor.organisation_id)
    for row in rows:
        too_old = row.state in _WAITING and row.begun_at < now - KEPT_FOR
        if kind in (None, row.kind) and policy.permits(actor, row.kind.action, facts):
            if too_old:
                raise NotVisible("This file is not kept any more. Please bring it in again.")
            return row
    raise NotVisible


def imports(session: Session, actor: Actor, now: datetime) -> list[ImportRow]:
    """The last imports of the organisation, newest first."""
    here = ~ImportRun.state.in_(_WAITING) | (ImportRun.begun_at >= now - KEPT_FOR)
    wanted = select(ImportRun).where(ImportRun.kind.in_(_kinds(actor)), here)
    return _rows(session, wanted.order_by(ImportRun.begun_at.desc(), ImportRun.id).limit(_MOST))


def files_for_a_yes(actor: Actor, now: datetime) -> Select[str, int]:
    """A statement for a word and the number of files that wait for a yes of those who may say it,
    or for a word on what their columns stand for."""
    kinds = _kinds(actor)
    return select(literal(FILES_FOR_A_YES), func.count(ImportRun.id)).where(
        ImportRun.kind.in_(kinds),
        ImportRun.state.in_((ImportState.UNMATCHED, ImportState.LOOKED_AT)),
        ImportRun.begun_at >= now - KEPT_FOR,
    )


def problems_of(session: Session, run_id: int, *, most: int | None = None) -> list[Problem]:
    """What is wrong with lines of the file, in their order; the caller checked who asks."""
    rows = session.execute(
        select(ImportProblem.line, ImportProblem.title, ImportProblem.reason)
        .where(ImportProblem.run_id == run_id)
        .order_by(ImportProblem.line, ImportProblem.title, ImportProblem.id)
        .limit(most)
    )
    return [Problem(line=line, column=title, reason=reason) for line, title, reason in rows]


def leavers_of(session: Session, run_id: int, *, page: int = 1) -> list[PersonRow]:
    """A page of those who are here and not in the file; the caller checked who asks."""
    part, first = divmod((page - 1) * LEAVERS_SHOWN, ROWS)
    rows = session.scalar(
        select(ImportPart.rows)
        .where(ImportPart.run_id == run_id, ImportPart.kind == PartKind.LEAVERS)
        .order_by(ImportPart.position)
        .offset(part)
        .limit(1)
    )
    ids = [row[0] for row in (rows or [])[first : first + LEAVERS_SHOWN]]
    named = people_named(session, ids)
    return [named[one] for one in ids if one in named]


def matches(session: Session, kind: ImportKind) -> dict[str, str]:
    """What the organisation's own columns stand for."""
    rows = session.execute(
        select(ColumnMatch.title, ColumnMatch.stands_for).where(ColumnMatch.kind == kind)
    )
    return dict(rows.all())


def _kinds(actor: Actor) -> list[ImportKind]:
    facts = Facts(organisation_id=actor.organisation_id)
    return [kind for kind in ImportKind if policy.permits(actor, kind.action, facts)]


def _rows(session: Session, wanted: Select[ImportRun]) -> list[ImportRow]:
    runs = session.scalars(wanted.execution_options(populate_existing=True)).all()
    names = account_names(session, {run.account_id for run in runs if run.account_id})
    counts: dict[int, int] = dict(
        session.execute(
            select(ImportProblem.run_id, func.count())
            .where(ImportProblem.run_id.in_([run.id for run in runs]))
            .group_by(ImportProblem.run_id)
        ).all()
    )
    return [_row(run, names.get(run.account_id or 0, ""), counts.get(run.id, 0)) for run in runs]


def _row(run: ImportRun, by: str, n_problems: int) -> ImportRow:
    return ImportRow(
        id=run.id,
        kind=ImportKind(run.kind),
        state=ImportState(run.state),
        name=run.name,
        begun_at=run.begun_at,
        by=by,
        n_bytes=run.n_bytes,
        tally=Tally(
            added=run.added,
            changed=run.changed,
            unchanged=run.unchanged,
            gone=run.gone,
            waiting=run.waiting,
        ),
        skipped=run.skipped,
        n_leavers=run.n_leavers,
        bad_lines=run.bad_lines,
        n_problems=n_problems,
        notes=tuple(run.notes),
        told=run.told,
        columns=tuple((own, title) for own, title in run.columns),
        n_parts=run.n_parts,
        n_done=run.n_done,
        first_rows=tuple(tuple(row) for row in run.first_rows),
        would=would_of(run.would),
    )


def long_list(session: Session, actor: Actor, list_id: int, now: datetime) -> LongListRow:
    """A list that the actor asked for, else `NotVisible`."""
    rows = _lists(session, actor, now, LongList.id == list_id)
    if not rows:
        raise NotVisible("This list is not kept any more. Please ask for it again.")
    return rows[0]


def long_lists(session: Session, actor: Actor, now: datetime) -> list[LongListRow]:
    """All lists that the actor asked for, the latest first."""
    return _lists(session, actor, now, true())


def lists_to_take(actor: Actor, now: datetime) -> Select[str, int]:
    """A statement for a word and the number of lists of the actor's that are ready to be taken."""
    return select(literal(LISTS_TO_TAKE), func.count(LongList.id)).where(
        LongList.account_id == actor.account_id,
        LongList.finished_at > now - LIST_KEPT_FOR,
        LongList.taken_at.is_(None),
    )


def _lists(
    session: Session, actor: Actor, now: datetime, which: ColumnElement[bool]
) -> list[LongListRow]:
    """What waits to be deleted is not shown any more."""
    rows = session.scalars(
        select(LongList)
        .where(
            which,
            LongList.account_id == actor.account_id,
            func.coalesce(LongList.finished_at, LongList.asked_at) > now - LIST_KEPT_FOR,
        )
        .order_by(LongList.asked_at.desc(), LongList.id)
    )
    return [
        LongListRow(
            id=row.id,
            name=row.name,
            format=ListFormat(row.format),
            asked_at=row.asked_at,
            finished_at=row.finished_at,
            n_rows=row.n_rows,
            n_bytes=row.n_bytes,
        )
        for row in rows
    ]
