"""The page of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.order import Order
from ldtrack.people import queries
from ldtrack.people.domain import PersonRow

MOST_CHOICES = 200


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """A page of people; `managers` holds names by person.

    `units` are there to choose from unless there are too many for a list.
    """

    search: str
    unit_id: int | None
    unit: str
    units: list[tuple[int, str]]
    n_units: int
    gone: bool
    order: Order
    people: list[PersonRow]
    managers: dict[int, str]
    may_sign_in: set[int]
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
    order: Order = queries.BY_NAME,
) -> DirectoryPage:
    """A page of the people who match."""
    units = queries.units(session)
    people, total = queries.directory(
        session, actor, search=search, page=page, unit_id=unit_id, active=not gone, order=order
    )
    ids = [row.id for row in people]
    managers = queries.managers(session, ids, today)
    names = queries.people_named(session, managers.values())
    return DirectoryPage(
        search=search,
        unit_id=unit_id,
        unit=next((name for one, name in units if one == unit_id), ""),
        units=units if len(units) <= MOST_CHOICES else [],
        n_units=len(units),
        gone=gone,
        order=order,
        people=people,
        managers={person_id: names[manager].name for person_id, manager in managers.items()},
        may_sign_in=queries.with_account(session, ids),
        page=page,
        pages=max(1, ceil(total / queries.PAGE)),
        total=total,
    )
