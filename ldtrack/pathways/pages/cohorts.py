"""A cohort as HR works with it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.pathways.domain import CohortRow, CohortTies, EnrolmentRow, EnrolmentState
from ldtrack.pathways.queries import cohort, cohorts, ties_of, travelling
from ldtrack.pathways.queries.enrolments import PAGE
from ldtrack.ui.dates import day
from ldtrack.ui.fields import Option


@dataclass(frozen=True, kw_only=True)
class CohortPage:
    """A cohort with a page of its people, and the others that they could travel with."""

    cohort: CohortRow
    ties: CohortTies
    rows: list[EnrolmentRow]
    others: list[CohortRow]
    total: int
    page: int
    pages: int

    @property
    def options(self) -> list[Option]:
        """The people of this page, to choose among."""
        return [Option(id=row.id, label=row.name, note=_where(row)) for row in self.rows]

    @property
    def travels(self) -> bool:
        """Whether anybody on this page is on their way."""
        return any(row.state is EnrolmentState.ACTIVE for row in self.rows)


def cohort_page(session: Session, actor: Actor, cohort_id: int, *, page: int) -> CohortPage:
    """The page, else `NotVisible`."""
    row = cohort(session, actor, cohort_id)
    rows, total = travelling(session, actor, cohort_id, page=page)
    return CohortPage(
        cohort=row,
        ties=ties_of(session, row),
        rows=rows,
        others=[other for other in cohorts(session) if other.id != cohort_id],
        total=total,
        page=page,
        pages=max(1, ceil(total / PAGE)),
    )


def merge_options(session: Session, row: CohortRow) -> list[Option]:
    """The cohorts that one can become a part of."""
    return [Option(id=one.id, label=one.name) for one in cohorts(session) if one.id != row.id]


def _where(row: EnrolmentRow) -> str:
    """`To lead others, version 2, since 1 Oct 2026`."""
    where = f"{row.title}, version {row.number}"
    if row.ended_on is not None:
        return f"{where}, {row.state.label.lower()} on {day(row.ended_on)}"
    return f"{where}, since {day(row.enrolled_on)}"
