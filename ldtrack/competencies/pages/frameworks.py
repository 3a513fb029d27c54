"""Pages about frameworks, their competencies, and what roles ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor
from ldtrack.competencies import queries
from ldtrack.competencies.domain import (
    CompetencyRow,
    Differences,
    DomainRow,
    Edition,
    FrameworkRow,
    Gap,
    IndicatorRow,
    Level,
    OriginRow,
    RoleProfileRow,
    VersionState,
    compare,
    gaps,
    thin_levels,
)
from ldtrack.core.errors import NotVisible
from ldtrack.people.queries import job_profiles

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class FrameworkPage:
    """One edition: competencies by domain, the scale's words, what roles ask for."""

    framework: FrameworkRow
    origin: OriginRow
    domains: list[tuple[str, list[CompetencyRow]]]
    levels: Sequence[Level]
    role_profiles: list[RoleProfileRow]
    names: dict[int, str]
    others: list[FrameworkRow]
    """The other editions of the same framework that the reader may see, by age."""
    earlier: list[FrameworkRow]
    """Those of them that are older than this one."""
    may_write: bool

    @property
    def draft(self) -> FrameworkRow | None:
        """The edition that is being written, if it is another one."""
        return next((row for row in self.others if row.state is VersionState.DRAFT), None)

    @property
    def counts_still(self) -> FrameworkRow | None:
        """The edition by which people are still measured while this one waits to be in force."""
        if self.framework.state is not VersionState.PUBLISHED:
            return None
        waiting = [row for row in self.earlier if row.state is VersionState.PUBLISHED]
        return waiting[-1] if waiting else None


@dataclass(frozen=True, kw_only=True)
class DraftPage:
    """An edition while it is written: its contents, what is missing, what deserves another look."""

    framework: FrameworkRow
    edition: Edition
    gaps: tuple[Gap, ...]
    thin: tuple[Gap, ...]
    others: list[FrameworkRow]
    n_profiles: int

    def in_domain(self, domain: DomainRow) -> list[CompetencyRow]:
        """The competencies of a domain in order."""
        return [row for row in self.edition.competencies if row.domain_id == domain.id]


@dataclass(frozen=True, kw_only=True)
class ProfilesPage:
    """Every role that is described, the editions to describe one by, and roles without a word."""

    rows: list[RoleProfileRow]
    editions: dict[int, FrameworkRow]
    names: dict[int, str]
    undescribed: list[str]
    until: dict[int, date]
    """By profile the day since which a later edition says what the role asks for."""

    @property
    def n_in_force(self) -> int:
        """How many of them say what a role asks for today."""
        return sum(row.id not in self.until for row in self.rows)

    @property
    def published(self) -> list[FrameworkRow]:
        """The editions by which a role can be described."""
        return [row for row in self.editions.values() if row.state is VersionState.PUBLISHED]


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    """Two editions of one framework, the older first."""

    before: FrameworkRow
    after: FrameworkRow
    differences: Differences


@dataclass(frozen=True, kw_only=True)
class CompetencyPage:
    """One competency: its indicators by level, highest first, and the roles that ask for it."""

    competency: CompetencyRow
    framework: FrameworkRow
    levels: list[tuple[Level, list[IndicatorRow]]]
    is_written: bool
    """Whether it may be reworded here: it is of a draft."""
    targets: list[tuple[str, int]]

    @property
    def n_indicators(self) -> int:
        """Indicators on all levels."""
        return sum(len(indicators) for _, indicators in self.levels)


def framework_page(session: Session, actor: Actor, framework: FrameworkRow) -> FrameworkPage:
    """One edition that the actor may read."""
    framework_version_id = framework.framework_version_id
    rows = queries.competencies(session, framework_version_id)
    editions = _editions(session, actor, framework)
    return FrameworkPage(
        framework=framework,
        origin=queries.origins(session)[framework_version_id],
        domains=[(name, list(part)) for name, part in groupby(rows, key=lambda row: row.domain)],
        levels=queries.scale(session, framework_version_id).levels,
        role_profiles=_role_profiles(session, framework_version_id),
        names={row.id: row.name for row in rows},
        others=[row for row in editions if row != framework],
        earlier=editions[: editions.index(framework)],
        may_write=policy.could(actor, Action.WRITE_FRAMEWORK),
    )


