"""Which gates of a pathway's stages a person has shown, and why; the levels were read elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from ldtrack.evidence.domain import SourceKind
from ldtrack.growth.domain import (
    AgainstTarget,
    Criterion,
    NoGates,
    NotYetAssessed,
    ShownShare,
    Sureness,
    against,
    kinds_criterion,
    level_criterion,
    sureness_criterion,
)
from ldtrack.growth.domain.person import CompetencyGrowth, PersonGrowth
from ldtrack.growth.queries.folding import SETTINGS
from ldtrack.pathways.domain import Gate

_Known = Mapping[int, CompetencyGrowth]


def shown_by_stage(
    growth: PersonGrowth, gates: Mapping[int, Sequence[Gate]]
) -> dict[int, ShownShare | NoGates]:
    """For each stage the share of its gates that the person has shown."""
    return {
        stage_id: ShownShare(n_met=len(shown_gates(growth, wanted)), n_gates=len(wanted))
        if wanted
        else NoGates()
        for stage_id, wanted in gates.items()
    }


def shown_gates(growth: PersonGrowth, gates: Collection[Gate]) -> frozenset[int]:
    """The gates of which the person has shown everything that they ask for, by id."""
    return frozenset(
        gate_id
        for gate_id, points in gate_criteria(growth, gates).items()
        if all(point.holds for point in points)
    )


def gate_criteria(
    growth: PersonGrowth, gates: Collection[Gate]
) -> dict[int, tuple[Criterion, ...]]:
    """For each gate what it asks for, and how the person stands: level, certainty, evidence."""
    known = {found.competency.id: found for found in growth.competencies}
    return {gate.id: tuple(_criteria(growth, known, gate)) for gate in gates}


def at_level(
    growth: PersonGrowth, competency_id: int, level: int
) -> AgainstTarget | NotYetAssessed:
    """How the person stands at a level, by what its competency has become.

    A gate of an earlier edition asks for the same level, read on the scale of today. Of one that
    was split every part must be there: the part that is least likely to be decides.
    """
    known = {found.competency.id: found for found in growth.competencies}
    return _at_level(growth, known, competency_id, level)


def _at_level(
    growth: PersonGrowth, known: _Known, competency_id: int, level: int
) -> AgainstTarget | NotYetAssessed:
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


def _criteria(growth: PersonGrowth, known: _Known, gate: Gate) -> list[Criterion]:
    found = _at_level(growth, known, gate.competency_id, gate.level)
    points = [level_criterion(found, growth.crossings.level(gate.competency_id, gate.level))]
    if gate.confidence is not None:
        points.append(sureness_criterion(found, Sureness(gate.confidence.value)))
    seen = _kinds(growth, known, gate.competency_id)
    return [*points, *(kinds_criterion(kind, seen) for kind in gate.kinds)]


def _kinds(growth: PersonGrowth, known: _Known, competency_id: int) -> set[SourceKind]:
    """The kinds of evidence that moved the level, also before it was carried to this edition."""
    present = [known[id_] for id_ in growth.crossings.present(competency_id) if id_ in known]
    before = [source for each in present if each.carried for source in each.carried.sources]
    return {
        step.entry.source_kind for each in (*present, *before) for step in each.trajectory.steps
    }
