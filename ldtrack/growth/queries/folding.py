"""From entries that were read to growth; nothing is asked of the database here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ldtrack.competencies.domain import (
    CompetencyRow,
    Crossings,
    Relation,
    RoleProfileRow,
    ScaleRow,
)
from ldtrack.evidence.domain import Entry, Scale
from ldtrack.growth.domain import (
    FoldSettings,
    Level,
    State,
    Trajectory,
    against,
    carried,
    fold,
    predict,
    prior_carried,
    prior_of_scale,
    read_along,
    standing_at,
)
from ldtrack.growth.domain.person import Carried, CompetencyGrowth, PersonGrowth, Succeeded

SETTINGS = FoldSettings()


@dataclass(frozen=True, kw_only=True)
class Observed:
    """What was read of one person: entries by competency, and the map that they are read by."""

    rows: Mapping[int, CompetencyRow]
    """Every competency that is folded, and all that went on as one of them."""
    scales: Mapping[int, ScaleRow]
    entries: Mapping[int, Sequence[Entry]]
    crossings: Crossings = field(default_factory=Crossings)
    """The crosswalks in force on the day that is asked about."""

    def growth(
        self,
        competency_id: int,
        as_of: date,
        profile: RoleProfileRow | None = None,
        band_share: float | None = None,
    ) -> CompetencyGrowth:
        """One competency on a day, from where the edition before left off if there was one."""
        row = self.rows[competency_id]
        since = self._carried(competency_id, band_share)
        trajectory = self._trajectory(row, as_of, since)
        standing = standing_at(trajectory, as_of, band_share)
        target = profile.targets.get(competency_id) if profile else None
        return CompetencyGrowth(
            competency=row,
            scale=self.scales[row.framework_version_id],
            target=target,
            trajectory=trajectory,
            standing=standing,
            against=None if target is None else against(standing, target, SETTINGS),
            is_critical=profile is not None and competency_id in profile.critical,
            carried=since,
            succeeded=self._succeeded(competency_id),
        )

    def _trajectory(self, row: CompetencyRow, as_of: date, since: Carried | None) -> Trajectory:
        scale = self.scales[row.framework_version_id]
        middle = prior_of_scale(Scale(scale.lo, scale.hi), SETTINGS)
        entries = self._seen(row.id)
        if since is None:
            return fold(entries, middle, SETTINGS, as_of)
        later = [one for one in entries if one.observed_on >= since.on or not one.form.moves_level]
        brought = [_brought(each, row.id, since) for each in since.sources]
        start = prior_carried(brought) if brought else middle
        folded = fold(later, start, SETTINGS, as_of)
        return replace(folded, stale=self._wholes(row.id))

    def _carried(self, competency_id: int, band_share: float | None) -> Carried | None:
        """Where it goes on from; `None` where there is nothing to go on from."""
        walk = self.crossings.into(competency_id)
        if walk is None or walk.in_force_on is None:
            return None
        on = walk.in_force_on
        before = [id_ for id_ in self.rows if id_ in walk.predecessors[competency_id]]
        sources = [
            replace(self.growth(id_, on, None, band_share), succeeded=None) for id_ in before
        ]
        early = self._early(competency_id, on, band_share)
        known = [each for each in (*sources, *early) if isinstance(each.standing, Level)]
        if not known and not any(self._read_along(competency_id)):
            return None
        return Carried(
            on=on,
            edition=walk.before,
            relation=walk.relation_to(competency_id) or Relation.SAME,
            levels=walk.level_map,
            sources=tuple(known),
        )

    def _early(
        self, competency_id: int, on: date, band_share: float | None
    ) -> Iterator[CompetencyGrowth]:
        """What was observed of it before its edition counted, as a trajectory of its own."""
        entries = [
            one
            for one in self.entries.get(competency_id, ())
            if one.observed_on < on and one.form.moves_level
        ]
        if entries:
            alone = replace(self, entries={competency_id: entries}, crossings=Crossings())
            yield alone.growth(competency_id, on, None, band_share)

    def _seen(self, competency_id: int) -> list[Entry]:
        """What was observed of it, and of what went on as it once that was in force."""
        return [*self.entries.get(competency_id, ()), *self._read_along(competency_id)]

    def _read_along(self, competency_id: int) -> Iterator[Entry]:
        walk = self.crossings.into(competency_id)
        if walk is not None and walk.in_force_on is not None:
            for id_ in walk.predecessors[competency_id]:
                yield from read_along(self._seen(id_), walk.in_force_on, walk.level_map, SETTINGS)

    def _wholes(self, competency_id: int) -> frozenset[int]:
        """The competencies, in whatever earlier edition, of which this one is but a part."""
        walk = self.crossings.into(competency_id)
        found: frozenset[int] = frozenset()
        for id_ in walk.predecessors[competency_id] if walk else ():
            is_whole = walk is not None and walk.relation_of(id_) is Relation.SPLIT
            found |= self.crossings.with_past([id_]) if is_whole else self._wholes(id_)
        return found

    def _succeeded(self, competency_id: int) -> Succeeded | None:
        walk = self.crossings.out_of(competency_id)
        if walk is None or walk.in_force_on is None:
            return None
        return Succeeded(
            on=walk.in_force_on,
            edition=walk.after,
            relation=walk.relation_of(competency_id) or Relation.RETIRED,
            successors=walk.successors[competency_id],
        )


def growths(
    observed: Observed,
    wanted: Iterable[int],
    profile: RoleProfileRow | None,
    as_of: date,
    band_share: float | None = None,
) -> list[CompetencyGrowth]:
    """A person's growth in each of the wanted competencies, in the order of their frameworks."""
    asked = set(wanted)
    return [
        observed.growth(id_, as_of, profile, band_share) for id_ in observed.rows if id_ in asked
    ]


def person_of(
    person_id: int,
    found: list[CompetencyGrowth],
    profile: RoleProfileRow | None,
    as_of: date,
    crossings: Crossings,
) -> PersonGrowth:
    """All of it for one person: what the role asks for first."""
    targeted_first = sorted(found, key=lambda growth: growth.target is None)
    return PersonGrowth(
        person_id=person_id,
        as_of=as_of,
        role_profile=profile,
        competencies=tuple(targeted_first),
        crossings=crossings,
    )


def wanted_of(
    crossings: Crossings, profile: RoleProfileRow | None, entries: Collection[int]
) -> frozenset[int]:
    """What the role asks for and what there is evidence on, as the competencies of today."""
    seen = {present for id_ in entries for present in crossings.present(id_)}
    return frozenset({*(profile.targets if profile else ()), *seen})


def _brought(source: CompetencyGrowth, competency_id: int, since: Carried) -> State:
    """What a source brings along; what was observed of the competency itself needs no reading."""
    last = source.trajectory.last
    if source.competency.id == competency_id:
        return predict(last, since.on, SETTINGS)
    return carried(last, since.on, since.levels, SETTINGS)
