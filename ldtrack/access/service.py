"""Beginning and ending relationships."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import RelationshipKind
from ldtrack.access.models import Relationship
from ldtrack.access.queries import in_force
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.core.ids import new_id
from ldtrack.db.base import Base
from ldtrack.db.given import write_rows
from ldtrack.db.parts import MANY, in_parts
from ldtrack.db.session import organisation_of


def relate(
    session: Session,
    *,
    kind: RelationshipKind,
    holder_id: int,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
) -> int:
    """Begin a relationship; one that runs already is left as it is. Returns its id."""
    if holder_id == person_id:
        raise RuleBroken("holder_id", f"Nobody can be their own {kind.value}.")
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("ends_on", "The end lies before the beginning.")
    running = session.scalar(
        select(Relationship.id).where(
            Relationship.kind == kind,
            Relationship.holder_id == holder_id,
            Relationship.person_id == person_id,
            in_force(starts_on),
        )
    )
    if running is not None:
        return running
    relationship = Relationship(
        kind=kind, holder_id=holder_id, person_id=person_id, starts_on=starts_on, ends_on=ends_on
    )
    session.add(relationship)
    session.flush()
    return relationship.id


def set_holders(
    session: Session,
    *,
    kind: RelationshipKind,
    holders: Mapping[int, int | None],
    starts_on: date,
) -> set[int]:
    """Give each person this one coach, line manager or sponsor from a day on, or nobody.

    What runs already is left as it is, whatever else runs ends the day before. What is planned for
    a later day stays planned, and the new one lasts until then. Who comes back the day after they
    ended just goes on. Returns the people for whom something changed. The statements do not grow
    one by one.
    """
    near = _not_over(session, kind, holders, starts_on - timedelta(days=1))
    begins: list[dict[str, object]] = []
    changed: set[int] = set()
    for person_id, holder_id in holders.items():
        rows = near.get(person_id, [])
        running = [row for row in rows if row.starts_on <= starts_on and not _over(row, starts_on)]
        stays = [row for row in running if row.holder_id == holder_id][:1]
        for row in running:
            if row not in stays:
                _end(session, row, starts_on)
                changed.add(person_id)
        if holder_id is None or stays:
            continue
        changed.add(person_id)
        planned = [row.starts_on for row in rows if row.starts_on > starts_on]
        ends_on = min(planned) - timedelta(days=1) if planned else None
        back = [row for row in rows if row.holder_id == holder_id and _over(row, starts_on)]
        if back:
            back[0].ends_on = ends_on
        else:
            begins.append(
                {
                    "id": new_id(),
                    "organisation_id": organisation_of(session),
                    "kind": kind,
                    "holder_id": holder_id,
                    "person_id": person_id,
                    "starts_on": starts_on,
                    "ends_on": ends_on,
                }
            )
    session.flush()
    # Straight into the table: for each row the long way costs more than the database does.
    write_rows(session, Base.metadata.tables[Relationship.__tablename__], begins)
    return changed


def end_relation(
    session: Session, *, kind: RelationshipKind, person_id: int, holder_id: int, ended_on: date
) -> None:
    """End a relationship; access is gone from `ended_on` onwards."""
    rows = session.scalars(
        select(Relationship).where(
            Relationship.kind == kind,
            Relationship.holder_id == holder_id,
            Relationship.person_id == person_id,
            in_force(ended_on),
        )
    )
    for relationship in rows.all():
        _end(session, relationship, ended_on)
    session.flush()


def end_everything(
    session: Session, people: Collection[int], *, ended_on: date
) -> dict[int, date | None]:
    """End whatever the people are to others and others to them.

    Access is gone from the day onwards, and what was planned does not come. Returns the
    relationships that had begun, with the day on which they were to end, so that they can go on.
    """
    found: dict[int, date | None] = {}
    last = ended_on - timedelta(days=1)
    for part in in_parts(set(people)):
        theirs = and_(
            or_(Relationship.holder_id.in_(part), Relationship.person_id.in_(part)),
            or_(Relationship.ends_on.is_(None), Relationship.ends_on >= ended_on),
        )
        begun = select(Relationship.id, Relationship.ends_on).where(
            theirs, Relationship.starts_on <= last
        )
        found |= dict(session.execute(begun).all())
        session.execute(delete(Relationship).where(theirs, Relationship.starts_on > last))
        session.execute(update(Relationship).where(theirs).values(ends_on=last))
    session.expire_all()
    return found


def go_on(session: Session, ended: Mapping[int, date | None]) -> None:
    """Let relationships that were ended go on as they did."""
    for part in in_parts(ended):
        for row in session.scalars(select(Relationship).where(Relationship.id.in_(part))):
            row.ends_on = ended[row.id]
    session.flush()


def take_back_plan(session: Session, relationship_id: int, today: date) -> None:
    """Forget a relationship that was to begin later; what was to end for it goes on."""
    planned = session.get(Relationship, relationship_id)
    if planned is None or planned.starts_on <= today:
        raise NotVisible
    before = session.scalars(
        select(Relationship).where(
            Relationship.kind == planned.kind,
            Relationship.person_id == planned.person_id,
            Relationship.ends_on == planned.starts_on - timedelta(days=1),
        )
    )
    for row in before.all():
        row.ends_on = planned.ends_on
    session.delete(planned)
    session.flush()


def _over(relationship: Relationship, day: date) -> bool:
    return relationship.ends_on is not None and relationship.ends_on < day


def _end(session: Session, relationship: Relationship, ended_on: date) -> None:
    last = ended_on - timedelta(days=1)
    if last < relationship.starts_on:
        session.delete(relationship)
    else:
        relationship.ends_on = last


def _not_over(
    session: Session, kind: RelationshipKind, people: Collection[int], day: date
) -> dict[int, list[Relationship]]:
    """What runs on the day or begins after it."""
    running = select(Relationship).where(
        Relationship.kind == kind,
        or_(Relationship.ends_on.is_(None), Relationship.ends_on >= day),
    )
    wanted = set(people)
    rows: list[Relationship] = []
    if len(wanted) > MANY:
        rows += [row for row in session.scalars(running) if row.person_id in wanted]
    else:
        for part in in_parts(wanted):
            rows += session.scalars(running.where(Relationship.person_id.in_(part)))
    found: dict[int, list[Relationship]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
