"""What the pages of the competency map show, put together from queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from ldtrack.competencies import queries
from ldtrack.competencies.domain import (
    CompetencyRow,
    FrameworkRow,
    IndicatorRow,
    Level,
    OriginRow,
    RoleProfileRow,
)


@dataclass(frozen=True, kw_only=True)
class FrameworkPage:
    """One edition: competencies by domain, the scale's words, what roles ask for."""

    framework: FrameworkRow
    origin: OriginRow
    domains: list[tuple[str, list[CompetencyRow]]]
    levels: Sequence[Level]
    role_profiles: list[RoleProfileRow]
    names: dict[int, str]


@dataclass(frozen=True, kw_only=True)
class CompetencyPage:
    """One competency: its indicators by level, highest first, and the roles that ask for it."""

    competency: CompetencyRow
    framework: FrameworkRow
    levels: list[tuple[Level, list[IndicatorRow]]]
    targets: list[tuple[str, int]]

    @property
    def n_indicators(self) -> int:
        """Indicators on all levels."""
        return sum(len(indicators) for _, indicators in self.levels)


def framework_page(session: Session, framework_version_id: int) -> FrameworkPage:
    """One edition, else `NotVisible`."""
    framework = queries.framework(session, framework_version_id)
    rows = queries.competencies(session, framework_version_id)
    return FrameworkPage(
        framework=framework,
        origin=queries.origins(session)[framework_version_id],
        domains=[(name, list(part)) for name, part in groupby(rows, key=lambda row: row.domain)],
        levels=queries.scale(session, framework_version_id).levels,
        role_profiles=_role_profiles(session, framework_version_id),
        names={row.id: row.name for row in rows},
    )


def competency_page(session: Session, competency_id: int) -> CompetencyPage:
    """One competency, else `NotVisible`."""
    competency = queries.competency(session, competency_id)
    version = competency.framework_version_id
    indicators = queries.indicators(session, [competency_id])
    return CompetencyPage(
        competency=competency,
        framework=queries.framework(session, version),
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
