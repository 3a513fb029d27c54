"""Which openings a list is to hold, as an address asks for them, and the same as clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from ldtrack.assignments.domain import BANDS, DIMENSIONS, PostingKind, PostingState
from ldtrack.assignments.models import Posting, PostingCompetency
from ldtrack.core import ids
from ldtrack.core.order import Order, order_from
from ldtrack.people.queries import PERSON_ID, in_unit
from ldtrack.ui.cleaning import clean_line

_LONGEST_SEARCH = 200
BY_FIT = Order(key="fit")
BY_DAY = Order(key="starts")
ORDERS = frozenset({BY_FIT.key, BY_DAY.key})
SHARES = (10, 20, 50)
"""The shares of time, in percent, up to which the catalogue can be narrowed."""
REMOTE = "remote"
"""Asks for openings that can be done from anywhere; a place is asked for as `at-` and its name."""
AT = "at-"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which openings a list is to hold; what is not said narrows nothing."""

    search: str = ""
    kind: PostingKind | None = None
    competency_id: int | None = None
    band: str = ""
    most_share: int | None = None
    starts_from: date | None = None
    ends_by: date | None = None
    where: str = ""
    unit_id: int | None = None
    state: PostingState | None = None
    order: Order | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for anything but all of them."""
        return any(
            value
            for name, value in vars(self).items()
            # No share is 0, and an order leaves none out.
            if name != "order"
        )


EVERYTHING = Wanted()


def wanted_from(asked: Mapping[str, str]) -> Wanted:
    """What the query of an address asks for; nonsense narrows nothing."""
    kind, state, where = asked.get("kind", ""), asked.get("state", ""), asked.get("where", "")
    share, band = asked.get("share", ""), asked.get("band", "")
    order = order_from(asked.get("sort", ""), ORDERS, Order(key=""))
    return Wanted(
        search=clean_line(asked.get("q", "")[:_LONGEST_SEARCH]),
        kind=PostingKind(kind) if kind in set(PostingKind) else None,
        competency_id=_id(asked.get("competency", "")),
        band=band if band in dict(BANDS) else "",
        most_share=int(share) if share in {str(one) for one in SHARES} else None,
        starts_from=_day(asked.get("from", "")),
        ends_by=_day(asked.get("until", "")),
        where=clean_line(where[:_LONGEST_SEARCH]) if where.startswith((REMOTE, AT)) else "",
        unit_id=_id(asked.get("unit", "")),
        state=PostingState(state) if state in ("published", "closed") else None,
        order=order if order.key else None,
    )


def narrowed(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The clauses of `Posting` that leave out what is not wanted."""
    if wanted.search:
        places = (Posting.title, Posting.description, Posting.promised_outcome)
        yield or_(*(one.icontains(wanted.search, autoescape=True) for one in places))
    if wanted.kind:
        yield Posting.kind == wanted.kind
    if wanted.competency_id:
        # By a name of its own: lists that join what openings ask for would lend it theirs.
        asked = aliased(PostingCompetency)
        yield exists().where(
            asked.posting_id == Posting.id, asked.competency_id == wanted.competency_id
        )
    if wanted.band:
        yield _in_band(wanted.band)
    if wanted.most_share:
        yield Posting.share_of_time <= wanted.most_share
    if wanted.starts_from:
        yield Posting.starts_on >= wanted.starts_from
    if wanted.ends_by:
        yield Posting.ends_on <= wanted.ends_by
    if wanted.where == REMOTE:
        yield Posting.is_remote.is_(True)
    elif wanted.where:
        yield Posting.location == wanted.where.removeprefix(AT)
    if wanted.unit_id:
        yield Posting.owner_id.in_(select(PERSON_ID).where(in_unit(wanted.unit_id)))
    if wanted.state:
        yield Posting.state == wanted.state


def _in_band(band: str) -> ColumnElement[bool]:
    score: ColumnElement[int] = literal(0)
    for name in DIMENSIONS:
        score = score + func.coalesce(Posting.stretch[name].as_integer(), 0)
    lowest = dict(BANDS)[band]
    above = [start for _, start in BANDS if start > lowest]
    return and_(score >= lowest, *(score < start for start in above[:1]))


def _id(typed: str) -> int | None:
    try:
        return ids.decode(typed)
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
