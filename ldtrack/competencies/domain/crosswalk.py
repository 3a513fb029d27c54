"""What became of each competency from one edition to the next, as people decided it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from ldtrack.competencies.domain.level_map import LevelMap


class Relation(StrEnum):
    """How a competency of one edition stands to those of the other."""

    SAME = "same"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    NEW = "new"

    @property
    def label(self) -> str:
        """The words people see."""
        return _LABELS[self]


_LABELS = {
    Relation.SAME: "Same",
    Relation.MERGED: "Merged",
    Relation.SPLIT: "Split",
    Relation.RETIRED: "Retired",
    Relation.NEW: "New",
}


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """The way from an edition to the one that succeeds it, as far as it is decided.

    Only which competency goes on as which is kept. What that makes of it follows: one becomes one
    is the same, several become one are merged, one becomes several is split.
    """

    id: int | None
    """None before anything was decided."""
    before_id: int
    after_id: int
    before: str
    """What the earlier edition is called."""
    after: str
    successors: Mapping[int, tuple[int, ...]]
    """By competency of the earlier edition; () if it ends, no entry while that is open."""
    new: frozenset[int]
    """Competencies of the later edition that somebody said come from nowhere."""
    levels: LevelMap | None
    """None while the scales differ and nobody said how."""
    in_force_on: date | None = None
    retired_before: bool = False
    """Whether the earlier edition was retired by this coming into force."""

    @cached_property
    def predecessors(self) -> dict[int, tuple[int, ...]]:
        """The competencies of the earlier edition that go on as each of the later one."""
        found: dict[int, tuple[int, ...]] = {}
        for before_id, after_ids in self.successors.items():
            for after_id in after_ids:
                found[after_id] = (*found.get(after_id, ()), before_id)
        return found

    @property
    def level_map(self) -> LevelMap:
        """How levels are read; a crosswalk in force always says. `ValueError` before."""
        if self.levels is None:
            raise ValueError("nobody said how the levels are to be read")
        return self.levels

    def relation_of(self, before_id: int) -> Relation | None:
        """What became of a competency of the earlier edition; `None` while it is open."""
        if before_id not in self.successors:
            return None
        after_ids = self.successors[before_id]
        if len(after_ids) != 1:
            return Relation.SPLIT if after_ids else Relation.RETIRED
        return Relation.MERGED if len(self.predecessors[after_ids[0]]) > 1 else Relation.SAME

    def relation_to(self, after_id: int) -> Relation | None:
        """Where a competency of the later edition comes from; `None` while it is open."""
        before_ids = self.predecessors.get(after_id, ())
        if not before_ids:
            return Relation.NEW if after_id in self.new else None
        return Relation.MERGED if len(before_ids) > 1 else self.relation_of(before_ids[0])

    def open_before(self, before_ids: Iterable[int]) -> tuple[int, ...]:
        """Those of the earlier edition about which nothing is decided."""
        return tuple(id_ for id_ in before_ids if id_ not in self.successors)

    def open_after(self, after_ids: Iterable[int]) -> tuple[int, ...]:
        """Those of the later edition about which nothing is decided."""
        return tuple(id_ for id_ in after_ids if self.relation_to(id_) is None)
