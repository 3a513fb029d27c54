"""Which addresses are one person’s, as far as records tell: the recorded and that of sign-in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    SQLColumnExpression,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from ldtrack.db.parts import in_parts
from ldtrack.people.models import Account, Person


def people_at(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Whose these addresses are, by address; those of nobody known are left out."""
    found: dict[str, int] = {}
    for part in in_parts(set(addresses)):
        found |= _whose(session, Account.email.in_(part), Person.email.in_(part))
    return found


def addresses_of(session: Session, ids: Collection[int]) -> dict[str, int]:
    """Every address of these people that is known, with whose it is."""
    found: dict[str, int] = {}
    for part in in_parts(set(ids)):
        found |= _whose(session, Account.person_id.in_(part), Person.id.in_(part))
    return found


def _whose(
    session: Session, signs_in: ColumnElement[bool], recorded: ColumnElement[bool]
) -> dict[str, int]:
    """Addresses with whose they are, in one statement; that of a record is nearer to the truth."""
    both: CompoundSelect[int, str, int] = union_all(
        select(literal(0), Account.email, Person.id)
        .join(Person, Person.id == Account.person_id)
        .where(signs_in),
        select(literal(1), Person.email, Person.id).where(recorded, Person.email != ""),
    )
    return {address: who for _, address, who in sorted(session.execute(both))}


def one_address(
    person_id: SQLColumnExpression[int | None], address: SQLColumnExpression[str]
) -> SQLColumnExpression[Any]:
    """One address for each person, as a part of another room's statement.

    That of their record for whoever is named, or is reached at the address they sign in with; for
    everybody else the address itself.
    """
    # Both name what they are asked for themselves: by itself only the nearer one would be of the
    # caller's row, and the other of any row of the caller's table.
    signs_in = (
        select(Account.person_id)
        .where(Account.email == address)
        .correlate_except(Account)
        .scalar_subquery()
    )
    recorded = (
        select(func.nullif(Person.email, ""))
        .where(Person.id == func.coalesce(person_id, signs_in))
        .correlate_except(Person)
        .scalar_subquery()
    )
    return func.coalesce(recorded, address)
