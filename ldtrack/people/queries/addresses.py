"""Which addresses are one person’s, as far as records tell: the recorded and that of sign-in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from ldtrack.db.parts import in_parts
from ldtrack.people.models import Account, Person


def people_at(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Whose these addresses are, by address; those of nobody known are left out."""
    found: dict[str, int] = {}
    for part in in_parts(set(addresses)):
        signing_in = select(Account.email, Person.id).join(Person, Person.id == Account.person_id)
        found.update(session.execute(signing_in.where(Account.email.in_(part))).all())
        recorded = select(Person.email, Person.id).where(Person.email.in_(part))
        found.update(session.execute(recorded).all())
    return found


def addresses_of(session: Session, ids: Collection[int]) -> dict[str, int]:
    """Every address of these people that is known, with whose it is."""
    found: dict[str, int] = {}
    for part in in_parts(set(ids)):
        signing_in = select(Account.email, Account.person_id).where(Account.person_id.in_(part))
        found.update((mail, who) for mail, who in session.execute(signing_in) if who is not None)
        recorded = select(Person.email, Person.id).where(Person.id.in_(part), Person.email != "")
        found.update(session.execute(recorded).all())
    return found


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
