"""Looking at a file: what it holds, what it would do, what is wrong with it. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from ldtrack.exchange.domain import ImportKind, ImportState, Tally
from ldtrack.exchange.limits import LARGE, Limits
from ldtrack.exchange.models import ColumnMatch
from ldtrack.exchange.opening import OpenSession
from ldtrack.exchange.problem import Unreadable
from ldtrack.exchange.service.completion_rows import look_at_completions
from ldtrack.exchange.service.keeping import held, raw_of, sender_of
from ldtrack.exchange.service.looked import Asked, Looked, Unmatched
from ldtrack.exchange.service.people_rows import look_at_people
from ldtrack.exchange.service.staging import Stage
from ldtrack.exchange.table import NO_MATCH, Table, open_table

Progress = Callable[[int, int], None]
_LOOK: Mapping[ImportKind, Callable[..., Looked]] = {
    ImportKind.PEOPLE: look_at_people,
    ImportKind.COMPLETIONS: look_at_completions,
}


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    kind: ImportKind
    asked: Asked
    match: Mapping[str, str]
    raw: bytes


def look(
    open_session: OpenSession,
    run_id: int,
    *,
    now: datetime,
    limits: Limits = LARGE,
    match: Mapping[str, str] = NO_MATCH,
    progress: Progress | None = None,
) -> None:
    """Read the file and write down what it would do; one that was looked at is left alone.

    `match` says for this once which column one of another name stands for. Safe to do again after
    a stop.
    """
    waiting = _taken(open_session, run_id, now)
    if waiting is None:
        return
    stage = Stage(open_session, run_id)
    stage.clear()
    table: Table | None = None
    try:
        table = open_table(waiting.raw, limits=limits, match={**waiting.match, **match})
        looked = _LOOK[waiting.kind](stage, table, waiting.asked, progress or _no_progress)
    except Unmatched as lacking:
        stage.problems(lacking.problems)
        looked = Looked()
        _write_down(open_session, run_id, table, stage, looked, ImportState.UNMATCHED)
        return
    except Unreadable as error:
        stage.clear()
        stage.n_parts = 0
        stage.problems([error.problem])
        looked = Looked()
    _write_down(open_session, run_id, table, stage, looked, ImportState.LOOKED_AT)


def _taken(open_session: OpenSession, run_id: int, now: datetime) -> _Waiting | None:
    with open_session() as session:
        run = held(session, run_id)
        if run.state is not ImportState.SENT:
            return None
        matches = session.execute(
            select(ColumnMatch.title, ColumnMatch.stands_for).where(ColumnMatch.kind == run.kind)
        )
        return _Waiting(
            kind=ImportKind(run.kind),
            asked=Asked(actor=sender_of(session, run), now=now, told=run.told),
            match=dict(matches.all()),
            raw=raw_of(session, run_id),
        )


def _write_down(
    open_session: OpenSession,
    run_id: int,
    table: Table | None,
    stage: Stage,
    looked: Looked,
    state: ImportState,
) -> None:
    with open_session() as session:
        run = held(session, run_id)
        run.state = state
        run.columns = [[own, table.titles[name]] for own, name in table.own] if table else []
        run.notes = list(looked.notes)
        run.first_rows = [list(row) for row in looked.first_rows]
        run.would = dict(looked.would)
        tally: Tally = looked.tally
        run.added, run.changed, run.unchanged = tally.added, tally.changed, tally.unchanged
        run.waiting, run.gone = tally.waiting, 0
        run.skipped, run.n_leavers = looked.skipped, looked.n_leavers
        run.bad_lines = len(stage.bad_lines)
        run.n_parts, run.n_done = stage.n_parts, 0


def _no_progress(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""
