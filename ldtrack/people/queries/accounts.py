"""Who has a sign-in, and what it lets them do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Role
from ldtrack.core.errors import NotVisible
from ldtrack.people.models import Account, LoginSession, Membership, Person

PAGE = 50
Wanted = Select[Account, str | None, str | None, datetime | None]


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    """A sign-in with its roles and when it was last begun."""

    id: int
    email: str
    person_id: int | None
    name: str
    roles: frozenset[Role]
    disabled_at: datetime | None
    last_began_at: datetime | None


def accounts(
    session: Session, actor: Actor, *, search: str = "", page: int = 1
) -> tuple[list[AccountRow], int]:
    """A page of the organisation's accounts by address, and how many there are in all."""
    wanted = _wanted().where(policy.clause(actor, Action.WRITE_ACCOUNT))
    if search:
        places = (Account.email, Person.first_name + " " + Person.last_name)
        wanted = wanted.where(or_(*(one.icontains(search, autoescape=True) for one in places)))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    part = wanted.order_by(Account.email).limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return _rows(session, part), total


def n_who_may_sign_in(session: Session, actor: Actor) -> tuple[int, int]:
    """How many accounts are open, and how many of those were never used."""
    used = select(LoginSession.id).where(LoginSession.account_id == Account.id).exists()
    row = session.execute(
        select(func.count(), func.count().filter(~used))
        .select_from(Account)
        .where(policy.clause(actor, Action.WRITE_ACCOUNT), Account.disabled_at.is_(None))
    ).one()
    return row[0], row[1]


def account(session: Session, actor: Actor, account_id: int) -> AccountRow:
    """One account, else `NotVisible`."""
    may = policy.clause(actor, Action.WRITE_ACCOUNT)
    found = _rows(session, _wanted().where(Account.id == account_id, may))
    if not found:
        raise NotVisible
    return found[0]


def account_of(session: Session, person_id: int) -> AccountRow | None:
    """A person's account, if they have one; the caller checked who is asking."""
    return next(iter(_rows(session, _wanted().where(Account.person_id == person_id))), None)


def person_of_account(session: Session, account_id: int | None) -> int | None:
    """Whose account it is."""
    return session.scalar(select(Account.person_id).where(Account.id == account_id))


def account_names(session: Session, accounts: Collection[int]) -> dict[int, str]:
    """Whose accounts they are, by name, or by address where nobody's; for pages that may say."""
    rows = session.execute(
        select(Account.id, Account.email, Person.first_name, Person.last_name)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(Account.id.in_(sorted(accounts)))
    )
    return {
        account_id: f"{first or ''} {last or ''}".strip() or email
        for account_id, email, first, last in rows
    }


def with_account(session: Session, people: Collection[int]) -> set[int]:
    """Those of the people who can sign in."""
    return set(
        session.scalars(
            select(Person.id)
            .join(Account, Account.person_id == Person.id)
            .where(Person.id.in_(sorted(people)), Person.active, Account.disabled_at.is_(None))
        )
    )


def has_account(person_id: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    """Whether whom a column names can sign in, as a part of another room's statement."""
    return exists().where(
        Person.id == person_id,
        Person.active,
        Account.person_id == Person.id,
        Account.disabled_at.is_(None),
    )


def _wanted() -> Wanted:
    began = (
        select(func.max(LoginSession.began_at))
        .where(LoginSession.account_id == Account.id)
        .scalar_subquery()
    )
    return select(Account, Person.first_name, Person.last_name, began).outerjoin(
        Person, Person.id == Account.person_id
    )


def _rows(session: Session, wanted: Wanted) -> list[AccountRow]:
    rows = session.execute(wanted).all()
    ids = [row.id for row, *_ in rows]
    roles: dict[int, set[Role]] = {}
    for membership in session.scalars(select(Membership).where(Membership.account_id.in_(ids))):
        roles.setdefault(membership.account_id, set()).add(Role(membership.role))
    return [
        AccountRow(
            id=row.id,
            email=row.email,
            person_id=row.person_id,
            name=f"{first or ''} {last or ''}".strip(),
            roles=frozenset(roles.get(row.id, ())),
            disabled_at=row.disabled_at,
            last_began_at=began,
        )
        for row, first, last, began in rows
    ]
