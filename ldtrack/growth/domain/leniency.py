"""Whether somebody judges milestones more kindly, or more strictly, than levels led to expect.

A milestone at level c is met or missed. Just before, the level was believed to be N(m, P), so that
it would be met was to be expected with p = Phi((m - c) / sqrt(P + R)); what was judged, 1 or 0,
less p is its residual, with variance p * (1 - p). Over a quarter z = sum of residuals / sqrt(sum of
variances). Nobody's level is adjusted by any of this.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from ldtrack.core.distributions import cdf
from ldtrack.evidence.domain import EvidenceForm
from ldtrack.growth.domain.fold import Step

FEWEST_JUDGED = 5
"""Milestones in a quarter before it says anything."""
FEWEST_LEADERS = 5
"""Leaders before anything is said of the person who judged them."""
NOTABLE = 2.0
"""|z| above this, twice in a row, is drift."""
BETWEEN, WITHIN = 0.16, 0.64
"""How judges differ, and how one judge scatters, as variances; only their ratio counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """One milestone that somebody judged; `expected` is the chance that it is met."""

    on: date
    person_id: int
    met: bool
    expected: float

    @property
    def residual(self) -> float:
        """What was judged less what was expected, in -1..1."""
        return self.met - self.expected

    @property
    def variance(self) -> float:
        """How much the residual scatters by chance alone."""
        return self.expected * (1.0 - self.expected)


class Lean(StrEnum):
    """Which way a quarter, or all of it, leans."""

    TOO_FEW = "too_few"
    AS_EXPECTED = "as_expected"
    KINDER = "kinder"
    STRICTER = "stricter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Quarter:
    """What was judged in three months; `z` is missing where that is too few to say."""

    begins_on: date
    n: int
    n_met: int
    expected: float
    z: float | None

    @property
    def lean(self) -> Lean:
        """Which way it leans, if it is notable by itself."""
        if self.z is None:
            return Lean.TOO_FEW
        if abs(self.z) <= NOTABLE:
            return Lean.AS_EXPECTED
        return Lean.KINDER if self.z > 0 else Lean.STRICTER


@dataclass(frozen=True, kw_only=True, slots=True)
class Leniency:
    """All of it together; the two means are shares of milestones, missing with too few leaders."""

    quarters: tuple[Quarter, ...]
    n_leaders: int
    n: int
    raw: float | None
    shrunken: float | None

    @property
    def drift(self) -> Lean:
        """Notable in the same direction in two quarters in a row, else as expected."""
        leans = [quarter.lean for quarter in self.quarters]
        if self.raw is None or all(lean is Lean.TOO_FEW for lean in leans):
            return Lean.TOO_FEW
        twice = [now for before, now in pairwise(leans) if before is now]
        notable = [lean for lean in twice if lean in (Lean.KINDER, Lean.STRICTER)]
        return notable[-1] if notable else Lean.AS_EXPECTED


def judgements_of(steps: Iterable[Step], source_ids: Collection[int]) -> list[Judgement]:
    """Those passes and fails of a trajectory that came from these sources, each with its chance."""
    return [
        Judgement(
            on=step.on,
            person_id=step.entry.person_id,
            met=step.entry.form is EvidenceForm.PASSED,
            expected=_chance(step),
        )
        for step in steps
        if step.entry.form.is_threshold and step.entry.source_id in source_ids
    ]


def leniency(judged: Sequence[Judgement], since: date, until: date) -> Leniency:
    """By quarter of the year, from that of `since` to that of `until`, and all of it together.

    >>> at_even = [
    ...     Judgement(on=date(2026, 5, 4), person_id=n, met=n < 5, expected=0.5) for n in range(6)
    ... ]
    >>> found = leniency(at_even, date(2026, 4, 1), date(2026, 6, 30))
    >>> [(quarter.n, quarter.n_met, round(quarter.z or 0, 4)) for quarter in found.quarters]
    [(6, 5, 1.633)]
    """
    by_quarter: dict[date, list[Judgement]] = defaultdict(list)
    for one in judged:
        by_quarter[quarter_of(one.on)].append(one)
    counted = [one for one in judged if quarter_of(since) <= quarter_of(one.on) <= until]
    leaders = {one.person_id for one in counted}
    raw = None
    if len(leaders) >= FEWEST_LEADERS:
        raw = sum(one.residual for one in counted) / len(counted)
    return Leniency(
        quarters=tuple(_quarter(day, by_quarter[day]) for day in quarters(since, until)),
        n_leaders=len(leaders),
        n=len(counted),
        raw=raw,
        shrunken=None if raw is None else shrunken(raw, len(counted)),
    )


def shrunken(mean: float, n: int) -> float:
    """A judge's mean residual pulled to none: n * vr / (n * vr + ve) of it.

    >>> round(shrunken(0.40, 9), 4)
    0.2769
    """
    return n * BETWEEN / (n * BETWEEN + WITHIN) * mean


def quarter_of(day: date) -> date:
    """The first day of its quarter.

    >>> quarter_of(date(2026, 11, 20))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarters(since: date, until: date) -> list[date]:
    """The first days of all quarters from one day to another."""
    found = [quarter_of(since)]
    while (following := _after(found[-1])) <= until:
        found.append(following)
    return found


def _after(begins_on: date) -> date:
    year, month = divmod(begins_on.year * 12 + begins_on.month - 1 + 3, 12)
    return date(year, month + 1, 1)


def _chance(step: Step) -> float:
    level, noise = step.entry.level or 0.0, step.entry.noise_variance or 0.0
    return cdf((step.before.mean - level) / math.sqrt(step.before.variance + noise))


def _quarter(begins_on: date, judged: Sequence[Judgement]) -> Quarter:
    scatter = math.sqrt(sum(one.variance for one in judged))
    says = len(judged) >= FEWEST_JUDGED and scatter > 0
    return Quarter(
        begins_on=begins_on,
        n=len(judged),
        n_met=sum(one.met for one in judged),
        expected=sum(one.expected for one in judged),
        z=sum(one.residual for one in judged) / scatter if says else None,
    )
