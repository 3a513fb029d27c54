"""Relationships in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    and_,
    cast,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.models import Relationship


def in_force(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """The clause that keeps relationships of this day."""
    return and_(
        Relationship.starts_on <= today,
        or_(Relationship.ends_on.is_(None), Relationship.ends_on >= today),
    )


def relations_of(
    holder_id: BindParameter[int], today: BindParameter[date]
) -> Select[str, str, int]:
    """A statement for a holder's relationships of a day: a label, the kind, the person."""
    return select(
        literal("relation").label("what"), cast(Relationship.kind, String), Relationship.person_id
    ).where(Relationship.holder_id == holder_id, in_force(today))


def people_of(session: Session, holder_id: int, kind: RelationshipKind, today: date) -> set[int]:
    """Whom the holder coaches, manages or sponsors today."""
    return set(session.scalars(held_by(holder_id, kind, today)))


def held_by(holder_id: int, kind: RelationshipKind, today: date) -> Select[int]:
    """A statement for whom the holder coaches, manages or sponsors today."""
    return select(Relationship.person_id).where(
        Relationship.holder_id == holder_id, Relationship.kind == kind, in_force(today)
    )


def holders(session: Session, kind: RelationshipKind, today: date) -> dict[int, int]:
    """Everybody's coach, line manager or sponsor of today; the latest begun, if several."""
    rows = session.execute(
        select(Relationship.person_id, Relationship.holder_id)
        .where(Relationship.kind == kind, in_force(today))
        .order_by(Relationship.starts_on, Relationship.id)
    )
    return dict(rows.all())


def holders_of(
    session: Session, people: Iterable[int], kind: RelationshipKind, today: date
) -> dict[int, int]:
    """Each person's coach, line manager or sponsor of today; the latest begun, if several."""
    rows = session.execute(
        select(Relationship.person_id, Relationship.holder_id)
        .where(
            Relationship.person_id.in_(sorted(people)), Relationship.kind == kind, in_force(today)
        )
        .order_by(Relationship.starts_on, Relationship.id)
    )
    return dict(rows.all())


def everybody_who(
    session: Session,
    person_id: int,
    kinds: Sequence[RelationshipKind],
    today: date,
    tell: Callable[[SQLColumnExpression[int]], ScalarSelect[str]],
) -> list[tuple[int, RelationshipKind, str]]:
    """Everybody who holds a relationship of these kinds to a person today, with the kind.

    Also what another room's part of a statement tells of each of them; in that order within the
    order of `kinds`. Whoever holds several is there once, with the first of `kinds`.
    """
    rows = session.execute(
        select(Relationship.holder_id, Relationship.kind, tell(Relationship.holder_id)).where(
            Relationship.person_id == person_id, Relationship.kind.in_(kinds), in_force(today)
        )
    )
    found: dict[int, tuple[int, RelationshipKind, str]] = {}
    every = [(holder_id, RelationshipKind(word), told) for holder_id, word, told in rows]
    for one in sorted(every, key=lambda row: (kinds.index(row[1]), row[2], row[0])):
        found.setdefault(one[0], one)
    return list(found.values())


def told_of_holders(
    session: Session,
    people: Iterable[int],
    kind: RelationshipKind,
    today: date,
    tell: Callable[[SQLColumnExpression[int]], ScalarSelect[str]],
) -> dict[int, str]:
    """The same, with what another room's part of a statement tells of each of them."""
    rows = session.execute(
        select(Relationship.person_id, tell(Relationship.holder_id))
        .where(
            Relationship.person_id.in_(sorted(people)), Relationship.kind == kind, in_force(today)
        )
        .order_by(Relationship.starts_on, Relationship.id)
    )
    return dict(rows.all())


@dataclass(frozen=True, kw_only=True)
class RelationshipRow:
    """A relationship as seen from one of its two people; `holds` if that one is the holder."""

    kind: RelationshipKind
    holds: bool
    other_id: int
    starts_on: date
    ends_on: date | None


def relationships_of(
    session: Session, person_id: int, today: date, *, most: int = 200
) -> list[RelationshipRow]:
    """What a person is to others and others are to them today; the caller checked who asks."""
    rows = session.scalars(
        select(Relationship)
        .where(
            or_(Relationship.holder_id == person_id, Relationship.person_id == person_id),
            in_force(today),
        )
        .order_by(Relationship.kind, Relationship.starts_on, Relationship.id)
        .limit(most)
    )
    return [_seen_from(person_id, row) for row in rows]


