"""Bringing completions in from a file: finding the people and courses that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.audit.service import note
from ldtrack.courses.queries import courses_by_code, courses_by_title
from ldtrack.courses.service import (
    RecordCompletion,
    compare_completions,
    record_completions,
)
from ldtrack.exchange.completions_csv import (
    CompletionLine,
    ParsedCompletions,
    parse_completions,
)
from ldtrack.exchange.limits import BROWSER, CONSOLE, Limits
from ldtrack.exchange.operator import operator_of
from ldtrack.exchange.problem import Problem
from ldtrack.exchange.report import Report
from ldtrack.people.queries import by_email, by_external_id, by_name, time_zone


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a file of completions holds and what storing it would do."""

    report: Report
    parsed: ParsedCompletions
    rows: Sequence[CompletionLine]


def import_file(
    session: Session,
    actor: Actor | None,
    source: Path | str | bytes,
    *,
    skip_bad: bool,
    now: datetime,
    course: str = "",
    limits: Limits = CONSOLE,
) -> Report:
    """Store the completions of a file, all or nothing unless bad rows are to be skipped.

    `course` is the code of the course for a file that does not name one. Without an actor it is
    the console's operator who acts. Doing it again changes nothing.
    """
    actor = actor or operator_of(session)
    raw = source if isinstance(source, bytes) else Path(source).read_bytes()
    parsed = parse_completions(raw, limits=limits, zone=time_zone(session))
    found, problems = _resolve(session, parsed, course, now)
    if not found or (problems and not skip_bad):
        return _report(session, actor, parsed, found, problems, now)
    done = record_completions(session, actor, list(found.values()), now=now)
    note(
        session,
        account_id=actor.account_id,
        action=Action.RECORD_COMPLETION.value,
        thing="completions_import",
        happened_at=now,
        reason=f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged",
    )
    session.flush()
    return Report(
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
        skipped=parsed.skipped,
        problems=tuple(problems),
        notes=tuple(parsed.notes),
        stored=True,
        added_ids=done.added_ids,
    )


def look_at(
    session: Session,
    actor: Actor,
    raw: bytes,
    *,
    now: datetime,
    course: str = "",
    limits: Limits = BROWSER,
) -> Looked:
    """What importing the file would do; nothing is stored."""
    parsed = parse_completions(raw, limits=limits, zone=time_zone(session))
    found, problems = _resolve(session, parsed, course, now)
    report = _report(session, actor, parsed, found, problems, now)
    return Looked(
        report=report, parsed=parsed, rows=[row for row in parsed.rows if row.line in found]
    )


def _report(
    session: Session,
    actor: Actor,
    parsed: ParsedCompletions,
    found: Mapping[int, RecordCompletion],
    problems: Sequence[Problem],
    now: datetime,
) -> Report:
    would = compare_completions(session, actor, list(found.values()), today=now.date())
    return Report(
        added=would.added,
        changed=would.changed,
        unchanged=would.unchanged,
        skipped=parsed.skipped,
        problems=tuple(problems),
        notes=tuple(parsed.notes),
    )


def _resolve(
    session: Session, parsed: ParsedCompletions, course: str, now: datetime
) -> tuple[dict[int, RecordCompletion], list[Problem]]:
    """The completions to record by line, and what is wrong with the others."""
    rows = parsed.rows
    by_id = by_external_id(session, {row.external_id for row in rows if row.external_id})
    by_address = by_email(session, {row.email for row in rows if row.email})
    names = by_name(session, {row.name for row in rows if row.name})
    courses = _courses(session, {name for row in rows for name in row.courses} | {course} - {""})
    found: dict[int, RecordCompletion] = {}
    seen: dict[tuple[int, int, object], int] = {}
    problems = list(parsed.problems)
    for row in rows:
        people = {by_id.get(row.external_id), by_address.get(row.email)} - {None}
        person_id = next(iter(people), None) or names.get(row.name)
        wanted = row.courses or ((course,) if course else ())
        course_id = next((courses[name] for name in wanted if name in courses), None)
        refused = _refusal(row, len(people), person_id, wanted, course_id, now)
        if refused is None and person_id is not None and course_id is not None:
            key = (course_id, person_id, row.completed_on)
            if key in seen:
                refused = _problem(row, "", f"The same completion is on line {seen[key]} already.")
            else:
                seen[key] = row.line
                found[row.line] = RecordCompletion(
                    course_id=course_id,
                    person_id=person_id,
                    completed_on=row.completed_on,
                    score=row.score,
                    score_max=row.score_max,
                    passed=row.passed,
                    source=parsed.kind.value,
                )
        if refused is not None:
            problems.append(refused)
    return found, sorted(problems, key=lambda problem: problem.line)


def _refusal(
    row: CompletionLine,
    n_people: int,
    person_id: int | None,
    wanted: Sequence[str],
    course_id: int | None,
    now: datetime,
) -> Problem | None:
    if n_people > 1:
        return _problem(row, "person", "The id and the mail address belong to two people.")
    if person_id is None:
        who = row.external_id or row.email or row.name
        reason = f"Nobody here is known as “{who}”." if who else "It is not said who this is."
        return _problem(row, "person", reason)
    if not wanted:
        return _problem(row, "course", "Choose the course: the file does not name it.")
    if course_id is None:
        return _problem(row, "course", f"The catalogue has no course “{wanted[0]}”.")
    if row.completed_on > now.date():
        return _problem(row, "date", "This day lies in the future.")
    return None


def _problem(row: CompletionLine, column: str, reason: str) -> Problem:
    return Problem(line=row.line, column=column, reason=reason)


def _courses(session: Session, names: Iterable[str]) -> dict[str, int]:
    wanted = set(names)
    return courses_by_title(session, wanted) | courses_by_code(session, wanted)
