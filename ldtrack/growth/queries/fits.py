"""How well openings fit a leader, and candidates an opening; no level is given away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from ldtrack.access import policy
from ldtrack.access.actions import Action
from ldtrack.access.domain import Actor, Facts
from ldtrack.assignments.domain import Develops, PostingRow
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
    best_first,
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

    @property
    def order(self) -> list[int]:
        """The openings, the best fit first."""
        return best_first(self.fits)


def fits_of(
    session: Session,
    actor: Actor,
    person_id: int,
    openings: Mapping[int, Sequence[Develops]],
    today: date,
) -> FitsOf:
    """How well openings, by what they ask for, fit somebody whose levels the actor may know.

    Four statements.
    """
    facts = Facts(organisation_id=actor.organisation_id, person_id=person_id)
    policy.require_visible(actor, Action.READ_FIT, facts)
    ground = _Ground.laid(session, actor, [person_id], openings.values(), today)
    return FitsOf(
        fits={id_: ground.fit(person_id, asked) for id_, asked in openings.items()},
        taken=_taken(session, [person_id], today).get(person_id, NEVER),
    )


def fits_at(
    session: Session, actor: Actor, posting: PostingRow, candidates: Collection[int], today: date
) -> list[FitOf]:
    """How well candidates fit an opening, the best fit first. Four statements.

    For HR and for those who answer for the opening: whoever applies, or says that they are open to
    offers of its kind, lets them know it. The caller names nobody else.
    """
    owner_id = actor.person_id if actor.person_id in posting.answerable else None
    people = [who for who in candidates if _may(actor, who, owner_id)]
    if not people:
        return []
    ground = _Ground.laid(session, actor, people, [posting.develops], today, owner_id=owner_id)
    taken = _taken(session, people, today)
    return in_order(
        FitOf(person_id=who, fit=ground.fit(who, posting.develops), taken=taken.get(who, NEVER))
        for who in people
    )


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """Where people stand in everything that some openings ask for."""

    crossings: Crossings
    rows: Mapping[int, CompetencyRow]
    growth: Mapping[int, PersonGrowth]
    needs: dict[tuple[int, Develops], Need] = field(default_factory=dict)

    @classmethod
    def laid(
        cls,
        session: Session,
        actor: Actor,
        people: Collection[int],
        openings: Iterable[Sequence[Develops]],
        today: date,
        *,
        owner_id: int | None = None,
    ) -> _Ground:
        """Read in three statements, whatever their number."""
        asked = {pair.competency_id for opening in openings for pair in opening}
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

    def fit(self, person_id: int, asked: Iterable[Develops]) -> Fit | TooLittleKnown:
        """How well an opening fits one of the people, by what it asks for."""
        return fit_of(
            [self._need(person_id, pair) for pair in asked if pair.competency_id in self.rows]
        )

    def _need(self, person_id: int, pair: Develops) -> Need:
        """Looked up once: a thousand openings ask for the same few levels."""
        key = (person_id, pair)
        if key not in self.needs:
            self.needs[key] = self._found(person_id, pair)
        return self.needs[key]

    def _found(self, person_id: int, pair: Develops) -> Need:
        name = self.rows[pair.competency_id].name
        found = at_level(self.growth[person_id], pair.competency_id, pair.level)
        if not isinstance(found, AgainstTarget):
            return Need(
                name=name,
                wanted=pair.level,
                mean=None,
                weight=pair.weight,
                is_critical=pair.is_critical,
            )
        return Need(
            name=name,
            wanted=found.target,
            mean=found.level.mean,
            sd=found.level.sd,
            weight=pair.weight,
            is_critical=pair.is_critical,
        )


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
