"""Every crosswalk in force: what a competency was and what it has become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ldtrack.competencies.domain.crosswalk import Crosswalk
from ldtrack.competencies.domain.rows import RoleProfileRow


@dataclass(frozen=True, kw_only=True)
class Crossings:
    """Crosswalks in force, oldest first; each of them has its day and its levels."""

    all: tuple[Crosswalk, ...] = ()

    def until(self, day: date) -> Crossings:
        """Those that were in force on that day."""
        return Crossings(
            all=tuple(one for one in self.all if one.in_force_on and one.in_force_on <= day)
        )

    def without(self, walk: Crosswalk) -> Crossings:
        """All but that one."""
        return Crossings(all=tuple(one for one in self.all if one.id != walk.id))

    def out_of(self, competency_id: int) -> Crosswalk | None:
        """The crosswalk that says what became of a competency."""
        return next((one for one in self.all if competency_id in one.successors), None)

    def into(self, competency_id: int) -> Crosswalk | None:
        """The crosswalk that says which competencies went on as this one."""
        return next((one for one in self.all if competency_id in one.predecessors), None)

    def present(self, competency_id: int) -> tuple[int, ...]:
        """What a competency has become by now: itself while no edition succeeded its own.

        One that was retired stays what it is, because nothing took its place.
        """
        crosswalk = self.out_of(competency_id)
        if crosswalk is None or not crosswalk.successors[competency_id]:
            return (competency_id,)
        found = (
            id_ for after in crosswalk.successors[competency_id] for id_ in self.present(after)
        )
        return tuple(dict.fromkeys(found))

    def with_past(self, competency_ids: Iterable[int]) -> frozenset[int]:
        """The competencies and all that went on as them."""
        found: set[int] = set()
        waiting = list(competency_ids)
        while waiting:
            id_ = waiting.pop()
            if id_ not in found:
                found.add(id_)
                crosswalk = self.into(id_)
                waiting += crosswalk.predecessors[id_] if crosswalk else ()
        return frozenset(found)

    def level(self, competency_id: int, level: int) -> int:
        """A level that was asked for in a competency, on the scale that it is measured by now."""
        crosswalk = self.out_of(competency_id)
        if crosswalk is None or not crosswalk.successors[competency_id]:
            return level
        after_id = crosswalk.successors[competency_id][0]
        return self.level(after_id, crosswalk.level_map.nearest(level))

    def profile(self, profile: RoleProfileRow) -> RoleProfileRow:
        """What a role asks for, said of the competencies that count by now."""
        targets, critical = dict(profile.targets), profile.critical
        for crosswalk in self.all:
            targets, critical = targets_along(crosswalk, targets, critical)
        return replace(profile, targets=targets, critical=critical)


def targets_along(
    crosswalk: Crosswalk, targets: Mapping[int, int], critical: frozenset[int]
) -> tuple[dict[int, int], frozenset[int]]:
    """What was asked for, and what of it is critical, said of the later edition's competencies.

    Where several are merged the highest level is asked for; of one that is split, each part; of
    one that is retired, nothing. What belongs to neither edition stays.
    """
    found: dict[int, int] = {}
    weighty: set[int] = set()
    for id_, level in targets.items():
        here = id_ in crosswalk.successors
        wanted = crosswalk.level_map.nearest(level) if here else level
        for after_id in crosswalk.successors.get(id_, (id_,)):
            found[after_id] = max(wanted, found.get(after_id, wanted))
            if id_ in critical:
                weighty.add(after_id)
    return found, frozenset(weighty)
