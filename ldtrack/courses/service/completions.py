"""Recording who completed what, with the evidence that follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.courses.domain import RecordCompletion, check_result
from ldtrack.courses.models import Completion, Course
from ldtrack.courses.service.evidence import Told, speak, take_back
from ldtrack.db.base import Base
from ldtrack.db.given import given, write_rows
from ldtrack.db.parts import in_parts
from ldtrack.db.session import organisation_of
from ldtrack.people.queries import people_here

Result = tuple[float | None, float | None, bool | None]
"""Score, best score and whether it was passed."""
_Key = tuple[int, int, date]
_KEY = (Completion.course_id, Completion.person_id, Completion.completed_on)
_TABLE = Base.metadata.tables[Completion.__tablename__]
_DECIMALS = 9
"""Decimals of a score that are kept: what a table can carry out and in again."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of many completions; `ids` are in the order in which they were given.

    `former` holds the results of those that changed, as they were before.
    """

    added: int
    changed: int
    unchanged: int
    ids: tuple[int, ...] = ()
    added_ids: tuple[int, ...] = ()
    former: Mapping[int, Result] = field(default_factory=dict)


def record_completion(
    session: Session, actor: Actor, command: RecordCompletion, *, now: datetime
) -> tuple[int, bool]:
    """Record one completion and what it says about levels. Returns its id and whether it is new."""
    recorded = record_completions(session, actor, [command], now=now)
    return recorded.ids[0], recorded.added == 1


def record_completions(
    session: Session, actor: Actor, commands: Sequence[RecordCompletion], *, now: datetime
) -> Recorded:
    """Record completions in statements that do not grow one by one.

    A person completes a course once a day: the same again changes nothing, another result
    replaces the former one and what it said.
    """
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    return store_completions(session, commands, recorded_by=actor.person_id, now=now)


def store_completions(
    session: Session,
    commands: Sequence[RecordCompletion],
    *,
    recorded_by: int | None,
    now: datetime,
) -> Recorded:
    """The same for acts of this room that asked the policy already."""
    courses = _courses(session, {command.course_id for command in commands})
    _check(session, commands, courses, now.date())
    before = _before(session, commands)
    ids: list[int] = []
    new_ids: dict[_Key, int] = {}
    new: dict[_Key, Told] = {}
    changed: list[Completion] = []
    former: dict[int, Result] = {}
    for command in commands:
        key = (command.course_id, command.person_id, command.completed_on)
        row = before.get(key)
        if row is None:
            # Said twice at once, the later word is the one that counts.
            id_ = new_ids.setdefault(key, new_id())
            new[key] = _told(id_, command)
        else:
            id_ = row.id
            if _result(row) != _result(command):
                changed.append(row)
                former.setdefault(id_, _result(row))
                row.score, row.score_max, row.passed = _result(command)
        ids.append(id_)
    session.flush()
    _write(session, new.values())
    speak(session, list(new.values()), changed, courses, recorded_by=recorded_by, now=now)
    return Recorded(
        added=len(new),
        changed=len(changed),
        unchanged=len(commands) - len(new) - len(changed),
        ids=tuple(ids),
        added_ids=tuple(new_ids.values()),
        former=former,
    )


def compare_completions(
    session: Session, actor: Actor, commands: Sequence[RecordCompletion], *, today: date
) -> Recorded:
    """What `record_completions` would do; stores nothing."""
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    _check(session, commands, _courses(session, {one.course_id for one in commands}), today)
    results: dict[_Key, Result] = {}
    for alike in _alike(session, commands):
        found = select(*_KEY, Completion.score, Completion.score_max, Completion.passed)
        for course_id, person_id, on, score, score_max, passed in session.execute(
            found.where(alike)
        ):
            results[course_id, person_id, on] = _rounded(score, score_max, passed)
    keys = [(one.course_id, one.person_id, one.completed_on) for one in commands]
    added = sum(key not in results for key in keys)
    changed = sum(
        key in results and results[key] != _result(one)
        for key, one in zip(keys, commands, strict=True)
    )
    return Recorded(added=added, changed=changed, unchanged=len(keys) - added - changed)


def withdraw_completion(
    session: Session, actor: Actor, completion_id: int, *, now: datetime
) -> None:
    """Take back a completion that was recorded by mistake, and what it said about levels."""
    if withdraw_completions(session, actor, [completion_id], now=now) == 0:
        raise NotVisible


def withdraw_completions(
    session: Session, actor: Actor, completion_ids: Collection[int], *, now: datetime
) -> int:
    """Take back those of the completions that are there. Returns how many."""
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    gone = 0
    for part in in_parts(completion_ids):
        here = session.scalars(select(Completion.id).where(Completion.id.in_(part))).all()
        take_back(session, here, recorded_by=actor.person_id, now=now)
        session.execute(delete(Completion).where(Completion.id.in_(here)))
        gone += len(here)
    return gone


def put_back_results(
    session: Session,
    actor: Actor,
    former: Mapping[int, Result],
    written: Mapping[int, Result],
    *,
    now: datetime,
) -> int:
    """Give completions their former results, unless those that were written have changed since.

    Returns how many.
    """
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    rows: list[Completion] = []
    for part in in_parts(former):
        rows += session.scalars(select(Completion).where(Completion.id.in_(part)))
    again = [row for row in rows if _result(row) == written[row.id]]
    for row in again:
        row.score, row.score_max, row.passed = former[row.id]
    session.flush()
    courses = _courses(session, {row.course_id for row in again})
    speak(session, [], again, courses, recorded_by=actor.person_id, now=now)
    return len(again)


def _check(
    session: Session,
    commands: Sequence[RecordCompletion],
    courses: dict[int, Course],
    today: date,
) -> None:
    people = people_here(session, {command.person_id for command in commands})
    for command in commands:
        if command.course_id not in courses:
            raise RuleBroken("course_id", "There is no such course here.")
        if command.person_id not in people:
            raise RuleBroken("person_id", "There is nobody like that here.")
        if command.completed_on > today:
            raise RuleBroken("completed_on", "Give a day that is not in the future.")
        check_result(command.score, command.score_max)


def _courses(session: Session, ids: set[int]) -> dict[int, Course]:
    rows = session.scalars(select(Course).where(Course.id.in_(sorted(ids))))
    return {row.id: row for row in rows}


def _before(session: Session, commands: Sequence[RecordCompletion]) -> dict[_Key, Completion]:
    return {
        (row.course_id, row.person_id, row.completed_on): row
        for alike in _alike(session, commands)
        for row in session.scalars(select(Completion).where(alike))
    }


def _alike(session: Session, commands: Sequence[RecordCompletion]) -> Iterator[ColumnElement[bool]]:
    """Clauses that keep completions of the same courses by the same people on the same days."""
    names = [part.key for part in _KEY]
    keys = {(one.course_id, one.person_id, one.completed_on) for one in commands}
    rows = [dict(zip(names, key, strict=True)) for key in sorted(keys)]
    for wanted in given(session, _TABLE, rows):
        yield tuple_(*_KEY).in_(select(wanted))


def _told(id_: int, command: RecordCompletion) -> Told:
    score, score_max, passed = _result(command)
    return Told(
        id=id_,
        course_id=command.course_id,
        person_id=command.person_id,
        completed_on=command.completed_on,
        score=score,
        score_max=score_max,
        passed=passed,
        source=command.source,
    )


def _write(session: Session, rows: Collection[Told]) -> None:
    """Rows go to the table as they are: of many, making an object of each costs as much again."""
    if rows:
        organisation_id = organisation_of(session)
        columns = [
            {
                "id": row.id,
                "organisation_id": organisation_id,
                "course_id": row.course_id,
                "person_id": row.person_id,
                "completed_on": row.completed_on,
                "score": row.score,
                "score_max": row.score_max,
                "passed": row.passed,
                "source": row.source,
            }
            for row in rows
        ]
        write_rows(session, _TABLE, columns)


def _result(said: Completion | RecordCompletion) -> Result:
    return _rounded(said.score, said.score_max, said.passed)


def _rounded(score: float | None, score_max: float | None, passed: bool | None) -> Result:
    if score is None or score_max is None:
        return None, None, passed
    return round(score, _DECIMALS), round(score_max, _DECIMALS), passed
