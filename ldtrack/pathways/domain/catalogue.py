"""How pathways look in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ldtrack.pathways.domain.plan import StepKind, VersionState


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One edition and how many people are on it or were."""

    id: int
    number: int
    state: VersionState
    n_steps: int
    n_active: int
    n_enrolled: int


@dataclass(frozen=True, kw_only=True)
class PathwayRow:
    """A pathway with its editions, newest first; `closed_on` if nobody new comes to it."""

    id: int
    title: str
    purpose: str
    framework_version_id: int
    versions: tuple[VersionRow, ...]
    closed_on: date | None = None

    @property
    def n_active(self) -> int:
        """People on their way, on whatever version."""
        return sum(version.n_active for version in self.versions)


@dataclass(frozen=True, kw_only=True)
class StepPlace:
    """A step and the published version that it stands in."""

    version_id: int
    pathway: str
    step: str


@dataclass(frozen=True, kw_only=True)
class NamingStep:
    """A step that names a competency, or can."""

    id: int
    title: str
    kind: StepKind
    competency_id: int | None


@dataclass(frozen=True, kw_only=True)
class Route:
    """A version that is published or being written; of a published one, the steps that name a
    competency, of a draft all that can."""

    version_id: int
    pathway_id: int
    pathway: str
    number: int
    state: VersionState
    steps: tuple[NamingStep, ...]
