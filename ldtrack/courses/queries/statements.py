"""What other systems said and nobody understood yet, and who may say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.core.errors import NotVisible
from ldtrack.core.order import Order
from ldtrack.courses.domain.statements import (
    IN_FILE,
    MatchRow,
    ParkedActivity,
    ParkedLearner,
    shown_key,
)
from ldtrack.courses.models import (
    ActivityMatch,
    Course,
    LearnerMatch,
    RecordStore,
    Statement,
    StatementSource,
)
from ldtrack.people.queries import name_of

PAGE = 50
MOST_FIRST = Order(key="n", down=True)
PARKED_ORDERS = frozenset({"name", "n", "last"})
"""What the lists of names to match can be sorted by."""
PARKED = "statements that wait to be matched"


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A system that may send statements; its secret is nowhere."""

    id: int
    name: str
    key: str
    made_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StoreRow:
    """A record store that is asked; its secret is not shown."""

    id: int
    name: str
    address: str
    every_hours: int
    asked_at: datetime | None
    problem: str
    n_taken: int


def parked_activities(
    session: Session, actor: Actor, *, search: str = "", order: Order = MOST_FIRST, page: int = 1
) -> tuple[list[ParkedActivity], int]:
    """A page of the activities that wait to be matched, and how many match what was searched."""
    n = func.count(Statement.id)
    name = func.lower(
        func.coalesce(func.nullif(func.max(Statement.activity_name), ""), Statement.activity_id)
    )
    wanted = (
        select(
            func.min(Statement.id),
            Statement.activity_id,
            func.max(Statement.activity_name),
            n,
            func.count(func.distinct(Statement.actor_key)),
            func.max(Statement.happened_at),
        )
        .where(
            _waits(actor),
            Statement.course_id.is_(None),
            _named_like(search, Statement.activity_id, Statement.activity_name),
        )
        .group_by(Statement.activity_id)
    )
    rows = session.execute(
        wanted.order_by(_by(order, name, n), Statement.activity_id)
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    found = [
        ParkedActivity(
            statement=statement,
            activity_id=activity_id,
            name=name,
            n_statements=n_statements,
            n_people=n_people,
            last_at=last_at,
        )
        for statement, activity_id, name, n_statements, n_people, last_at in rows
    ]
    return found, _how_many(session, wanted.subquery())


def parked_learners(
    session: Session, actor: Actor, *, search: str = "", order: Order = MOST_FIRST, page: int = 1
) -> tuple[list[ParkedLearner], int]:
    """A page of the learners who wait to be matched, likewise."""
    n = func.count(Statement.id)
    name = func.lower(
        func.coalesce(func.nullif(func.max(Statement.actor_name), ""), Statement.actor_key)
    )
    wanted = (
        select(
            func.min(Statement.id),
            Statement.actor_key,
            func.max(Statement.actor_name),
            n,
            func.max(Statement.happened_at),
        )
        .where(
            _waits(actor),
            Statement.person_id.is_(None),
            _named_like(search, Statement.actor_key, Statement.actor_name),
        )
        .group_by(Statement.actor_key)
    )
    rows = session.execute(
        wanted.order_by(_by(order, name, n), Statement.actor_key)
        .limit(PAGE)
        .offset((max(page, 1) - 1) * PAGE)
    )
    found = [
        ParkedLearner(
            statement=statement,
            actor_key=actor_key,
            name=name,
            n_statements=n_statements,
            last_at=last_at,
        )
        for statement, actor_key, name, n_statements, last_at in rows
    ]
    return found, _how_many(session, wanted.subquery())


def named_in(
    session: Session, actor: Actor, statement: int
) -> tuple[ParkedActivity, ParkedLearner]:
    """What and whom a statement names, as the other system says it, else `NotVisible`."""
    row = session.scalars(
        select(Statement).where(
            Statement.id == statement, policy.clause(actor, Action.RECORD_COMPLETION)
        )
    ).one_or_none()
    if row is None:
        raise NotVisible
    activity = ParkedActivity(
        statement=row.id,
        activity_id=row.activity_id,
        name=row.activity_name,
        n_statements=1,
        n_people=1,
        last_at=row.happened_at,
    )
    learner = ParkedLearner(
        statement=row.id,
        actor_key=row.actor_key,
        name=row.actor_name,
        n_statements=1,
        last_at=row.happened_at,
    )
    return activity, learner


def matches(session: Session, actor: Actor, *, most: int = 200) -> tuple[list[MatchRow], ...]:
    """What was decided about activities, and about learners."""
    may = policy.clause(actor, Action.RECORD_COMPLETION)
    activities = session.execute(
        select(ActivityMatch.id, ActivityMatch.activity_id, Course.title)
        .outerjoin(Course, Course.id == ActivityMatch.course_id)
        .where(may)
        .order_by(ActivityMatch.activity_id)
        .limit(most)
    )
    learners = session.execute(
        select(LearnerMatch.id, LearnerMatch.actor_key, name_of(LearnerMatch.person_id))
        .where(may)
        .order_by(LearnerMatch.actor_key)
        .limit(most)
    )
    return (
        [
            MatchRow(id=id_, theirs=theirs.removeprefix(IN_FILE), ours=ours or "")
            for id_, theirs, ours in activities
        ],
        [
            MatchRow(id=id_, theirs=shown_key(theirs), ours=ours or "")
            for id_, theirs, ours in learners
        ],
    )


def sources(session: Session, actor: Actor) -> list[SourceRow]:
    """Systems that may send statements, and those that may no more."""
    rows = session.scalars(
        select(StatementSource)
        .where(policy.clause(actor, Action.KEEP_SOURCE))
        .order_by(StatementSource.revoked_at.is_not(None), StatementSource.name)
    )
    return [
        SourceRow(
            id=row.id,
            name=row.name,
            key=row.key,
            made_at=row.made_at,
            revoked_at=row.revoked_at,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]


def stores(session: Session, actor: Actor) -> list[StoreRow]:
    """Record stores that are asked."""
    rows = session.scalars(
        select(RecordStore)
        .where(policy.clause(actor, Action.KEEP_SOURCE))
        .order_by(RecordStore.name, RecordStore.id)
    )
    return [
        StoreRow(
            id=row.id,
            name=row.name,
            address=row.address,
            every_hours=row.every_hours,
            asked_at=row.asked_at,
            problem=row.problem,
            n_taken=row.n_taken,
        )
        for row in rows
    ]


def parked_figure(actor: Actor) -> Select[str, int]:
    """A statement for a word and a count, to be asked together with those of other rooms."""
    unknown = Statement.course_id.is_(None) | Statement.person_id.is_(None)
    return select(literal(PARKED), func.count(Statement.id)).where(_waits(actor), unknown)


def _waits(actor: Actor) -> ColumnElement[bool]:
    return and_(
        policy.clause(actor, Action.RECORD_COMPLETION),
        Statement.set_aside.is_(False),
        Statement.voided_at.is_(None),
    )


def _by(order: Order, name: ColumnElement[str], n: ColumnElement[int]) -> ColumnElement[Any]:
    columns: dict[str, ColumnElement[Any]] = {
        "name": name,
        "n": n,
        "last": func.max(Statement.happened_at),
    }
    by = columns[order.key]
    return by.desc() if order.down else by.asc()


def _named_like(search: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    if not search:
        return true()
    return or_(*(column.icontains(search, autoescape=True) for column in columns))


def _how_many(session: Session, rows: FromClause) -> int:
    return session.scalar(select(func.count()).select_from(rows)) or 0
