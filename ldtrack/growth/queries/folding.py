"""From entries that were read to growth; nothing is asked of the database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ldtrack.competencies.domain import CompetencyRow, RoleProfileRow, ScaleRow
from ldtrack.evidence.domain import Entry, Scale
from ldtrack.growth.domain import FoldSettings, against, fold, prior_of_scale, standing_at
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth

SETTINGS = FoldSettings()


def growths(
    rows: Iterable[CompetencyRow],
    scales: Mapping[int, ScaleRow],
    entries: Mapping[int, Sequence[Entry]],
    profile: RoleProfileRow | None,
    as_of: date,
    band_share: float | None = None,
) -> list[CompetencyGrowth]:
    """A person's growth in each of the competencies, in their order."""
    targets = profile.targets if profile else {}
    return [
        _growth(
            row,
            scales[row.framework_version_id],
            entries.get(row.id, ()),
            targets.get(row.id),
            as_of,
            band_share,
        )
        for row in rows
    ]


def person_of(
    person_id: int, found: list[CompetencyGrowth], profile: RoleProfileRow | None, as_of: date
) -> PersonGrowth:
    """All of it for one person: what the role asks for first."""
    targeted_first = sorted(found, key=lambda growth: growth.target is None)
    return PersonGrowth(
        person_id=person_id,
        as_of=as_of,
        role_profile=profile,
        competencies=tuple(targeted_first),
    )


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
