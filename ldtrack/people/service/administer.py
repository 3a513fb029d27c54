"""What administrators do with accounts: open, change what they may do, disable, enable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, Role
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.people.models import Account, LoginSession, Membership, Person
from ldtrack.people.service.accounts import open_account


def give_sign_in(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    password: str,
    roles: frozenset[Role],
    now: datetime,
) -> int:
    """Open an account for a person, under their mail address. Returns its id."""
    _require(actor)
    person = session.get(Person, person_id)
    if person is None:
        raise RuleBroken("who", "There is nobody like that here.")
    if session.scalar(select(Account.id).where(Account.person_id == person_id)):
        raise RuleBroken("who", "They have an account already.")
    account_id = open_account(
        session, email=person.email, password=password, roles=roles, person_id=person_id
    )
    _note(session, actor, account_id, now, f"opened: {_words(roles)}")
    return account_id


def set_roles(
    session: Session, actor: Actor, account_id: int, roles: frozenset[Role], *, now: datetime
) -> None:
    """Say what an account may do; it counts from their next request on."""
    _require(actor)
    _account(session, account_id)
    before = frozenset(
        session.scalars(select(Membership.role).where(Membership.account_id == account_id))
    )
    if Role.ADMINISTRATOR in before - roles:
        _require_another_administrator(session, account_id, "roles")
    gone = Membership.role.in_(before - roles)
    session.execute(delete(Membership).where(Membership.account_id == account_id, gone))
    session.add_all(Membership(account_id=account_id, role=role) for role in sorted(roles - before))
    _note(session, actor, account_id, now, f"roles: {_words(roles)}")


def disable(session: Session, actor: Actor, account_id: int, *, now: datetime) -> None:
    """Shut an account; wherever it is signed in, that ends at once."""
    _require(actor)
    account = _account(session, account_id)
    _require_another_administrator(session, account_id, None)
    account.disabled_at = account.disabled_at or now
    session.execute(
        update(LoginSession)
        .where(LoginSession.account_id == account_id, LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )
    _note(session, actor, account_id, now, "disabled")


def enable(session: Session, actor: Actor, account_id: int, *, now: datetime) -> None:
    """Open an account again; its roles and password are what they were."""
    _require(actor)
    _account(session, account_id).disabled_at = None
    _note(session, actor, account_id, now, "enabled")


def _require(actor: Actor) -> None:
    policy.require(actor, Action.WRITE_ACCOUNT, Facts(organisation_id=actor.organisation_id))


def _account(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotVisible
    return account


def _require_another_administrator(session: Session, account_id: int, field: str | None) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.role == Role.ADMINISTRATOR,
            Account.disabled_at.is_(None),
            Account.id != account_id,
        )
    )
    if not others:
        raise RuleBroken(field or "", "Somebody must be left who administers the accounts.")


def _note(session: Session, actor: Actor, account_id: int, now: datetime, what: str) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=Action.WRITE_ACCOUNT.value,
        thing="account",
        thing_id=account_id,
        happened_at=now,
        reason=what,
    )
    session.flush()


def _words(roles: frozenset[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "none"
