"""Who is who: people by id, by external id, by name, and as a list that an actor may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts, RelationshipKind, Role
from ldtrack.access.queries import held_by, holders_of, told_of_holders
from ldtrack.core.errors import NotVisible, RuleBroken
from ldtrack.core.order import Order
from ldtrack.db.parts import MANY, in_parts
from ldtrack.people.domain import PersonRow, same_address
from ldtrack.people.models import Account, FormerName, Membership, Person, Unit
from ldtrack.people.queries.former import former_addresses, former_ids
from ldtrack.people.queries.tree import in_unit

PAGE = 50
BY_NAME = Order(key="name")
DIRECTORY_ORDERS: dict[str, tuple[InstrumentedAttribute[str], ...]] = {
    "name": (Person.last_name, Person.first_name),
    "unit": (Unit.name,),
    "job": (Person.job_profile,),
}
"""What the directory can be sorted by."""
PERSON_ID: SQLColumnExpression[int] = Person.id
"""Whom a list of people is about, for what another room says of them."""
_NAME = Person.first_name + " " + Person.last_name
_BY_NAME = (Person.last_name, Person.first_name, Person.id)


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


def people_told(
    session: Session,
    ids: Iterable[int],
    tell: Callable[[SQLColumnExpression[int]], ColumnElement[int]],
) -> dict[int, tuple[PersonRow, int]]:
    """The same, each with a number that another room's part of the statement tells of them."""
    rows = session.execute(
        _wanted().add_columns(tell(Person.id)).where(Person.id.in_(sorted(set(ids))))
    )
    return {found.id: (_row(found, unit), told) for found, unit, told in rows}


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names for ids that the caller was already allowed to see; who was erased has neither."""
    return {row.id: row.name for row in people_named(session, {i for i in ids if i}).values()}


def locales_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """In which language each of them is written to, for ids that the caller may already see."""
    found: dict[int, str] = {}
    for part in in_parts(set(ids)):
        rows = session.execute(select(Person.id, Person.locale).where(Person.id.in_(part)))
        found |= {row.id: row.locale for row in rows}
    return found


def n_people(session: Session) -> int:
    """How many active people the organisation has."""
    return session.scalar(select(func.count()).select_from(Person).where(Person.active)) or 0


def n_records(session: Session) -> int:
    """How many people are known, those who left among them."""
    return session.scalar(select(func.count(Person.id))) or 0


def name_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The name of whom a column names, as a part of another room's statement."""
    return (
        select(func.trim(Person.first_name + " " + Person.last_name))
        .where(Person.id == person_id)
        .scalar_subquery()
    )


def address_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The e-mail address of whom a column names, likewise."""
    return select(Person.email).where(Person.id == person_id).scalar_subquery()


def first_name_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The first name of whom a column names, likewise."""
    return select(Person.first_name).where(Person.id == person_id).scalar_subquery()


def job_profile_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The role of whom a column names, likewise."""
    return select(Person.job_profile).where(Person.id == person_id).scalar_subquery()


def sort_name_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The name by which lists sort whom a column names, likewise: the last name first."""
    return (
        select(Person.last_name + " " + Person.first_name)
        .where(Person.id == person_id)
        .scalar_subquery()
    )


def in_name(person_id: SQLColumnExpression[int | None], search: str) -> ColumnElement[bool]:
    """Whether what was typed is a part of the name of whom a column names, likewise."""
    return person_id.in_(select(Person.id).where(_NAME.icontains(search, autoescape=True)))


def unit_of(person_id: SQLColumnExpression[int | None]) -> ScalarSelect[str]:
    """The name of the unit of whom a column names, likewise."""
    return (
        select(Unit.name)
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.id == person_id)
        .scalar_subquery()
    )


