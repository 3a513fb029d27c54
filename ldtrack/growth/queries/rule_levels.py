"""How everybody stands against the levels that a pathway's rule names."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access.domain import Actor
from ldtrack.competencies import queries as competencies
from ldtrack.evidence.queries import entries_on
from ldtrack.growth.domain import AgainstTarget, NotYetAssessed, Verdict
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries.folding import Observed, growths, person_of
from ldtrack.growth.queries.gates import at_level
from ldtrack.pathways.domain import NOT_ASSESSED, Gap, LevelFact, Levels, Standing


def rule_levels(session: Session, actor: Actor, gaps: Collection[Gap], as_of: date) -> Levels:
    """By person and competency, for those the actor may see; statements do not grow with people.

    A competency of an earlier edition is read by what it has become, as gates are.
    """
    if not gaps:
        return {}
    crossings = competencies.crossings(session, as_of)
    wanted = {id_ for gap in gaps for id_ in crossings.present(gap.competency_id)}
    everything = crossings.with_past(wanted)
    rows, scales = competencies.with_scales(session, everything)
    entries = entries_on(session, actor, everything, as_of=as_of)
    found: dict[int, dict[int, LevelFact]] = {}
    for person_id, of_person in entries.items():
        observed = Observed(rows=rows, scales=scales, entries=of_person, crossings=crossings)
        growth = person_of(
            person_id, growths(observed, wanted, None, as_of), None, as_of, crossings
        )
        found[person_id] = levels_in(growth, gaps)
    return found


def levels_in(growth: PersonGrowth, gaps: Collection[Gap]) -> dict[int, LevelFact]:
    """The same for one person whose growth is known already, by competency; no statement."""
    return {
        gap.competency_id: _fact(at_level(growth, gap.competency_id, gap.level), gap.level)
        for gap in gaps
    }


def _fact(found: AgainstTarget | NotYetAssessed, level: int) -> LevelFact:
    if isinstance(found, NotYetAssessed):
        return NOT_ASSESSED
    return LevelFact(
        standing=Standing.SHOWN if found.verdict is Verdict.MET else Standing.NOT_SHOWN,
        words=f"{found.level.mean:.1f}, level {level} {found.verdict.label}",
    )
