"""Who is who: people by id, by external id and as a list that an actor may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, RelationshipKind, Role
from ldtrack.access.queries import holders_of
from ldtrack.core.errors import NotVisible
from ldtrack.people.domain import PersonRow, same_address
from ldtrack.people.models import Account, LoginSession, Membership, Organisation, Person, Unit

PAGE = 50


def any_organisation(session: Session) -> bool:
    """Whether the installation has been set up."""
    return session.scalar(select(Organisation.id).limit(1)) is not None


def organisations(session: Session) -> list[tuple[int, str]]:
    """Ids and names of every organisation, by name; for the console."""
    return list(
        session.execute(
            select(Organisation.id, Organisation.name).order_by(Organisation.name)
        ).tuples()
    )


def organisation_name(session: Session, organisation_id: int) -> str:
    """The organisation's name."""
    return session.scalars(
        select(Organisation.name).where(Organisation.id == organisation_id)
    ).one()


def rater_floor(session: Session, organisation_id: int) -> int:
    """The fewest raters behind any number of a 360 (k)."""
    return session.scalars(
        select(Organisation.rater_floor).where(Organisation.id == organisation_id)
    ).one()


def person(session: Session, actor: Actor, person_id: int) -> PersonRow:
    """One person as the actor may see them, else `NotVisible`."""
    visible = policy.clause(actor, Action.READ_PERSON, person_id=Person.id)
    found = _rows(session, _wanted().where(Person.id == person_id, visible))
    if not found:
        raise NotVisible
    return found[0]


def people_named(session: Session, ids: Iterable[int]) -> dict[int, PersonRow]:
    """Rows for ids that the caller was already allowed to see."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in _rows(session, _wanted().where(Person.id.in_(wanted)))}


def directory(
    session: Session, actor: Actor, *, search: str = "", page: int = 1
) -> tuple[list[PersonRow], int]:
    """A page of active people by name that match the search, and how many there are in all."""
    wanted = _wanted().where(
        Person.active, policy.clause(actor, Action.READ_PERSON, person_id=Person.id)
    )
    if search:
        wanted = wanted.where(_matches(search))
    total = session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    rows = _rows(session, wanted.limit(PAGE).offset((max(page, 1) - 1) * PAGE))
    return rows, total


def people_with_role(session: Session, role: Role) -> list[PersonRow]:
    """Active people whose account has the role, by name; for the organisation's own lists."""
    return _rows(
        session,
        _wanted()
        .join(Account, Account.person_id == Person.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(Person.active, Account.disabled_at.is_(None), Membership.role == role),
    )


def by_external_id(session: Session, external_ids: Collection[str]) -> dict[str, int]:
    """Ids of people by the organisation's own ids."""
    return _ids(session, Person.external_id, external_ids)


def by_email(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Ids of people by mail address, compared as `same_address` does."""
    return _ids(session, Person.email, [same_address(address) for address in addresses])


def by_name(session: Session, names: Collection[str]) -> dict[str, int]:
    """Ids of people by first and last name as asked for; a name of several people finds nobody."""
    found: dict[str, set[int]] = {}
    name = Person.first_name + " " + Person.last_name
    wanted = sorted(set(names))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for full_name, person_id in session.execute(select(name, Person.id).where(name.in_(part))):
            found.setdefault(full_name, set()).add(person_id)
    return {full_name: min(ids) for full_name, ids in found.items() if len(ids) == 1}


def known_as(session: Session, typed: str) -> int | None:
    """The person whose external id or mail address was typed; `None` if there is nobody."""
    ids = by_external_id(session, [typed]) or by_email(session, [typed])
    return next(iter(ids.values()), None)


def managers(session: Session, people: Iterable[int], today: date) -> dict[int, int]:
    """Each person's line manager of today."""
    return holders_of(session, people, RelationshipKind.MANAGER, today)


@dataclass(frozen=True, kw_only=True)
class SignInRow:
    """One signed-in browser."""

    id: int
    began_at: datetime
    device: str


def sign_ins(session: Session, actor: Actor, now: datetime) -> list[SignInRow]:
    """The actor's own sign-ins that still hold, newest first."""
    rows = session.scalars(
        select(LoginSession)
        .where(
            LoginSession.account_id == actor.account_id,
            LoginSession.ended_at.is_(None),
            LoginSession.ends_at > now,
        )
        .order_by(LoginSession.began_at.desc())
    )
    return [SignInRow(id=row.id, began_at=row.began_at, device=row.device) for row in rows]


def units(session: Session) -> list[tuple[int, str]]:
    """Ids and names of units, by name."""
    return [(unit.id, unit.name) for unit in session.scalars(select(Unit).order_by(Unit.name))]


def _matches(search: str) -> ColumnElement[bool]:
    # LIKE's own signs in what was typed stand for themselves.
    like = "%" + search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    name = Person.first_name + " " + Person.last_name
    return or_(
        name.ilike(like, escape="\\"),
        Person.email.ilike(like, escape="\\"),
        Person.external_id.ilike(like, escape="\\"),
    )


def _ids(
    session: Session, column: InstrumentedAttribute[str], keys: Collection[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = session.execute(select(column, Person.id).where(column.in_(part)))
        found.update(rows.all())
    return found


def _wanted() -> Select[Person, str]:
    return (
        select(Person, Unit.name)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .order_by(Person.last_name, Person.first_name, Person.id)
    )


def _rows(session: Session, wanted: Select[Person, str]) -> list[PersonRow]:
    return [
        PersonRow(
            id=found.id,
            external_id=found.external_id,
            first_name=found.first_name,
            last_name=found.last_name,
            email=found.email,
            job_profile=found.job_profile,
            unit_id=found.unit_id,
            unit=unit or "",
            active=found.active,
        )
        for found, unit in session.execute(wanted)
    ]
