"""Rows of completions: read, looked up, stored and taken back part by part, however many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.courses.queries import courses_here
from ldtrack.courses.service import (
    RecordCompletion,
    compare_completions,
    put_back_results,
    record_completions,
    withdraw_completions,
)
from ldtrack.courses.service.statements import (
    compare_statements,
    drop_statements,
    take_statements,
)
from ldtrack.exchange.completions_csv import (
    CompletionLine,
    ParsedCompletions,
    kind_of,
    lines_of,
    notes_on,
)
from ldtrack.exchange.completions_find import Resolver, where_in
from ldtrack.exchange.completions_wait import unpacked
from ldtrack.exchange.domain import ROWS, PartDone, PartKind, Tally
from ldtrack.exchange.problem import Problem, Unreadable
from ldtrack.exchange.service.looked import FIRST_ROWS, Asked, Looked, Unmatched
from ldtrack.exchange.service.staging import Stage
from ldtrack.exchange.table import Table
from ldtrack.people.queries import people_here, time_zone
from ldtrack.ui.dates import count_of, day

_NAMED = 3
"""Names that are said of those that wait."""


def look_at_completions(
    stage: Stage, table: Table, asked: Asked, progress: Callable[[int, int], None]
) -> Looked:
    """Look the rows up, a part after the other, and write down what can be stored."""
    with stage.open_session() as session:
        zone = time_zone(session)
        found = ParsedCompletions(zone=zone)
    try:
        found.kind = kind_of(table)
    except Unreadable as error:
        raise Unmatched([error.problem]) from error
    if table.problems:
        stage.problems(table.problems)
        return Looked()
    course = str(asked.told.get("course", ""))
    resolver = Resolver(
        kind=found.kind, where=where_in(table, found.kind), course=course, today=asked.today
    )
    added = changed = unchanged = waiting = aside = rows_read = 0
    unknown: Counter[str] = Counter()
    first: list[tuple[str, ...]] = []
    lines = lines_of(table, found)
    while rows := list(islice(lines, 2 * ROWS)):
        with stage.open_session() as session:
            here = resolver.resolve(session, rows)
            good = here.completions
            would = compare_completions(
                session, asked.actor, list(good.values()), today=asked.today
            )
            said = [one.as_statement(zone) for one in here.waiting.values()]
            told = compare_statements(session, asked.actor, said)
        added += would.added + told.new - told.parked - told.aside
        changed, unchanged = changed + would.changed, unchanged + would.unchanged + told.known
        waiting, aside = waiting + told.parked, aside + told.aside
        unknown.update(here.unknown)
        first += [_shown(row, course) for row in rows if row.line in good][
            : FIRST_ROWS - len(first)
        ]
        stage.parts(PartKind.COMPLETIONS, (_packed(*one) for one in good.items()), size=2 * ROWS)
        stage.parts(
            PartKind.WAITING, (one.packed() for one in here.waiting.values()), size=2 * ROWS
        )
        stage.problems(_drained(found, table, here.problems))
        rows_read += len(rows)
        progress(rows_read, 0)
    stage.problems(_drained(found, table, []))
    return Looked(
        tally=Tally(added=added, changed=changed, unchanged=unchanged, waiting=waiting),
        skipped=found.skipped,
        notes=(*notes_on(found), *_notes_on_waiting(waiting, aside, unknown)),
        first_rows=tuple(first),
    )


def store_completions(
    session: Session, kind: PartKind, rows: Sequence[Sequence[Any]], asked: Asked
) -> PartDone:
    """Record one part; whoever or whatever is gone meanwhile is left out."""
    if kind is PartKind.WAITING:
        return _store_waiting(session, rows, asked)
    commands = {row[0]: _unpacked(row) for row in rows}
    people = people_here(session, {one.person_id for one in commands.values()})
    courses = courses_here(session, {one.course_id for one in commands.values()})
    problems = [
        Problem(
            line=line, column="", reason=f"The {what} was here when you looked, and is gone now."
        )
        for line, one in commands.items()
        for what, gone in (
            ("person", one.person_id not in people),
            ("course", one.course_id not in courses),
        )
        if gone
    ]
    for problem in problems:
        commands.pop(problem.line, None)
    done = record_completions(session, asked.actor, list(commands.values()), now=asked.now)
    written = dict(zip(done.ids, commands.values(), strict=True))
    return PartDone(
        tally=Tally(added=done.added, changed=done.changed, unchanged=done.unchanged),
        undo={
            "added": done.added_ids,
            "former": [[one, result] for one, result in done.former.items()],
            "written": [
                [one, (written[one].score, written[one].score_max, written[one].passed)]
                for one in done.former
            ],
        },
        problems=tuple(problems),
    )


def take_back_completions(
    session: Session, kind: PartKind, undo: Mapping[str, Any], asked: Asked
) -> tuple[int, int]:
    """Take back one part. Returns how many rows are as they were, and how many stay."""
    if kind is PartKind.WAITING:
        gone = drop_statements(session, asked.actor, undo["added"], now=asked.now)
        return gone, len(undo["added"]) - gone
    back = withdraw_completions(session, asked.actor, undo["added"], now=asked.now)
    former = {one: tuple(result) for one, result in undo["former"]}
    written = {one: tuple(result) for one, result in undo["written"]}
    back += put_back_results(session, asked.actor, former, written, now=asked.now)
    return back, len(undo["added"]) + len(former) - back


def _store_waiting(session: Session, rows: Sequence[Sequence[Any]], asked: Asked) -> PartDone:
    zone = time_zone(session)
    said = [unpacked(row).as_statement(zone) for row in rows]
    done = take_statements(session, asked.actor, said, (), source="a file", now=asked.now)
    placed = done.new - done.parked - done.aside
    return PartDone(
        tally=Tally(added=placed, unchanged=done.known, waiting=done.parked),
        undo={"added": done.ids},
    )


def _notes_on_waiting(waiting: int, aside: int, unknown: Mapping[str, int]) -> Iterable[str]:
    if waiting:
        named = sorted(unknown, key=lambda name: (-unknown[name], name))
        shown = ", ".join(f"“{name}”" for name in named[:_NAMED])
        more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
        verb = "waits" if waiting == 1 else "wait"
        yield (
            f"{count_of(waiting, 'completion')} will be kept and {verb} until you say whom or "
            f"which course the file means: {shown}{more}."
        )
    if aside:
        yield f"{count_of(aside, 'completion')} will be set aside, as you decided for their names."


def _drained(found: ParsedCompletions, table: Table, more: list[Problem]) -> list[Problem]:
    """What is wrong with the lines that were read since; it is kept elsewhere from here on."""
    problems = sorted([*found.problems, *table.problems, *more], key=lambda one: one.line)
    found.problems.clear()
    table.problems.clear()
    return problems


def _packed(line: int, one: RecordCompletion) -> tuple[Any, ...]:
    result = (one.score, one.score_max, one.passed)
    return line, one.course_id, one.person_id, one.completed_on.isoformat(), *result, one.source


def _unpacked(row: Sequence[Any]) -> RecordCompletion:
    return RecordCompletion(
        course_id=row[1],
        person_id=row[2],
        completed_on=date.fromisoformat(row[3]),
        score=row[4],
        score_max=row[5],
        passed=row[6],
        source=row[7],
    )


def _shown(row: CompletionLine, course: str) -> tuple[str, ...]:
    return (
        str(row.line),
        row.name or row.external_id or row.email,
        (row.courses or (course,))[0],
        day(row.completed_on),
        "–" if row.score is None else f"{row.score:g} of {row.score_max:g}",
    )