def draft_page(session: Session, actor: Actor, framework: FrameworkRow) -> DraftPage:
    """A draft as its author sees it."""
    edition = queries.edition(session, framework.framework_version_id)
    return DraftPage(
        framework=framework,
        edition=edition,
        gaps=gaps(edition),
        thin=thin_levels(edition),
        others=[row for row in _editions(session, actor, framework) if row != framework],
        n_profiles=queries.profiles_in(session, framework.framework_version_id),
    )


def profiles_page(session: Session) -> ProfilesPage:
    """Every role profile, and the job profiles of people that none describes."""
    rows = queries.role_profiles(session)
    crossings = queries.crossings(session)
    named = queries.competencies_named(session, {id_ for row in rows for id_ in row.targets})
    described = {row.name for row in rows}
    return ProfilesPage(
        rows=rows,
        editions={row.framework_version_id: row for row in queries.frameworks(session)},
        names={id_: row.name for id_, row in named.items()},
        undescribed=[name for name in job_profiles(session) if name not in described],
        until={
            row.id: walk.in_force_on
            for walk in crossings.all
            for row in rows
            if row.framework_version_id == walk.before_id
            and walk.in_force_on is not None
            and any(r.name == row.name and r.framework_version_id == walk.after_id for r in rows)
        },
    )


def by_domain(rows: Sequence[CompetencyRow], lines: Sequence[T]) -> list[tuple[str, list[T]]]:
    """The lines that stand for the competencies, under their domains."""
    pairs = zip(rows, lines, strict=True)
    return [
        (domain, [line for _, line in part])
        for domain, part in groupby(pairs, key=lambda pair: pair[0].domain)
    ]


def comparison_page(
    session: Session, actor: Actor, framework_version_id: int, other_id: int
) -> ComparisonPage:
    """Two editions side by side; those of different frameworks are not compared."""
    rows = {row.framework_version_id: row for row in queries.visible_frameworks(session, actor)}
    before, after = rows.get(other_id), rows.get(framework_version_id)
    if before is None or after is None or before.framework_id != after.framework_id:
        raise NotVisible
    said = queries.editions_said(session, {other_id, framework_version_id})
    return ComparisonPage(
        before=before,
        after=after,
        differences=compare(said[other_id], said[framework_version_id]),
    )


def _editions(session: Session, actor: Actor, framework: FrameworkRow) -> list[FrameworkRow]:
    """Every edition of a framework that the reader may see, by age."""
    rows = queries.visible_frameworks(session, actor)
    return [row for row in rows if row.framework_id == framework.framework_id]


def competency_page(session: Session, actor: Actor, competency_id: int) -> CompetencyPage:
    """One competency of an edition that the actor may read, else `NotVisible`."""
    competency = queries.visible_competency(session, actor, competency_id)
    version = competency.framework_version_id
    (framework,) = (
        row for row in queries.every_edition(session) if row.framework_version_id == version
    )
    indicators = queries.indicators(session, [competency_id])
    return CompetencyPage(
        competency=competency,
        framework=framework,
        is_written=framework.state is VersionState.DRAFT,
        levels=[
            (level, [one for one in indicators if one.level == level.value])
            for level in reversed(queries.scale(session, version).levels)
        ],
        targets=[
            (profile.name, profile.targets[competency_id])
            for profile in _role_profiles(session, version)
            if competency_id in profile.targets
        ],
    )


def _role_profiles(session: Session, framework_version_id: int) -> list[RoleProfileRow]:
    return [
        profile
        for profile in queries.role_profiles(session)
        if profile.framework_version_id == framework_version_id
    ]
