"""Which gates of a pathway's stages a person has shown; the levels were read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ldtrack.growth.domain import (
    AgainstTarget,
    NoGates,
    NotYetAssessed,
    ShownShare,
    against,
    is_shown,
    shown_share,
)
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries.folding import SETTINGS


def shown_by_stage(
    growth: PersonGrowth, gates: Mapping[int, Sequence[tuple[int, int]]]
) -> dict[int, ShownShare | NoGates]:
    """For each stage the share of its gates (competency id, level) that the person has shown."""
    known = _by_id(growth)
    return {
        stage_id: shown_share([_gate(growth, known, gate, level) for gate, level in wanted])
        for stage_id, wanted in gates.items()
    }


def shown_gates(growth: PersonGrowth, gates: Mapping[int, tuple[int, int]]) -> frozenset[int]:
    """The gates (competency id and level, by the gate's own id) that the person has shown."""
    known = _by_id(growth)
    return frozenset(
        gate_id
        for gate_id, (competency_id, level) in gates.items()
        if is_shown(_gate(growth, known, competency_id, level))
    )


def _by_id(growth: PersonGrowth) -> dict[int, CompetencyGrowth]:
    return {found.competency.id: found for found in growth.competencies}


def _gate(
    growth: PersonGrowth, known: Mapping[int, CompetencyGrowth], competency_id: int, level: int
) -> AgainstTarget | NotYetAssessed:
    """How the person stands at a gate, by what its competency has become.

    A gate of an earlier edition asks for the same level, read on the scale of today. Of one that
    was split every part must be there: the part that is least likely to be decides.
    """
    wanted = growth.crossings.level(competency_id, level)
    parts = [
        _part(known.get(id_), wanted, growth.as_of)
        for id_ in growth.crossings.present(competency_id)
    ]
    return min(parts, key=lambda part: part.chance if isinstance(part, AgainstTarget) else -1.0)


def _part(
    found: CompetencyGrowth | None, level: int, as_of: date
) -> AgainstTarget | NotYetAssessed:
    if found is None:
        return NotYetAssessed(on=as_of, n_exposures=0)
    return against(found.standing, level, SETTINGS)
