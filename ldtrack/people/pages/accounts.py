"""The page of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.people import queries
from ldtrack.people.queries import AccountRow


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
