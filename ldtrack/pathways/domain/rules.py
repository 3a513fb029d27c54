"""Whom a pathway is for, and why somebody comes or no longer belongs; levels are read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ldtrack.pathways.domain.enrolment import EnrolmentState

MOST_GAPS = 3
"""Competencies that one rule looks at; with more of them hardly anybody is short of all."""


class Standing(StrEnum):
    """What may be said of a person and a level."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    """Below it, or too close to tell."""
    UNASSESSED = "unassessed"


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelFact:
    """How somebody stands against the level that a rule names; `words` as a page says it."""

    standing: Standing
    words: str


NOT_ASSESSED = LevelFact(standing=Standing.UNASSESSED, words="not yet assessed")

Levels = Mapping[int, Mapping[int, LevelFact]]
"""By person and competency; whoever is not in it was never assessed."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A level that people have not shown yet."""

    competency_id: int
    level: int
    competency: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Conditions that hold together; what is empty is not asked for."""

    pathway_id: int
    unit_id: int | None = None
    unit: str = ""
    job_profiles: tuple[str, ...] = ()
    cohort_id: int | None = None
    cohort: str = ""
    gaps: tuple[Gap, ...] = ()
    unassessed_too: bool = False
    into_cohort: str = ""
    runs_daily: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, and so would be for everybody."""
        return not (self.unit_id or self.job_profiles or self.cohort_id or self.gaps)

    @property
    def words(self) -> tuple[str, ...]:
        """Its conditions, each as a few words.

        >>> Rule(pathway_id=1, unit="Sales", unit_id=2, job_profiles=("Buyer", "Planner")).words
        ('in Sales or below', 'whose job is Buyer or Planner')
        """
        found = []
        if self.unit_id:
            found.append(f"in {self.unit} or below")
        if self.job_profiles:
            found.append(f"whose job is {' or '.join(self.job_profiles)}")
        if self.cohort_id:
            found.append(f"in the cohort {self.cohort}")
        found += [f"who have not shown {gap.competency} at level {gap.level}" for gap in self.gaps]
        return tuple(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """What a rule looks at in a person, but for levels."""

    person_id: int
    is_here: bool
    in_unit: bool
    unit: str
    job_profile: str
    in_cohort: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One condition of a rule and whether it holds for somebody; `words` say how they stand."""

    holds: bool
    words: str


def points(
    rule: Rule, candidate: Candidate, levels: Mapping[int, LevelFact] | None = None
) -> tuple[Point, ...]:
    """The conditions of the rule for one person, in the order of `Rule.words`.

    Whoever has left the organisation has one point that does not hold. A level too close to tell
    is not shown; a competency that was never assessed counts only if the rule says so.
    """
    if not candidate.is_here:
        return (Point(holds=False, words="has left the organisation"),)
    found = []
    if rule.unit_id:
        found.append(Point(holds=candidate.in_unit, words=candidate.unit or "in no unit"))
    if rule.job_profiles:
        fits = candidate.job_profile in rule.job_profiles
        found.append(Point(holds=fits, words=candidate.job_profile or "has no job title"))
    if rule.cohort_id:
        words = rule.cohort if candidate.in_cohort else f"not in {rule.cohort}"
        found.append(Point(holds=candidate.in_cohort, words=words))
    return (*found, *(_gap(rule, gap, (levels or {}).get(gap.competency_id)) for gap in rule.gaps))


def matches(found: tuple[Point, ...]) -> bool:
    """Whether every condition holds."""
    return all(point.holds for point in found)


def _gap(rule: Rule, gap: Gap, fact: LevelFact | None) -> Point:
    known = fact or NOT_ASSESSED
    is_short = known.standing is Standing.NOT_SHOWN or (
        known.standing is Standing.UNASSESSED and rule.unassessed_too
    )
    return Point(holds=is_short, words=f"{gap.competency}: {known.words}")


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Somebody's enrolment on the pathway; `brought` if the rule brought them."""

    enrolment_id: int
    person_id: int
    state: EnrolmentState
    brought: bool
    enrolled_on: date
    ended_on: date | None

    @property
    def is_active(self) -> bool:
        """Whether they are on their way."""
        return self.state is EnrolmentState.ACTIVE


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Somebody in a preview, and why they are in it."""

    candidate: Candidate
    points: tuple[Point, ...]
    before: Earlier | None = None

    @property
    def person_id(self) -> int:
        """Who it is."""
        return self.candidate.person_id


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What carrying a rule out would do.

    `come` match and were never on the pathway; `again` match and were on it before, so only a
    person puts them on it again; `go` were brought by a rule and match no longer; `n_stay` are on
    it and match, `n_others` were put on it by hand, which no rule undoes.
    """

    come: tuple[Listed, ...] = ()
    again: tuple[Listed, ...] = ()
    go: tuple[Listed, ...] = ()
    n_stay: int = 0
    n_others: int = 0


def preview(
    rule: Rule, candidates: Mapping[int, Candidate], earlier: Mapping[int, Earlier], levels: Levels
) -> Preview:
    """Who comes and who goes, in the order of the candidates.

    `earlier` is the latest enrolment by person, an active one before all others.
    """
    come: list[Listed] = []
    again: list[Listed] = []
    go: list[Listed] = []
    n_stay = n_others = 0
    for person_id, candidate in candidates.items():
        before = earlier.get(person_id)
        if before is not None and before.is_active and not before.brought:
            n_others += 1
            continue
        found = points(rule, candidate, levels.get(person_id))
        fits = matches(found)
        if before is None and fits:
            come.append(Listed(candidate=candidate, points=found))
        elif before is not None and before.is_active:
            n_stay += fits
            if not fits:
                go.append(Listed(candidate=candidate, points=found, before=before))
        elif before is not None and fits:
            again.append(Listed(candidate=candidate, points=found, before=before))
    return Preview(
        come=tuple(come), again=tuple(again), go=tuple(go), n_stay=n_stay, n_others=n_others
    )
