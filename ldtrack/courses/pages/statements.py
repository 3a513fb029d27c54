"""What waits to be matched, what was decided before, and which systems tell us things."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.core.order import Order
from ldtrack.courses.domain.statements import MatchRow, ParkedActivity, ParkedLearner
from ldtrack.courses.queries import statements as queries
from ldtrack.courses.queries.statements import SourceRow, StoreRow


@dataclass(frozen=True, kw_only=True)
class ParkedPage:
    """One of the two lists, and how much the other one holds."""

    activities: list[ParkedActivity]
    learners: list[ParkedLearner]
    n_activities: int
    n_learners: int
    search: str
    order: Order
    page: int
    pages: int
    decided_activities: list[MatchRow]
    decided_learners: list[MatchRow]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits at all."""
        return not self.search and not self.n_activities and not self.n_learners


@dataclass(frozen=True, kw_only=True)
class SourcesPage:
    """Systems that send, and systems that are asked."""

    sources: list[SourceRow]
    stores: list[StoreRow]


def parked_page(
    session: Session,
    actor: Actor,
    *,
    people: bool,
    page: int,
    search: str = "",
    order: Order = queries.MOST_FIRST,
) -> ParkedPage:
    """Activities that wait, or with `people` learners."""
    asked: dict[str, Any] = {"search": search, "order": order, "page": page}
    of_people, of_courses = (asked, {}) if people else ({}, asked)
    activities, n_activities = queries.parked_activities(session, actor, **of_courses)
    learners, n_learners = queries.parked_learners(session, actor, **of_people)
    decided_activities, decided_learners = queries.matches(session, actor)
    return ParkedPage(
        activities=activities,
        learners=learners,
        n_activities=n_activities,
        n_learners=n_learners,
        search=search,
        order=order,
        page=page,
        pages=max(1, ceil((n_learners if people else n_activities) / queries.PAGE)),
        decided_activities=decided_activities,
        decided_learners=decided_learners,
    )


def sources_page(session: Session, actor: Actor) -> SourcesPage:
    """The page."""
    return SourcesPage(
        sources=queries.sources(session, actor), stores=queries.stores(session, actor)
    )