def has_left(person_id: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    """Whether the person whom a column names has left, likewise."""
    return exists().where(Person.id == person_id, Person.active.is_(False))


def directory(
    session: Session,
    actor: Actor,
    *,
    search: str = "",
    page: int = 1,
    unit_id: int | None = None,
    active: bool = True,
    order: Order = BY_NAME,
) -> tuple[list[PersonRow], int]:
    """A page of people that match the search, and how many there are in all.

    Those who are here, or with `active` false those who left; of one unit and the units inside it
    if that is said.
    """
    which = [
        Person.active.is_(active),
        policy.clause(actor, Action.READ_PERSON, person_id=Person.id),
        *([_matches(search)] if search else []),
        *([in_unit(unit_id)] if unit_id is not None else []),
    ]
    wanted = _wanted().where(*which)
    first = DIRECTORY_ORDERS[order.key]
    by = [
        column.desc() if order.down else column.asc()
        for column in dict.fromkeys((*first, *_BY_NAME))
    ]
    ordered = wanted.order_by(None).order_by(*by)
    part = ordered.limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    if search:
        # No index helps a part of a word, so everybody is looked at once and not twice.
        counted = session.execute(part.add_columns(func.count().over())).all()
        if counted or page <= 1:
            rows = [_row(found, unit) for found, unit, _ in counted]
            return rows, counted[0][2] if counted else 0
    total = session.scalar(select(func.count(Person.id)).where(*which)) or 0
    shown = part.with_only_columns(Person.id)
    return _rows(session, ordered.where(Person.id.in_(shown))), total


def people_of_whom(
    session: Session, holds: ColumnElement[bool], *, search: str, page: int, size: int
) -> tuple[list[PersonRow], int]:
    """A page of those who are here and of whom something that another room says of `PERSON_ID`
    holds, by name, and how many there are in all; who asks was checked there.

    One statement, two beyond the last page.
    """
    which = [
        Person.active,
        holds,
        *([_NAME.icontains(search, autoescape=True)] if search else []),
    ]
    total = select(func.count(Person.id)).where(*which)
    in_order = select(Person.id).where(*which).order_by(*_BY_NAME)
    shown = in_order.limit(size).offset((max(page, 1) - 1) * size)
    # Counted by itself and not beside each row: of a page, few have to be looked at in their order.
    rows = session.execute(
        _wanted()
        .where(Person.id.in_(shown.correlate(None)))
        .add_columns(total.correlate(None).scalar_subquery())
    ).all()
    if not rows and page > 1:
        return [], session.scalar(total) or 0
    return [_row(found, unit) for found, unit, _ in rows], rows[0][2] if rows else 0


def colleagues(session: Session, actor: Actor, *, search: str, most: int = 20) -> list[PersonRow]:
    """Others who can sign in and whose name matches, by name; pages show no address of theirs."""
    policy.require(actor, Action.FIND_COLLEAGUE, Facts(organisation_id=actor.organisation_id))
    return _rows(
        session,
        _wanted()
        .join(Account, Account.person_id == Person.id)
        .where(
            Person.active,
            Account.disabled_at.is_(None),
            Person.id.is_distinct_from(actor.person_id),
            _NAME.icontains(search, autoescape=True),
        )
        .limit(most),
    )


def people_with_role(session: Session, role: Role) -> list[PersonRow]:
    """Active people whose account has the role, by name; for the organisation's own lists."""
    return _rows(
        session,
        _wanted()
        .join(Account, Account.person_id == Person.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(Person.active, Account.disabled_at.is_(None), Membership.role == role),
    )


def askable(session: Session, *, search: str, most: int = PAGE) -> list[PersonRow]:
    """Active people with an address whose name, unit or role matches, by name.

    For leaders who say whom to ask, and whoever agrees: pages show no address, and the caller
    checked who asks.
    """
    places = (_NAME, Person.job_profile, Unit.name)
    matches = or_(*(one.icontains(search, autoescape=True) for one in places))
    return _rows(session, _wanted().where(Person.active, Person.email != "", matches).limit(most))


def name_by_address(session: Session, addresses: Collection[str]) -> dict[str, str]:
    """Names of people by their address; for pages that may name them."""
    rows = session.execute(
        select(Person.email, Person.first_name + " " + Person.last_name).where(
            Person.email.in_(sorted(addresses))
        )
    )
    return {address: name.strip() for address, name in rows}


def by_external_id(session: Session, external_ids: Collection[str]) -> dict[str, int]:
    """Ids of people by the organisation's own ids, those of a former record of theirs too."""
    found = _ids(session, Person.external_id, external_ids)
    former = former_ids(session, {*external_ids} - found.keys())
    return {one: row.person_id for one, row in former.items()} | found


def by_email(session: Session, addresses: Collection[str]) -> dict[str, int]:
    """Ids of people by mail address, compared as `same_address` does; former ones count too."""
    wanted = {same_address(address) for address in addresses}
    found = _ids(session, Person.email, wanted)
    return former_addresses(session, wanted - found.keys()) | found


def addresses_here(session: Session) -> list[tuple[str, int]]:
    """Every mail address with its person, for comparing all of them."""
    former = session.execute(select(FormerName.email, FormerName.person_id)).all()
    present = session.execute(select(Person.email, Person.id).where(Person.email != "")).all()
    # A present address counts before what was somebody else's formerly, so it comes last.
    return [*former, *present]


def by_name(session: Session, names: Collection[str]) -> dict[str, int]:
    """Ids of people by first and last name as asked for; a name of several people finds nobody."""
    found: dict[str, set[int]] = {}
    name = Person.first_name + " " + Person.last_name
    for part in in_parts(set(names)):
        for full_name, person_id in session.execute(select(name, Person.id).where(name.in_(part))):
            found.setdefault(full_name, set()).add(person_id)
    return {full_name: min(ids) for full_name, ids in found.items() if len(ids) == 1}


def known_names(session: Session, words: Collection[str]) -> frozenset[str]:
    """Those of the words that are the first or the last name of somebody in the organisation."""
    found: set[str] = set()
    for part in in_parts(set(words)):
        for first, last in session.execute(
            select(Person.first_name, Person.last_name).where(
                or_(Person.first_name.in_(part), Person.last_name.in_(part))
            )
        ):
            found |= {first, last} & set(words)
    return frozenset(found)


def job_profiles(session: Session) -> list[str]:
    """The roles that people of the organisation have, each once."""
    return list(
        session.scalars(
            select(Person.job_profile)
            .where(Person.job_profile != "")
            .distinct()
            .order_by(Person.job_profile)
        )
    )


def known_as(session: Session, typed: str) -> int | None:
    """The person whose external id or mail address was typed; `None` if there is nobody."""
    ids = by_external_id(session, [typed]) or by_email(session, [typed])
    return next(iter(ids.values()), None)


def somebody_known_as(session: Session, typed: str, field: str) -> int:
    """The same, refused beside the field in which it was typed if there is nobody."""
    found = known_as(session, typed)
    if found is None:
        raise RuleBroken(field, "There is nobody with this mail address or external id.")
    return found


def people_here(session: Session, ids: Collection[int]) -> set[int]:
    """Those of the ids that belong to people of this organisation."""
    wanted = set(ids)
    if len(wanted) > MANY:
        return wanted & set(session.scalars(select(Person.id)))
    found: set[int] = set()
    for part in in_parts(wanted):
        found.update(session.scalars(select(Person.id).where(Person.id.in_(part))))
    return found


def not_among(session: Session, external_ids: Collection[str]) -> list[int]:
    """Ids of people who are here and have none of these external ids."""
    rows = session.execute(select(Person.id, Person.external_id).where(Person.active))
    return sorted(person_id for person_id, one in rows if one not in external_ids)


def gone(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Those of the ids that belong to people who left."""
    found: set[int] = set()
    for part in in_parts(set(ids)):
        wanted = select(Person.id).where(Person.id.in_(part), Person.active.is_(False))
        found.update(session.scalars(wanted))
    return frozenset(found)


def managers(session: Session, people: Iterable[int], today: date) -> dict[int, int]:
    """Each person's line manager of today."""
    return holders_of(session, people, RelationshipKind.MANAGER, today)


def manager_names(session: Session, people: Iterable[int], today: date) -> dict[int, str]:
    """The name of each person's line manager of today."""
    return told_of_holders(session, people, RelationshipKind.MANAGER, today, name_of)


def reports_of(
    session: Session, person_id: int, today: date, *, most: int = 20
) -> tuple[list[PersonRow], int]:
    """The first people who report to somebody today, by name, and how many there are in all."""
    wanted = _wanted().where(Person.id.in_(held_by(person_id, RelationshipKind.MANAGER, today)))
    rows = session.execute(wanted.add_columns(func.count().over()).limit(most)).all()
    return [_row(found, unit) for found, unit, _ in rows], rows[0][2] if rows else 0


def _matches(search: str) -> ColumnElement[bool]:
    places = (_NAME, Person.email, Person.external_id)
    return or_(*(one.icontains(search, autoescape=True) for one in places))


def _ids(
    session: Session, column: InstrumentedAttribute[str], keys: Collection[str]
) -> dict[str, int]:
    wanted = set(keys)
    if len(wanted) > MANY:
        rows = session.execute(select(column, Person.id)).all()
        return {key: person_id for key, person_id in rows if key in wanted}
    found: dict[str, int] = {}
    for part in in_parts(wanted):
        found.update(session.execute(select(column, Person.id).where(column.in_(part))).all())
    return found


def _wanted() -> Select[Person, str]:
    return select(Person, Unit.name).outerjoin(Unit, Unit.id == Person.unit_id).order_by(*_BY_NAME)


def _rows(session: Session, wanted: Select[Person, str]) -> list[PersonRow]:
    return [_row(found, unit) for found, unit in session.execute(wanted)]


def _row(found: Person, unit: str | None) -> PersonRow:
    return PersonRow(
        id=found.id,
        external_id=found.external_id,
        first_name=found.first_name,
        last_name=found.last_name,
        email=found.email,
        job_profile=found.job_profile,
        unit_id=found.unit_id,
        unit=unit or "",
        active=found.active,
        left_on=found.left_on,
    )
