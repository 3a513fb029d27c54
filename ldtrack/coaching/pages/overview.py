"""What HR sees of coaching: who works with whom, counts and days, and the agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.coaching import queries
from ldtrack.coaching.domain import (
    AgreementRow,
    EngagementCounts,
    EngagementRow,
    MilestoneState,
    SessionCounts,
)
from ldtrack.coaching.domain.agreements import VersionHead
from ldtrack.coaching.domain.appointments import AppointmentState
from ldtrack.coaching.domain.caseload import LONG_AGO
from ldtrack.coaching.domain.handover import PeriodRow

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class EngagementsPage:
    """Every running engagement, and the part of the list that is shown."""

    running: tuple[EngagementCounts, ...]
    shown: tuple[EngagementCounts, ...]
    n_ended: int
    ended: bool
    search: str
    page: int
    pages: int
    total: int
    today: date

    @property
    def n_quiet(self) -> int:
        """Running ones without a session for more than six weeks."""
        return sum(self.is_quiet(row) for row in self.running)

    @property
    def n_without_agreement(self) -> int:
        """Running ones whose agreement is still to be made."""
        return sum(row.agreed_on is None for row in self.running)

    def is_quiet(self, row: EngagementCounts) -> bool:
        """Whether nothing was held for more than six weeks."""
        since = row.last_on or row.engagement.starts_on
        return row.engagement.runs and (self.today - since).days > LONG_AGO


@dataclass(frozen=True, kw_only=True)
class EngagementPage:
    """One engagement as HR sees it."""

    engagement: EngagementRow
    counts: SessionCounts
    milestones: dict[MilestoneState, int]
    appointments: dict[AppointmentState, int]
    agreement: AgreementRow | None
    versions: tuple[VersionHead, ...]
    periods: tuple[PeriodRow, ...]
    """The times of all its coaches, this one among them."""

    @property
    def open_version(self) -> VersionHead | None:
        """The version that is written or signed at the moment."""
        return next((head for head in self.versions if head.state.is_open), None)

    @property
    def is_signed(self) -> bool:
        """Whether what holds was signed, so that only another signed one can replace it."""
        return self.agreement is not None and self.agreement.is_signed


def engagements_page(
    session: Session, actor: Actor, today: date, *, search: str, page: int, ended: bool
) -> EngagementsPage:
    """A page of the running ones, or of those that ended, whose leader or coach matches."""
    rows = queries.engagements(session, actor)
    running = tuple(row for row in rows if row.engagement.runs)
    wanted = [row for row in rows if row.engagement.runs is not ended and _matches(row, search)]
    pages = max(ceil(len(wanted) / PAGE), 1)
    number = min(page, pages)
    return EngagementsPage(
        running=running,
        shown=tuple(wanted[(number - 1) * PAGE : number * PAGE]),
        n_ended=len(rows) - len(running),
        ended=ended,
        search=search,
        page=number,
        pages=pages,
        total=len(wanted),
        today=today,
    )


def engagement_page(session: Session, actor: Actor, engagement_id: int) -> EngagementPage:
    """One of them, else `NotVisible`."""
    engagement = queries.engagement(session, actor, engagement_id)
    agreement, versions = queries.agreements_of(session, actor, engagement.id)
    return EngagementPage(
        engagement=engagement,
        counts=queries.counts_of(session, engagement.id),
        milestones=queries.milestone_counts(session, engagement.id),
        appointments=queries.counts_by_state(session, engagement.id),
        agreement=agreement,
        versions=tuple(versions),
        periods=tuple(queries.periods_of(session, actor, engagement.id)),
    )


def _matches(row: EngagementCounts, search: str) -> bool:
    names = f"{row.engagement.person}\n{row.engagement.coach}"
    return search.casefold() in names.casefold()
