"""What people were known by in records that are one with theirs now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ldtrack.db.parts import MANY, in_parts
from ldtrack.people.models import FormerName, Person


@dataclass(frozen=True, kw_only=True)
class FormerRow:
    """A former number and address of somebody, beside their present number and address."""

    external_id: str
    email: str
    person_id: int
    now_external_id: str
    now_email: str


def former_ids(session: Session, external_ids: Collection[str]) -> dict[str, FormerRow]:
    """Who was known by these numbers of the organisation formerly, by number."""
    wanted = _wanted()
    rows: list[FormerRow] = []
    asked = set(external_ids)
    if len(asked) > MANY:
        rows += [row for row in _rows(session, wanted) if row.external_id in asked]
    else:
        for part in in_parts(asked):
            rows += _rows(session, wanted.where(FormerName.external_id.in_(part)))
    return {row.external_id: row for row in rows}


def former_addresses(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Whose these addresses were formerly."""
    found: dict[str, int] = {}
    asked = set(addresses)
    pairs = select(FormerName.email, FormerName.person_id)
    if len(asked) > MANY:
        return {email: who for email, who in session.execute(pairs) if email in asked}
    for part in in_parts(asked):
        found.update(session.execute(pairs.where(FormerName.email.in_(part))).all())
    return found


def formerly(session: Session, former_id: int) -> int | None:
    """Whose record it was that had this id formerly."""
    return session.scalar(select(FormerName.person_id).where(FormerName.former_id == former_id))


def former_names(session: Session, person_id: int) -> list[FormerRow]:
    """What one person was known by formerly; the caller checked who asks."""
    return _rows(
        session,
        _wanted().where(FormerName.person_id == person_id).order_by(FormerName.external_id),
    )


def _wanted() -> Select[str, str, int, str, str]:
    return select(
        FormerName.external_id,
        FormerName.email,
        FormerName.person_id,
        Person.external_id.label("now_external_id"),
        Person.email.label("now_email"),
    ).join(Person, Person.id == FormerName.person_id)


def _rows(session: Session, wanted: Select[str, str, int, str, str]) -> list[FormerRow]:
    return [
        FormerRow(
            external_id=external_id,
            email=email,
            person_id=person_id,
            now_external_id=now_external_id,
            now_email=now_email,
        )
        for external_id, email, person_id, now_external_id, now_email in session.execute(wanted)
    ]
