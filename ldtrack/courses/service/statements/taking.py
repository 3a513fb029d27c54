"""Taking statements in: once each, and into completions where it is known what they mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.core.errors import Conflict
from ldtrack.courses.domain.statements import Taken, TakeStatement
from ldtrack.courses.models import Statement, StatementVoiding
from ldtrack.courses.service.statements.flowing import flow, flow_keys, keys_of
from ldtrack.courses.service.statements.knowing import activities_known, learners_known
from ldtrack.db.parts import in_parts
from ldtrack.db.session import organisation_of
from ldtrack.people.queries import here


def for_source(session: Session, name: str) -> Actor:
    """Whoever sends statements does what HR does with completions, and is named as it was."""
    return Actor(organisation_id=organisation_of(session), name=name, roles=frozenset({Role.HR}))


def take_statements(
    session: Session,
    actor: Actor,
    statements: Sequence[TakeStatement],
    voided: Collection[str],
    *,
    source: str,
    now: datetime,
    clashes: bool = True,
) -> Taken:
    """Keep the statements, and let completions follow from those that are understood.

    The same statement again changes nothing; another one under its id is a `Conflict`, and nothing
    is kept, or without `clashes` that one is left out and counted. Those that nobody knows yet what
    or whom they mean are parked, never dropped. `voided` names statements that are taken back,
    wherever they came from and whether they came yet.
    """
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    before = _before(session, {one.statement_id for one in statements} | set(voided))
    fresh, clashing = _fresh(statements, before)
    if clashing and clashes:
        raise Conflict(f"Another statement has the id {clashing[0]}.")
    gone = _void(session, before, voided, now)
    gone |= _voided_before(session, {one.statement_id for one in fresh})
    courses = activities_known(session, {one.activity_id: one.activity_name for one in fresh})
    people = learners_known(session, {one.actor_key for one in fresh})
    rows = []
    for one in fresh:
        course, person = courses.get(one.activity_id), people.get(one.actor_key)
        rows.append(
            _row(
                one,
                source=source,
                course_id=course.ours if course else None,
                person_id=person.ours if person else None,
                set_aside=any(
                    known is not None and known.ours is None for known in (course, person)
                ),
                voided_at=now if one.statement_id in gone else None,
                happened_on=here(session, one.happened_at).date(),
                now=now,
            )
        )
    session.add_all(rows)
    session.flush()
    touched = [row for row in before if row.statement_id in gone]
    flow(session, actor, [*rows, *touched], now=now)
    return Taken(
        new=len(rows),
        known=len(statements) - len(fresh) - len(clashing),
        clashing=len(clashing),
        parked=sum(
            not row.set_aside and (row.course_id is None or row.person_id is None) for row in rows
        ),
        aside=sum(row.set_aside for row in rows),
        ids=tuple(row.id for row in rows),
        voided=len(gone & {row.statement_id for row in before}),
    )


def compare_statements(
    session: Session, actor: Actor, statements: Sequence[TakeStatement]
) -> Taken:
    """What `take_statements` would do; stores nothing."""
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    fresh, clashing = _fresh(statements, _before(session, {one.statement_id for one in statements}))
    courses = activities_known(session, {one.activity_id: one.activity_name for one in fresh})
    people = learners_known(session, {one.actor_key for one in fresh})
    pairs = [(courses.get(one.activity_id), people.get(one.actor_key)) for one in fresh]
    aside = sum(any(known and known.ours is None for known in pair) for pair in pairs)
    understood = sum(all(known and known.ours is not None for known in pair) for pair in pairs)
    return Taken(
        new=len(fresh),
        known=len(statements) - len(fresh) - len(clashing),
        parked=len(fresh) - aside - understood,
        aside=aside,
        clashing=len(clashing),
    )


def drop_statements(session: Session, actor: Actor, ids: Collection[int], *, now: datetime) -> int:
    """Forget statements that a file brought, with the completions that rest on them alone.

    Returns how many were there.
    """
    policy.require(actor, Action.RECORD_COMPLETION, Facts(organisation_id=actor.organisation_id))
    gone = 0
    for part in in_parts(ids):
        rows = session.scalars(select(Statement).where(Statement.id.in_(part))).all()
        keys = keys_of(rows)
        for row in rows:
            session.delete(row)
        session.flush()
        flow_keys(session, actor, keys, now=now)
        gone += len(rows)
    return gone


def _before(session: Session, statement_ids: Collection[str]) -> list[Statement]:
    found: list[Statement] = []
    for part in in_parts(statement_ids):
        found += session.scalars(select(Statement).where(Statement.statement_id.in_(part)))
    return found


def _fresh(
    statements: Sequence[TakeStatement], before: Sequence[Statement]
) -> tuple[list[TakeStatement], list[str]]:
    """Those that are new, each once, and the ids that stand for something else already."""
    said = {row.statement_id: row.fingerprint for row in before}
    known = {(row.statement_id, row.actor_key) for row in before}
    fresh, clashing = [], []
    for one in statements:
        if said.setdefault(one.statement_id, one.fingerprint) != one.fingerprint:
            clashing.append(one.statement_id)
        elif (one.statement_id, one.actor_key) not in known:
            known.add((one.statement_id, one.actor_key))
            fresh.append(one)
    return fresh, clashing


def _void(
    session: Session, before: Sequence[Statement], voided: Collection[str], now: datetime
) -> set[str]:
    """Remember what is taken back, and say so of what is here. Returns what was new of it."""
    new = set(voided) - _voided_before(session, voided)
    session.add_all(StatementVoiding(statement_id=one, voided_at=now) for one in sorted(new))
    for row in before:
        if row.statement_id in new:
            row.voided_at = row.voided_at or now
    session.flush()
    return new


def _voided_before(session: Session, statement_ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for part in in_parts(set(statement_ids)):
        found.update(
            session.scalars(
                select(StatementVoiding.statement_id).where(StatementVoiding.statement_id.in_(part))
            )
        )
    return found


def _row(
    one: TakeStatement,
    *,
    source: str,
    course_id: int | None,
    person_id: int | None,
    set_aside: bool,
    voided_at: datetime | None,
    happened_on: date,
    now: datetime,
) -> Statement:
    return Statement(
        statement_id=one.statement_id,
        fingerprint=one.fingerprint,
        source=source[:100],
        actor_key=one.actor_key,
        actor_name=one.actor_name,
        activity_id=one.activity_id,
        activity_name=one.activity_name,
        happened_at=one.happened_at,
        happened_on=happened_on,
        received_at=now,
        seconds=one.seconds,
        score=one.score,
        score_max=one.score_max,
        passed=one.passed,
        course_id=course_id,
        person_id=person_id,
        set_aside=set_aside,
        voided_at=voided_at,
    )
