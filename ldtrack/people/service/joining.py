"""Making two records of one person one: the sign-in, what is kept of them, and all that refers.

What other tables keep about people is theirs; here only the reference is turned. Rooms in which
the two could collide made way before.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.access.uniting import manages_other, unite_relations
from ldtrack.audit.service import note
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.db.base import Base
from ldtrack.people.domain import PersonRow
from ldtrack.people.domain.joining import Clash, Pair
from ldtrack.people.models import (
    Account,
    Declaration,
    FormerName,
    LoginSession,
    Person,
    PersonChange,
    ToldApart,
)
from ldtrack.people.queries import people_named

ACTION = "people.person:join"
_GOES_WITH_ACCOUNT = {"membership", "login_session"}
_TAKEN = ("unit_id", "job_profile", "time_zone", "last_name")


def require_joinable(session: Session, actor: Actor, pair: Pair) -> dict[int, PersonRow]:
    """The two records, if the actor may make them one and both are there; else it is refused."""
    policy.require(actor, Action.WRITE_PERSON, Facts(organisation_id=actor.organisation_id))
    here = people_named(session, pair.both)
    if len(here) < len(pair.both):
        raise NotVisible
    return here


def clashes(session: Session, actor: Actor, pair: Pair, now: datetime) -> list[Clash]:
    """Where the two collide in who they are and whom they report to."""
    found: list[Clash] = []
    if actor.person_id in pair.both:
        words = "One of the two records is your own: somebody else has to do this."
        found.append(Clash(words=words, stops=True))
    if manages_other(session, goes=pair.goes, stays=pair.stays, today=now.date()):
        words = "One of the two reports to the other through somebody else. Change that line first."
        found.append(Clash(words=words, stops=True))
    used = exists().where(LoginSession.account_id == Account.id)
    signs_in = select(Account, used).where(Account.person_id.in_(pair.both))
    accounts = {row.person_id: (row, is_used) for row, is_used in session.execute(signs_in)}
    if len(accounts) == len(pair.both):
        found.append(_two_sign_ins(*accounts[pair.goes], accounts[pair.stays][0]))
    return found


def _two_sign_ins(goes: Account, is_used: bool, stays: Account) -> Clash:
    """Whoever shut the second sign-in vouches that nobody else stands behind it."""
    if goes.disabled_at is None and is_used:
        return Clash(
            words="Both can sign in, and somebody has with each. What is private in one would "
            f"pass to the other, so an administrator first disables the sign-in {goes.email}.",
            stops=True,
        )
    return Clash(
        words=f"Both have a sign-in: {stays.email} goes on with its roles; {goes.email} is gone, "
        "and its roles are not passed on."
    )


def unite_people(session: Session, actor: Actor, pair: Pair, *, reason: str, now: datetime) -> None:
    """Let everything that refers to the one refer to the other, and delete the one.

    Its numbers and addresses are remembered as former ones. The other rooms made way before;
    whatever still collides takes the whole act back, as `RuleBroken`.
    """
    require_joinable(session, actor, pair)
    unite_relations(session, goes=pair.goes, stays=pair.stays, today=now.date())
    _unite_accounts(session, pair)
    _forget_told_apart(session, pair)
    _drop_second_plans(session, pair)
    _drop_second_declarations(session, pair)
    goes, stays = session.get_one(Person, pair.goes), session.get_one(Person, pair.stays)
    session.add(
        FormerName(
            person_id=stays.id, former_id=goes.id, external_id=goes.external_id, email=goes.email
        )
    )
    for name in _TAKEN:
        setattr(stays, name, getattr(stays, name) or getattr(goes, name))
    if goes.active and not stays.active:
        stays.active, stays.left_on, stays.left_reason = True, None, ""
    session.flush()
    try:
        _turn(session, Person.__table__, pair.goes, pair.stays)
    except IntegrityError as error:
        raise RuleBroken(
            "who", "Both have something that one person can have only once. Nothing was changed."
        ) from error
    session.execute(
        delete(Person).where(Person.id == pair.goes).execution_options(synchronize_session=False)
    )
    session.expire_all()
    note(
        session,
        account_id=actor.account_id,
        action=ACTION,
        thing="person",
        thing_id=pair.goes,
        person_id=pair.stays,
        happened_at=now,
        reason=reason,
    )
    session.flush()


def tell_apart(session: Session, actor: Actor, pair: Pair, *, now: datetime) -> None:
    """Say that the two are two people, so that they are not proposed again."""
    require_joinable(session, actor, pair)
    first, second = sorted(pair.both)
    known = select(ToldApart.id).where(ToldApart.first_id == first, ToldApart.second_id == second)
    if session.scalar(known) is None:
        session.add(ToldApart(first_id=first, second_id=second))
    _note_apart(session, actor, pair, "told apart", now)


def take_back_apart(session: Session, actor: Actor, pair: Pair, *, now: datetime) -> None:
    """Forget that it was said."""
    require_joinable(session, actor, pair)
    first, second = sorted(pair.both)
    said = (ToldApart.first_id == first, ToldApart.second_id == second)
    session.execute(delete(ToldApart).where(*said))
    _note_apart(session, actor, pair, "told apart, taken back", now)


def _note_apart(session: Session, actor: Actor, pair: Pair, what: str, now: datetime) -> None:
    note(
        session,
        account_id=actor.account_id,
        action=ACTION,
        thing="person",
        thing_id=pair.goes,
        person_id=pair.stays,
        happened_at=now,
        reason=what,
    )
    session.flush()


def _unite_accounts(session: Session, pair: Pair) -> None:
    """One sign-in at most remains; what the other one did is remembered as this one's doing.

    Roles do not pass: HR would otherwise give what only an administrator may give.
    """
    accounts = _accounts(session, pair)
    if len(accounts) < len(pair.both):
        return
    goes, stays = accounts[pair.goes].id, accounts[pair.stays].id
    _turn(session, Account.__table__, goes, stays, but_not=_GOES_WITH_ACCOUNT)
    session.execute(delete(Account).where(Account.id == goes))
    session.flush()


def _drop_second_plans(session: Session, pair: Pair) -> None:
    """What is planned for the record that stays is what is planned."""
    planned = select(PersonChange.kind).where(
        PersonChange.person_id == pair.stays, PersonChange.done.is_(False)
    )
    session.execute(
        delete(PersonChange)
        .where(
            PersonChange.person_id == pair.goes,
            PersonChange.done.is_(False),
            PersonChange.kind.in_(planned),
        )
        .execution_options(synchronize_session=False)
    )


def _drop_second_declarations(session: Session, pair: Pair) -> None:
    declared = select(Declaration.attribute_id).where(Declaration.person_id == pair.stays)
    session.execute(
        delete(Declaration)
        .where(Declaration.person_id == pair.goes, Declaration.attribute_id.in_(declared))
        .execution_options(synchronize_session=False)
    )


def _forget_told_apart(session: Session, pair: Pair) -> None:
    theirs = or_(ToldApart.first_id == pair.goes, ToldApart.second_id == pair.goes)
    session.execute(delete(ToldApart).where(theirs))


def _turn(
    session: Session, referred: object, old: int, new: int, *, but_not: set[str] | None = None
) -> None:
    for table in Base.metadata.sorted_tables:
        if table.name in (but_not or ()):
            continue
        for key in table.foreign_keys:
            if key.column.table is referred:
                _turn_column(session, table, key.parent.name, old, new)
    session.expire_all()


def _turn_column(session: Session, table: Table, name: str, old: int, new: int) -> None:
    # The ids are of this organisation, and so is whatever refers to them.
    session.connection().execute(update(table).where(table.c[name] == old).values({name: new}))


def _accounts(session: Session, pair: Pair) -> dict[int, Account]:
    rows = session.scalars(select(Account).where(Account.person_id.in_(pair.both)))
    return {row.person_id: row for row in rows if row.person_id is not None}
