"""Giving people a sign-in, and changing its password."""

from __future__ import annotations

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ldtrack.access.domain import Role
from ldtrack.core.errors import RuleBroken
from ldtrack.db.session import EVERYWHERE
from ldtrack.people.domain import password_problem, same_address
from ldtrack.people.models import Account, LoginSession, Membership


def open_account(
    session: Session,
    *,
    email: str,
    password: str,
    roles: frozenset[Role],
    person_id: int | None = None,
    hasher: PasswordHasher | None = None,
) -> int:
    """Give somebody a sign-in. Raises `RuleBroken` at `email` or `password`."""
    address = same_address(email)
    if session.scalar(
        select(Account.id).where(Account.email == address), execution_options=EVERYWHERE
    ):
        raise RuleBroken("email", "There is an account with this address already.")
    if problem := password_problem(password, address):
        raise RuleBroken("password", problem)
    account = Account(
        email=address,
        person_id=person_id,
        password_hash=(hasher or PasswordHasher()).hash(password),
    )
    session.add(account)
    session.flush()
    session.add_all(Membership(account_id=account.id, role=role) for role in sorted(roles))
    session.flush()
    return account.id


def check_password(session: Session, *, account_id: int, password: str) -> None:
    """Raise `RuleBroken` at `present` unless this is the account's password."""
    account = session.get_one(Account, account_id)
    try:
        PasswordHasher().verify(account.password_hash, password)
    except (VerifyMismatchError, InvalidHashError) as error:
        raise RuleBroken("present", "That is not your present password.") from error


def change_password(session: Session, *, account_id: int, password: str, now: datetime) -> None:
    """Set a new password and end every sign-in of the account."""
    account = session.get_one(Account, account_id)
    if problem := password_problem(password, account.email):
        raise RuleBroken("password", problem)
    account.password_hash = PasswordHasher().hash(password)
    session.execute(
        update(LoginSession)
        .where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    session.flush()
