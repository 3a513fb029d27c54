"""What role profiles of an edition ask for in the words of the one that succeeds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ldtrack.competencies.domain.crossings import targets_along
from ldtrack.competencies.domain.crosswalk import Crosswalk
from ldtrack.competencies.domain.rows import RoleProfileRow


@dataclass(frozen=True, kw_only=True)
class ProfileMove:
    """A role that the later edition describes too, or not in full, and what it lacks there."""

    name: str
    profile_id: int | None
    """Its profile in the later edition, if there is one."""
    added: Mapping[int, int]
    """Target levels by competency of the later edition."""
    critical: frozenset[int]


def profile_moves(
    walk: Crosswalk, before: Iterable[RoleProfileRow], after: Iterable[RoleProfileRow]
) -> tuple[ProfileMove, ...]:
    """What is lacking in the later edition, by name; what was written there itself stays."""
    written = {row.name: row for row in after}
    found = []
    for row in sorted(before, key=lambda row: row.name):
        here = written.get(row.name)
        known = here.targets if here else {}
        along, critical = targets_along(walk, row.targets, row.critical)
        added = {id_: level for id_, level in along.items() if id_ not in known}
        if added:
            found.append(
                ProfileMove(
                    name=row.name,
                    profile_id=here.id if here else None,
                    added=added,
                    critical=critical & added.keys(),
                )
            )
    return tuple(found)
