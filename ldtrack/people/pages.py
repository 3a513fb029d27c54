"""What the pages of people and accounts show, put together from queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor, RelationshipKind
from ldtrack.access.queries import RelationshipRow, relationships_of
from ldtrack.people import queries
from ldtrack.people.domain import PersonRow
from ldtrack.people.queries import AccountRow


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """A page of people; `managers` holds names by person."""

    search: str
    unit_id: int | None
    units: list[tuple[int, str]]
    gone: bool
    people: list[PersonRow]
    managers: dict[int, str]
    may_sign_in: set[int]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A relationship in words, with the other person; HR may end that somebody backs them."""

    words: str
    other: PersonRow
    since: date
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """One person as HR sees them."""

    person: PersonRow
    manager: PersonRow | None
    ties: list[Tie]
    account: AccountRow | None


@dataclass(frozen=True, kw_only=True)
class AccountsPage:
    """A page of accounts; `n_open` of all can sign in, and `n_unused` of those never did."""

    search: str
    n_open: int
    n_unused: int
    accounts: list[AccountRow]
    page: int
    pages: int
    total: int


def directory_page(
    session: Session,
    actor: Actor,
    *,
    today: date,
    search: str,
    page: int,
    unit_id: int | None,
    gone: bool,
) -> DirectoryPage:
    """A page of the people who match."""
    people, total = queries.directory(
        session, actor, search=search, page=page, unit_id=unit_id, active=not gone
    )
    ids = [row.id for row in people]
    managers = queries.managers(session, ids, today)
    names = queries.people_named(session, managers.values())
    return DirectoryPage(
        search=search,
        unit_id=unit_id,
        units=queries.units(session),
        gone=gone,
        people=people,
        managers={person_id: names[manager].name for person_id, manager in managers.items()},
        may_sign_in=queries.with_account(session, ids),
        page=page,
        pages=max(1, ceil(total / queries.PAGE)),
        total=total,
    )


def person_page(session: Session, actor: Actor, person_id: int, today: date) -> PersonPage:
    """One person, else `NotVisible`."""
    person = queries.person(session, actor, person_id)
    rows = relationships_of(session, person_id, today)
    others = queries.people_named(session, {row.other_id for row in rows})
    above = [row for row in rows if row.kind is RelationshipKind.MANAGER and not row.holds]
    return PersonPage(
        person=person,
        manager=others[above[-1].other_id] if above else None,
        ties=[
            Tie(
                words=_words(row),
                other=others[row.other_id],
                since=row.starts_on,
                may_end=row.kind is RelationshipKind.SPONSOR and not row.holds,
            )
            for row in rows
            if row not in above
        ],
        account=queries.account_of(session, person_id),
    )


def accounts_page(session: Session, actor: Actor, *, search: str, page: int) -> AccountsPage:
    """A page of the accounts that match."""
    accounts, total = queries.accounts(session, actor, search=search, page=page)
    n_open, n_unused = queries.n_who_may_sign_in(session, actor)
    return AccountsPage(
        search=search,
        n_open=n_open,
        n_unused=n_unused,
        accounts=accounts,
        page=page,
        pages=max(1, ceil(total / queries.PAGE)),
        total=total,
    )


def _words(row: RelationshipRow) -> str:
    return {
        (RelationshipKind.COACH, True): "coaches",
        (RelationshipKind.COACH, False): "is coached by",
        (RelationshipKind.SPONSOR, True): "sponsors",
        (RelationshipKind.SPONSOR, False): "is sponsored by",
        (RelationshipKind.MANAGER, True): "manages",
        (RelationshipKind.MANAGER, False): "reports to",
    }[row.kind, row.holds]
