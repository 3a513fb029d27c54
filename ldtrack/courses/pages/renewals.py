"""Completions that end soon, with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.courses.domain import RenewalRow
from ldtrack.courses.queries.renewals import PAGE, completions_ending
from ldtrack.people.queries import names_of


@dataclass(frozen=True, kw_only=True)
class RenewalsPage:
    """A page of them."""

    rows: list[RenewalRow]
    names: dict[int | None, str]
    page: int
    pages: int
    total: int


def renewals_page(session: Session, actor: Actor, today: date, *, page: int) -> RenewalsPage:
    """The page."""
    rows, total = completions_ending(session, actor, today, page=page)
    return RenewalsPage(
        rows=rows,
        names=names_of(session, [row.person_id for row in rows]),
        page=page,
        pages=max(1, ceil(total / PAGE)),
        total=total,
    )
