"""How well openings fit a leader, and who applied fits an opening; no level is given away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import PostingRow
from ldtrack.assignments.queries import placed_before
from ldtrack.competencies import queries as competencies
from ldtrack.competencies.domain import CompetencyRow, Crossings
from ldtrack.evidence.queries import entries_to_fit
from ldtrack.growth.domain import (
    AgainstTarget,
    Fit,
    FitOf,
    Need,
    Taken,
    TooLittleKnown,
    fit_of,
    in_order,
)
from ldtrack.growth.domain.fit import NEVER
from ldtrack.growth.domain.person import PersonGrowth
from ldtrack.growth.queries.folding import Observed, growths, person_of
from ldtrack.growth.queries.gates import at_level


@dataclass(frozen=True, kw_only=True)
class FitsOf:
    """How well each opening fits one leader, by opening, and what they had before."""

    fits: Mapping[int, Fit | TooLittleKnown]
    taken: Taken


def fits_of(
    session: Session, actor: Actor, person_id: int, postings: Collection[PostingRow], today: date
) -> FitsOf:
    """How well openings fit somebody whose levels the actor may know. Four statements."""
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require_visible(actor, Action.READ_FIT, facts)
    ground = _Ground.laid(session, actor, [person_id], postings, today)
    return FitsOf(
        fits={row.id: ground.fit(person_id, row) for row in postings},
        taken=_taken(session, [person_id], today).get(person_id, NEVER),
    )


def fits_at(
    session: Session, actor: Actor, posting: PostingRow, applied: Collection[int], today: date
) -> list[FitOf]:
    """How well those who applied fit an opening, the best fit first. Four statements.

    For HR and for those who answer for the opening: whoever applies lets them know it.
    """
    owner_id = actor.person_id if actor.person_id in posting.answerable else None
    people = [who for who in applied if _may(actor, who, owner_id)]
    if not people:
        return []
    ground = _Ground.laid(session, actor, people, [posting], today, owner_id=owner_id)
    taken = _taken(session, people, today)
    return in_order(
        FitOf(person_id=who, fit=ground.fit(who, posting), taken=taken.get(who, NEVER))
        for who in people
    )


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """Where people stand in everything that some openings ask for."""

    crossings: Crossings
    rows: Mapping[int, CompetencyRow]
    growth: Mapping[int, PersonGrowth]

    @classmethod
    def laid(
        cls,
        session: Session,
        actor: Actor,
        people: Collection[int],
        postings: Iterable[PostingRow],
        today: date,
        *,
        owner_id: int | None = None,
    ) -> _Ground:
        """Read in three statements, whatever their number."""
        asked = {id_ for posting in postings for id_ in posting.competency_ids}
        crossings = competencies.crossings(session, today)
        wanted = {id_ for each in asked for id_ in crossings.present(each)}
        everything = crossings.with_past(wanted) | asked
        rows, scales = competencies.with_scales(session, everything)
        entries = entries_to_fit(session, actor, people, everything, as_of=today, owner_id=owner_id)
        growth = {}
        for who in people:
            seen = Observed(
                rows=rows, scales=scales, entries=entries.get(who, {}), crossings=crossings
            )
            found = growths(seen, wanted, None, today)
            growth[who] = person_of(who, found, None, today, crossings)
        return cls(crossings=crossings, rows=rows, growth=growth)

    def fit(self, person_id: int, posting: PostingRow) -> Fit | TooLittleKnown:
        """How well an opening fits one of the people."""
        return fit_of(
            [
                self._need(person_id, pair.competency_id, pair.level)
                for pair in posting.develops
                if pair.competency_id in self.rows
            ]
        )

    def _need(self, person_id: int, competency_id: int, level: int) -> Need:
        name = self.rows[competency_id].name
        found = at_level(self.growth[person_id], competency_id, level)
        if not isinstance(found, AgainstTarget):
            return Need(name=name, wanted=level, mean=None)
        return Need(name=name, wanted=found.target, mean=found.level.mean, sd=found.level.sd)


def _taken(session: Session, people: Collection[int], today: date) -> dict[int, Taken]:
    return {
        who: Taken(last_on=last_on, n_lately=n)
        for who, (last_on, n) in placed_before(session, people, today).items()
    }


def _may(actor: Actor, person_id: int, owner_id: int | None) -> bool:
    facts = Facts(
        organisation_id=actor.organisation_id,
        person_id=person_id,
        owner_id=owner_id,
        shared=owner_id is not None,
    )
    return policy.permits(actor, Action.READ_FIT, facts)
