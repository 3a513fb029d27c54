"""Recording who completed what, with the evidence that follows from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.courses.domain import RecordCompletion, check_result
from ldtrack.courses.models import Completion, Course
from ldtrack.courses.service.evidence import speak, take_back
from ldtrack.db.parts import PART, in_parts
from ldtrack.people.queries import people_here


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What became of many completions; `ids` are in the order in which they were given."""

    added: int
    changed: int
    unchanged: int
    ids: tuple[int, ...] = ()
    added_ids: tuple[int, ...] = ()


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
    new: list[Completion] = []
    changed: list[Completion] = []
    stored: list[Completion] = []
    for command in commands:
        key = (command.course_id, command.person_id, command.completed_on)
        row = before.get(key)
        if row is None:
            row = before[key] = _new(command)
            session.add(row)
            new.append(row)
        elif _result(row) != _result(command):
            changed.append(row)
        stored.append(row)
        row.score, row.score_max, row.passed = _result(command)
    session.flush()
    speak(
        session,
        new + changed,
        courses,
        changed={row.id for row in changed},
        recorded_by=recorded_by,
        now=now,
    )
    return Recorded(
        added=len(new),
        changed=len(changed),
        unchanged=len(commands) - len(new) - len(changed),
        ids=tuple(row.id for row in stored),
        added_ids=tuple(row.id for row in new),
    )


def compare_completions(
    session: Session, actor: Actor, commands: Sequence[RecordCompletion], *, today: date
) -> Recorded:
    """What `record_completions` would do; stores nothing."""
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    _check(session, commands, _courses(session, {one.course_id for one in commands}), today)
    before = _before(session, commands)
    rows = [(before.get((one.course_id, one.person_id, one.completed_on)), one) for one in commands]
    added = sum(row is None for row, _ in rows)
    changed = sum(row is not None and _result(row) != _result(one) for row, one in rows)
    return Recorded(added=added, changed=changed, unchanged=len(rows) - added - changed)


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


def _before(
    session: Session, commands: Sequence[RecordCompletion]
) -> dict[tuple[int, int, date], Completion]:
    people = {command.person_id for command in commands}
    courses = sorted({command.course_id for command in commands})
    wanted = select(Completion).where(Completion.course_id.in_(courses))
    if len(people) <= PART:
        wanted = wanted.where(Completion.person_id.in_(sorted(people)))
    return {
        (row.course_id, row.person_id, row.completed_on): row
        for row in session.scalars(wanted)
        if row.person_id in people
    }


def _new(command: RecordCompletion) -> Completion:
    return Completion(
        course_id=command.course_id,
        person_id=command.person_id,
        completed_on=command.completed_on,
        source=command.source,
    )


def _result(
    said: Completion | RecordCompletion,
) -> tuple[float | None, float | None, bool | None]:
    return said.score, None if said.score is None else said.score_max, said.passed