def _seen_from(person_id: int, row: Relationship) -> RelationshipRow:
    return RelationshipRow(
        kind=RelationshipKind(row.kind),
        holds=row.holder_id == person_id,
        other_id=row.person_id if row.holder_id == person_id else row.holder_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


@dataclass(frozen=True, kw_only=True)
class HolderRow:
    """Who was, is or will be somebody's coach, line manager or sponsor, and when."""

    relationship_id: int
    holder_id: int
    starts_on: date
    ends_on: date | None


def holders_over_time(
    session: Session, person_id: int, kind: RelationshipKind, *, most: int = 50
) -> list[HolderRow]:
    """All of one person's, the latest first; the caller checked who asks."""
    rows = session.scalars(
        select(Relationship)
        .where(Relationship.person_id == person_id, Relationship.kind == kind)
        .order_by(Relationship.starts_on.desc(), Relationship.id)
        .limit(most)
    )
    return [_holder(row) for row in rows]


def _holder(row: Relationship) -> HolderRow:
    return HolderRow(
        relationship_id=row.id,
        holder_id=row.holder_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def around(
    session: Session, person_id: int, today: date, *, most: int = 200
) -> tuple[list[RelationshipRow], list[HolderRow]]:
    """Who coaches and sponsors a person today and whom they do, and all their line managers over
    time, the latest first. One statement; the caller checked who asks."""
    manages = Relationship.kind == RelationshipKind.MANAGER
    backs = Relationship.kind.in_((RelationshipKind.COACH, RelationshipKind.SPONSOR))
    theirs = or_(Relationship.holder_id == person_id, Relationship.person_id == person_id)
    rows = session.scalars(
        select(Relationship)
        .where(
            or_(
                and_(Relationship.person_id == person_id, manages),
                and_(theirs, backs, in_force(today)),
            )
        )
        # Line managers are few; whom a coach has coached may be many.
        .order_by(manages.desc(), Relationship.kind, Relationship.starts_on, Relationship.id)
        .limit(most)
    ).all()
    managers = [row for row in rows if row.kind is RelationshipKind.MANAGER]
    return (
        [_seen_from(person_id, row) for row in rows if row not in managers],
        [_holder(row) for row in sorted(managers, key=lambda row: row.starts_on, reverse=True)],
    )


def days_of_change(session: Session, kind: RelationshipKind, after: date) -> list[date]:
    """The days after one on which planned relationships of the kind begin."""
    return list(
        session.scalars(
            select(Relationship.starts_on)
            .where(Relationship.kind == kind, Relationship.starts_on > after)
            .distinct()
            .order_by(Relationship.starts_on)
        )
    )


def chain_above(
    session: Session, person_id: int, kind: RelationshipKind, day: date, *, most: int = 50
) -> list[int]:
    """The holder of one's holder and so on, from the nearest up, in one statement.

    A circle, if there were one, is walked through once.
    """
    first = (
        select(Relationship.holder_id.label("id"), literal(1).label("height"))
        .where(Relationship.person_id == person_id, Relationship.kind == kind, in_force(day))
        .cte("above", recursive=True)
    )
    above = first.union_all(
        select(Relationship.holder_id, first.c.height + 1)
        .join(first, Relationship.person_id == first.c.id)
        .where(Relationship.kind == kind, in_force(day), first.c.height < most)
    )
    rows = session.scalars(select(above.c.id).order_by(above.c.height))
    return list(dict.fromkeys(rows))


def lines_and_sponsors(
    session: Session, people: Iterable[int], day: date
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Everybody above each of the people in the reporting line, and their sponsors, on a day."""
    wanted = Relationship.person_id.in_(sorted(people))
    manager, sponsor = RelationshipKind.MANAGER, RelationshipKind.SPONSOR
    first = (
        select(Relationship.person_id.label("start"), Relationship.holder_id.label("id"))
        .where(wanted, Relationship.kind == manager, in_force(day))
        .cte("lines", recursive=True)
    )
    # What is found already is not gone through again, so a circle, if there were one, ends.
    above = first.union(
        select(first.c.start, Relationship.holder_id)
        .join(first, Relationship.person_id == first.c.id)
        .where(Relationship.kind == manager, in_force(day))
    )
    rows = session.execute(
        select(literal(False).label("backs"), above.c.start, above.c.id).union_all(
            select(literal(True), Relationship.person_id, Relationship.holder_id).where(
                wanted, Relationship.kind == sponsor, in_force(day)
            )
        )
    )
    lines: dict[int, set[int]] = {}
    sponsors: dict[int, set[int]] = {}
    for backs, person_id, holder_id in rows:
        (sponsors if backs else lines).setdefault(person_id, set()).add(holder_id)
    return lines, sponsors
