"""Signing in and out, and who is behind a cookie."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import (
    CompoundSelect,
    Date,
    String,
    bindparam,
    cast,
    delete,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind, Role
from ldtrack.access.queries import relations_of
from ldtrack.core.errors import RuleBroken
from ldtrack.core.zones import shown_in
from ldtrack.db.parts import delete_some
from ldtrack.db.session import EVERYWHERE, enter_organisation, remember_zone
from ldtrack.people.domain import MOST_ATTEMPTS, attempts_since, same_address
from ldtrack.people.models import (
    Account,
    LoginSession,
    Membership,
    Organisation,
    Person,
    SignInAttempt,
)

_WRONG = "That address and password do not belong together."
_TOO_OFTEN = "Too many wrong tries. Wait a quarter of an hour, then try again."
ENDED_KEPT = timedelta(days=30)
"""How long a sign-in that ended is kept, with the device."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who is behind a valid cookie, and where."""

    actor: Actor
    organisation: str


def sign_in(
    session: Session,
    *,
    email: str,
    password: str,
    now: datetime,
    lasts: timedelta,
    device: str = "",
) -> str:
    """Check the password and begin a sign-in. Returns the word for the cookie.

    An address that nobody has takes as long and is answered as a wrong password is. Raises
    `RuleBroken`; the caller commits also then, so that the failure counts.
    """
    address = same_address(email)
    if failures(session, address, now) >= MOST_ATTEMPTS:
        raise RuleBroken("password", _TOO_OFTEN)
    account = session.scalar(
        select(Account).where(Account.email == address), execution_options=EVERYWHERE
    )
    fits = _fits(account.password_hash if account else _nobody(), password)
    if account is None or not fits or account.disabled_at is not None:
        session.add(SignInAttempt(sender=_hash(address), failed_at=now))
        session.flush()
        raise RuleBroken("password", _WRONG)
    session.execute(delete(SignInAttempt).where(SignInAttempt.sender == _hash(address)))
    enter_organisation(session, account.organisation_id)
    if PasswordHasher().check_needs_rehash(account.password_hash):
        account.password_hash = PasswordHasher().hash(password)
    return begin(session, account_id=account.id, now=now, lasts=lasts, device=device)


def begin(
    session: Session, *, account_id: int, now: datetime, lasts: timedelta, device: str = ""
) -> str:
    """Begin a sign-in of an account that has proved itself. Returns the word for the cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            account_id=account_id,
            token_hash=_hash(token),
            began_at=now,
            ends_at=now + lasts,
            device=device[:200],
        )
    )
    session.flush()
    return token


def sign_out(session: Session, *, token: str, now: datetime) -> None:
    """End a sign-in; its cookie is worth nothing from here on."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.token_hash == _hash(token), LoginSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def signed_in(session: Session, *, token: str, now: datetime) -> SignedIn | None:
    """Who is behind the cookie's word, in two statements; enters their organisation."""
    row = session.execute(
        _BEHIND, {"token_hash": _hash(token), "now": now}, execution_options=EVERYWHERE
    ).first()
    if row is None or (row.active is None) != (row[0].person_id is None) or row.active is False:
        return None
    account = row[0]
    zone = ZoneInfo(row.time_zone)
    today = shown_in(zone, now).date()
    if row.left_on is not None and row.left_on <= today:
        # From the first minute of the day on, whether or not the day's jobs have run.
        return None
    enter_organisation(session, account.organisation_id)
    remember_zone(session, zone)
    name = f"{row.first_name or ''} {row.last_name or ''}".strip() or account.email
    actor = _actor(session, account, name, row.job_profile or "", today)
    return SignedIn(actor=actor, organisation=row.name)


def failures(session: Session, address: str, now: datetime) -> int:
    """How often a sign-in with this address failed lately."""
    return (
        session.scalar(
            select(func.count())
            .select_from(SignInAttempt)
            .where(
                SignInAttempt.sender == _hash(same_address(address)),
                SignInAttempt.failed_at > attempts_since(now),
            )
        )
        or 0
    )


def tidy_sign_ins(session: Session, now: datetime) -> int:
    """Forget some of the sign-ins that ended long ago. Returns how many."""
    ended = func.coalesce(LoginSession.ended_at, LoginSession.ends_at)
    old = select(LoginSession.id).where(ended < now - ENDED_KEPT)
    return delete_some(session, LoginSession.id, old)


def tidy_attempts(session: Session, now: datetime) -> int:
    """Forget some of the failed sign-ins that count no more. Returns how many."""
    old = select(SignInAttempt.id).where(SignInAttempt.failed_at < attempts_since(now))
    return delete_some(session, SignInAttempt.id, old)


def _actor(session: Session, account: Account, name: str, job_profile: str, today: date) -> Actor:
    found: dict[str, set[int]] = {kind.value: set() for kind in RelationshipKind}
    given: set[Role] = set()
    whose = {"account_id": account.id, "person_id": account.person_id or 0, "today": today}
    for what, word, person_id in session.execute(_ROLES_AND_RELATIONS, whose):
        if what == "role":
            given.add(Role(word))
        else:
            found[word].add(person_id)
    return Actor(
        organisation_id=account.organisation_id,
        account_id=account.id,
        person_id=account.person_id,
        name=name,
        job_profile=job_profile,
        roles=frozenset(given),
        coaches=frozenset(found[RelationshipKind.COACH]),
        manages=frozenset(found[RelationshipKind.MANAGER]),
        sponsors=frozenset(found[RelationshipKind.SPONSOR]),
        peers=frozenset(found[RelationshipKind.PEER]),
    )


_BEHIND = (
    select(
        Account,
        Organisation.name,
        Organisation.time_zone,
        Person.first_name,
        Person.last_name,
        Person.job_profile,
        Person.active,
        Person.left_on,
    )
    .join(LoginSession, LoginSession.account_id == Account.id)
    .join(Organisation, Organisation.id == Account.organisation_id)
    .outerjoin(Person, Person.id == Account.person_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.ended_at.is_(None),
        LoginSession.ends_at > bindparam("now"),
        Account.disabled_at.is_(None),
    )
)
"""Built once, like the next: both run with every request, and building takes longer than asking."""

_ROLES_AND_RELATIONS: CompoundSelect[str, str, int] = union_all(
    select(
        literal("role").label("what"), cast(Membership.role, String), null().label("person_id")
    ).where(Membership.account_id == bindparam("account_id")),
    relations_of(bindparam("person_id"), bindparam("today", type_=Date)),
)


def _fits(hashed: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return PasswordHasher().hash(secrets.token_hex(16))


def _hash(word: str) -> str:
    return sha256(word.encode()).hexdigest()
