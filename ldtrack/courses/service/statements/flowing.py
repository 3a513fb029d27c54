"""From statements to completions: what all of them about a person, a course and a day come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.courses.domain import RecordCompletion
from ldtrack.courses.domain.statements import (
    IN_FILE,
    MATCHED,
    RESTING,
    SOURCE,
    Said,
    outcome_of,
)
from ldtrack.courses.models import Completion, Statement
from ldtrack.courses.service.completions import record_completions, withdraw_completions
from ldtrack.db.parts import in_parts

Key = tuple[int, int, date]
"""A course, a person, a day."""


def flow(session: Session, actor: Actor, rows: Iterable[Statement], *, now: datetime) -> None:
    """Bring the completions that these statements touch to what all statements come to.

    A completion without a statement left is taken back if it came from statements. One that was
    recorded by hand or from a file keeps its result unless a statement brings another.
    """
    flow_keys(session, actor, keys_of(rows), now=now)


def keys_of(rows: Iterable[Statement]) -> set[Key]:
    """The course, person and day of each completion that rests on the statements."""
    return {
        (row.course_id, row.person_id, row.happened_on)
        for row in rows
        if row.course_id is not None and row.person_id is not None
    }


def flow_keys(session: Session, actor: Actor, keys: Collection[Key], *, now: datetime) -> None:
    """The same for courses, people and days that are known."""
    if not keys:
        return
    people = {person_id for _, person_id, _ in keys}
    said, in_files = _said(session, keys, people)
    before = _completions(session, keys, people)
    commands, gone = [], []
    for key in sorted(keys):
        completion = before.get(key)
        if key in said:
            outcome = outcome_of(said[key])
            if outcome.has_result or completion is None or completion.source in RESTING:
                commands.append(
                    RecordCompletion(
                        course_id=key[0],
                        person_id=key[1],
                        completed_on=key[2],
                        score=outcome.score,
                        score_max=outcome.score_max,
                        passed=outcome.passed,
                        source=MATCHED if key in in_files else SOURCE,
                    )
                )
        elif completion is not None and completion.source in RESTING:
            gone.append(completion.id)
    if commands:
        record_completions(session, actor, commands, now=now)
    if gone:
        withdraw_completions(session, actor, gone, now=now)


def _said(
    session: Session, keys: Collection[Key], people: Collection[int]
) -> tuple[dict[Key, list[Said]], set[Key]]:
    """What is said, in the order in which it came, and of what only files say it."""
    courses = sorted({course_id for course_id, _, _ in keys})
    found: dict[Key, list[Said]] = {}
    elsewhere: set[Key] = set()
    for part in in_parts(people):
        for row in session.scalars(
            select(Statement)
            .where(
                Statement.person_id.in_(part),
                Statement.course_id.in_(courses),
                Statement.voided_at.is_(None),
            )
            .order_by(Statement.received_at, Statement.id)
        ):
            key = (row.course_id or 0, row.person_id or 0, row.happened_on)
            if key in keys:
                if not row.activity_id.startswith(IN_FILE):
                    elsewhere.add(key)
                found.setdefault(key, []).append(
                    Said(
                        happened_at=row.happened_at,
                        score=row.score,
                        score_max=row.score_max,
                        passed=row.passed,
                    )
                )
    return found, found.keys() - elsewhere


def _completions(
    session: Session, keys: Collection[Key], people: Collection[int]
) -> dict[Key, Completion]:
    courses = sorted({course_id for course_id, _, _ in keys})
    found: dict[Key, Completion] = {}
    for part in in_parts(people):
        for row in session.scalars(
            select(Completion).where(
                Completion.person_id.in_(part), Completion.course_id.in_(courses)
            )
        ):
            found[(row.course_id, row.person_id, row.completed_on)] = row
    return found
