"""Where a person stands and why, for an actor who may know it; nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.charts.series import Scale as ChartScale
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, RoleProfileRow, ScaleRow
from ldtrack.evidence.domain import Entry, Scale
from ldtrack.evidence.queries import entries_for
from ldtrack.growth.domain import (
    AgainstTarget,
    FoldSettings,
    Level,
    NoGates,
    NotYetAssessed,
    ShownShare,
    Trajectory,
    against,
    fold,
    prior_of_scale,
    shown_share,
    standing_at,
)

SETTINGS = FoldSettings()


@dataclass(frozen=True, kw_only=True)
class CompetencyGrowth:
    """One competency of a person: trajectory, standing and, if there is a target, the verdict."""

    competency: CompetencyRow
    scale: ScaleRow
    target: int | None
    trajectory: Trajectory
    standing: Level | NotYetAssessed
    against: AgainstTarget | NotYetAssessed | None

    @property
    def chart_scale(self) -> ChartScale:
        """The scale as charts want it."""
        words = tuple(level.label for level in self.scale.levels)
        return ChartScale(low=self.scale.lo, high=self.scale.hi, words=words)


@dataclass(frozen=True, kw_only=True)
class PersonGrowth:
    """A person's competencies: those with a target first, in the framework's order."""

    person_id: int
    as_of: date
    role_profile: RoleProfileRow | None
    competencies: tuple[CompetencyGrowth, ...]

    @property
    def targeted(self) -> tuple[CompetencyGrowth, ...]:
        """Those that the role asks for."""
        return tuple(growth for growth in self.competencies if growth.target is not None)


def growth_of(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    job_profile: str,
    as_of: date,
    band_share: float | None = None,
    agreed: bool = False,
    shared: bool = False,
) -> PersonGrowth:
    """Every competency that the role asks for or that there is evidence on.

    Raises `NotVisible` if the actor may not read the person's trajectory. `agreed` and `shared`
    say what the leader allowed a sponsor and a line manager.
    """
    policy.require_visible(
        actor,
        Action.READ_TRAJECTORY,
        Facts(
            organisation_id=actor.organisation_id,
            person_id=person_id,
            agreed=agreed,
            shared=shared,
        ),
    )
    profile = competencies.role_profile_of(session, job_profile) if job_profile else None
    targets = profile.targets if profile else {}
    entries = entries_for(session, actor, person_id, as_of=as_of, agreed=agreed, shared=shared)
    rows = competencies.competencies_named(session, {*targets, *entries})
    scales = competencies.scales(session, {row.framework_version_id for row in rows.values()})
    found = [
        _growth(
            row,
            scales[row.framework_version_id],
            entries.get(row.id, []),
            targets.get(row.id),
            as_of,
            band_share,
        )
        for row in rows.values()
    ]
    found.sort(key=lambda growth: growth.target is None)
    return PersonGrowth(
        person_id=person_id, as_of=as_of, role_profile=profile, competencies=tuple(found)
    )


def shown_by_stage(
    growth: PersonGrowth, gates: Mapping[int, Sequence[tuple[int, int]]]
) -> dict[int, ShownShare | NoGates]:
    """For each stage the share of its gates (competency id, level) that the person has shown."""
    known = {found.competency.id: found for found in growth.competencies}
    return {
        stage_id: shown_share(
            [_gate(known.get(gate), level, growth.as_of) for gate, level in wanted]
        )
        for stage_id, wanted in gates.items()
    }


def _gate(
    found: CompetencyGrowth | None, level: int, as_of: date
) -> AgainstTarget | NotYetAssessed:
    if found is None:
        return NotYetAssessed(on=as_of, n_exposures=0)
    return against(found.standing, level, SETTINGS)


def _growth(
    row: CompetencyRow,
    scale: ScaleRow,
    entries: Sequence[Entry],
    target: int | None,
    as_of: date,
    band_share: float | None,
) -> CompetencyGrowth:
    trajectory = fold(
        entries,
        prior_of_scale(Scale(scale.lo, scale.hi), SETTINGS),
        SETTINGS,
        as_of,
    )
    standing = standing_at(trajectory, as_of, band_share)
    return CompetencyGrowth(
        competency=row,
        scale=scale,
        target=target,
        trajectory=trajectory,
        standing=standing,
        against=None if target is None else against(standing, target, SETTINGS),
    )
