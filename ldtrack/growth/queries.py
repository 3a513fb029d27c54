"""Where a person stands and why, for an actor who may know it; nothing is stored here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, RoleProfileRow, ScaleRow
from ldtrack.core.errors import NotVisible
from ldtrack.evidence.domain import Entry, Scale
from ldtrack.evidence.queries import entries_for
from ldtrack.growth.domain import (
    AgainstTarget,
    FoldSettings,
    NoGates,
    NotYetAssessed,
    ShownShare,
    against,
    fold,
    is_shown,
    prior_of_scale,
    shown_share,
    standing_at,
)
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth

__all__ = [
    "SETTINGS",
    "CompetencyGrowth",
    "PersonGrowth",
    "growth_in",
    "growth_of",
    "shown_by_stage",
    "shown_gates",
]

SETTINGS = FoldSettings()


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
    say what the leader allowed a sponsor and a line manager. Pieces come without their authors.
    """
    _require_visible(actor, person_id, agreed=agreed, shared=shared)
    profile = competencies.role_profile_of(session, job_profile) if job_profile else None
    entries = entries_for(
        session,
        actor,
        person_id,
        as_of=as_of,
        agreed=agreed,
        shared=shared,
        with_authors=False,
    )
    wanted = {*(profile.targets if profile else ()), *entries}
    found = _growths(session, wanted, entries, profile, as_of, band_share)
    found.sort(key=lambda growth: growth.target is None)
    return PersonGrowth(
        person_id=person_id, as_of=as_of, role_profile=profile, competencies=tuple(found)
    )


def growth_in(
    session: Session,
    actor: Actor,
    person_id: int,
    competency_id: int,
    *,
    job_profile: str,
    as_of: date,
    agreed: bool = False,
    shared: bool = False,
) -> CompetencyGrowth:
    """One competency of a person, its pieces with their authors.

    Raises `NotVisible` if the actor may not read the trajectory or there is no such competency.
    """
    _require_visible(actor, person_id, agreed=agreed, shared=shared)
    profile = competencies.role_profile_of(session, job_profile) if job_profile else None
    entries = entries_for(
        session,
        actor,
        person_id,
        competency_ids={competency_id},
        as_of=as_of,
        agreed=agreed,
        shared=shared,
    )
    found = _growths(session, {competency_id}, entries, profile, as_of, None)
    if not found:
        raise NotVisible
    return found[0]


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


def _require_visible(actor: Actor, person_id: int, *, agreed: bool, shared: bool) -> None:
    facts = Facts(
        organisation_id=actor.organisation_id, person_id=person_id, agreed=agreed, shared=shared
    )
    policy.require_visible(actor, Action.READ_TRAJECTORY, facts)


def _growths(
    session: Session,
    wanted: Collection[int],
    entries: Mapping[int, Sequence[Entry]],
    profile: RoleProfileRow | None,
    as_of: date,
    band_share: float | None,
) -> list[CompetencyGrowth]:
    targets = profile.targets if profile else {}
    rows = competencies.competencies_named(session, wanted)
    scales = competencies.scales(session, {row.framework_version_id for row in rows.values()})
    return [
        _growth(
            row,
            scales[row.framework_version_id],
            entries.get(row.id, ()),
            targets.get(row.id),
            as_of,
            band_share,
        )
        for row in rows.values()
    ]


def shown_gates(growth: PersonGrowth, gates: Mapping[int, tuple[int, int]]) -> frozenset[int]:
    """The gates (competency id and level, by the gate's own id) that the person has shown."""
    known = {found.competency.id: found for found in growth.competencies}
    return frozenset(
        gate_id
        for gate_id, (competency_id, level) in gates.items()
        if is_shown(_gate(known.get(competency_id), level, growth.as_of))
    )


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
